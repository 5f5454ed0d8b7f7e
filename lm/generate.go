package lm

import (
	"iter"
	"math/rand/v2"
	"slices"
)

// Generate yields token after token: it asks the model what comes next,
// chooses one, appends it to the context and asks again. It goes on for as
// long as the caller ranges over it.
func Generate(m Model, prompt []int, s Sampling, rng *rand.Rand) iter.Seq[int] {
	return func(yield func(int) bool) {
		context := slices.Clone(prompt)
		p := make([]float64, m.Vocab())
		for {
			m.Next(context, p)
			id := s.Pick(p, rng)
			if !yield(id) {
				return
			}
			context = append(context, id)
		}
	}
}

// Take collects the first n values of a sequence.
func Take[T any](n int, seq iter.Seq[T]) []T {
	out := make([]T, 0, max(n, 0))
	if n <= 0 {
		return out
	}
	for v := range seq {
		if out = append(out, v); len(out) == n {
			break
		}
	}
	return out
}
