package simd

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Parallel calls f for the parts of 0 … n-1, on all processors. Parts begin at
// multiples of grain. It returns when all are done. f must not panic.
func Parallel(n, grain int, f func(lo, hi int)) {
	grain = max(grain, 1)
	chunks := (n + grain - 1) / grain
	parts := min(runtime.GOMAXPROCS(0), chunks)
	if parts <= 1 {
		if n > 0 {
			f(0, n)
		}
		return
	}
	part := func(i int) (lo, hi int) { return chunks * i / parts * grain, min(chunks*(i+1)/parts*grain, n) }
	if !crew.TryLock() { // others are computing, or f itself calls Parallel
		var wg sync.WaitGroup
		for i := 1; i < parts; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				f(part(i))
			}()
		}
		f(part(0))
		wg.Wait()
		return
	}
	defer crew.Unlock()
	for len(crew.workers) < parts-1 {
		w := &worker{wake: make(chan struct{}, 1)}
		crew.workers = append(crew.workers, w)
		go w.work()
	}
	for i := 1; i < parts; i++ {
		lo, hi := part(i)
		crew.workers[i-1].begin(f, lo, hi)
	}
	f(part(0))
	for _, w := range crew.workers[:parts-1] {
		w.finish()
	}
}

// crew are workers that wait for the next task awake, for a while: to wake a
// sleeping thread can take longer than a small multiplication.
var crew struct {
	sync.Mutex
	workers []*worker
}

type worker struct {
	state  atomic.Int32 // idle, ready, running or asleep
	wake   chan struct{}
	f      func(lo, hi int)
	lo, hi int
}

const (
	idle = iota
	ready
	running
	asleep

	// patience is how often one who waits looks before he goes to sleep, about a
	// tenth of a millisecond.
	patience = 100_000
)

func (w *worker) begin(f func(lo, hi int), lo, hi int) {
	w.f, w.lo, w.hi = f, lo, hi
	if w.state.Swap(ready) == asleep {
		w.wake <- struct{}{}
	}
}

// finish returns when the task is done. If the worker has not begun with it, as
// other programs have its processor, the caller does it himself.
func (w *worker) finish() {
	if w.state.CompareAndSwap(ready, idle) {
		w.f(w.lo, w.hi)
		return
	}
	for i := 1; w.state.Load() == running; i++ {
		if i%patience == 0 {
			time.Sleep(50 * time.Microsecond) // lets the worker have this processor
		}
	}
}

func (w *worker) work() {
	for {
		for i := 0; w.state.Load() != ready || !w.state.CompareAndSwap(ready, running); i++ {
			if i == patience {
				if w.state.CompareAndSwap(idle, asleep) {
					<-w.wake
				}
				i = 0
			}
		}
		w.f(w.lo, w.hi)
		w.f = nil
		w.state.Store(idle)
	}
}
