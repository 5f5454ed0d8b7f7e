package main

import (
	"fmt"
	"time"

	"oneword/book"
	"oneword/data"
	"oneword/data/mnist"
	"oneword/data/texts"
	"oneword/labs"
	"oneword/lm"
	"oneword/nn"
	"oneword/nn/digits"
	"oneword/nn/pets"
	"oneword/transformer"
	"oneword/transformer/models"
)

// figuresCommand is `essay figures`, and what essay does without arguments.
type figuresCommand struct {
	Only      []string `sep:"," placeholder:"ID" help:"Only these figures."`
	Chapter   []int    `sep:"," placeholder:"N" help:"Only the figures of these chapters."`
	Seed      uint64   `default:"1" help:"Seed of everything random."`
	Format    []string `sep:"," default:"svg" enum:"svg,png" help:"File formats: svg, png, or both."`
	Out       string   `default:"gallery" placeholder:"DIR" help:"Where to write them."`
	Model     string   `default:"small" placeholder:"NAME" help:"The GPT of chapters 1, 10 and 11: small, gpt2, gpt2-medium, gpt2-large, gpt2-xl, or a folder."`
	Retrain   bool     `help:"Train the nets of chapters 5 to 8 from nothing instead of using the shipped ones (some minutes)."`
	Lang      string   `default:"en" enum:"en,zh" help:"Name the page in English (en) or in Chinese (zh) in the end; both are written."`
	Wikipedia bool     `help:"Count letters in today's articles of Wikipedia instead of the embedded ones (fetched once, then cached)."`
}

func (f *figuresCommand) Run(e *env) error {
	b, err := book.Open()
	if err != nil {
		return err
	}
	list, err := b.Select(f.Only, f.Chapter)
	if err != nil {
		return usageError{err}
	}
	gallery, err := b.Gallery(f.Out, f.Format, f.Seed)
	if err != nil {
		return err
	}
	lab, err := f.lab(e)
	if err != nil {
		return err
	}
	start := time.Now()
	bar := e.progress(len(list), "drawing")
	failed := 0
	b.Draw(e.ctx, lab, list, func(r book.Result) {
		bar.step(r.ID)
		if err := gallery.Add(r); err != nil {
			failed++
			bar.clear()
			fmt.Fprintf(e.stderr, "essay: %s\n", oneLine(err))
		}
	})
	bar.finish()
	page, err := gallery.Close(f.Lang)
	if err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d figures failed; the others are in %s", failed, len(list), page)
	}
	e.say("%d figures in %.1f s. Open %s in a browser.", len(list), time.Since(start).Seconds(), page)
	return nil
}

// lab is what the figures are computed with.
func (f *figuresCommand) lab(e *env) (labs.Lab, error) {
	lab := labs.New(f.Seed)
	if f.Model != models.Small {
		lab = lab.WithGPT(func() (*transformer.Model, error) {
			return models.Open(e.ctx, f.Model, transformer.F32, nil)
		})
	}
	if f.Wikipedia {
		cat, err := data.Wikipedia(e.ctx, texts.Cat().Title)
		if err != nil {
			return lab, err
		}
		dog, err := data.Wikipedia(e.ctx, texts.Dog().Title)
		if err != nil {
			return lab, err
		}
		lab = lab.WithArticles(cat, dog)
	}
	if f.Retrain {
		return f.retrain(e, lab)
	}
	return lab, nil
}

// retrain trains the nets for digits and for pets from nothing.
func (f *figuresCommand) retrain(e *env, lab labs.Lab) (labs.Lab, error) {
	train, _, err := mnist.Load()
	if err != nil {
		return lab, err
	}
	digit, pet := digits.New(lm.Rand(f.Seed, "lenet")), pets.New(lm.Rand(f.Seed, "catsdogs"))
	digitTrainer, err := digit.Trainer(train.Images, train.Labels, digits.Epochs, f.Seed)
	if err != nil {
		return lab, err
	}
	petTrainer := pet.Trainer(pets.TrainingSet(f.Seed), pets.Rate, pets.Epochs, f.Seed)
	bar := e.progress(1000, "training")
	defer bar.finish()
	for _, net := range []struct {
		name string
		*nn.Trainer
	}{{"digits", digitTrainer}, {"cats and dogs", petTrainer}} {
		for s, err := range net.Steps(e.ctx) {
			if err != nil {
				return lab, fmt.Errorf("the net for %s: %w", net.name, err)
			}
			bar.set(1000*s.Number/s.Of, fmt.Sprintf("%s: loss %.3f, %.0f examples/s", net.name, s.Loss, s.PerSecond))
		}
	}
	return lab.WithNets(digit, pet), nil
}
