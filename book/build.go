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

// Notebooks builds all notebooks of some chapters: in English and Chinese, each
// with its solutions. Shown has what the cells have shown, by chapter and name;
// nil leaves the outputs out.
func (b *Book) Notebooks(numbers []int, shown map[string]cells.Result) ([]Notebook, error) {
	var list []Notebook
	for _, c := range b.chosen(numbers) {
		own := map[string]cells.Result{}
		for name := range c.functions {
			if r, ok := shown[key(c.Number, name)]; ok {
				own[name] = r
			}
		}
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
				n, err := c.notebook(part.text, own)
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

// A job is a cell to run.
type job struct {
	chapter Chapter
	name    string
}

func (b *Book) jobs(numbers []int) (list []job) {
	for _, c := range b.chosen(numbers) {
		for _, m := range slices.Concat(marks(c.text["en"]), marks(c.solutions["en"])) {
			if name := m.names[len(m.names)-1]; c.functions[name] != nil {
				list = append(list, job{c, name})
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

func key(chapter int, cell string) string { return fmt.Sprint(chapter, " ", cell) }

// Build runs all cells of some chapters, once, and writes what becomes of them:
// figures into the gallery, notebooks into their folder. Done is told of each
// cell that has been run, one at a time. If anything fails, all failures are the
// error, in reading order, and nothing is written.
func (b *Book) Build(ctx context.Context, lab labs.Lab, numbers []int, gallery *Gallery, notebooks string, done func(cell string)) error {
	jobs := b.jobs(numbers)
	shown, seconds := map[string]cells.Result{}, map[string]float64{}
	failed := make([]error, len(jobs))
	var mu sync.Mutex
	parallel(len(jobs), func(i int) {
		j, start := jobs[i], time.Now()
		err := ctx.Err()
		var r cells.Result
		if err == nil {
			r, err = cells.Run(j.chapter.functions[j.name], lab)
		}
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			failed[i] = fmt.Errorf("chapter %d, cell %s: %w", j.chapter.Number, j.name, err)
		}
		shown[key(j.chapter.Number, j.name)], seconds[key(j.chapter.Number, j.name)] = r, time.Since(start).Seconds()
		done(j.name)
	})
	if err := errors.Join(failed...); err != nil {
		return err
	}
	var results []Result
	for _, c := range b.chosen(numbers) {
		for _, f := range c.Figures {
			still, live := key(c.Number, cells.Name(f.draw)), ""
			if f.live != nil {
				live = key(c.Number, cells.Name(f.live))
			}
			r := Result{Figure: f, Seconds: seconds[still] + seconds[live]}
			if r.finish(lab, shown[still], shown[live]); r.Err != nil {
				failed = append(failed, fmt.Errorf("figure %s: %w", f.ID, r.Err))
			}
			results = append(results, r)
		}
	}
	list, err := b.Notebooks(numbers, shown)
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
