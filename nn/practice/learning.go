package practice

import (
	"fmt"

	"oneword/lm"
	"oneword/nn"
)

// Losses trains the same net for digits, one hidden layer of 64, with three
// ways to say how wrong it is, and returns the share of test images that it
// recognises against the number of images it has seen. The squared and the
// absolute loss compare the probabilities with 1 for the right class and 0 for
// the others.
func Losses(shown, held Examples, seed uint64) ([]Curve, error) {
	against := func(f func(g *nn.Graph, y, want *nn.Tensor) *nn.Tensor) func(*nn.Graph, *nn.Tensor, []int) *nn.Tensor {
		return func(g *nn.Graph, logits *nn.Tensor, classes []int) *nn.Tensor {
			want := nn.NewTensor(logits.Shape...) // [B][classes], 1 for the right class
			for r, c := range classes {
				want.Data[r*logits.Cols()+c] = 1
			}
			return f(g, g.Softmax(logits), want)
		}
	}
	var curves []Curve
	for _, l := range []struct {
		name string
		loss func(*nn.Graph, *nn.Tensor, []int) *nn.Tensor
	}{
		{"cross-entropy", (*nn.Graph).CrossEntropy},
		{"squared", against((*nn.Graph).SquaredLoss)},
		{"absolute", against((*nn.Graph).AbsoluteLoss)},
	} {
		net := mlp(lm.Rand(seed, "practice"), 64)
		c := Curve{Name: l.name}
		err := train(net, shown, recipe{loss: l.loss, rate: 0.002, batch: 64, epochs: 2, seed: seed, watch: func(s nn.Step) {
			if s.Number%20 == 0 {
				c.X, c.Y = append(c.X, float64(s.Number*64)), append(c.Y, accuracy(net, held))
			}
		}})
		if err != nil {
			return nil, err
		}
		curves = append(curves, c)
	}
	return curves, nil
}

// LearningRates trains the same net for digits by plain stochastic gradient descent
// with several learning rates, and returns the loss against the number of
// images seen. A rate that is too large may end in a loss that is not finite:
// that curve stops there.
func LearningRates(e Examples, batch int, rates []float64, seed uint64) []Curve {
	var curves []Curve
	for _, rate := range rates {
		curves = append(curves, descend(e, batch, rate, seed, fmt.Sprint("rate ", rate)))
	}
	return curves
}

// BatchSizes does what Rates does with several sizes of batch, at one rate.
func BatchSizes(e Examples, batches []int, rate float64, seed uint64) []Curve {
	var curves []Curve
	for _, batch := range batches {
		curves = append(curves, descend(e, batch, rate, seed, fmt.Sprint("batches of ", batch)))
	}
	return curves
}

func descend(e Examples, batch int, rate float64, seed uint64, name string) Curve {
	net := mlp(lm.Rand(seed, "practice"), 64)
	c := Curve{Name: name}
	const points = 40
	sum, n, every := 0.0, 0, max(1, e.Len()/batch/points)
	// An error says that the loss became infinite; what came before is shown.
	_ = train(net, e, recipe{opt: nn.NewSGD(0), rate: rate, batch: batch, epochs: 1, seed: seed, watch: func(s nn.Step) {
		sum, n = sum+s.Loss, n+1
		if n == every {
			c.X, c.Y = append(c.X, float64(s.Number*batch)), append(c.Y, sum/float64(n))
			sum, n = 0, 0
		}
	}})
	return c
}
