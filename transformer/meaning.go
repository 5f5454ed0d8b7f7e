package transformer

import (
	"fmt"
	"math"
	"strings"
)

// Meaning is the vector at the last token of a word in a text, the first time
// that it stands there, after 0, 1, … all blocks: [Blocks+1][D], with D the
// Width. It has in it what the model makes of the word and of all before it.
func (m *Model) Meaning(text, word string) ([][]float64, error) {
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
		vectors = append(vectors, wide(h[at-1]))
	}
	return vectors, nil
}

// Meanings is Meaning for several texts: [Blocks+1][texts][D].
func (m *Model) Meanings(word string, texts ...string) ([][][]float64, error) {
	blocks := make([][][]float64, m.Blocks+1)
	for _, text := range texts {
		vectors, err := m.Meaning(text, word)
		if err != nil {
			return nil, err
		}
		for b, v := range vectors {
			blocks[b] = append(blocks[b], v)
		}
	}
	return blocks, nil
}

// A Stop is a token on the way of a text, and where it leads: the vector after
// the last block, from which the next token is guessed.
type Stop struct {
	Guess
	Vector []float64
}

// Way is the stops of a text of tokens, one for each. Their probabilities are
// 0, since they are given.
func (m *Model) Way(tokens []int) ([]Stop, error) {
	if m.Vocabulary == nil {
		return nil, errNoVocabulary
	}
	trace, _, err := m.read(tokens, nil)
	if err != nil {
		return nil, err
	}
	var stops []Stop
	for i, v := range trace.Hidden[m.Blocks] {
		stops = append(stops, Stop{Guess{ID: tokens[i], Text: m.Vocabulary.Token(tokens[i])}, wide(v)})
	}
	return stops, nil
}

// Fan is the n most probable tokens after others, and where the text would be
// with each of them.
func (m *Model) Fan(tokens []int, n int) ([]Stop, error) {
	guesses, err := m.guesses(tokens, n)
	if err != nil {
		return nil, err
	}
	var stops []Stop
	for _, g := range guesses {
		way, err := m.Way(append(tokens[:len(tokens):len(tokens)], g.ID))
		if err != nil {
			return nil, err
		}
		stops = append(stops, Stop{g, way[len(way)-1].Vector})
	}
	return stops, nil
}

// Places are the vectors of stops, one a row, their tokens without the space
// before them, and their probabilities.
func Places(stops ...Stop) (vectors [][]float64, words []string, p []float64) {
	for _, s := range stops {
		word := strings.TrimSpace(s.Text)
		if word == "" {
			word = Visible(s.Text)
		}
		vectors, words, p = append(vectors, s.Vector), append(words, word), append(p, s.P)
	}
	return vectors, words, p
}

// TokenVectors are the vectors with which tokens of a text enter the model,
// without their places.
func (m *Model) TokenVectors(text string) ([][]float32, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, err
	}
	rows := make([][]float32, len(ids))
	for i, id := range ids {
		rows[i] = make([]float32, m.Config.Width)
		m.tokens.Row(id, rows[i])
	}
	return rows, nil
}

// Surprises is Surprise for several texts.
func (m *Model) Surprises(texts ...string) ([]float64, error) {
	var list []float64
	for _, text := range texts {
		p, err := m.Surprise(text)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		list = append(list, p)
	}
	return list, nil
}

// Surprise is the perplexity of each token of a text given those before it: e
// to the power of the mean of minus their logarithms. The first is given.
func (m *Model) Surprise(text string) (float64, error) {
	ids, err := m.encode(text)
	if err != nil {
		return 0, err
	}
	score, err := m.Score(ids)
	if err != nil {
		return 0, err
	}
	if score.Tokens == 0 {
		return 0, fmt.Errorf("transformer: one token has nothing to be predicted from")
	}
	return score.Perplexity(), nil
}

func wide(v []float32) []float64 {
	w := make([]float64, len(v))
	for i, x := range v {
		w[i] = float64(x)
	}
	return w
}

// Chance is the probability that a text goes on in one way: the mean of its
// tokens on a logarithmic scale, so that long ones can be compared with short
// ones.
func (m *Model) Chance(before, after string) (float64, error) {
	given, err := m.encode(before)
	if err != nil {
		return 0, err
	}
	next := m.Vocabulary.Encode(after)
	if len(next) == 0 {
		return 0, errNoTokens
	}
	session, p, sum := m.NewSession(), make([]float64, m.Vocab()), 0.0
	for _, id := range next {
		logits, err := session.Feed(given...)
		if err != nil {
			return 0, err
		}
		probabilities(p, logits)
		sum += math.Log(p[id])
		given = []int{id}
	}
	return math.Exp(sum / float64(len(next))), nil
}

// Told asks whether a model uses what it was just told, without any training:
// how probable is a made-up name, after it has been given and then so many
// sentences of something else, and how probable if it was not given? Both are
// means over several names, on a logarithmic scale.
func (m *Model) Told(sentences int) (told, untold float64, tokens int, err error) {
	other := strings.Repeat(between, sentences/betweenSentences+1)
	other = strings.Join(strings.SplitAfter(other, ".")[:sentences], "")
	for _, name := range madeUp {
		with, err := m.Chance("My friend is called"+name+"."+other+tellEnd, name)
		if err != nil {
			return 0, 0, 0, err
		}
		without, err := m.Chance("My friend is very kind."+other+tellEnd, name)
		if err != nil {
			return 0, 0, 0, err
		}
		told += math.Log(with) / float64(len(madeUp))
		untold += math.Log(without) / float64(len(madeUp))
	}
	return math.Exp(told), math.Exp(untold), len(m.Vocabulary.Encode(other)), nil
}

// What Told tells, and asks.
var madeUp = []string{" Zorblat", " Mirkosa", " Tavelle", " Quindo", " Brasko", " Ombrine", " Feldarin", " Yossop"}

const (
	between = " The sun was warm and the sky was blue. The children played in the garden near the river." +
		" There was a house with a red roof and many windows. In the evening the wind came from the sea."
	betweenSentences = 4
	tellEnd          = " Then I met my friend"
)
