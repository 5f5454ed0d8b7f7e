package simd

import "math"

// An AdamStep has the factors of a step of the optimizer Adam, see nn.Adam.
type AdamStep struct{ Beta1, Beta2, Size, Root, Epsilon, Shrink float32 }

// Do makes the step: of the gradients g, the running means m and the running
// means of squares v are brought up to date, weights w are changed, and g is
// set to 0. The slices have the same length.
//
//	m ← β₁·m + (1-β₁)·g
//	v ← β₂·v + (1-β₂)·g²
//	w ← w - shrink·w - size·m / (√v·root + ε)
func (a AdamStep) Do(w, g, m, v []float32) {
	g, m, v = g[:len(w)], m[:len(w)], v[:len(w)]
	for i := adamBlocks(&[8]float32{a.Beta1, 1 - a.Beta1, a.Beta2, 1 - a.Beta2, a.Size, a.Root, a.Epsilon, a.Shrink}, w, g, m, v); i < len(w); i++ {
		m[i] = a.Beta1*m[i] + (1-a.Beta1)*g[i]
		v[i] = a.Beta2*v[i] + (1-a.Beta2)*g[i]*g[i]
		w[i] -= a.Shrink*w[i] + a.Size*m[i]/(float32(math.Sqrt(float64(v[i])))*a.Root+a.Epsilon)
		g[i] = 0
	}
}

// ReLU sets y[i] to x[i] where that is above 0, else to 0.
func ReLU(y, x []float32) {
	y = y[:len(x)]
	for i := reluBlocks(y, x); i < len(x); i++ {
		y[i] = max(x[i], 0)
	}
}

// ReLUBack adds dy[i] to dx[i] where y[i], the result of ReLU, is not 0.
func ReLUBack(dx, y, dy []float32) {
	dx, dy = dx[:len(y)], dy[:len(y)]
	for i := reluBackBlocks(dx, y, dy); i < len(y); i++ {
		if y[i] != 0 {
			dx[i] += dy[i]
		}
	}
}
