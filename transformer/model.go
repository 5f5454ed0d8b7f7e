package transformer

import (
	"fmt"
	"sync"

	"oneword/internal/simd"
	"oneword/transformer/token"
)

// A Model is a GPT-2 to be used: it predicts, writes, and can be looked into.
// It may be used by several goroutines at once.
type Model struct {
	Config
	Name       string            // for captions: "gpt2", or what the folder is called
	Vocabulary *token.Vocabulary // nil if there is none
	DType      DType             // how the matrices are kept

	tokens     *simd.Rows  // [V][D]
	positions  simd.Matrix // [Context][D]
	blocks     []layer
	gain, bias []float32
	bytes      int
	close      func() error
	idle       sync.Pool // sessions for Next
}

// A layer is one block's weights.
type layer struct {
	gain1, bias1, gain2, bias2 []float32
	qkv, attnProj, up, down    dense
}

// A dense is a layer of neurons: its matrix stands as in GPT-2's files,
// [in][out], or transposed and narrowed, [out][in].
type dense struct {
	asStored   simd.Matrix
	transposed *simd.Rows
	bias       []float32
}

// apply sets y to x·W + bias, [n][in] → [n][out].
func (d dense) apply(y, x simd.Matrix) {
	switch {
	case d.transposed == nil:
		simd.MatMul(y, x, false, d.asStored, false, false)
	case x.Rows == 1:
		d.transposed.MulVec(y.Data[:y.Cols], x.Data[:x.Cols])
	default:
		d.transposed.MulMat(y, x)
	}
	if y.Rows < manyRows {
		d.addBias(y, 0, y.Rows)
		return
	}
	simd.Parallel(y.Rows, 8, func(lo, hi int) { d.addBias(y, lo, hi) })
}

func (d dense) addBias(y simd.Matrix, lo, hi int) {
	for r := lo; r < hi; r++ {
		simd.Axpy(1, d.bias, y.Data[r*y.Stride:r*y.Stride+y.Cols])
	}
}

// Bytes is how much memory the weights take.
func (m *Model) Bytes() int { return m.bytes }

// Close gives back the memory of a model that was loaded from a folder. The
// model must not be used any more.
func (m *Model) Close() error {
	if m.close == nil {
		return nil
	}
	return m.close()
}

// Vocab is the number of tokens; with Next it makes a Model an lm.Model.
func (m *Model) Vocab() int { return m.Config.Vocab }

// Next fills p with the probability of each token after a context, of which it
// sees as much of the end as the window holds. Without a context it begins
// with the end of another text. The whole context is computed anew: to write
// many tokens, use Generate or a Session.
func (m *Model) Next(context []int, p []float64) {
	s, _ := m.idle.Get().(*Session)
	if s == nil {
		s = m.NewSession()
	}
	defer m.idle.Put(s)
	s.Reset()
	if len(context) == 0 {
		context = []int{m.startToken()}
	}
	logits := s.feed(context[max(0, len(context)-m.Context):], nil) // [V]
	simd.Softmax64(p, logits, logits)
}

// startToken is the token that a text without a beginning begins after.
func (m *Model) startToken() int {
	if m.Vocabulary != nil && m.Vocabulary.EndOfText() >= 0 {
		return m.Vocabulary.EndOfText()
	}
	return m.Config.Vocab - 1
}

// checkTokens reports tokens that the model does not know.
func (m *Model) checkTokens(tokens []int) error {
	for i, id := range tokens {
		if id < 0 || id >= m.Config.Vocab {
			return fmt.Errorf("transformer: token %d at place %d, but the vocabulary has %d", id, i, m.Config.Vocab)
		}
	}
	return nil
}
