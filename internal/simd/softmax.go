package simd

import "math"

// Softmax turns x into probabilities: e to the x[i] over the sum of all. y may
// be x. The largest number is subtracted first, so that nothing overflows;
// numbers that are -∞ get 0.
func Softmax(y, x []float32) {
	if len(x) > 0 {
		Scale(1/Exp(y, x, Max(x)), y)
	}
}

// Softmax64 is Softmax with a sum in 64 bits, so that many small probabilities
// sum to 1 as well. It uses e, which may be x, for the exponentials.
func Softmax64(p []float64, e, x []float32) {
	Exp(e, x, Max(x))
	sum := 0.0
	for _, v := range e {
		sum += float64(v)
	}
	for i, v := range e {
		p[i] = float64(v) / sum
	}
}

// LogLoss is minus the logarithm of the probability that the softmax of x gives
// to one class. It is taken from x itself: it stays finite where the probability
// is 0. It uses e, which may be x, for the exponentials.
func LogLoss(e, x []float32, class int) float64 {
	top, right := Max(x), x[class]
	return math.Log(float64(Exp(e, x, top))) - float64(right-top)
}
