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

// Net returns a net with one input, hidden layers of these widths with ramps,
// and one output, with random weights. Its biases are random, too, so that the
// ramps begin at different places.
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

// Value is what a net says at x.
func Value(net nn.Chain, x float64) float64 {
	return float64(net.Apply(&nn.Graph{NoGrad: true}, nn.From([]float32{float32(x)}, 1, 1)).Data[0])
}

// Values is what a net says at many places.
func Values(net nn.Chain, xs []float64) []float64 {
	x := nn.NewTensor(len(xs), 1)
	for i, v := range xs {
		x.Data[i] = float32(v)
	}
	out := make([]float64, len(xs))
	for i, v := range net.Apply(&nn.Graph{NoGrad: true}, x).Data {
		out[i] = float64(v)
	}
	return out
}

// Error is the root of the mean squared difference of a net from a function on
// -1 … 1, measured at 400 places.
func Error(net nn.Chain, f func(float64) float64) float64 {
	xs := Places(-1, 1, 400)
	sum := 0.0
	for i, v := range Values(net, xs) {
		d := v - f(xs[i])
		sum += d * d
	}
	return math.Sqrt(sum / float64(len(xs)))
}

// Places are n places from lo to hi, evenly spaced.
func Places(lo, hi float64, n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = lo + (hi-lo)*(float64(i)+0.5)/float64(n)
	}
	return xs
}

// Batch is how many examples Train shows in a step.
const Batch = 64

// Train shows a net examples of f, drawn at random from -1 … 1, Batch of them
// in each step. After each step, watch is told how many examples were seen and
// the loss; it may be nil.
func Train(f func(float64) float64, net nn.Chain, steps int, rng *rand.Rand, watch func(examples int, loss float64)) error {
	if steps < 1 {
		return fmt.Errorf("curve: %d steps: want 1 or more", steps)
	}
	for s, err := range Trainer(f, net, steps, rng).Steps(context.Background()) {
		if err != nil {
			return err
		}
		if watch != nil {
			watch(s.Number*Batch, s.Loss)
		}
	}
	return nil
}

// Trainer is the training that Train runs, for who wants to change it.
func Trainer(f func(float64) float64, net nn.Chain, steps int, rng *rand.Rand) *nn.Trainer {
	x, want := nn.NewTensor(Batch, 1), nn.NewTensor(Batch, 1)
	return &nn.Trainer{Params: net.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(0.01, 0, steps/20+1),
		Batch: Batch, Limit: steps,
		Draw: func(g *nn.Graph, _ int) *nn.Tensor {
			for i := range x.Data {
				v := 2*rng.Float64() - 1
				x.Data[i], want.Data[i] = float32(v), float32(f(v))
			}
			return g.SquaredLoss(net.Apply(g, x), want)
		}}
}

// A Stage is what a net says after some examples.
type Stage struct {
	Examples int
	Values   []float64
}

// Stages trains a net and keeps what it says at xs whenever it has seen so many
// examples, rounded up to whole batches. The numbers must rise.
func Stages(f func(float64) float64, net nn.Chain, xs []float64, examples []int, rng *rand.Rand) ([]Stage, error) {
	if len(examples) == 0 {
		return nil, nil
	}
	stages := []Stage{}
	next := 0
	take := func(seen int) {
		for next < len(examples) && seen >= examples[next] {
			stages = append(stages, Stage{seen, Values(net, xs)})
			next++
		}
	}
	take(0)
	err := Train(f, net, max(1, (examples[len(examples)-1]+Batch-1)/Batch), rng, func(seen int, _ float64) { take(seen) })
	return stages, err
}

// Losses trains a net and returns the loss, averaged over 20 steps at a time,
// against the number of examples seen.
func Losses(f func(float64) float64, net nn.Chain, steps int, rng *rand.Rand) (examples, losses []float64, err error) {
	const over = 20
	sum, n := 0.0, 0
	err = Train(f, net, steps, rng, func(seen int, loss float64) {
		sum, n = sum+loss, n+1
		if n == over {
			examples, losses = append(examples, float64(seen)), append(losses, sum/over)
			sum, n = 0, 0
		}
	})
	return examples, losses, err
}
