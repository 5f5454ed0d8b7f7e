package transformer

import (
	"iter"
	"math/rand/v2"

	"oneword/lm"
)

// Generate yields token after token, each drawn from what the model says comes
// next (lm.Write). It ends with the end of text, which is not yielded, or when the
// caller stops. An empty prompt begins a new text. A prompt or settings that make
// no sense are an error, which is yielded first.
func (m *Model) Generate(prompt []int, how lm.Sampling, rng *rand.Rand) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		lm.Write(m.NewSession(), prompt, how, rng, m.isEnd)(yield)
	}
}

// isEnd says whether a token ends a text.
func (m *Model) isEnd(token int) bool {
	return m.Vocabulary != nil && token == m.Vocabulary.EndOfText()
}

// Continue lets the model go on with a text, token by token, n at most, and
// returns what it chose and how probable that was.
func (m *Model) Continue(text string, n int, how lm.Sampling, rng *rand.Rand) ([]Guess, error) {
	ids, err := m.encode(text)
	if err != nil || n < 1 {
		return nil, err
	}
	s, p := m.NewSession(), make([]float64, m.Vocab())
	var steps []Guess
	for id, err := range lm.Write(s, ids, how, rng, m.isEnd) {
		if err != nil {
			return nil, err
		}
		s.Next(p, 1) // as the model says it, whatever the sampling
		if steps = append(steps, Guess{id, m.Vocabulary.Token(id), p[id]}); len(steps) == n {
			break
		}
	}
	return steps, nil
}

// ContinueText lets the model go on with a text for n tokens at most, and returns
// what it wrote.
func (m *Model) ContinueText(text string, n int, how lm.Sampling, rng *rand.Rand) (string, error) {
	steps, err := m.Continue(text, n, how, rng)
	out := ""
	for _, g := range steps {
		out += g.Text
	}
	return out, err
}
