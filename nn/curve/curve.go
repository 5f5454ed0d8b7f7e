package curve

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"oneword/nn"
)

// Target is the function to be learned, of numbers from -1 to 1: three steps.
func Target(x float64) float64 {
	switch {
	case x < -0.5:
		return -0.8
	case x < 0.2:
		return 0.6
	}
	return -0.1
}

// Net returns a net with one input, hidden layers of these widths with
// ReLU, and one output, with random weights. Its biases are random, too, so that
// the neurons bend at different places.
func Net(rng *rand.Rand, hidden ...int) nn.Chain {
	net := nn.NewMLP(rng, append(append([]int{1}, hidden...), 1)...)
	for _, p := range net.Params() {
		if len(p.Shape) == 1 && len(p.Data) > 1 {
			for i := range p.Data {
				p.Data[i] = float32(0.5 * rng.NormFloat64())
			}
		}
	}
	return net
}

// Values is what a net says at each of xs.
func Values(net nn.Chain, xs []float64) []float64 {
	x := nn.NewTensor(len(xs), 1) // [B][1]
	for i, v := range xs {
		x.Data[i] = float32(v)
	}
	out := make([]float64, len(xs))
	for i, v := range net.Apply(&nn.Graph{NoGrad: true}, x).Data {
		out[i] = float64(v)
	}
	return out
}

// RMSE is the root of the mean squared difference of a net from a function on
// -1 … 1, measured at 400 places.
func RMSE(net nn.Chain, f func(float64) float64) float64 {
	xs := Grid(-1, 1, 400)
	sum := 0.0
	for i, v := range Values(net, xs) {
		d := v - f(xs[i])
		sum += d * d
	}
	return math.Sqrt(sum / float64(len(xs)))
}

// Grid are n numbers from lo to hi, evenly spaced: the middles of n equal parts.
func Grid(lo, hi float64, n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = lo + (hi-lo)*(float64(i)+0.5)/float64(n)
	}
	return xs
}

// Batch is how many examples a training shows in a step.
const Batch = 64

// Train shows a net examples of f, see Trainer.
func Train(f func(float64) float64, net nn.Chain, steps int, rng *rand.Rand) error {
	if steps < 1 {
		return fmt.Errorf("curve: %d steps: want 1 or more", steps)
	}
	return Trainer(f, net, steps, rng).Run(context.Background())
}

// Trainer prepares a training on examples of f, drawn at random from -1 … 1,
// Batch of them in each step, on the squared error.
func Trainer(f func(float64) float64, net nn.Chain, steps int, rng *rand.Rand) *nn.Trainer {
	x, want := nn.NewTensor(Batch, 1), nn.NewTensor(Batch, 1) // [B][1], x and f(x)
	return &nn.Trainer{Params: net.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(0.01, 0, steps/20+1),
		Batch: Batch, MaxSteps: steps,
		Draw: func(g *nn.Graph, _ int) *nn.Tensor {
			for i := range x.Data {
				v := 2*rng.Float64() - 1
				x.Data[i], want.Data[i] = float32(v), float32(f(v))
			}
			return g.SquaredLoss(net.Apply(g, x), want) // [B][1]
		}}
}
