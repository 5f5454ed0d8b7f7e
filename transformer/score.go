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
		n := len(row) - 1
		s.pass(row[:n], nil, false)
		x := simd.Dense(n, m.Width, s.x)            // [n][D]
		s.normalise(x, x, m.gain, m.bias)           // [n][D]
		for first := 0; first < n; first += batch { // the logits of all would take much memory
			rows := min(batch, n-first)
			logits = room(logits, rows*vocab)
			part := simd.Dense(rows, m.Width, x.Data[first*m.Width:(first+rows)*m.Width])
			m.tokens.MulMat(simd.Dense(rows, vocab, logits), part) // [rows][D] → [rows][V]
			losses := make([]float64, rows)
			simd.Parallel(rows, 8, func(lo, hi int) {
				for i := lo; i < hi; i++ {
					l := logits[i*vocab : (i+1)*vocab] // [V]
					losses[i] = simd.LogLoss(l, l, row[first+i+1])
				}
			})
			for _, l := range losses {
				score.Nats += l
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

// BitsPerByte is how many bits the model needs for a byte of a text: the mean
// surprise, by which models with other tokens can be compared.
func (m *Model) BitsPerByte(text string) (float64, error) {
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
	return score.BitsPerByte(len(text) - len(m.Vocabulary.Token(ids[0]))), nil
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
