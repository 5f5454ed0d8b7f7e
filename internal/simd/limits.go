package simd

import (
	"runtime"
	"time"
)

// Limits measures what this machine can do at most, on all processors: GFLOP/s
// of multiplications and additions with everything in the first cache, and
// GB/s of reading memory from one end to the other. It takes about a second.
func Limits() (gflops, gbps float64) {
	mr, nr := tileSize()
	const depth, times = blockK, 2000
	gflops = rate(2*float64(mr*nr*depth*times)/1e9, func() {
		a, b, c := make([]float32, mr*depth), make([]float32, nr*depth), make([]float32, mr*nr)
		for range times {
			tile(depth, a, b, c, nr)
		}
	})
	memory := make([]float32, 1<<27) // 512 MB, more than the caches hold
	for i := range memory {
		memory[i] = 1
	}
	best := 0.0
	for range 5 {
		start := time.Now()
		Parallel(len(memory), 1<<16, func(lo, hi int) {
			const cols = 736 // not a power of two: rows would fall on the same places of the cache
			x, y := make([]float32, cols), make([]float32, (hi-lo)/cols)
			mulRows(y, x, memory[lo:hi], cols)
		})
		best = max(best, 4*float64(len(memory))/1e9/time.Since(start).Seconds())
	}
	return gflops, best
}

// rate is how much of an amount all processors do in a second, doing it five
// times.
func rate(amount float64, work func()) float64 {
	best := 0.0
	for range 5 {
		start := time.Now()
		n := runtime.GOMAXPROCS(0)
		Parallel(n, 1, func(lo, hi int) {
			for range hi - lo {
				work()
			}
		})
		best = max(best, float64(n)*amount/time.Since(start).Seconds())
	}
	return best
}
