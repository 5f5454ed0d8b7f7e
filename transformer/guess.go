package transformer

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// A Guess is a token that may come next, and how probable it is.
type Guess struct {
	ID   int
	Text string
	P    float64
}

var errNoVocabulary = errors.New("transformer: the model has no vocabulary")

// Guesses lists the n most probable tokens after a text, the most probable
// first; with n 0, all. A text without tokens is an error.
func (m *Model) Guesses(text string, n int) ([]Guess, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, err
	}
	return m.guesses(ids, n)
}

func (m *Model) guesses(tokens []int, n int) ([]Guess, error) {
	if m.Vocabulary == nil {
		return nil, errNoVocabulary
	}
	if err := m.checkTokens(tokens); err != nil {
		return nil, err
	}
	p := make([]float64, m.Vocab())
	m.Next(tokens, p)
	list := make([]Guess, len(p))
	for id, v := range p {
		list[id] = Guess{id, m.Vocabulary.Token(id), v}
	}
	slices.SortStableFunc(list, func(a, b Guess) int { return cmp.Compare(b.P, a.P) })
	if n > 0 {
		list = list[:min(n, len(list))]
	}
	return list, nil
}

// encode cuts a text that must have tokens.
func (m *Model) encode(text string) ([]int, error) {
	if m.Vocabulary == nil {
		return nil, errNoVocabulary
	}
	ids := m.Vocabulary.Encode(text)
	if len(ids) == 0 {
		return nil, errNoTokens
	}
	return ids, nil
}

// Visible writes a token so that its spaces (␣) and line ends (⏎) can be seen.
func Visible(token string) string { return visible.Replace(strings.ToValidUTF8(token, "�")) }

var visible = strings.NewReplacer(" ", "␣", "\n", "⏎")
