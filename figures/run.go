package figures

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"oneword/chart"
)

// A Result is a figure that was drawn, or why it was not.
type Result struct {
	Figure
	Picture chart.Drawing
	Caption Caption
	Live    []byte // a page with the figure as one that responds, or nil
	Seconds float64
	Err     error
}

// Run draws figures, several at a time, and hands each result to done as soon
// as it is there. done is called by one goroutine at a time. A figure that
// fails does not stop the others; calling ctx off stops what has not begun.
func Run(ctx context.Context, lab *Lab, list []Figure, done func(Result)) {
	work := *lab
	work.ctx = ctx
	var mu sync.Mutex
	var wg sync.WaitGroup
	next := make(chan Figure)
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for f := range next {
				r := draw(ctx, &work, f)
				mu.Lock()
				done(r)
				mu.Unlock()
			}
		}()
	}
	for _, f := range list {
		next <- f
	}
	close(next)
	wg.Wait()
}

func draw(ctx context.Context, lab *Lab, f Figure) (r Result) {
	r.Figure = f
	start := time.Now()
	defer func() {
		r.Seconds = time.Since(start).Seconds()
		if p := recover(); p != nil { // one figure's mistake must not cost the others
			r.Err = fmt.Errorf("panic: %v", p)
		}
		if r.Err != nil {
			r.Err = fmt.Errorf("figure %s: %w", f.ID, r.Err)
		}
	}()
	if r.Err = ctx.Err(); r.Err == nil {
		r.Picture, r.Caption, r.Err = f.Draw(lab)
	}
	if r.Err == nil {
		r.Live, r.Err = page(lab, f)
	}
	return r
}

// page is the page of a figure that responds, or nil.
func page(lab *Lab, f Figure) ([]byte, error) {
	live, err := f.Live(lab)
	if live == nil || err != nil {
		return nil, err
	}
	return live.Page(f.Title)
}
