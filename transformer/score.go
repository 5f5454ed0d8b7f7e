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
	surprises, err := m.Surprises(tokens)
	if err != nil {
		return lm.Score{}, err
	}
	return total(surprises[0]), nil
}

// total is the score of a text by the surprise at each of its tokens.
func total(surprises []float64) lm.Score {
	score := lm.Score{Tokens: len(surprises)}
	for _, nats := range surprises {
		score.Nats += nats
	}
	return score
}

// A row is a piece of a text that fits the window: its tokens predict each the next.
type row struct {
	text   int // its number
	tokens []int
}

// Surprises are, for each of several texts, minus the logarithms of the probabilities
// of its tokens but the first, in nats. Each text is read on its own, but many
// are computed at once; of long ones, rows as long as the window.
func (m *Model) Surprises(texts ...[]int) ([][]float64, error) {
	var rows []row
	surprises := make([][]float64, len(texts))
	for i, tokens := range texts {
		if err := m.checkTokens(tokens); err != nil {
			return nil, err
		}
		for at := 0; at+1 < len(tokens); at += m.Context {
			rows = append(rows, row{i, tokens[at:min(at+m.Context+1, len(tokens))]})
		}
	}
	s := m.NewSession()
	for len(rows) > 0 {
		n, taken := 0, 0 // tokens, rows
		for taken < len(rows) && n+len(rows[taken].tokens)-1 <= m.Context {
			n += len(rows[taken].tokens) - 1
			taken++
		}
		losses := s.losses(rows[:taken])
		for _, r := range rows[:taken] {
			surprises[r.text] = append(surprises[r.text], losses[:len(r.tokens)-1]...)
			losses = losses[len(r.tokens)-1:]
		}
		rows = rows[taken:]
	}
	return surprises, nil
}

// losses computes rows that fit the window together, and the surprise at each of
// their tokens but the first.
func (s *Session) losses(rows []row) []float64 {
	m, vocab := s.m, s.m.Config.Vocab
	var tokens, next []int
	s.Reset()
	for _, r := range rows {
		begin := len(tokens)
		tokens, next = append(tokens, r.tokens[:len(r.tokens)-1]...), append(next, r.tokens[1:]...)
		for range r.tokens[1:] {
			s.begins = append(s.begins, begin)
		}
	}
	s.pass(tokens, nil, false)
	s.begins = s.begins[:0]
	n := len(tokens)
	x := simd.Dense(n, m.Width, s.x)  // [n][D]
	s.normalise(x, x, m.gain, m.bias) // [n][D]
	losses := make([]float64, n)
	for first := 0; first < n; first += batch { // the logits of all would take much memory
		size := min(batch, n-first)
		s.wide = room(s.wide, size*vocab)
		logits, part := simd.Dense(size, vocab, s.wide), simd.Dense(size, m.Width, x.Data[first*m.Width:(first+size)*m.Width])
		m.tokens.MulMat(logits, part) // [size][D] → [size][V]
		simd.Parallel(size, 8, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				l := logits.Data[i*vocab : (i+1)*vocab] // [V]
				losses[first+i] = simd.LogLoss(l, l, next[first+i])
			}
		})
	}
	return losses
}

// Perplexity is that of a text, each token given those before it: e to the power
// of the mean of minus the logarithms of their probabilities. The first token is
// given.
func (m *Model) Perplexity(text string) (float64, error) {
	_, score, err := m.scoreText(text)
	if err != nil {
		return 0, err
	}
	return score.Perplexity(), nil
}

// scoreText is the score of a text, and its tokens, of which there are two or more.
func (m *Model) scoreText(text string) ([]int, lm.Score, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, lm.Score{}, err
	}
	score, err := m.Score(ids)
	if err == nil && score.Tokens == 0 {
		err = errOneToken
	}
	return ids, score, err
}

var errOneToken = errors.New("transformer: one token has nothing to be predicted from")

// BitsPerByte is how many bits the model needs for a byte of a text: the mean
// surprise, by which models with other tokens can be compared.
func (m *Model) BitsPerByte(text string) (float64, error) {
	ids, score, err := m.scoreText(text)
	if err != nil {
		return 0, err
	}
	return score.BitsPerByte(len(text) - len(m.Vocabulary.Token(ids[0]))), nil
}

// Perplexities is Perplexity for several texts, which are computed together.
func (m *Model) Perplexities(texts ...string) ([]float64, error) {
	tokens := make([][]int, len(texts))
	for i, text := range texts {
		var err error
		if tokens[i], err = m.encode(text); err != nil {
			return nil, err
		}
	}
	surprises, err := m.Surprises(tokens...)
	if err != nil {
		return nil, err
	}
	list := make([]float64, len(texts))
	for i, nats := range surprises {
		if len(nats) == 0 {
			return nil, fmt.Errorf("%q: %w", texts[i], errOneToken)
		}
		list[i] = total(nats).Perplexity()
	}
	return list, nil
}
