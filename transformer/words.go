package transformer

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"oneword/internal/simd"
	"oneword/lm"
)

// Width is how the weights of a Model are kept in memory.
type Width = simd.Width

// The widths.
const (
	F32  = simd.F32
	F16  = simd.F16
	BF16 = simd.BF16
	I8   = simd.I8
)

// A Guess is a token that may come next, and how probable it is.
type Guess struct {
	ID   int
	Text string
	P    float64
}

var errNoVocabulary = errors.New("transformer: the model has no vocabulary")

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

// Steps lets the model go on with a text, token by token, n at most, and
// returns what it chose and how probable that was.
func (m *Model) Steps(text string, n int, s lm.Sampling, rng *rand.Rand) ([]Guess, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, err
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	session, p := m.NewSession(), make([]float64, m.Vocab())
	var steps []Guess
	for len(steps) < n {
		logits, err := session.Feed(ids...)
		if err != nil {
			return nil, err
		}
		probabilities(p, logits)
		q := slices.Clone(p)
		id := s.Pick(q, rng)
		if id == m.Vocabulary.EndOfText() {
			break
		}
		steps = append(steps, Guess{id, m.Vocabulary.Token(id), p[id]})
		ids = []int{id}
	}
	return steps, nil
}

// Write lets the model go on with a text for n tokens at most, and returns what
// it wrote.
func (m *Model) Write(text string, n int, s lm.Sampling, rng *rand.Rand) (string, error) {
	steps, err := m.Steps(text, n, s, rng)
	out := ""
	for _, g := range steps {
		out += g.Text
	}
	return out, err
}

// A Matrix is a copy of some of a model's numbers, row by row.
type Matrix struct {
	Rows, Cols int
	Data       []float32
}

// Dims and At make a Matrix one that can be drawn.
func (m Matrix) Dims() (rows, cols int)  { return m.Rows, m.Cols }
func (m Matrix) At(row, col int) float64 { return float64(m.Data[row*m.Cols+col]) }

// RowsOf is a Matrix of vectors of the same length.
func RowsOf(vectors [][]float32) Matrix {
	m := Matrix{Rows: len(vectors)}
	for _, v := range vectors {
		m.Cols = len(v)
		m.Data = append(m.Data, v...)
	}
	return m
}

// Averaged smooths a matrix by moving averages of size × size numbers: the
// result is smaller by size-1 in both directions.
func (m Matrix) Averaged(size int) Matrix {
	size = min(max(size, 1), m.Rows, m.Cols)
	// sums[i][j] is the sum of all numbers above and left of (i, j).
	sums := make([][]float64, m.Rows+1)
	sums[0] = make([]float64, m.Cols+1)
	for i := range m.Rows {
		sums[i+1] = make([]float64, m.Cols+1)
		row := 0.0
		for j := range m.Cols {
			row += m.At(i, j)
			sums[i+1][j+1] = sums[i][j+1] + row
		}
	}
	out := Matrix{Rows: m.Rows - size + 1, Cols: m.Cols - size + 1}
	for i := range out.Rows {
		for j := range out.Cols {
			s := sums[i+size][j+size] - sums[i][j+size] - sums[i+size][j] + sums[i][j]
			out.Data = append(out.Data, float32(s/float64(size*size)))
		}
	}
	return out
}

// Joined is the matrix, Width × Width, by which a block, counted from 0, joins
// the results of its heads.
func (m *Model) Joined(block int) Matrix { return m.blocks[block].joined.matrix(m.Config.Width) }

// matrix is a copy as it stands in GPT-2's files, [in][out].
func (d dense) matrix(in int) Matrix {
	out := len(d.bias)
	c := Matrix{Rows: in, Cols: out, Data: make([]float32, in*out)}
	if d.turned == nil {
		copy(c.Data, d.asStored.Data)
		return c
	}
	row := make([]float32, in)
	for o := range out {
		d.turned.Row(o, row)
		for i, v := range row {
			c.Data[i*out+o] = v
		}
	}
	return c
}

// Lens is the most probable next token at each place of a text if the model
// stopped after 0, 1, … all blocks (the "logit lens", nostalgebraist 2020):
// [Blocks+1][T].
func (m *Model) Lens(text string) ([][]Guess, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, err
	}
	trace, s, err := m.read(ids, nil)
	if err != nil {
		return nil, err
	}
	p := make([]float64, m.Vocab())
	var lens [][]Guess
	for _, vectors := range trace.Hidden {
		var row []Guess
		for _, v := range vectors {
			s.unembed(v)
			probabilities(p, s.logits)
			best := 0
			for id, x := range p {
				if x > p[best] {
					best = id
				}
			}
			row = append(row, Guess{best, m.Vocabulary.Token(best), p[best]})
		}
		lens = append(lens, row)
	}
	return lens, nil
}

// LensTable has the probabilities of a Lens.
func LensTable(lens [][]Guess) Matrix {
	m := Matrix{Rows: len(lens)}
	for _, row := range lens {
		m.Cols = len(row)
		for _, g := range row {
			m.Data = append(m.Data, float32(g.P))
		}
	}
	return m
}

// Spread is a histogram of the numbers of a matrix, as a density over four
// standard deviations about 0 on both sides, and that deviation.
func (m Matrix) Spread() (xs, density []float64, deviation float64) {
	for _, v := range m.Data {
		deviation += float64(v) * float64(v)
	}
	deviation = math.Sqrt(deviation / float64(len(m.Data)))
	const bins = 60
	count := make([]float64, bins)
	width := 8 * deviation / bins
	for _, v := range m.Data {
		if b := int(math.Floor((float64(v) + 4*deviation) / width)); b >= 0 && b < bins {
			count[b]++
		}
	}
	for b, n := range count {
		xs = append(xs, -4*deviation+(float64(b)+0.5)*width)
		density = append(density, n/float64(len(m.Data))/width)
	}
	return xs, density, deviation
}

// Visible writes a token so that its spaces (␣) and line ends (⏎) can be seen.
func Visible(token string) string { return visible.Replace(strings.ToValidUTF8(token, "�")) }

var visible = strings.NewReplacer(" ", "␣", "\n", "⏎")

// OneLine puts a text on one line, for a table.
func OneLine(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "�")), " ")
}

// TwoWords is a text of two words, ten times the one and ten times the other:
// the essay's "hello" and "bye" if both are single tokens of the model, else
// "good" and "night".
func TwoWords(m *Model) (ids []int, words [2]string) {
	for _, words := range [][2]string{{" hello", " bye"}, {" good", " night"}} {
		a, b := m.Vocabulary.Encode(words[0]), m.Vocabulary.Encode(words[1])
		if len(a) == 1 && len(b) == 1 {
			return append(slices.Repeat(a, 10), slices.Repeat(b, 10)...), words
		}
	}
	return m.Vocabulary.Encode("hello bye"), [2]string{"hello", "bye"}
}

// Root is the matrix of the square roots: where numbers from 0 to 1 are shown
// as shades, small ones can then be told apart.
func (m Matrix) Root() Matrix {
	r := Matrix{m.Rows, m.Cols, slices.Clone(m.Data)}
	for i, v := range r.Data {
		r.Data[i] = float32(math.Sqrt(float64(v)))
	}
	return r
}
