package lm

import (
	"fmt"
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

// Repeated is the share of runs of n tokens, or words, that occur more than
// once in a text: how much it goes round in circles. 0 for shorter texts.
func Repeated[T comparable](text []T, n int) float64 {
	if n < 1 || len(text) < n {
		return 0
	}
	counts := map[string]int{}
	run := func(i int) string { return fmt.Sprintf("%q", fmt.Sprint(text[i:i+n])) }
	for i := range len(text) - n + 1 {
		counts[run(i)]++
	}
	repeated := 0
	for i := range len(text) - n + 1 {
		if counts[run(i)] > 1 {
			repeated++
		}
	}
	return float64(repeated) / float64(len(text)-n+1)
}
