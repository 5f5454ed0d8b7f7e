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
	score := Score{Tokens: len(tokens)}
	scorer, fast := m.(Scorer)
	var p []float64
	if !fast {
		p = make([]float64, m.Vocab())
	}
	for i, id := range tokens {
		if id < 0 || id >= m.Vocab() {
			return Score{}, fmt.Errorf("lm: token %d at position %d is outside the model's vocabulary of %d", id, i, m.Vocab())
		}
		if fast {
			score.Nats -= math.Log(scorer.Prob(tokens[:i], id))
			continue
		}
		m.Next(tokens[:i], p)
		score.Nats -= math.Log(p[id])
	}
	return score, nil
}

// Geometric is the mean of positive numbers, such as perplexities, on a
// logarithmic scale, and their spread: the factor that one standard deviation
// is. Of fewer than two numbers the spread is NaN.
func Geometric(x []float64) (mean, spread float64) {
	sum, square := 0.0, 0.0
	for _, v := range x {
		sum += math.Log(v)
	}
	m := sum / float64(len(x))
	for _, v := range x {
		square += (math.Log(v) - m) * (math.Log(v) - m)
	}
	return math.Exp(m), math.Exp(math.Sqrt(square / float64(len(x)-1)))
}
