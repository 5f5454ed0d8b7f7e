package nn

import (
	"fmt"
	"slices"

	"oneword/lm"
)

// A Classifier is a net that says what something is, one of a few classes. Its
// layers end in a number for each class, the logits, of which softmax makes
// probabilities.
type Classifier struct {
	Input  []int    // the shape of one example, as [C][H][W] without B
	Layers Chain    // from examples [B][Input…] to logits [B][classes]
	Names  []string // of the layers, to ask for what comes out of them; may be nil
}

// Params lists the weights and biases.
func (c *Classifier) Params() []Param { return c.Layers.Params() }

// Neurons is how many neurons the net has, see Chain.Neurons.
func (c *Classifier) Neurons() int { return c.Layers.Neurons(c.Input...) }

// Logits computes, of examples [B][Input…], the numbers before the softmax: [B][classes].
func (c *Classifier) Logits(g *Graph, x *Tensor) *Tensor { return c.Layers.Apply(g, x) }

// Probabilities says, of examples [B][Input…], how likely each class is: [B][classes].
func (c *Classifier) Probabilities(x *Tensor) *Tensor {
	g := &Graph{NoGrad: true}
	return g.Softmax(c.Logits(g, x))
}

// Activations are what comes out of each layer for examples [B][Input…]: the
// examples first, and last, after the logits, the probabilities.
func (c *Classifier) Activations(x *Tensor) []*Tensor {
	g := &Graph{NoGrad: true}
	list := c.Layers.Activations(g, x)
	return append(list, g.Softmax(list[len(list)-1]))
}

// Activation is what comes out of the layer of this name; that of "softmax" are
// the probabilities.
func (c *Classifier) Activation(layer string, x *Tensor) (*Tensor, error) {
	if layer == "softmax" {
		return c.Probabilities(x), nil
	}
	i := slices.Index(c.Names, layer)
	if i < 0 || i >= len(c.Layers) {
		return nil, fmt.Errorf("nn: no layer %q; there are %q and softmax", layer, c.Names)
	}
	return c.Layers[:i+1].Apply(&Graph{NoGrad: true}, x), nil
}

// Examples are what a Classifier learns from or is tested on, numbered from 0.
type Examples struct {
	Len int
	// Batch writes the examples of these numbers to x, as [B][Input…], and what
	// they are to classes.
	Batch func(numbers []int, x []float32, classes []int)
}

// Loss is the Loss of a Trainer that learns from examples: that of the logits of
// a batch, such as (*Graph).CrossEntropy.
func (c *Classifier) Loss(e Examples, loss func(g *Graph, logits *Tensor, classes []int) *Tensor) func(*Graph, []int) *Tensor {
	var b batch
	return func(g *Graph, numbers []int) *Tensor {
		x, classes := b.load(c.Input, e, numbers) // [B][Input…], [B]
		return loss(g, c.Logits(g, x), classes)
	}
}

// Accuracy is the share of examples whose own class the net finds most probable;
// NaN if there are none.
func (c *Classifier) Accuracy(e Examples) float64 {
	const size = 100
	var b batch
	g, right := &Graph{NoGrad: true}, 0
	for at := 0; at < e.Len; at += size {
		var numbers []int
		for i := at; i < min(at+size, e.Len); i++ {
			numbers = append(numbers, i)
		}
		x, classes := b.load(c.Input, e, numbers) // [B][Input…], [B]
		g.Reset()
		y := c.Logits(g, x) // [B][classes]
		for r, class := range classes {
			if lm.ArgMax(y.Data[r*y.Cols():(r+1)*y.Cols()]) == class {
				right++
			}
		}
	}
	return float64(right) / float64(e.Len)
}

// A batch has room for some examples, used again and again.
type batch struct {
	x       Tensor // [B][Input…]
	classes []int  // [B]
}

func (b *batch) load(input []int, e Examples, numbers []int) (x *Tensor, classes []int) {
	n := len(numbers)
	b.x.Shape = append(append(b.x.Shape[:0], n), input...)
	b.x.Data = resize(b.x.Data, volume(b.x.Shape))
	b.classes = slices.Grow(b.classes[:0], n)[:n]
	e.Batch(numbers, b.x.Data, b.classes)
	return &b.x, b.classes
}
