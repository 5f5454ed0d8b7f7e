package nn

import (
	"fmt"
	"math"
	"slices"

	"oneword/internal/simd"
)

// CrossEntropy is the mean surprise, in nats, at the true classes, when the
// rows of logits [B][C] are turned into probabilities by softmax. It is the
// loss of choice for classes: its derivative is simply what was said minus
// what was true.
func (g *Graph) CrossEntropy(logits *Tensor, classes []int) *Tensor {
	return g.WeightedCrossEntropy(logits, classes, nil)
}

// WeightedCrossEntropy is CrossEntropy with each row's surprise multiplied by a
// weight, still divided by the number of rows: 0 leaves a row out, a negative
// weight teaches to avoid a class, as policy gradients do. With nil all are 1.
func (g *Graph) WeightedCrossEntropy(logits *Tensor, classes []int, weights []float32) *Tensor {
	rows, d := logits.Rows(), logits.Cols()
	if rows != len(classes) {
		panic(fmt.Sprintf("nn: CrossEntropy of logits of shape %v with %d classes", logits.Shape, len(classes)))
	}
	if weights != nil && len(weights) != rows {
		panic(fmt.Sprintf("nn: WeightedCrossEntropy of logits of shape %v with %d weights", logits.Shape, len(weights)))
	}
	for _, class := range classes {
		if class < 0 || class >= d {
			panic(fmt.Sprintf("nn: CrossEntropy with class %d of logits of shape %v", class, logits.Shape))
		}
	}
	out := g.new([]int{1}, logits)
	p, surprise := g.buffer(len(logits.Data)), g.buffer(rows) // [B][C], [B]
	classes, weights = slices.Clone(classes), slices.Clone(weights)
	grain := 1 + 1<<12/max(d, 1)
	simd.Parallel(rows, grain, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			// The logarithm of the probability is taken from the logits: it stays finite
			// where the probability is 0.
			x, p := logits.Data[r*d:(r+1)*d], p[r*d:(r+1)*d]
			top := simd.Max(x)
			total := simd.Exp(p, x, top)
			simd.Scale(1/total, p)
			surprise[r] = float32(math.Log(float64(total))) - (x[classes[r]] - top)
		}
	})
	sum := 0.0
	for r, s := range surprise {
		if weights != nil {
			s *= weights[r]
		}
		sum += float64(s)
	}
	out.Data[0] = float32(sum / float64(rows))
	g.onBackward(out, func() {
		scale := out.Grad[0] / float32(rows)
		simd.Parallel(rows, grain, func(lo, hi int) {
			for r := lo; r < hi; r++ {
				scale := scale
				if weights != nil {
					scale *= weights[r]
				}
				simd.Axpy(scale, p[r*d:(r+1)*d], logits.Grad[r*d:(r+1)*d])
				logits.Grad[r*d+classes[r]] -= scale
			}
		})
	})
	return out
}

// SquaredLoss is the mean squared difference of two tensors of the same shape.
func (g *Graph) SquaredLoss(y, want *Tensor) *Tensor {
	return g.difference("SquaredLoss", y, want, func(d float64) (loss, slope float64) { return d * d, 2 * d })
}

// AbsoluteLoss is the mean absolute difference. Its slope at 0 is taken as 0.
func (g *Graph) AbsoluteLoss(y, want *Tensor) *Tensor {
	return g.difference("AbsoluteLoss", y, want, func(d float64) (loss, slope float64) {
		switch {
		case d > 0:
			return d, 1
		case d < 0:
			return -d, -1
		}
		return d, 0 // NaN stays NaN
	})
}

func (g *Graph) difference(op string, y, want *Tensor, f func(d float64) (loss, slope float64)) *Tensor {
	if !slices.Equal(y.Shape, want.Shape) {
		mismatch(op, y, want)
	}
	out := g.new([]int{1}, y, want)
	slopes := g.buffer(len(y.Data))
	sum := 0.0
	for i, v := range y.Data {
		loss, slope := f(float64(v) - float64(want.Data[i]))
		sum += loss
		slopes[i] = float32(slope / float64(len(y.Data)))
	}
	out.Data[0] = float32(sum / float64(len(y.Data)))
	g.onBackward(out, func() {
		if y.Grad != nil {
			simd.Axpy(out.Grad[0], slopes, y.Grad)
		}
		if want.Grad != nil {
			simd.Axpy(-out.Grad[0], slopes, want.Grad)
		}
	})
	return out
}
