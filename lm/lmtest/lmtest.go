// Package lmtest holds the test that every next-token model must pass.
package lmtest

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"oneword/lm"
)

// Test checks that m keeps the contract of lm.Model on empty, short, long and
// random contexts: probabilities that are finite, not negative and sum to 1;
// the same answer when asked again or from several goroutines; a context that
// stays as it was; and, if m is an lm.Scorer, prices equal to the distribution.
func Test(t *testing.T, m lm.Model) {
	t.Helper()
	v := m.Vocab()
	if v <= 0 {
		t.Fatalf("Vocab() = %d, want at least one token", v)
	}
	rng := lm.Rand(1, "lmtest")
	contexts := [][]int{nil, {0}, {v - 1}}
	for _, n := range []int{2, 5, 40} {
		c := make([]int, n)
		for i := range c {
			c[i] = rng.IntN(v)
		}
		contexts = append(contexts, c)
	}
	var wg sync.WaitGroup
	for _, c := range contexts {
		before := slices.Clone(c)
		p, q := make([]float64, v), make([]float64, v)
		for i := range q {
			q[i] = math.NaN() // Next must fill every place itself
		}
		m.Next(c, p)
		m.Next(c, q)
		if !slices.Equal(c, before) {
			t.Errorf("Next(%v) modified its context", brief(before))
		}
		if !slices.Equal(p, q) {
			t.Errorf("Next(%v) answered differently when asked again", brief(c))
		}
		sum := 0.0
		for id, x := range p {
			if !(x >= 0) || math.IsInf(x, 0) {
				t.Errorf("Next(%v): p[%d] = %v", brief(c), id, x)
			}
			sum += x
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("Next(%v): probabilities sum to %v", brief(c), sum)
		}
		if s, ok := m.(lm.Scorer); ok {
			for range 50 {
				id := rng.IntN(v)
				if got := s.Prob(c, id); math.Abs(got-p[id]) > 1e-9*(1+p[id]) {
					t.Errorf("Prob(%v, %d) = %v, but Next says %v", brief(c), id, got, p[id])
				}
			}
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			r := make([]float64, v)
			m.Next(c, r)
			if !slices.Equal(r, p) {
				t.Errorf("Next(%v) answered differently from another goroutine", brief(c))
			}
		}()
	}
	wg.Wait()
}

func brief(c []int) string {
	if len(c) > 6 {
		return fmt.Sprintf("%v … %d tokens", c[:6], len(c))
	}
	return fmt.Sprint(c)
}
