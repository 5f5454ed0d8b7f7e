package transformer

import (
	"errors"
	"fmt"
	"slices"

	"oneword/internal/simd"
)

var errNoTokens = errors.New("transformer: no tokens")

// A Trace is what happens inside a model while it reads a text of T tokens.
// Matrices are rows of numbers.
type Trace struct {
	Tokens []int
	// The vectors of the tokens, of their positions, and the sums of both, with
	// which the first block begins: [T][D], with D the Width.
	Token, Position, Sum [][]float32
	// Attention[b][h][t] are the weights, T of them, with which head h of
	// block b looks back from position t: 0 for what comes later; each sums to 1.
	// For blocks that were not chosen it is nil.
	Attention [][][][]float32
	// Hidden[b] are the vectors after b blocks, [T][D]: Hidden[0] is Sum.
	Hidden [][][]float32
	// Next[b] are the probabilities of the next token after the last if the
	// model stopped after b blocks, [V].
	Next [][]float64

	blocks []int
}

// Trace reads a text and keeps what happened; attention of the chosen blocks,
// counted from 0, or of all if none is named. A text that is empty or longer
// than the window, tokens and blocks that do not exist are errors.
func (m *Model) Trace(tokens []int, blocks ...int) (*Trace, error) {
	t, s, err := m.read(tokens, blocks)
	if err != nil {
		return nil, err
	}
	for _, h := range t.Hidden {
		s.unembed(h[len(h)-1])
		p := make([]float64, m.Config.Vocab)
		s.Next(p, 1)
		t.Next = append(t.Next, p)
	}
	return t, nil
}

// read is Trace without Next, which costs a product with the whole table of
// tokens for each block.
func (m *Model) read(tokens, blocks []int) (*Trace, *Session, error) {
	if err := m.checkTokens(tokens); err != nil {
		return nil, nil, err
	}
	switch {
	case len(tokens) == 0:
		return nil, nil, errNoTokens
	case len(tokens) > m.Context:
		return nil, nil, fmt.Errorf("transformer: %d tokens, but the window has %d", len(tokens), m.Context)
	}
	for _, b := range blocks {
		if b < 0 || b >= m.Blocks {
			return nil, nil, fmt.Errorf("transformer: block %d, but there are 0 to %d", b, m.Blocks-1)
		}
	}
	t := &Trace{Tokens: slices.Clone(tokens), Attention: make([][][][]float32, m.Blocks), blocks: blocks}
	s := m.NewSession()
	s.feed(tokens, t)
	return t, s, nil
}

// The methods below are called on the way; on a nil Trace they do nothing.

func (t *Trace) begin(s *Session, tokens []int) {
	if t == nil {
		return
	}
	width := s.m.Width
	for i, id := range tokens {
		row := make([]float32, width)
		s.m.tokens.Row(id, row)
		t.Token = append(t.Token, row)
		t.Position = append(t.Position, slices.Clone(s.m.positions.Data[i*width:(i+1)*width]))
	}
	t.Sum = rows(simd.Dense(len(tokens), width, s.x))
	t.Hidden = [][][]float32{t.Sum}
}

func (t *Trace) attention(s *Session, b int) {
	if t == nil || len(t.blocks) > 0 && !slices.Contains(t.blocks, b) {
		return
	}
	n := s.rows
	for head := range s.m.Heads {
		t.Attention[b] = append(t.Attention[b], rows(simd.Dense(n, n, s.scores[head*n*n:])))
	}
}

func (t *Trace) hidden(s *Session, _ int) {
	if t != nil {
		t.Hidden = append(t.Hidden, rows(simd.Dense(s.rows, s.m.Width, s.x)))
	}
}

// rows copies a matrix row by row.
func rows(m simd.Matrix) [][]float32 {
	out := make([][]float32, m.Rows)
	for i := range out {
		out[i] = slices.Clone(m.Data[i*m.Stride : i*m.Stride+m.Cols])
	}
	return out
}
