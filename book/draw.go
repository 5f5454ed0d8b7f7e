package book

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"oneword/chapters"
	"oneword/chapters/cells"
	"oneword/chart"
	"oneword/labs"
)

// A Result is a figure that was drawn, or why it was not.
type Result struct {
	Figure
	Picture  chart.Drawing
	Captions map[string]string // by language: what was computed, from which data, with which seed
	Page     []byte            // a page with the figure as one that responds, or nil
	Seconds  float64
	Err      error
}

// Draw draws figures, several at a time, and hands each result to done as soon
// as it is there. done is called by one goroutine at a time. A figure that
// fails does not stop the others; calling ctx off stops what has not begun.
func (b *Book) Draw(ctx context.Context, lab labs.Lab, list []Figure, done func(Result)) {
	var mu sync.Mutex
	parallel(len(list), func(i int) {
		start := time.Now()
		r := Result{Figure: list[i], Err: ctx.Err()}
		if r.Err == nil {
			var still, live cells.Result
			if still, r.Err = cells.Run(r.draw, lab); r.Err == nil && r.live != nil {
				live, r.Err = cells.Run(r.live, lab)
			}
			if r.Err == nil {
				r.finish(lab, still, live)
			}
		}
		r.Seconds = time.Since(start).Seconds()
		if r.Err != nil {
			r.Err = fmt.Errorf("figure %s: %w", r.ID, r.Err)
		}
		mu.Lock()
		defer mu.Unlock()
		done(r)
	})
}

// parallel calls do for 0, …, n-1, as many at a time as there are processors.
func parallel(n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// finish makes a figure of what its cells have shown.
func (r *Result) finish(lab labs.Lab, still, live cells.Result) {
	if r.Picture = still.Picture(); r.Picture == nil {
		r.Err = errors.New("its cell shows no drawing")
		return
	}
	r.Captions = map[string]string{}
	for _, language := range languages {
		caption, err := caption(r.captions[language], still.Values, lab, language)
		if err != nil {
			r.Err = fmt.Errorf("%s: %w", r.places[language], err)
			return
		}
		r.Captions[language] = caption
	}
	if r.live == nil { // if one of them responds, one cell shows both
		live = still
	} else if len(live.Values) > 0 {
		r.Err = errors.New("the cell of the one that responds hands over numbers, but has no caption")
		return
	}
	if !r.responds {
		if live.Live() != nil {
			r.Err = errors.New("its cell shows a figure that responds, but its comment does not say so")
		}
		return
	}
	figure := live.Live()
	if figure == nil {
		r.Err = errors.New("the cell of the one that responds shows none")
		return
	}
	r.Page, r.Err = figure.Page(r.Title)
}

// caption fills a caption; what the lab cannot tell is an error here.
func caption(text string, values labs.Values, lab labs.Lab, language string) (s string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the caption %q: %v", text, p)
		}
	}()
	return fill(text, values, func(name string) (string, error) { return chapters.Note(lab, name, language) })
}
