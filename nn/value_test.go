package nn_test

import (
	"fmt"
	"math"
	"testing"

	"oneword/lm"
	"oneword/nn"
)

// A diamond: a is used in two places, which meet again in d. Its slope is what
// comes back on both ways, so d has to be asked before b and c, and these before a.
func ExampleValue_Backward() {
	a := &nn.Value{Data: 2}
	b, c := a.Mul(&nn.Value{Data: 3}), a.Mul(a)
	d := b.Add(c) // 3a + a²
	d.Backward()
	fmt.Println(d.Data, a.Grad)
	// Output: 10 7
}

// Graph and Value find the same slopes for the same net.
func TestValueAgreesWithGraph(t *testing.T) {
	rng := lm.Rand(1, "values")
	net := nn.NewMLP(rng, 2, 5, 1)
	x := []float64{0.3, -0.7}
	g := nn.NewGraph()
	out := g.Tanh(net.Apply(g, nn.From([]float32{0.3, -0.7}, 1, 2)))
	g.Backward(out)

	params := net.Params()
	values := make([][]*nn.Value, len(params))
	for i, p := range params {
		for _, v := range p.Data {
			values[i] = append(values[i], &nn.Value{Data: float64(v)})
		}
	}
	layer := func(in []*nn.Value, w, b []*nn.Value) []*nn.Value {
		out := make([]*nn.Value, len(b))
		for o := range out {
			out[o] = b[o]
			for i, v := range in {
				out[o] = out[o].Add(v.Mul(w[i*len(b)+o]))
			}
		}
		return out
	}
	hidden := layer([]*nn.Value{{Data: x[0]}, {Data: x[1]}}, values[0], values[1])
	for i, h := range hidden {
		hidden[i] = h.ReLU()
	}
	y := layer(hidden, values[2], values[3])[0].Tanh()
	for range 2 { // called again, nothing is added up twice
		y.Backward()
	}
	if math.Abs(y.Data-float64(out.Data[0])) > 1e-6 {
		t.Errorf("the net says %v as values, %v as tensors", y.Data, out.Data[0])
	}
	moved := 0
	for i, p := range params {
		for k, v := range values[i] {
			if math.Abs(v.Grad-float64(p.Grad[k])) > 1e-6 {
				t.Errorf("%s[%d]: %v as values, %v as tensors", p.Name, k, v.Grad, p.Grad[k])
			}
			if v.Grad != 0 {
				moved++
			}
		}
	}
	if moved < 8 {
		t.Errorf("only %d slopes are not 0", moved)
	}
}

// Long chains do not need a deep stack.
func TestValueBackwardIsDeep(t *testing.T) {
	x := &nn.Value{Data: 1}
	y, one := x, &nn.Value{Data: 1}
	for range 200_000 {
		y = y.Add(one)
	}
	y.Backward()
	if x.Grad != 1 || one.Grad != 200_000 {
		t.Errorf("slopes %v and %v", x.Grad, one.Grad)
	}
}
