package simd

import "math"

// ScaleAdd sets y[i] to a·y[i] + x[i]. The slices have the same length.
func ScaleAdd(a float32, x, y []float32) {
	y = y[:len(x)]
	for i := scaleAddBlocks(a, x, y); i < len(x); i++ {
		y[i] = a*y[i] + x[i]
	}
}

// Max is the largest of x, of which there must be one at the least. Where a
// number is NaN, the result is not defined.
func Max(x []float32) float32 {
	top, done := maxBlocks(x)
	if done == 0 {
		top, done = x[0], 1
	}
	for _, v := range x[done:] {
		top = max(top, v)
	}
	return top
}

// Exp sets y[i] to e to the power of x[i]-shift and returns their sum. y may be
// x. What would be below 1e-38 is 0; exponents above 88.3 count as that.
// Relative errors are below 2e-7.
func Exp(y, x []float32, shift float32) (sum float32) {
	y = y[:len(x)]
	n := len(x) - len(x)%width()
	sum = exp(y[:n], x[:n], shift)
	if n < len(x) {
		// The rest goes through the same arithmetic, in a register with room left.
		var in, out [16]float32
		rest := copy(in[:], x[n:])
		exp(out[:width()], in[:width()], shift)
		copy(y[n:], out[:rest])
		for _, v := range out[:rest] {
			sum += v
		}
	}
	return sum
}

// GELU sets y[i] to x[i]·gate[i], the Gaussian error linear unit in the form
// that GPT-2 uses, x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))). The gate, half of
// the bracket, is what one needs for its derivative.
func GELU(y, gate, x []float32) {
	y, gate = y[:len(x)], gate[:len(x)]
	n := len(x) - len(x)%width()
	gelu(y[:n], gate[:n], x[:n])
	if n < len(x) {
		var in, out, g [16]float32
		rest := copy(in[:], x[n:])
		gelu(out[:width()], g[:width()], in[:width()])
		copy(y[n:], out[:rest])
		copy(gate[n:], g[:rest])
	}
}

func expPlain(y, x []float32, shift float32) (sum float32) {
	for i, v := range x {
		e := float32(0)
		if d := v - shift; !(d < -87.3) {
			e = float32(math.Exp(float64(min(d, 88.3))))
		}
		y[i] = e
		sum += e
	}
	return sum
}

func geluPlain(y, gate, x []float32) {
	const c, a = 0.7978845608028654, 0.044715 // √(2/π)
	for i, v := range x {
		d := float64(v)
		g := 1 / (1 + math.Exp(-2*c*(d+a*d*d*d)))
		gate[i] = float32(g)
		y[i] = float32(d * g)
	}
}
