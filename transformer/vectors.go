package transformer

import (
	"fmt"
	"strings"
)

// TokenEmbeddings are the vectors with which the tokens of a text enter the
// model, without those of their positions: [T][D], with D the Width.
func (m *Model) TokenEmbeddings(text string) ([][]float32, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, err
	}
	rows := make([][]float32, len(ids))
	for i, id := range ids {
		rows[i] = make([]float32, m.Width)
		m.tokens.Row(id, rows[i])
	}
	return rows, nil
}

// Vectors are those of the tokens of a text: with which they enter the model, without
// those of their positions, and after its last block; both [T][D].
func (m *Model) Vectors(tokens []int) (entering, leaving [][]float32, err error) {
	trace, _, err := m.read(tokens, nil)
	if err != nil {
		return nil, nil, err
	}
	return trace.Token, trace.Hidden[m.Blocks], nil
}

// ContextualEmbedding is the vector at the last token of a word in a text, the
// first time that it stands there, after 0, 1, … all blocks: [Blocks+1][D]. It
// has in it what the model makes of the word and of all before it.
func (m *Model) ContextualEmbedding(text, word string) ([][]float64, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, err
	}
	begin := strings.Index(text, word)
	if begin < 0 || word == "" {
		return nil, fmt.Errorf("transformer: %q does not stand in %q", word, text)
	}
	at, read := 0, 0
	for at < len(ids) && read < begin+len(word) {
		read += len(m.Vocabulary.Token(ids[at]))
		at++
	}
	trace, _, err := m.read(ids[:at], nil)
	if err != nil {
		return nil, err
	}
	var vectors [][]float64
	for _, h := range trace.Hidden {
		vectors = append(vectors, float64s(h[at-1]))
	}
	return vectors, nil
}

// ContextualEmbeddings is ContextualEmbedding for several texts:
// [Blocks+1][texts][D].
func (m *Model) ContextualEmbeddings(word string, texts ...string) ([][][]float64, error) {
	blocks := make([][][]float64, m.Blocks+1)
	for _, text := range texts {
		vectors, err := m.ContextualEmbedding(text, word)
		if err != nil {
			return nil, err
		}
		for b, v := range vectors {
			blocks[b] = append(blocks[b], v)
		}
	}
	return blocks, nil
}

// A Point is where a token leads: the vector after the last block, from which
// the next token is guessed.
type Point struct {
	Guess
	Vector []float64 // [D]
}

// Path is the points of a text of tokens, one for each. Their probabilities are
// 0, since they are given.
func (m *Model) Path(tokens []int) ([]Point, error) {
	if m.Vocabulary == nil {
		return nil, errNoVocabulary
	}
	trace, _, err := m.read(tokens, nil)
	if err != nil {
		return nil, err
	}
	var path []Point
	for i, v := range trace.Hidden[m.Blocks] {
		path = append(path, Point{Guess{ID: tokens[i], Text: m.Vocabulary.Token(tokens[i])}, float64s(v)})
	}
	return path, nil
}

// Branches are the n most probable tokens after others, and where the text would
// be with each of them.
func (m *Model) Branches(tokens []int, n int) ([]Point, error) {
	guesses, err := m.guesses(tokens, n)
	if err != nil {
		return nil, err
	}
	var branches []Point
	for _, g := range guesses {
		path, err := m.Path(append(tokens[:len(tokens):len(tokens)], g.ID))
		if err != nil {
			return nil, err
		}
		branches = append(branches, Point{g, path[len(path)-1].Vector})
	}
	return branches, nil
}

func float64s(v []float32) []float64 {
	w := make([]float64, len(v))
	for i, x := range v {
		w[i] = float64(x)
	}
	return w
}
