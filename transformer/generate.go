package transformer

import (
	"iter"
	"math"
	"math/rand/v2"

	"oneword/internal/simd"
	"oneword/lm"
)

// Generate yields token after token, each drawn from what the model says comes
// next. It ends with the end of text, which is not yielded, or when the caller
// stops. An empty prompt begins a new text. A prompt or settings that make no
// sense are an error.
func (m *Model) Generate(prompt []int, s lm.Sampling, rng *rand.Rand) (iter.Seq[int], error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if err := m.checkTokens(prompt); err != nil {
		return nil, err
	}
	if len(prompt) == 0 {
		prompt = []int{m.start()}
	}
	temperature := s.Temperature
	if s.Temperature > 0 {
		s.Temperature = 1 // done to the logits, which is the same and faster
	}
	return func(yield func(int) bool) {
		session := m.NewSession()
		p := make([]float64, m.Config.Vocab)
		logits, err := session.Feed(prompt...)
		for err == nil {
			probabilities(p, heated(logits, temperature))
			id := s.Pick(p, rng)
			if m.Vocabulary != nil && id == m.Vocabulary.EndOfText() || !yield(id) {
				return
			}
			logits, err = session.Feed(id)
		}
	}, nil
}

// heated divides logits by a temperature.
func heated(logits []float32, temperature float64) []float32 {
	if temperature > 0 && temperature != 1 {
		// Relative to the largest, so that nothing becomes infinite.
		top := simd.Max(logits)
		for i, v := range logits {
			logits[i] = float32(float64(v-top) / temperature)
		}
	}
	return logits
}

// Score says how well the model predicts a text of tokens, each from those
// before it in rows as long as the window, as lm.Evaluate does but faster. The
// first token of each row is given, not predicted.
func (m *Model) Score(tokens []int) (lm.Score, error) {
	if err := m.checkTokens(tokens); err != nil {
		return lm.Score{}, err
	}
	var score lm.Score
	s := m.NewSession()
	width, vocab := m.Config.Width, m.Config.Vocab
	var logits []float32
	for at := 0; at+1 < len(tokens); at += m.Context {
		row := tokens[at:min(at+m.Context+1, len(tokens))]
		s.Reset()
		for begin := 0; begin+1 < len(row); begin += batch {
			n := min(batch, len(row)-1-begin)
			s.pass(row[begin:begin+n], nil, false)
			x := simd.Dense(n, width, s.x)
			s.normalise(x, x, m.gain, m.bias)
			logits = room(logits, n*vocab)
			m.tokens.MulMat(simd.Dense(n, vocab, logits), x)
			for i := range n {
				l := logits[i*vocab : (i+1)*vocab]
				top, right := simd.Max(l), l[row[begin+i+1]]
				score.Nats += math.Log(float64(simd.Exp(l, l, top))) - float64(right-top)
				score.Tokens++
			}
		}
	}
	return score, nil
}
