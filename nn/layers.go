package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// A Module is a part of a net: it applies itself to a tensor, and has
// parameters with names.
type Module interface {
	Apply(g *Graph, x *Tensor) *Tensor
	// Params lists the parameters, in the order of the computation.
	Params() []Param
}

// A Param is a tensor that is trained, and its name, as "0.weight".
type Param struct {
	Name string
	*Tensor
}

// Dense is a layer of neurons: each of the outputs has a weight for each of
// the inputs, and a bias.
type Dense struct{ W, B *Tensor } // [in][out], [out]

// NewDense returns a layer with random weights for a ReLU to follow (HeInit).
func NewDense(rng *rand.Rand, in, out int) *Dense {
	d := &Dense{NewParam(in, out), NewParam(out)}
	HeInit(d.W, in, rng)
	return d
}

// Apply makes [B][in] to [B][out].
func (d *Dense) Apply(g *Graph, x *Tensor) *Tensor { return g.Linear(x, d.W, d.B) }

// Params lists the weights and the biases.
func (d *Dense) Params() []Param { return []Param{{"weight", d.W}, {"bias", d.B}} }

// Conv is a layer of filters, see Graph.Conv2D.
type Conv struct{ W, B *Tensor } // [F][C][K][K], [F]

// NewConv returns filters of size × size with random weights (HeInit).
func NewConv(rng *rand.Rand, channels, filters, size int) *Conv {
	c := &Conv{NewParam(filters, channels, size, size), NewParam(filters)}
	HeInit(c.W, channels*size*size, rng)
	return c
}

// Apply makes [B][C][H][W] to [B][F][H-K+1][W-K+1].
func (c *Conv) Apply(g *Graph, x *Tensor) *Tensor { return g.Conv2D(x, c.W, c.B) }

// Params lists the filters and the biases.
func (c *Conv) Params() []Param { return []Param{{"weight", c.W}, {"bias", c.B}} }

// Func is a layer without parameters.
type Func func(g *Graph, x *Tensor) *Tensor

// Apply calls f.
func (f Func) Apply(g *Graph, x *Tensor) *Tensor { return f(g, x) }

// Params is empty.
func (f Func) Params() []Param { return nil }

// The layers without parameters.
var (
	ReLU    = Func((*Graph).ReLU) // the ramp
	Tanh    = Func((*Graph).Tanh)
	Sigmoid = Func((*Graph).Sigmoid)
	GELU    = Func((*Graph).GELU)
	MaxPool = Func((*Graph).MaxPool)
	Softmax = Func((*Graph).Softmax)
	// Flatten makes [B][C][H][W] to [B][C·H·W].
	Flatten = Func(func(g *Graph, x *Tensor) *Tensor { return g.Reshape(x, x.Shape[0], len(x.Data)/x.Shape[0]) })
)

// Chain is a net of layers, one after the other.
type Chain []Module

// Apply applies one layer after the other.
func (c Chain) Apply(g *Graph, x *Tensor) *Tensor {
	for _, m := range c {
		x = m.Apply(g, x)
	}
	return x
}

// Activations applies the chain and returns what comes out of each layer, the
// input first: len(c)+1 tensors.
func (c Chain) Activations(g *Graph, x *Tensor) []*Tensor {
	list := []*Tensor{x}
	for _, m := range c {
		x = m.Apply(g, x)
		list = append(list, x)
	}
	return list
}

// Params lists the parameters of all layers, as "LAYER.NAME", layers counted
// from 0.
func (c Chain) Params() []Param {
	var out []Param
	for i, m := range c {
		for _, p := range m.Params() {
			out = append(out, Param{strconv.Itoa(i) + "." + p.Name, p.Tensor})
		}
	}
	return out
}

// Neurons counts the neurons of a net for inputs of a shape: the numbers that
// come out of its layers with weights, for one example. A filter counts as
// often as it is applied.
func (c Chain) Neurons(shape ...int) int {
	n := 0
	for i, t := range c.Activations(&Graph{NoGrad: true}, NewTensor(append([]int{1}, shape...)...))[1:] {
		if len(c[i].Params()) > 0 {
			n += len(t.Data)
		}
	}
	return n
}

// Weights are the weight matrices of a fully connected net, [in][out] each,
// layer by layer.
func (c Chain) Weights() []Matrix {
	var out []Matrix
	for _, p := range c.Params() {
		if len(p.Shape) == 2 {
			out = append(out, Matrix{p.Tensor})
		}
	}
	return out
}

// NewMLP returns a fully connected net (multi-layer perceptron) of these
// widths, inputs first, with ReLU between its layers.
func NewMLP(rng *rand.Rand, widths ...int) Chain {
	var c Chain
	for i := 0; i+1 < len(widths); i++ {
		if i > 0 {
			c = append(c, ReLU)
		}
		c = append(c, NewDense(rng, widths[i], widths[i+1]))
	}
	return c
}

// HeInit draws weights from a normal distribution of variance 2/fanIn, which
// keeps the size of signals through layers with ReLU (He et al. 2015).
func HeInit(w *Tensor, fanIn int, rng *rand.Rand) { normal(w, math.Sqrt(2/float64(fanIn)), rng) }

func normal(w *Tensor, deviation float64, rng *rand.Rand) {
	for i := range w.Data {
		w.Data[i] = float32(deviation * rng.NormFloat64())
	}
}

// Count is how many numbers parameters have together.
func Count(params []Param) int {
	n := 0
	for _, p := range params {
		n += len(p.Data)
	}
	return n
}

// CopyParams copies parameters of one net to those of another of the same make.
func CopyParams(dst, src []Param) {
	for i, p := range src {
		if !slices.Equal(dst[i].Shape, p.Shape) {
			mismatch("CopyParams", dst[i].Tensor, p.Tensor)
		}
		copy(dst[i].Data, p.Data)
	}
}
