package practice

import (
	"fmt"
	"math"

	"oneword/lm"
	"oneword/nn"
	"oneword/nn/fit"
)

// A PowerLaw is y = Factor · xᴱˣᵖᵒⁿᵉⁿᵗ, fitted to points.
type PowerLaw struct {
	Curve
	Factor, Exponent float64
	// Error is the standard error of the exponent: how uncertain the scatter of
	// the points about the line leaves it. Infinite for two points.
	Error float64
}

// At is the law's value at x.
func (p PowerLaw) At(x float64) float64 { return p.Factor * math.Pow(x, p.Exponent) }

// FitPowerLaw fits a straight line to the logarithms of points, by least
// squares. Points that are not positive are an error.
func FitPowerLaw(c Curve) (PowerLaw, error) {
	xs, ys := make([]float64, len(c.X)), make([]float64, len(c.X))
	mean := 0.0
	for i := range c.X {
		if !(c.X[i] > 0 && c.Y[i] > 0) {
			return PowerLaw{}, fmt.Errorf("practice: %s: point %d is (%v, %v), and has no logarithm", c.Name, i, c.X[i], c.Y[i])
		}
		xs[i], ys[i] = math.Log(c.X[i]), math.Log(c.Y[i])
		mean += xs[i] / float64(len(c.X))
	}
	line, err := fit.Linear(fit.Powers(1), xs, ys)
	if err != nil {
		return PowerLaw{}, err
	}
	rest, spread := 0.0, 0.0
	for i, r := range line.Residuals() {
		rest += float64(r * r)
		spread += float64((xs[i] - mean) * (xs[i] - mean))
	}
	return PowerLaw{c, math.Exp(line.Params[0]), line.Params[1], math.Sqrt(rest / float64(len(xs)-2) / spread)}, nil
}

// scalingRuns is how many trainings each point is the geometric mean of.
const scalingRuns = 2

// BySize trains nets for digits with one hidden layer of these widths on all
// examples, and returns the loss on the test images, in nats, against the
// number of weights.
func BySize(shown, held Examples, widths []int, seed uint64) (Curve, error) {
	c := Curve{Name: "size of the net (weights)"}
	for _, w := range widths {
		loss, err := scaled(shown, held, w, 4, seed)
		if err != nil {
			return c, err
		}
		c.X = append(c.X, float64(nn.Count(mlp(lm.Rand(seed, ""), w).Params())))
		c.Y = append(c.Y, loss)
	}
	return c, nil
}

// ByData trains nets with a hidden layer of 64 on the first examples, so many
// of them, each shown equally often in the end, and returns the loss on the
// test images against their number.
func ByData(shown, held Examples, counts []int, seed uint64) (Curve, error) {
	c := Curve{Name: "amount of data (images)"}
	for _, n := range counts {
		if n < 1 || n > shown.Len() {
			return c, fmt.Errorf("practice: %d of %d examples", n, shown.Len())
		}
		loss, err := scaled(Examples{shown.X[:n*Pixels], shown.Labels[:n]}, held, 64, 4, seed)
		if err != nil {
			return c, err
		}
		c.X, c.Y = append(c.X, float64(n)), append(c.Y, loss)
	}
	return c, nil
}

// scaled is the test loss of a net of some width after training.
func scaled(shown, held Examples, width, epochs int, seed uint64) (float64, error) {
	sum := 0.0
	for run := range uint64(scalingRuns) {
		net := mlp(lm.Rand(seed+run, fmt.Sprint("practice: scaling ", width)), width)
		if err := train(net, shown, recipe{rate: 0.003, batch: 32, epochs: epochs, seed: seed + run}); err != nil {
			return 0, err
		}
		sum += math.Log(crossEntropy(net, held)) / scalingRuns
	}
	return math.Exp(sum), nil
}

// crossEntropy is the mean over examples, in nats.
func crossEntropy(net *nn.Classifier, e Examples) float64 {
	const size = 500
	g, sum := &nn.Graph{NoGrad: true}, 0.0
	for at := 0; at < e.Len(); at += size {
		n := min(size, e.Len()-at)
		g.Reset()
		y := net.Logits(g, nn.From(e.X[at*Pixels:(at+n)*Pixels], n, Pixels)) // [n][10]
		sum += float64(g.CrossEntropy(y, e.Labels[at:at+n]).Data[0]) * float64(n)
	}
	return sum / float64(max(e.Len(), 1))
}
