package main

import (
	"fmt"
	"time"

	"oneword/figures"
	"oneword/nn"
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
	list, err := figures.Select(f.Only, f.Chapter)
	if err != nil {
		return usageError{err}
	}
	gallery, err := figures.OpenGallery(f.Out, f.Format, f.Seed)
	if err != nil {
		return err
	}
	lab := figures.NewLab(f.Seed)
	lab.Wikipedia, lab.Model = f.Wikipedia, f.Model
	if f.Retrain {
		bar := e.progress(1000, "training")
		err := lab.Retrain(func(net string, s nn.Step) bool {
			bar.set(1000*s.Number/s.Of, fmt.Sprintf("%s: loss %.3f, %.0f examples/s", net, s.Loss, s.PerSecond))
			return e.ctx.Err() == nil
		})
		bar.finish()
		if err != nil {
			return err
		}
	}
	start := time.Now()
	bar := e.progress(len(list), "drawing")
	failed := 0
	figures.Run(e.ctx, lab, list, func(r figures.Result) {
		bar.step(r.ID)
		if err := gallery.Add(r); err != nil {
			failed++
			bar.clear()
			fmt.Fprintf(e.err, "essay: %s\n", oneLine(err))
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
