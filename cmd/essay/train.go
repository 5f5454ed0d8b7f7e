package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"oneword/internal/atomicfile"
	"oneword/nn"
)

// trainCommand is `essay train`: the recipes of what is shipped.
type trainCommand struct {
	Ngrams   trainNgrams   `cmd:"" help:"Letter and word n-gram tables, from any text."`
	Lenet    trainLenet    `cmd:"" help:"The net that recognises handwritten digits."`
	Catsdogs trainCatsDogs `cmd:"" help:"The net that tells cats from dogs."`
	GPT      trainGPT      `cmd:"" name:"gpt" help:"A small GPT with its own vocabulary."`
	Vectors  trainVectors  `cmd:"" help:"Vectors of words."`
	Parens   trainParens   `cmd:"" help:"Two small transformers that learn to balance parentheses."`
	Stages   trainStages   `cmd:"" help:"What GPTs that have read less answer."`
	Feedback trainFeedback `cmd:"" help:"The small GPT, tuned by ratings of what it writes."`
}

// train runs a training to its end, with a bar on the terminal and a
// checkpoint beside the file that the result is meant for. It is written down
// every so often; if it is interrupted, the next one goes on where it stopped. watch, which may be nil,
// is told of each step, and ends the training with an error. On success, and only then, the checkpoint is removed by
// the function returned.
func (e *env) train(t *nn.Trainer, out, examples string, often time.Duration, watch func(nn.Step) error) (last nn.Step, done func() error, err error) {
	if err := atomicfile.Writable(filepath.Dir(out)); err != nil {
		return last, nil, err
	}
	checkpoint := out + ".checkpoint"
	switch file, err := os.ReadFile(checkpoint); {
	case err == nil:
		if err := t.Resume(checkpoint, file); err != nil {
			return last, nil, fmt.Errorf("%w (delete the file to begin anew)", err)
		}
		e.step("going on from %s", checkpoint)
	case !errors.Is(err, os.ErrNotExist):
		return last, nil, err
	}
	save := func() error {
		return atomicfile.Write(checkpoint, func(w io.Writer) error { return t.Checkpoint(w) })
	}
	saved := time.Now()
	bar := e.progress(t.Len(), "training")
	defer bar.finish()
	for s, err := range t.Steps(e.ctx) {
		if errors.Is(err, nn.ErrStopped) {
			if err := save(); err != nil {
				return last, nil, err
			}
			return last, nil, fmt.Errorf("interrupted at step %d of %d; the same command goes on from there", last.Number, t.Len())
		}
		if err != nil {
			return last, nil, err
		}
		last = s
		if watch != nil {
			if err := watch(s); err != nil {
				return last, nil, err
			}
		}
		bar.set(s.Number, fmt.Sprintf("epoch %d, loss %.3f, %.0f %s/s", s.Epoch, s.Loss, s.PerSecond, examples))
		if time.Since(saved) > often {
			saved = time.Now()
			if err := save(); err != nil {
				return last, nil, err
			}
		}
	}
	return last, func() error {
		if err := os.Remove(checkpoint); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}, nil
}

// writeRecord writes how a training went, a line a point.
func writeRecord(path string, r nn.Record) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		for i, p := range r {
			line, err := json.Marshal(p)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s%s", []string{"[\n", ",\n"}[min(i, 1)], line); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "\n]\n")
		return err
	})
}

// saveNet writes weights, with how they were made.
func saveNet(path string, params []nn.Param, metadata map[string]string) error {
	return atomicfile.Write(path, func(w io.Writer) error { return nn.Save(w, params, metadata) })
}
