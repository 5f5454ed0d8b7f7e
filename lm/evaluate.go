package lm

import (
	"fmt"
	"math"
)

// A Score says how well a model predicted a text.
type Score struct {
	Tokens int     // tokens predicted
	Nats   float64 // sum over them of -ln P(token | what came before)
}

// Perplexity is the size of the fair die that would be as hard to guess as
// the text was: exp of the mean surprise. It is +Inf as soon as one token was
// held impossible, and NaN if there was none to predict.
func (s Score) Perplexity() float64 { return math.Exp(s.Nats / float64(s.Tokens)) }

// BitsPerToken is the mean surprise in bits.
func (s Score) BitsPerToken() float64 { return s.Nats / math.Ln2 / float64(s.Tokens) }

// BitsPerByte is the surprise spread over the bytes of the text, so that
// models with different tokens can be compared.
func (s Score) BitsPerByte(bytes int) float64 { return s.Nats / math.Ln2 / float64(bytes) }

// Evaluate scores a model on a text given as tokens, each predicted from all
// that came before it.
func Evaluate(m Model, tokens []int) (Score, error) {
	scorer, fast := m.(Scorer)
	if !fast {
		return EvaluateFrom(Start(m), tokens)
	}
	score := Score{Tokens: len(tokens)}
	for i, id := range tokens {
		if id < 0 || id >= m.Vocab() {
			return Score{}, fmt.Errorf("lm: token %d at position %d is outside the model's vocabulary of %d", id, i, m.Vocab())
		}
		score.Nats -= math.Log(scorer.Prob(tokens[:i], id))
	}
	return score, nil
}

// EvaluateFrom scores a session on how its text goes on: each token is predicted
// from all before it, and then put behind them.
func EvaluateFrom(s Session, tokens []int) (Score, error) {
	score, p := Score{Tokens: len(tokens)}, make([]float64, s.Vocab())
	for _, id := range tokens {
		s.Next(p, 1)
		if err := s.Append(id); err != nil { // before it is looked up
			return Score{}, err
		}
		score.Nats -= math.Log(p[id])
	}
	return score, nil
}
