package main

import (
	"fmt"
	"path/filepath"
	"time"

	"oneword/book"
	"oneword/labs"
)

// buildCommand is `essay build`.
type buildCommand struct {
	Chapter []int  `sep:"," placeholder:"N" help:"Only these chapters."`
	Out     string `placeholder:"DIR" help:"Where to: gallery/ and notebooks/ in this folder (default: the repository)."`
}

// Help says more than one line can.
func (buildCommand) Help() string {
	return "Runs all cells of the chapters, and writes what becomes of them: the figures of gallery/, and the notebooks of both languages with their outputs. Figures and notebooks are built from the chapters only and never edited."
}

func (c *buildCommand) Run(e *env) error {
	if c.Out == "" {
		repo, err := repository()
		if err != nil {
			return err
		}
		c.Out = repo
	}
	b, err := book.Open()
	if err != nil {
		return err
	}
	for _, n := range c.Chapter {
		if !b.Has(n) {
			return usageError{fmt.Errorf("there is no chapter %d", n)}
		}
	}
	gallery, err := b.Gallery(filepath.Join(c.Out, "gallery"), []string{"svg"}, 1)
	if err != nil {
		return err
	}
	start := time.Now()
	bar := e.progress(b.Cells(c.Chapter), "running cells")
	err = b.Build(e.ctx, labs.New(1), c.Chapter, gallery, filepath.Join(c.Out, "notebooks"), bar.step)
	bar.finish()
	if err != nil {
		return err
	}
	e.say("gallery/ and notebooks/ of %s are built, in %.1f s.", c.Out, time.Since(start).Seconds())
	return nil
}
