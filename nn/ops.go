package nn

import (
	"fmt"
	"math"
	"slices"

	"oneword/internal/simd"
)

// matrix and gradMatrix see [B][T][D] as a matrix [B·T][D], for the kernels.
func matrix(t *Tensor) simd.Matrix     { return simd.Dense(t.Rows(), t.Cols(), t.Data) }
func gradMatrix(t *Tensor) simd.Matrix { return simd.Dense(t.Rows(), t.Cols(), t.Grad) }

func mismatch(op string, a, b *Tensor) {
	panic(fmt.Sprintf("nn: %s of shapes %v and %v", op, a.Shape, b.Shape))
}

// MatMul multiplies matrices: [B][K] times [K][N] is [B][N]. All dimensions of
// a but the last count as rows.
func (g *Graph) MatMul(a, b *Tensor) *Tensor {
	if len(b.Shape) != 2 || a.Cols() != b.Shape[0] {
		mismatch("MatMul", a, b)
	}
	shape := append(slices.Clone(a.Shape[:len(a.Shape)-1]), b.Shape[1])
	out := g.new(shape, a, b) // [B][N]
	simd.MatMul(matrix(out), matrix(a), false, matrix(b), false, false)
	g.onBackward(out, func() {
		if a.Grad != nil {
			simd.MatMul(gradMatrix(a), gradMatrix(out), false, matrix(b), true, true) // dA += dC·Bᵀ: [B][K] = [B][N]·[N][K]
		}
		if b.Grad != nil {
			simd.MatMul(gradMatrix(b), matrix(a), true, gradMatrix(out), false, true) // dB += Aᵀ·dC: [K][N] = [K][B]·[B][N]
		}
	})
	return out
}

// MatMulT multiplies a with the transpose of b: [B][K] times [N][K] is [B][N].
func (g *Graph) MatMulT(a, b *Tensor) *Tensor {
	if len(b.Shape) != 2 || a.Cols() != b.Shape[1] {
		mismatch("MatMulT", a, b)
	}
	out := g.new(append(slices.Clone(a.Shape[:len(a.Shape)-1]), b.Shape[0]), a, b) // [B][N]
	simd.MatMul(matrix(out), matrix(a), false, matrix(b), true, false)
	g.onBackward(out, func() {
		if a.Grad != nil {
			simd.MatMul(gradMatrix(a), gradMatrix(out), false, matrix(b), false, true) // dA += dC·B: [B][K] = [B][N]·[N][K]
		}
		if b.Grad != nil {
			simd.MatMul(gradMatrix(b), gradMatrix(out), true, matrix(a), false, true) // dB += dCᵀ·A: [N][K] = [N][B]·[B][K]
		}
	})
	return out
}

// Add adds tensors of the same shape, or b to every row of a: [B][D] + [D].
func (g *Graph) Add(a, b *Tensor) *Tensor {
	rows := !slices.Equal(a.Shape, b.Shape)
	if rows && (len(b.Shape) != 1 || b.Shape[0] != a.Cols()) {
		mismatch("Add", a, b)
	}
	out := g.new(a.Shape, a, b) // [B][D]
	n := max(len(b.Data), 1)
	if !rows {
		n = max(a.Cols(), 1)
	}
	simd.Parallel(len(a.Data)/n, 1+1<<14/n, func(lo, hi int) {
		copy(out.Data[lo*n:hi*n], a.Data[lo*n:hi*n])
		if !rows {
			simd.Axpy(1, b.Data[lo*n:hi*n], out.Data[lo*n:hi*n])
			return
		}
		for r := lo; r < hi; r++ {
			simd.Axpy(1, b.Data, out.Data[r*n:(r+1)*n])
		}
	})
	g.onBackward(out, func() {
		if a.Grad != nil {
			addTo(a.Grad, out.Grad)
		}
		switch {
		case b.Grad == nil:
		case rows:
			sumRows(b.Grad, len(out.Grad)/n, func(r int, sum []float32) { simd.Axpy(1, out.Grad[r*n:(r+1)*n], sum) })
		default:
			addTo(b.Grad, out.Grad)
		}
	})
	return out
}

// addTo adds x to y, on all processors.
func addTo(y, x []float32) {
	simd.Parallel(len(x), 1<<14, func(lo, hi int) { simd.Axpy(1, x[lo:hi], y[lo:hi]) })
}

// sumRows adds up, to sum, what add adds for each row, on all processors: in
// parts of the rows that do not depend on how many there are, so that neither
// does the result.
func sumRows(sum []float32, rows int, add func(r int, sum []float32)) {
	parts := min(gradientParts, rows)
	part := make([]*[]float32, parts)
	simd.Parallel(parts, 1, func(lo, hi int) {
		for p := lo; p < hi; p++ {
			part[p] = getFloats(len(sum))
			clear(*part[p])
			for r := rows * p / parts; r < rows*(p+1)/parts; r++ {
				add(r, *part[p])
			}
		}
	})
	for _, p := range part {
		simd.Axpy(1, *p, sum)
		floats.Put(p)
	}
}

// Linear is a layer of neurons: x·w + b, [B][K] times [K][N] plus [N].
func (g *Graph) Linear(x, w, b *Tensor) *Tensor {
	if len(w.Shape) != 2 || x.Cols() != w.Shape[0] {
		mismatch("Linear", x, w)
	}
	n := w.Shape[1]
	if len(b.Data) != n {
		mismatch("Linear", w, b)
	}
	out := g.new(append(slices.Clone(x.Shape[:len(x.Shape)-1]), n), x, w, b) // [B][N]
	simd.Parallel(x.Rows(), 1+1<<14/max(n, 1), func(lo, hi int) {
		for r := lo; r < hi; r++ {
			copy(out.Data[r*n:(r+1)*n], b.Data)
		}
	})
	simd.MatMul(matrix(out), matrix(x), false, matrix(w), false, true)
	g.onBackward(out, func() {
		if x.Grad != nil {
			simd.MatMul(gradMatrix(x), gradMatrix(out), false, matrix(w), true, true) // [B][K] = [B][N]·[N][K]
		}
		if w.Grad != nil {
			simd.MatMul(gradMatrix(w), matrix(x), true, gradMatrix(out), false, true) // [K][N] = [K][B]·[B][N]
		}
		if b.Grad != nil {
			sumRows(b.Grad, x.Rows(), func(r int, sum []float32) { simd.Axpy(1, out.Grad[r*n:(r+1)*n], sum) })
		}
	})
	return out
}

// Mul multiplies tensors of the same shape, number by number.
func (g *Graph) Mul(a, b *Tensor) *Tensor {
	if !slices.Equal(a.Shape, b.Shape) {
		mismatch("Mul", a, b)
	}
	out := g.new(a.Shape, a, b)
	for i, v := range a.Data {
		out.Data[i] = v * b.Data[i]
	}
	g.onBackward(out, func() {
		for i, d := range out.Grad {
			if a.Grad != nil {
				a.Grad[i] += d * b.Data[i]
			}
			if b.Grad != nil {
				b.Grad[i] += d * a.Data[i]
			}
		}
	})
	return out
}

// each applies a function to every number; slope is its derivative, given the
// number and the function's value there.
func (g *Graph) each(x *Tensor, f func(x float32) float32, slope func(x, y float32) float32) *Tensor {
	out := g.new(x.Shape, x)
	simd.Parallel(len(x.Data), 1<<14, func(lo, hi int) {
		for i, v := range x.Data[lo:hi] {
			out.Data[lo+i] = f(v)
		}
	})
	g.onBackward(out, func() {
		simd.Parallel(len(x.Data), 1<<14, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				x.Grad[i] += out.Grad[i] * slope(x.Data[i], out.Data[i])
			}
		})
	})
	return out
}

// ReLU is the ramp: x where it is above 0, else 0.
func (g *Graph) ReLU(x *Tensor) *Tensor {
	out := g.new(x.Shape, x)
	simd.Parallel(len(x.Data), 1<<14, func(lo, hi int) {
		simd.ReLU(out.Data[lo:hi], x.Data[lo:hi])
	})
	g.onBackward(out, func() {
		simd.Parallel(len(x.Data), 1<<14, func(lo, hi int) {
			simd.ReLUBack(x.Grad[lo:hi], out.Data[lo:hi], out.Grad[lo:hi])
		})
	})
	return out
}

// Tanh is the hyperbolic tangent.
func (g *Graph) Tanh(x *Tensor) *Tensor {
	return g.each(x, tanh, func(_, y float32) float32 { return 1 - y*y })
}

func tanh(x float32) float32 { return float32(math.Tanh(float64(x))) }

// Sigmoid is 1/(1+e⁻ˣ).
func (g *Graph) Sigmoid(x *Tensor) *Tensor {
	return g.each(x, func(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) },
		func(_, y float32) float32 { return y * (1 - y) })
}

// GELU is the Gaussian error linear unit in the form that GPT-2 uses
// (Hendrycks and Gimpel 2016): x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
func (g *Graph) GELU(x *Tensor) *Tensor {
	const c, a = 0.7978845608028654, 0.044715 // √(2/π)
	out := g.new(x.Shape, x)
	gate := g.buffer(len(x.Data))
	simd.Parallel(len(x.Data), 1<<12, func(lo, hi int) { simd.GELU(out.Data[lo:hi], gate[lo:hi], x.Data[lo:hi]) })
	g.onBackward(out, func() {
		simd.Parallel(len(x.Data), 1<<12, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				v, s := x.Data[i], gate[i]
				x.Grad[i] += out.Grad[i] * s * (1 + v*(1-s)*2*c*(1+3*a*v*v))
			}
		})
	})
	return out
}

// Softmax turns each row into probabilities: eˣ over the sum of eˣ.
func (g *Graph) Softmax(x *Tensor) *Tensor {
	out := g.new(x.Shape, x)
	d := x.Cols()
	for at := 0; at < len(x.Data); at += d {
		simd.Softmax(out.Data[at:at+d], x.Data[at:at+d])
	}
	g.onBackward(out, func() {
		for at := 0; at < len(x.Data); at += d {
			p, dp := out.Data[at:at+d], out.Grad[at:at+d]
			mean := simd.Dot(p, dp)
			for i := range p {
				x.Grad[at+i] += p[i] * (dp[i] - mean)
			}
		}
	})
	return out
}

// LayerNorm brings each row to mean 0 and variance 1, then scales it by gain
// and adds bias, both [D] (Ba, Kiros and Hinton 2016). eps, about 1e-5, keeps
// a row of equal numbers finite.
func (g *Graph) LayerNorm(x, gain, bias *Tensor, eps float32) *Tensor {
	d := x.Cols()
	if len(gain.Data) != d || len(bias.Data) != d {
		mismatch("LayerNorm", x, gain)
	}
	out := g.new(x.Shape, x, gain, bias) // [B][D]
	normal := g.buffer(len(x.Data))      // [B][D], before gain and bias
	scale := g.buffer(x.Rows())          // [B], 1/deviation of each row
	grain := 1 + 1<<12/max(d, 1)
	simd.Parallel(len(scale), grain, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			row, n, y := x.Data[r*d:(r+1)*d], normal[r*d:(r+1)*d], out.Data[r*d:(r+1)*d]
			mean := simd.Sum(row) / float32(d)
			for i, v := range row {
				n[i] = v - mean
			}
			scale[r] = float32(1 / math.Sqrt(float64(simd.Dot(n, n)/float32(d)+eps)))
			for i, v := range n {
				n[i] = v * scale[r]
				y[i] = n[i]*gain.Data[i] + bias.Data[i]
			}
		}
	})
	g.onBackward(out, func() {
		if x.Grad != nil {
			simd.Parallel(len(scale), grain, func(lo, hi int) {
				buf := getFloats(d)
				defer floats.Put(buf)
				dn := *buf
				for r := lo; r < hi; r++ {
					n, dx := normal[r*d:(r+1)*d], x.Grad[r*d:(r+1)*d]
					for i, v := range out.Grad[r*d : (r+1)*d] {
						dn[i] = v * gain.Data[i]
					}
					mean, slant := simd.Sum(dn)/float32(d), simd.Dot(dn, n)/float32(d)
					for i, v := range dn {
						dx[i] += scale[r] * (v - mean - n[i]*slant)
					}
				}
			})
		}
		if gain.Grad != nil {
			sumRows(gain.Grad, len(scale), func(r int, sum []float32) {
				n := normal[r*d : (r+1)*d]
				for i, v := range out.Grad[r*d : (r+1)*d] {
					sum[i] += v * n[i]
				}
			})
		}
		if bias.Grad != nil {
			sumRows(bias.Grad, len(scale), func(r int, sum []float32) { simd.Axpy(1, out.Grad[r*d:(r+1)*d], sum) })
		}
	})
	return out
}

// Embedding looks up rows of a table [V][D]: the result is [len(ids)][D].
func (g *Graph) Embedding(table *Tensor, ids []int) *Tensor {
	v, d := table.Rows(), table.Cols()
	out := g.new([]int{len(ids), d}, table) // [len(ids)][D]
	for r, id := range ids {
		if id < 0 || id >= v {
			panic(fmt.Sprintf("nn: Embedding of id %d in a table of shape %v", id, table.Shape))
		}
		copy(out.Data[r*d:(r+1)*d], table.Data[id*d:])
	}
	ids = slices.Clone(ids)
	g.onBackward(out, func() {
		for r, id := range ids {
			simd.Axpy(1, out.Grad[r*d:(r+1)*d], table.Grad[id*d:(id+1)*d])
		}
	})
	return out
}

// Reshape sees the same numbers, and their gradients, in another shape of the
// same volume.
func (g *Graph) Reshape(x *Tensor, shape ...int) *Tensor {
	if volume(shape) != len(x.Data) {
		panic(fmt.Sprintf("nn: Reshape of shape %v to %v", x.Shape, shape))
	}
	return g.view(x, shape)
}
