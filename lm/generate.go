package lm

import (
	"fmt"
	"iter"
	"math/rand/v2"
)

// Write lets a session go on with a prompt, and yields token after token: it
// asks what may come next, chooses, yields the choice and puts it behind the
// text. It goes on for as long as the caller ranges over it, or until stop says
// that a token ends the text; that one is not yielded. A stop of nil never does.
//
// While the caller has a token, the session still stands before it, and its Next
// says how probable it was. Settings or a prompt that make no sense are an error,
// which is yielded first and alone.
func Write(s Session, prompt []int, how Sampling, rng *rand.Rand, stop func(token int) bool) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		err := how.Check()
		if err == nil {
			err = s.Append(prompt...)
		}
		if err != nil {
			yield(0, err)
			return
		}
		temperature := 1.0
		if how.Temperature > 0 { // sessions that work with logarithms do it faster
			temperature, how.Temperature = how.Temperature, 1
		}
		p := make([]float64, s.Vocab())
		for {
			s.Next(p, temperature)
			token := how.Pick(p, rng)
			if stop != nil && stop(token) || !yield(token, nil) {
				return
			}
			if err := s.Append(token); err != nil {
				yield(0, err)
				return
			}
		}
	}
}

// Generate is Write for a new text of a model, without an end. It panics where
// Write yields an error.
func Generate(m Model, prompt []int, how Sampling, rng *rand.Rand) iter.Seq[int] {
	return func(yield func(int) bool) {
		for token, err := range Write(Start(m), prompt, how, rng, nil) {
			if err != nil {
				panic(err)
			}
			if !yield(token) {
				return
			}
		}
	}
}

// Collect collects the first n tokens that Write yields, or all if the text ends
// before.
func Collect(n int, text iter.Seq2[int, error]) ([]int, error) {
	out := make([]int, 0, max(n, 0))
	if n <= 0 {
		return out, nil
	}
	for token, err := range text {
		if err != nil {
			return out, err
		}
		if out = append(out, token); len(out) == n {
			break
		}
	}
	return out, nil
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
