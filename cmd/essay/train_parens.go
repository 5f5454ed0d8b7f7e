package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"oneword/internal/atomicfile"
	"oneword/lm"
	"oneword/nn"
	"oneword/transformer"
	"oneword/transformer/parens"
)

// trainParens is the recipe of package parens: `essay train parens`.
type trainParens struct {
	Out        string        `default:"parens" placeholder:"DIR" help:"Where to write the weights and training.json."`
	Steps      int           `default:"3000" placeholder:"N" help:"Steps of training, of 32 sequences."`
	Seed       uint64        `default:"1" help:"Seed of weights and sequences."`
	Checkpoint time.Duration `default:"20s" placeholder:"TIME" help:"How often to write down where the training stands."`
}

func (t *trainParens) Help() string {
	return `Trains two small transformers, of one block and of two, on balanced parentheses.
If it is interrupted, the same command goes on where it stopped, and ends with
the same weights.`
}

func (t *trainParens) Run(e *env) error {
	language := parens.Trained()
	held := language.Sample(200, t.Seed)
	log := parens.Log{Pairs: language.Pairs, Truth: language.CrossEntropy(held)}
	for blocks := 1; blocks <= 2; blocks++ {
		net, err := transformer.NewNet(parens.Config(blocks), lm.Rand(t.Seed, fmt.Sprint("parens ", blocks)))
		if err != nil {
			return err
		}
		trainer, err := language.Trainer(net, t.Steps, t.Seed)
		if err != nil {
			return usageError{err}
		}
		curve := parens.Curve{Blocks: blocks, Weights: net.Config.Params()}
		measure := func() error {
			m, err := net.Model(nil, transformer.F32)
			if err != nil {
				return err
			}
			surprise, err := parens.CrossEntropy(m, held)
			trainer.Note(map[string]float64{"held out": surprise, "balanced": parens.BalancedShare(m, 100, t.Seed)})
			return err
		}
		path := filepath.Join(t.Out, fmt.Sprintf(parens.WeightsFile, blocks))
		e.step("training %d blocks, %d weights", blocks, curve.Weights)
		_, done, err := e.train(trainer, path, "sequences", t.Checkpoint, func(s nn.Step) error {
			if n := s.Number; n&(n-1) == 0 && n >= 32 && n < t.Steps/8 || n == t.Steps || n%max(100, t.Steps/8) == 0 {
				return measure()
			}
			return nil
		})
		if err != nil {
			return err
		}
		write := func(w io.Writer) error {
			return nn.SaveAs(w, net.Params(), "F16", map[string]string{"format": "pt", "made by": fmt.Sprintf("essay train parens -steps %d -seed %d", t.Steps, t.Seed)})
		}
		if err := atomicfile.Write(path, write); err != nil {
			return err
		}
		curve.Points = trainer.Record
		last := curve.Points.Last().Measured
		e.say("%d blocks: %.4f nats a token, the language itself %.4f; %.1f %% of the sequences it draws balance", blocks, last["held out"], log.Truth, 100*last["balanced"])
		log.Nets = append(log.Nets, curve)
		if err := done(); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(log, "", " ")
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(filepath.Join(t.Out, parens.TrainingFile), append(text, '\n'))
}
