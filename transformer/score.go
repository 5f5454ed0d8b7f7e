package transformer

import (
	"errors"
	"fmt"

	"oneword/internal/simd"
	"oneword/lm"
)

// Score says how well the model predicts a text of tokens, each from those
// before it in rows as long as the window, as lm.Evaluate does but faster. The
// first token of each row is given, not predicted.
func (m *Model) Score(tokens []int) (lm.Score, error) {
	if err := m.checkTokens(tokens); err != nil {
		return lm.Score{}, err
	}
	var score lm.Score
	s, vocab := m.NewSession(), m.Config.Vocab
	var logits []float32
	for at := 0; at+1 < len(tokens); at += m.Context {
		row := tokens[at:min(at+m.Context+1, len(tokens))]
		s.Reset()
		for begin := 0; begin+1 < len(row); begin += batch {
			n := min(batch, len(row)-1-begin)
			s.pass(row[begin:begin+n], nil, false)
			x := simd.Dense(n, m.Width, s.x)                 // [n][D]
			s.normalise(x, x, m.gain, m.bias)                // [n][D]
			logits = room(logits, n*vocab)                   //
			m.tokens.MulMat(simd.Dense(n, vocab, logits), x) // [n][D] → [n][V]
			for i := range n {
				l := logits[i*vocab : (i+1)*vocab] // [V]
				score.Nats += simd.LogLoss(l, l, row[begin+i+1])
				score.Tokens++
			}
		}
	}
	return score, nil
}

// Perplexity is that of a text, each token given those before it: e to the power
// of the mean of minus the logarithms of their probabilities. The first token is
// given.
func (m *Model) Perplexity(text string) (float64, error) {
	ids, err := m.encode(text)
	if err != nil {
		return 0, err
	}
	score, err := m.Score(ids)
	if err != nil {
		return 0, err
	}
	if score.Tokens == 0 {
		return 0, errors.New("transformer: one token has nothing to be predicted from")
	}
	return score.Perplexity(), nil
}

// Perplexities is Perplexity for several texts.
func (m *Model) Perplexities(texts ...string) ([]float64, error) {
	var list []float64
	for _, text := range texts {
		p, err := m.Perplexity(text)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		list = append(list, p)
	}
	return list, nil
}
