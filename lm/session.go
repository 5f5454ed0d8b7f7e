package lm

import (
	"fmt"
	"math"
)

// A Session is a text under way: a model, and what it has read so far. A
// transformer's remembers keys and values, so that each further token costs one
// pass; Start makes one of any Model. It serves one goroutine at a time.
type Session interface {
	// Vocab is the number of tokens the model knows.
	Vocab() int
	// Append puts tokens behind the text. If there is one among them that the
	// model does not know, it is an error, and the text stays as it was.
	Append(tokens ...int) error
	// Next fills p, of length Vocab(), with the probability of each token after
	// the text, at a temperature above 0: 1 is what the model says. It does not
	// change the text. The probabilities sum to 1.
	Next(p []float64, temperature float64)
}

// A Starter is a Model that has sessions of its own, which are faster than
// asking Next for the whole text again and again. Those of a model with a window
// may forget the beginning of a long text earlier than Next does.
type Starter interface {
	Model
	Start() Session
}

// Start begins an empty text.
func Start(m Model) Session {
	if s, ok := m.(Starter); ok {
		return s.Start()
	}
	return &asking{m: m}
}

// asking is a session that asks its model about the whole text each time.
type asking struct {
	m      Model
	tokens []int
}

func (a *asking) Vocab() int { return a.m.Vocab() }

func (a *asking) Append(tokens ...int) error {
	for i, id := range tokens {
		if id < 0 || id >= a.m.Vocab() {
			return fmt.Errorf("lm: token %d at position %d is outside the model's vocabulary of %d", id, len(a.tokens)+i, a.m.Vocab())
		}
	}
	a.tokens = append(a.tokens, tokens...)
	return nil
}

func (a *asking) Next(p []float64, temperature float64) {
	a.m.Next(a.tokens, p)
	if heat(p, temperature) {
		normalise(p)
	}
}

// heat raises probabilities to the power of 1/temperature, which is dividing
// their logarithms by it. They no longer sum to 1. It says whether it changed
// them: at a temperature of 1 or +Inf it does not.
func heat(p []float64, temperature float64) bool {
	if temperature == 1 || math.IsInf(temperature, 1) {
		return false
	}
	// Relative to the most probable, so that nothing underflows to all zeros.
	top := math.Log(p[ArgMax(p)])
	for i, v := range p {
		if v > 0 {
			p[i] = math.Exp((math.Log(v) - top) / temperature)
		}
	}
	return true
}
