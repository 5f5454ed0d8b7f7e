package nn

import (
	"fmt"
	"slices"

	"oneword/internal/simd"
)

// A Tensor is an array of numbers with a shape, and, once Backward has run, the
// derivative of the loss by each of them.
type Tensor struct {
	Shape []int
	Data  []float32 // row-major: the last index runs fastest
	Grad  []float32 // as long as Data; nil where no derivative is asked for
}

// NewTensor returns a tensor of zeros.
func NewTensor(shape ...int) *Tensor {
	return &Tensor{Shape: slices.Clone(shape), Data: make([]float32, volume(shape))}
}

// NewParam returns a tensor of zeros that is to be trained: it has a gradient.
func NewParam(shape ...int) *Tensor {
	t := NewTensor(shape...)
	t.Grad = make([]float32, len(t.Data))
	return t
}

// From views data as a tensor. It panics if the shape has another volume.
func From(data []float32, shape ...int) *Tensor {
	if volume(shape) != len(data) {
		panic(fmt.Sprintf("nn: %d numbers are no tensor of shape %v", len(data), shape))
	}
	return &Tensor{Shape: slices.Clone(shape), Data: data}
}

func volume(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// Rows and Cols see a tensor as a matrix: all dimensions but the last are rows.
func (t *Tensor) Rows() int { return len(t.Data) / max(t.Cols(), 1) }

// Cols is the last dimension.
func (t *Tensor) Cols() int {
	if len(t.Shape) == 0 {
		return 1
	}
	return t.Shape[len(t.Shape)-1]
}

// A Matrix is a tensor [rows][cols] that can be asked for its numbers one by one.
type Matrix struct{ *Tensor }

// Dims is the number of rows and columns.
func (w Matrix) Dims() (rows, cols int) { return w.Rows(), w.Cols() }

// At is the number in a row and column.
func (w Matrix) At(row, col int) float64 { return float64(w.Data[row*w.Cols()+col]) }

// A Graph computes, and remembers each operation so that it can go back
// through them. Its results live until Reset, which keeps their memory for the
// next round: a graph that does the same again allocates nothing.
//
// Operations panic, naming both shapes, if shapes do not fit: that is a mistake
// in the program, not in the data. A Graph serves one goroutine.
type Graph struct {
	// NoGrad computes only: nothing is remembered, no gradient kept.
	NoGrad bool

	back    []func() // what undoes each operation, in the order of computing
	results []*Tensor
	next    int
	scratch [][]float32
	nextBuf int

	views    []*Tensor
	nextView int
}

// NewGraph returns an empty graph.
func NewGraph() *Graph { return &Graph{} }

// Reset forgets all operations. Tensors that the graph has returned must not
// be used any more.
func (g *Graph) Reset() {
	clear(g.back)
	g.back, g.next, g.nextBuf, g.nextView = g.back[:0], 0, 0, 0
}

// new returns a tensor for a result. If any of the inputs has a gradient, so
// has the result, set to 0. The numbers themselves are left as they were.
func (g *Graph) new(shape []int, inputs ...*Tensor) *Tensor {
	n := volume(shape)
	if g.next == len(g.results) {
		g.results = append(g.results, &Tensor{})
	}
	t := g.results[g.next]
	g.next++
	t.Shape = append(t.Shape[:0], shape...)
	t.Data = resize(t.Data, n)
	needs := false
	for _, in := range inputs {
		needs = needs || in.Grad != nil
	}
	if !needs || g.NoGrad {
		t.Grad = nil
		return t
	}
	t.Grad = resize(t.Grad, n)
	simd.Parallel(n, 1<<16, func(lo, hi int) { clear(t.Grad[lo:hi]) })
	return t
}

// view returns a tensor for a result that is the same numbers in another shape.
func (g *Graph) view(x *Tensor, shape []int) *Tensor {
	if g.nextView == len(g.views) {
		g.views = append(g.views, &Tensor{})
	}
	t := g.views[g.nextView]
	g.nextView++
	t.Shape, t.Data, t.Grad = append(t.Shape[:0], shape...), x.Data, x.Grad
	if g.NoGrad {
		t.Grad = nil
	}
	return t
}

func resize(v []float32, n int) []float32 {
	if cap(v) < n {
		return make([]float32, n)
	}
	return v[:n]
}

// buffer returns room for n numbers that an operation needs again on the way
// back.
func (g *Graph) buffer(n int) []float32 {
	if g.nextBuf == len(g.scratch) {
		g.scratch = append(g.scratch, nil)
	}
	b := resize(g.scratch[g.nextBuf], n)
	g.scratch[g.nextBuf] = b
	g.nextBuf++
	return b
}

// onBackward remembers how to go back through the operation that made out.
func (g *Graph) onBackward(out *Tensor, f func()) {
	if out.Grad != nil {
		g.back = append(g.back, f)
	}
}

// Backward goes back from a loss, a tensor of one number, and adds to the Grad
// of every tensor that took part the derivative of the loss by its numbers
// (the chain rule, applied from the end: back-propagation, Rumelhart, Hinton
// and Williams 1986). Operations were remembered in the order of computing, so
// in reverse each comes after all that used its result. The graph is then
// empty of operations: a second Backward would add everything up twice, so it
// panics.
func (g *Graph) Backward(loss *Tensor) {
	switch {
	case len(loss.Data) != 1:
		panic(fmt.Sprintf("nn: Backward from a tensor of shape %v, not from one number", loss.Shape))
	case loss.Grad == nil:
		panic("nn: Backward from a number that depends on nothing with a gradient")
	case len(g.back) == 0:
		panic("nn: Backward a second time")
	}
	loss.Grad[0] = 1
	for _, f := range slices.Backward(g.back) {
		f()
	}
	g.back = g.back[:0]
}
