package main

import (
	"fmt"
	"time"

	"oneword/data/cifar"
	"oneword/lm"
	"oneword/nn/pets"
)

// trainCatsDogs is the recipe of the weights in package pets: `essay train catsdogs`.
type trainCatsDogs struct {
	Data       string        `default:"drawn" enum:"drawn,cifar10" help:"Pictures to learn from: drawn, or cifar10 (photographs; essay data get cifar10)."`
	Out        string        `default:"catsdogs.safetensors" placeholder:"FILE" help:"Where to write the weights."`
	Pictures   int           `default:"30000" placeholder:"N" help:"How many pictures to draw."`
	Epochs     int           `default:"3" placeholder:"N" help:"How often each picture is shown."`
	Seed       uint64        `default:"1" help:"Seed of weights, drawings and order."`
	Checkpoint time.Duration `default:"20s" placeholder:"TIME" help:"How often to write down where the training stands."`
}

func (t *trainCatsDogs) Help() string {
	return `Trains a small convolutional net to tell cats from dogs, and a linear model on
the same pictures to compare with. Both are tested on 2,000 pictures that they
have not seen. If it is interrupted, the same command goes on where it stopped.`
}

// datasets are the pictures to learn from and those to be tested on.
func (t *trainCatsDogs) datasets() (train, test pets.Dataset, err error) {
	if t.Data == "drawn" {
		// Numbers of drawings count on from their seed; the two sets are far apart.
		return pets.Drawings(t.Seed<<32, t.Pictures), pets.Drawings(t.Seed<<32+1<<31, 2000), nil
	}
	set, held, err := cifar.Load()
	if err != nil {
		return train, test, err
	}
	return pets.Photographs(set), pets.Photographs(held), nil
}

func (t *trainCatsDogs) Run(e *env) error {
	if t.Epochs < 1 || t.Pictures < 64 {
		return usageError{fmt.Errorf("%d epochs of %d pictures: want 1 of 64 or more", t.Epochs, t.Pictures)}
	}
	train, test, err := t.datasets()
	if err != nil {
		return err
	}
	start := time.Now()
	net := pets.New(lm.Rand(t.Seed, "catsdogs"))
	last, done, err := e.train(net.Trainer(train, pets.Rate, t.Epochs, t.Seed), t.Out, "pictures", t.Checkpoint, nil)
	if err != nil {
		return err
	}
	took := time.Since(start)
	accuracy, err := net.Accuracy(test)
	if err != nil {
		return err
	}
	e.step("the linear model")
	linear := pets.NewLinear()
	if err := linear.Trainer(train, 0.0005, t.Epochs, t.Seed).Run(e.ctx); err != nil {
		return err
	}
	plain, err := linear.Accuracy(test)
	if err != nil {
		return err
	}
	if err := saveNet(t.Out, net.Params(), map[string]string{
		"made by":       fmt.Sprintf("essay train catsdogs -data %s -pictures %d -epochs %d -seed %d", t.Data, t.Pictures, t.Epochs, t.Seed),
		"test accuracy": fmt.Sprint(accuracy), "linear model": fmt.Sprint(plain)}); err != nil {
		return err
	}
	e.say("%.1f %% of %d other pictures are told rightly, %.1f %% by a linear model; trained in %.0f s, %.0f pictures/s; the weights are in %s",
		100*accuracy, test.Len, 100*plain, took.Seconds(), last.PerSecond, t.Out)
	return done()
}
