package nn

import (
	"fmt"
	"math"

	"oneword/internal/simd"
)

// Attention lets every place of a text look back at the places before it and
// at itself (causal self-attention, Vaswani et al. 2017). qkv is [B][T][3·D]:
// for each place a query, a key and a value, side by side, each of them cut
// into heads of D/heads numbers. For each head, a place's weights are the
// softmax of the products of its query with all keys up to its own, divided by
// the root of the head's width; the result, [B][T][D], is the values in these
// weights.
func (g *Graph) Attention(qkv *Tensor, heads int) *Tensor {
	if len(qkv.Shape) != 3 || heads < 1 || qkv.Shape[2]%(3*heads) != 0 {
		panic(fmt.Sprintf("nn: Attention of shape %v with %d heads, want [B][T][3·D] with D a multiple of the heads", qkv.Shape, heads))
	}
	a := attention{batch: qkv.Shape[0], places: qkv.Shape[1], width: qkv.Shape[2] / 3, heads: heads}
	out := g.new([]int{a.batch, a.places, a.width}, qkv)       // [B][T][D]
	weights := g.buffer(a.batch * heads * a.places * a.places) // [B][H][T][T]
	simd.Parallel(a.batch*heads, 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			q, k, v := a.part(qkv.Data, i, 0), a.part(qkv.Data, i, 1), a.part(qkv.Data, i, 2)
			w := a.weights(weights, i)
			simd.MatMulSerial(w, q, false, k, true, false) // [T][T] = [T][D/H]·[D/H][T]
			for t := range a.places {
				row := w.Data[t*a.places : (t+1)*a.places]
				simd.Scale(a.scale(), row[:t+1])
				simd.Softmax(row[:t+1], row[:t+1])
				clear(row[t+1:])
			}
			simd.MatMulSerial(a.result(out.Data, i), w, false, v, false, false) // [T][D/H] = [T][T]·[T][D/H]
		}
	})
	g.onBackward(out, func() {
		simd.Parallel(a.batch*heads, 1, func(lo, hi int) {
			buf := getFloats(a.places * a.places)
			defer floats.Put(buf)
			ds := simd.Dense(a.places, a.places, *buf)
			for i := lo; i < hi; i++ {
				q, k, v := a.part(qkv.Data, i, 0), a.part(qkv.Data, i, 1), a.part(qkv.Data, i, 2)
				dq, dk, dv := a.part(qkv.Grad, i, 0), a.part(qkv.Grad, i, 1), a.part(qkv.Grad, i, 2)
				w, dout := a.weights(weights, i), a.result(out.Grad, i)
				simd.MatMulSerial(dv, w, true, dout, false, true)  // [T][D/H] = [T][T]·[T][D/H]
				simd.MatMulSerial(ds, dout, false, v, true, false) // [T][T] = [T][D/H]·[D/H][T]
				for t := range a.places {                          // back through softmax and scale
					p, d := w.Data[t*a.places:t*a.places+t+1], ds.Data[t*a.places:(t+1)*a.places]
					mean := simd.Dot(p, d[:t+1])
					for j, x := range p {
						d[j] = x * (d[j] - mean) * a.scale()
					}
					clear(d[t+1:])
				}
				simd.MatMulSerial(dq, ds, false, k, false, true) // [T][D/H] = [T][T]·[T][D/H]
				simd.MatMulSerial(dk, ds, true, q, false, true)  // [T][D/H] = [T][T]·[T][D/H]
			}
		})
	})
	return out
}

type attention struct{ batch, places, width, heads int }

func (a attention) scale() float32 { return float32(1 / math.Sqrt(float64(a.width/a.heads))) }

// part is the query (0), key (1) or value (2) of all places for the i-th of
// all heads of the batch: [T][D/heads].
func (a attention) part(v []float32, i, which int) simd.Matrix {
	size := a.width / a.heads
	return simd.Matrix{Rows: a.places, Cols: size, Stride: 3 * a.width, Data: v[i/a.heads*a.places*3*a.width+which*a.width+i%a.heads*size:]}
}

// result is the place of the head's result: [T][D/heads].
func (a attention) result(v []float32, i int) simd.Matrix {
	size := a.width / a.heads
	return simd.Matrix{Rows: a.places, Cols: size, Stride: a.width, Data: v[i/a.heads*a.places*a.width+i%a.heads*size:]}
}

// weights are those of the i-th of all heads of the batch: [T][T].
func (a attention) weights(v []float32, i int) simd.Matrix {
	n := a.places * a.places
	return simd.Dense(a.places, a.places, v[i*n:(i+1)*n])
}
