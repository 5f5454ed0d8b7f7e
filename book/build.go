package book

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"oneword/chapters/cells"
	"oneword/internal/notebook"
	"oneword/labs"
)

// A Notebook is a file below the folder of notebooks, as the chapters have it.
type Notebook struct {
	Path    string // such as "zh/solutions/07-training.ipynb"
	Chapter int
	*notebook.Notebook
}

// notebooks builds all notebooks of some chapters: in English and Chinese, each
// with its solutions. Made are the outputs of the cells; nil leaves them out.
func (b *Book) notebooks(numbers []int, made map[place][]notebook.Output) ([]Notebook, error) {
	var list []Notebook
	for _, c := range b.chosen(numbers) {
		for _, language := range languages {
			folder := ""
			if language != languages[0] {
				folder = language
			}
			for _, part := range []struct {
				folder string
				text   *text
			}{{"", c.text[language]}, {"solutions", c.solutions[language]}} {
				if part.text == nil {
					continue
				}
				n, err := c.notebook(part.text, made)
				if err != nil {
					return nil, fmt.Errorf("chapter %d: %w", c.Number, err)
				}
				list = append(list, Notebook{filepath.Join(folder, part.folder, c.Notebook+".ipynb"), c.Number, n})
			}
		}
	}
	return list, nil
}

func (b *Book) chosen(numbers []int) []Chapter {
	return slices.DeleteFunc(slices.Clone(b.Chapters), func(c Chapter) bool {
		return len(numbers) > 0 && !slices.Contains(numbers, c.Number)
	})
}

// A place is where a cell stands: its chapter's number and its name.
type place struct {
	chapter int
	cell    string
}

// A job is a cell to run.
type job struct {
	place
	function cells.Cell
}

func (b *Book) jobs(numbers []int) (list []job) {
	for _, c := range b.chosen(numbers) {
		for _, m := range slices.Concat(marks(c.text["en"]), marks(c.solutions["en"])) {
			name := m.names[len(m.names)-1]
			if f := c.functions[name]; f != nil {
				list = append(list, job{place{c.Number, name}, f})
			}
		}
	}
	return list
}

// Cells is how many cells these chapters have; of all if there are none.
func (b *Book) Cells(numbers []int) int { return len(b.jobs(numbers)) }

// Has says whether there is a chapter of this number.
func (b *Book) Has(number int) bool {
	return slices.ContainsFunc(b.Chapters, func(c Chapter) bool { return c.Number == number })
}

// Build runs all cells of some chapters, once, and writes what becomes of them:
// figures into the gallery, notebooks into their folder. Done is told of each
// cell that has been run, one at a time. If anything fails, all failures are the
// error, in reading order, and nothing is written.
func (b *Book) Build(ctx context.Context, lab labs.Lab, numbers []int, gallery *Gallery, notebooks string, done func(cell string)) error {
	jobs := b.jobs(numbers)
	shown, made, seconds := map[place]cells.Result{}, map[place][]notebook.Output{}, map[place]float64{}
	failed := make([]error, len(jobs))
	var mu sync.Mutex
	parallel(len(jobs), func(i int) {
		j, start := jobs[i], time.Now()
		err := ctx.Err()
		var r cells.Result
		var out []notebook.Output
		if err == nil {
			r, err = cells.Run(j.function, lab)
		}
		took := time.Since(start).Seconds()
		if err == nil {
			out, err = outputs(r) // once, for the notebooks of all languages
		}
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			failed[i] = fmt.Errorf("chapter %d, cell %s: %w", j.chapter, j.cell, err)
		}
		shown[j.place], made[j.place], seconds[j.place] = r, out, took
		done(j.cell)
	})
	if err := errors.Join(failed...); err != nil {
		return err
	}
	var results []Result
	for _, c := range b.chosen(numbers) {
		for _, f := range c.Figures {
			still, live := place{c.Number, cells.Name(f.draw)}, place{}
			if f.live != nil {
				live = place{c.Number, cells.Name(f.live)}
			}
			r := Result{Figure: f, Seconds: seconds[still] + seconds[live]}
			if r.finish(lab, shown[still], shown[live]); r.Err != nil {
				failed = append(failed, fmt.Errorf("figure %s: %w", f.ID, r.Err))
			}
			results = append(results, r)
		}
	}
	list, err := b.notebooks(numbers, made)
	if err := errors.Join(append(failed, err)...); err != nil {
		return err
	}
	for _, r := range results {
		if err := gallery.Add(r); err != nil {
			return err
		}
	}
	if _, err := gallery.Close(languages[0]); err != nil {
		return err
	}
	for _, n := range list {
		if err := n.Write(filepath.Join(notebooks, n.Path)); err != nil {
			return err
		}
	}
	return nil
}
