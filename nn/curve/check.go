package curve

import (
	"fmt"
	"math"

	"oneword/nn"
)

// A Gradient is the derivative of the loss by one weight, found in two ways.
type Gradient struct {
	Name        string
	Back, Tried float64 // by back-propagation; by central differences
}

// CheckGradients compares, for the steepest weight of every parameter of a net,
// the two ways to find how the loss on Target changes with it.
func CheckGradients(net nn.Chain) ([]Gradient, error) {
	xs := Places(-1, 1, 100)
	x, want := nn.NewTensor(len(xs), 1), nn.NewTensor(len(xs), 1)
	for i, v := range xs {
		x.Data[i], want.Data[i] = float32(v), float32(Target(v))
	}
	loss := func(g *nn.Graph) *nn.Tensor { return g.SquaredLoss(net.Apply(g, x), want) }
	params := net.Params()
	if len(params) == 0 {
		return nil, fmt.Errorf("curve: a net without weights")
	}
	for _, p := range params {
		clear(p.Grad)
	}
	g := nn.NewGraph()
	g.Backward(loss(g))
	var out []Gradient
	for _, p := range params {
		// Small enough that few ramps bend within it, large enough for 32 bits.
		const h = 1e-3
		steepest := 0
		for i, d := range p.Grad {
			if math.Abs(float64(d)) > math.Abs(float64(p.Grad[steepest])) {
				steepest = i
			}
		}
		w := p.Data[steepest]
		at := func(v float32) float64 {
			p.Data[steepest] = v
			return float64(loss(&nn.Graph{NoGrad: true}).Data[0])
		}
		tried := (at(w+h) - at(w-h)) / (2 * h)
		p.Data[steepest] = w
		out = append(out, Gradient{fmt.Sprintf("%s[%d]", p.Name, steepest), float64(p.Grad[steepest]), tried})
		clear(p.Grad)
	}
	return out, nil
}
