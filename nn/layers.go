package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
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

// NewDense returns a layer with random weights for a ramp to follow (HeInit).
func NewDense(rng *rand.Rand, in, out int) *Dense {
	d := &Dense{NewParam(in, out), NewParam(out)}
	HeInit(d.W, in, rng)
	return d
}

func (d *Dense) Apply(g *Graph, x *Tensor) *Tensor { return g.Linear(x, d.W, d.B) }
func (d *Dense) Params() []Param                   { return []Param{{"weight", d.W}, {"bias", d.B}} }

// Conv is a layer of filters, see Graph.Conv2D.
type Conv struct{ W, B *Tensor } // [F][C][K][K], [F]

// NewConv returns filters of size × size with random weights (HeInit).
func NewConv(rng *rand.Rand, channels, filters, size int) *Conv {
	c := &Conv{NewParam(filters, channels, size, size), NewParam(filters)}
	HeInit(c.W, channels*size*size, rng)
	return c
}

func (c *Conv) Apply(g *Graph, x *Tensor) *Tensor { return g.Conv2D(x, c.W, c.B) }
func (c *Conv) Params() []Param                   { return []Param{{"weight", c.W}, {"bias", c.B}} }

// Func is a layer without parameters.
type Func func(g *Graph, x *Tensor) *Tensor

func (f Func) Apply(g *Graph, x *Tensor) *Tensor { return f(g, x) }
func (f Func) Params() []Param                   { return nil }

// The layers without parameters.
var (
	Ramp    = Func((*Graph).ReLU)
	Tanh    = Func((*Graph).Tanh)
	Sigmoid = Func((*Graph).Sigmoid)
	GELU    = Func((*Graph).GELU)
	Pool    = Func((*Graph).MaxPool2)
	Softmax = Func((*Graph).Softmax)
	// Flatten makes [B][C][H][W] to [B][C·H·W].
	Flatten = Func(func(g *Graph, x *Tensor) *Tensor { return g.Reshape(x, x.Shape[0], len(x.Data)/x.Shape[0]) })
)

// Chain is a net of layers, one after the other.
type Chain []Module

func (c Chain) Apply(g *Graph, x *Tensor) *Tensor {
	for _, m := range c {
		x = m.Apply(g, x)
	}
	return x
}

// Taps applies the chain and returns what comes out of each layer, the input
// first: len(c)+1 tensors.
func (c Chain) Taps(g *Graph, x *Tensor) []*Tensor {
	taps := []*Tensor{x}
	for _, m := range c {
		x = m.Apply(g, x)
		taps = append(taps, x)
	}
	return taps
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
	for i, t := range c.Taps(&Graph{NoGrad: true}, NewTensor(append([]int{1}, shape...)...))[1:] {
		if len(c[i].Params()) > 0 {
			n += len(t.Data)
		}
	}
	return n
}

// Maps are the feature maps of the first image in [B][C][H][W], C of them with
// H·W numbers each, every one scaled so that its largest number is 1; what is
// below 0 becomes 0. They are made to be looked at.
func Maps(t *Tensor) [][]float32 {
	if len(t.Shape) != 4 || t.Shape[0] < 1 {
		panic(fmt.Sprintf("nn: Maps of shape %v, want [B][C][H][W]", t.Shape))
	}
	size := t.Shape[2] * t.Shape[3]
	maps := make([][]float32, t.Shape[1])
	for c := range maps {
		m := slices.Clone(t.Data[c*size : (c+1)*size])
		if top := slices.Max(m); top > 0 {
			for i := range m {
				m[i] = max(m[i], 0) / top
			}
		} else {
			clear(m)
		}
		maps[c] = m
	}
	return maps
}

// Weights are the weight matrices of a fully connected net, [in][out], layer
// by layer.
func (c Chain) Weights() []Weights {
	var out []Weights
	for _, p := range c.Params() {
		if len(p.Shape) == 2 {
			out = append(out, Weights{p.Tensor})
		}
	}
	return out
}

// NewMLP returns a fully connected net (multi-layer perceptron) of these
// widths, inputs first, with ramps between its layers.
func NewMLP(rng *rand.Rand, widths ...int) Chain {
	var c Chain
	for i := 0; i+1 < len(widths); i++ {
		if i > 0 {
			c = append(c, Ramp)
		}
		c = append(c, NewDense(rng, widths[i], widths[i+1]))
	}
	return c
}

// HeInit draws weights from a normal distribution of variance 2/fanIn, which
// keeps the size of signals through layers with ramps (He et al. 2015).
func HeInit(w *Tensor, fanIn int, rng *rand.Rand) { normal(w, math.Sqrt(2/float64(fanIn)), rng) }

// XavierInit draws weights of variance 2/(fanIn+fanOut), for layers with tanh
// or sigmoid (Glorot and Bengio 2010).
func XavierInit(w *Tensor, fanIn, fanOut int, rng *rand.Rand) {
	normal(w, math.Sqrt(2/float64(fanIn+fanOut)), rng)
}

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

// ShapeText writes a shape as "20 × 24 × 24".
func ShapeText(shape []int) string {
	parts := make([]string, len(shape))
	for i, d := range shape {
		parts[i] = strconv.Itoa(d)
	}
	return strings.Join(parts, " × ")
}
