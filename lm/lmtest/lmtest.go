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
// stays as it was; a session that says the same, at any temperature, and refuses
// tokens that do not exist; and, if m is an lm.Scorer, prices equal to the
// distribution.
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
		if len(c) <= 5 { // no window is that short
			session(t, m, c, p)
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

// session checks that a session of m says p after a context.
func session(t *testing.T, m lm.Model, c []int, p []float64) {
	t.Helper()
	s, q := lm.Start(m), make([]float64, len(p))
	if err := s.Append(c...); err != nil || s.Vocab() != len(p) {
		t.Errorf("a session of %v: %v, a vocabulary of %d", brief(c), err, s.Vocab())
	}
	for _, foreign := range []int{-1, len(p)} {
		if s.Append(foreign) == nil {
			t.Errorf("a session takes token %d of a vocabulary of %d", foreign, len(p))
		}
	}
	for _, temperature := range []float64{1, 0.5, 2, 1} {
		want := slices.Clone(p)
		lm.Sampling{Temperature: temperature}.Adjust(want)
		s.Next(q, temperature)
		for id, x := range want {
			if math.Abs(q[id]-x) > 1e-5 {
				t.Errorf("a session of %v at temperature %v: p[%d] = %v, but Next says %v", brief(c), temperature, id, q[id], x)
				break
			}
		}
	}
}

func brief(c []int) string {
	if len(c) > 6 {
		return fmt.Sprintf("%v … %d tokens", c[:6], len(c))
	}
	return fmt.Sprint(c)
}
