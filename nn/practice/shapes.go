package practice

import (
	"fmt"
	"math"

	"oneword/lm"
	"oneword/nn"
	"oneword/nn/curve"
)

// A Trial is the best of some trainings of a net on the function of the chapter
// on training.
type Trial struct {
	Name string
	Net  nn.Chain
	RMSE float64 // root mean squared error
}

// shapes are nets too small, just enough, and with a squeeze in the middle.
var shapes = []struct {
	Name   string
	Hidden []int
}{
	{"2 neurons", []int{2}}, {"4 neurons", []int{4}}, {"8 neurons", []int{8}},
	{"32 and 32", []int{32, 32}}, {"32, 2 and 32", []int{32, 2, 32}}, {"32, 1 and 32", []int{32, 1, 32}},
}

// TryShapes trains nets of several shapes on curve.Target, so many times each,
// and keeps the best of each.
func TryShapes(times, steps int, seed uint64) ([]Trial, error) {
	var trials []Trial
	for _, s := range shapes {
		best := Trial{Name: s.Name, RMSE: math.Inf(1)}
		for i := range times {
			rng := lm.Rand(seed, fmt.Sprint("practice: shapes ", s.Hidden, i))
			net := curve.Net(rng, s.Hidden...)
			if err := curve.Train(curve.Target, net, steps, rng); err != nil {
				return nil, err
			}
			if e := curve.RMSE(net, curve.Target); e < best.RMSE {
				best.Net, best.RMSE = net, e
			}
		}
		trials = append(trials, best)
	}
	return trials, nil
}

// Perceptrons trains, on the same function, two nets without a hidden layer (a
// perceptron, Rosenblatt 1958): a weighted sum, and one that is clipped by a
// ReLU; and one with a hidden layer.
func Perceptrons(steps int, seed uint64) ([]Trial, error) {
	clipped := nn.Chain{nn.NewDense(lm.Rand(seed, "practice: clipped"), 1, 1), nn.ReLU}
	clipped[0].(*nn.Dense).B.Data[0] = 0.5 // begins where ReLU has a slope
	clipped[0].(*nn.Dense).W.Data[0] = 0.1
	trials := []Trial{
		{Name: "no hidden layer", Net: nn.NewMLP(lm.Rand(seed, "practice: linear"), 1, 1)},
		{Name: "no hidden layer, clipped at 0", Net: clipped},
		{Name: "a hidden layer of 16", Net: curve.Net(lm.Rand(seed, "practice: hidden"), 16)},
	}
	for i := range trials {
		if err := curve.Train(curve.Target, trials[i].Net, steps, lm.Rand(seed, "practice: perceptrons")); err != nil {
			return nil, err
		}
		trials[i].RMSE = curve.RMSE(trials[i].Net, curve.Target)
	}
	return trials, nil
}
