package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"oneword/data/mnist"
	"oneword/internal/atomicfile"
	"oneword/lm"
	"oneword/nn"
	"oneword/nn/digits"
)

// trainLenet is the recipe of the weights in package digits: `essay train lenet`.
type trainLenet struct {
	Out    string `default:"lenet.safetensors" placeholder:"FILE" help:"Where to write the weights."`
	Epochs int    `default:"7" placeholder:"N" help:"How often each image is shown."`
	Seed   uint64 `default:"1" help:"Seed of weights, order and shifts."`
}

func (t *trainLenet) Help() string {
	return `Trains the digit net on MNIST's 60,000 training images and tests it on the
other 10,000. If it is interrupted, the same command goes on where it stopped,
and ends with the same weights.`
}

func (t *trainLenet) Run(e *env) error {
	if t.Epochs < 1 {
		return usageError{fmt.Errorf("%d epochs: want 1 or more", t.Epochs)}
	}
	if err := atomicfile.Writable(filepath.Dir(t.Out)); err != nil {
		return err
	}
	train, test, err := mnist.Load()
	if err != nil {
		return err
	}
	net := digits.New(lm.Rand(t.Seed, "lenet"))
	trainer, err := net.Trainer(train.Images, train.Labels, t.Epochs, t.Seed)
	if err != nil {
		return err
	}
	checkpoint := t.Out + ".checkpoint"
	if file, err := os.ReadFile(checkpoint); err == nil {
		if err := trainer.Resume(checkpoint, file); err != nil {
			return fmt.Errorf("%w (delete the file to begin anew)", err)
		}
		e.step("going on from %s", checkpoint)
	}
	save := func() error {
		return atomicfile.Write(checkpoint, func(w io.Writer) error { return trainer.Checkpoint(w) })
	}
	start, saved := time.Now(), time.Now()
	bar := e.progress(trainer.Steps(), "training")
	var last nn.Step
	var saving error
	trainer.Progress = func(s nn.Step) bool {
		last = s
		bar.step(fmt.Sprintf("epoch %d, loss %.3f, %.0f images/s", s.Epoch, s.Loss, s.PerSecond))
		if time.Since(saved) > 20*time.Second {
			saved = time.Now()
			saving = save()
		}
		return saving == nil && e.ctx.Err() == nil
	}
	if err := trainer.Run(); err != nil {
		return err
	}
	bar.finish()
	if saving != nil {
		return saving
	}
	if e.ctx.Err() != nil && last.Number < last.Of {
		if err := save(); err != nil {
			return err
		}
		return fmt.Errorf("interrupted at step %d of %d; the same command goes on from there", last.Number, last.Of)
	}
	accuracy, err := net.Accuracy(test.Images, test.Labels)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(t.Out, func(w io.Writer) error {
		return nn.Save(w, net.Params(), map[string]string{"made by": fmt.Sprintf("essay train lenet -epochs %d -seed %d", t.Epochs, t.Seed), "test accuracy": fmt.Sprint(accuracy)})
	}); err != nil {
		return err
	}
	if err := os.Remove(checkpoint); err != nil && !os.IsNotExist(err) {
		return err
	}
	e.say("%.2f %% of the test images are recognised; trained in %.0f s, %.0f images/s; the weights are in %s",
		100*accuracy, time.Since(start).Seconds(), last.PerSecond, t.Out)
	return nil
}
