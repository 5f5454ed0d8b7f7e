package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"oneword/data/mnist"
	"oneword/lm"
	"oneword/nn"
	"oneword/nn/digits"
)

// trainLenet is the recipe of the weights in package digits: `essay train lenet`.
type trainLenet struct {
	Out        string        `default:"lenet.safetensors" placeholder:"FILE" help:"Where to write the weights."`
	Epochs     int           `default:"7" placeholder:"N" help:"How often each image is shown."`
	Seed       uint64        `default:"1" help:"Seed of weights, order and shifts."`
	Checkpoint time.Duration `default:"20s" placeholder:"TIME" help:"How often to write down where the training stands."`
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
	train, test, err := mnist.Load()
	if err != nil {
		return err
	}
	net := digits.New(lm.Rand(t.Seed, "lenet"))
	trainer, err := net.Trainer(train.Images, train.Labels, t.Epochs, t.Seed)
	if err != nil {
		return err
	}
	start := time.Now()
	last, done, err := e.train(trainer, t.Out, "images", t.Checkpoint, func(s nn.Step) error {
		if s.Ends(100) {
			trainer.Note(digits.Speed(s))
		}
		return nil
	})
	if err != nil {
		return err
	}
	accuracy, err := net.Accuracy(test.Images, test.Labels)
	if err != nil {
		return err
	}
	if err := saveNet(t.Out, net.Params(), map[string]string{
		"made by": fmt.Sprintf("essay train lenet -epochs %d -seed %d", t.Epochs, t.Seed), "test accuracy": fmt.Sprint(accuracy)}); err != nil {
		return err
	}
	logFile := strings.TrimSuffix(t.Out, filepath.Ext(t.Out)) + ".json"
	if err := writeRecord(logFile, trainer.Record); err != nil {
		return err
	}
	e.say("%.2f %% of the test images are recognised; trained in %.0f s, %.0f images/s; the weights are in %s, the log in %s",
		100*accuracy, time.Since(start).Seconds(), last.PerSecond, t.Out, logFile)
	return done()
}
