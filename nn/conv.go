package nn

import (
	"fmt"
	"math"
	"sync"

	"oneword/internal/simd"
)

// Conv2D slides filters over images: x is [B][C][H][W], w [F][C][K][K], b [F];
// the result is [B][F][H-K+1][W-K+1], each number the product of a filter with
// the patch of the image below it, plus b.
//
// The patches of an image are laid side by side as a matrix [C·K·K][positions]
// ("im2col"), so that all filters are applied by one multiplication.
func (g *Graph) Conv2D(x, w, b *Tensor) *Tensor {
	if len(x.Shape) != 4 || len(w.Shape) != 4 || x.Shape[1] != w.Shape[1] || w.Shape[2] != w.Shape[3] ||
		w.Shape[2] > x.Shape[2] || w.Shape[2] > x.Shape[3] || len(b.Data) != w.Shape[0] {
		mismatch("Conv2D", x, w)
	}
	s := convShape{x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], w.Shape[0], w.Shape[2]}
	out := g.new([]int{s.batch, s.filters, s.outH(), s.outW()}, x, w, b)      // [B][F][H-K+1][W-K+1]
	filters := simd.PackLeft(simd.Dense(s.filters, s.patch(), w.Data), false) // [F][C·K·K]
	simd.Parallel(s.batch, 1, func(lo, hi int) {
		cols := getFloats(s.patch() * s.positions()) // [C·K·K][positions]
		defer floats.Put(cols)
		for i := lo; i < hi; i++ {
			s.im2col(*cols, x.Data[i*s.image():(i+1)*s.image()])
			y := s.output(out.Data, i) // [F][positions]
			for f, v := range b.Data {
				row := y.Data[f*s.positions() : (f+1)*s.positions()]
				for j := range row {
					row[j] = v
				}
			}
			filters.MulSerial(y, simd.Dense(s.patch(), s.positions(), *cols), true)
		}
	})
	g.onBackward(out, func() { s.backward(x, w, b, out) })
	return out
}

type convShape struct{ batch, channels, height, width, filters, size int }

func (s convShape) outH() int      { return s.height - s.size + 1 }
func (s convShape) outW() int      { return s.width - s.size + 1 }
func (s convShape) positions() int { return s.outH() * s.outW() }
func (s convShape) patch() int     { return s.channels * s.size * s.size }
func (s convShape) image() int     { return s.channels * s.height * s.width }

// output is the result, or its gradient, for image i: [F][positions].
func (s convShape) output(v []float32, i int) simd.Matrix {
	n := s.filters * s.positions()
	return simd.Dense(s.filters, s.positions(), v[i*n:(i+1)*n])
}

// gradientParts is into how many parts of the batch the gradient of the filters
// is summed before the parts are added up: always as many, so that the result
// does not depend on the number of threads.
const gradientParts = 8

func (s convShape) backward(x, w, b, out *Tensor) {
	parts := min(gradientParts, s.batch)
	dw := make([]*[]float32, parts) // of each part: the filters' gradient
	back := simd.PackLeft(simd.Dense(s.filters, s.patch(), w.Data), true)
	simd.Parallel(parts, 1, func(lo, hi int) {
		cols := getFloats(s.patch() * s.positions())
		defer floats.Put(cols)
		m := simd.Dense(s.patch(), s.positions(), *cols)
		for part := lo; part < hi; part++ {
			dw[part] = getFloats(len(w.Data))
			clear(*dw[part])
			for i := s.batch * part / parts; i < s.batch*(part+1)/parts; i++ {
				dy := s.output(out.Grad, i)
				if w.Grad != nil {
					s.im2col(*cols, x.Data[i*s.image():(i+1)*s.image()])
					simd.MatMulSerial(simd.Dense(s.filters, s.patch(), *dw[part]), dy, false, m, true, true)
				}
				if x.Grad != nil {
					back.MulSerial(m, dy, false)
					s.col2im(x.Grad[i*s.image():(i+1)*s.image()], *cols)
				}
			}
		}
	})
	for _, d := range dw {
		if w.Grad != nil {
			simd.Axpy(1, *d, w.Grad)
		}
		floats.Put(d)
	}
	if b.Grad != nil {
		for i := range s.batch {
			dy := s.output(out.Grad, i)
			for f := range b.Grad {
				b.Grad[f] += simd.Sum(dy.Data[f*s.positions() : (f+1)*s.positions()])
			}
		}
	}
}

// im2col lays the patches of an image side by side: row (c, ky, kx) has, for
// every position, the number at that place of the patch.
func (s convShape) im2col(cols, image []float32) {
	w := s.outW()
	for c := range s.channels {
		for ky := range s.size {
			for kx := range s.size {
				for y := range s.outH() {
					at := (c*s.height+y+ky)*s.width + kx
					copy(cols[:w], image[at:at+w])
					cols = cols[w:]
				}
			}
		}
	}
}

// col2im adds the gradients of the patches back to the image's.
func (s convShape) col2im(image, cols []float32) {
	w := s.outW()
	for c := range s.channels {
		for ky := range s.size {
			for kx := range s.size {
				for y := range s.outH() {
					at := (c*s.height+y+ky)*s.width + kx
					for i, v := range cols[:w] {
						image[at+i] += v
					}
					cols = cols[w:]
				}
			}
		}
	}
}

// floats are buffers for one image or one gradient.
var floats = sync.Pool{New: func() any { return new([]float32) }}

func getFloats(n int) *[]float32 {
	b := floats.Get().(*[]float32)
	*b = resize(*b, n)
	return b
}

// MaxPool keeps the largest number of each square of two by two: [B][C][H][W]
// becomes [B][C][h][w] with half the height and half the width, which must be
// even.
func (g *Graph) MaxPool(x *Tensor) *Tensor {
	if len(x.Shape) != 4 || x.Shape[2]%2 != 0 || x.Shape[3]%2 != 0 {
		panic(fmt.Sprintf("nn: MaxPool of shape %v, want [B][C][H][W] with even H and W", x.Shape))
	}
	h, w := x.Shape[2]/2, x.Shape[3]/2
	out := g.new([]int{x.Shape[0], x.Shape[1], h, w}, x) // [B][C][h][w]
	// rows calls f for each row of squares: its place in the result, and the two
	// rows of x that it covers.
	rows := func(f func(o, i int)) {
		simd.Parallel(x.Shape[0]*x.Shape[1], 16, func(lo, hi int) {
			for r := lo * h; r < hi*h; r++ {
				f(r*w, r*4*w)
			}
		})
	}
	rows(func(o, i int) {
		top, low, y := x.Data[i:i+2*w], x.Data[i+2*w:i+4*w], out.Data[o:o+w]
		for k := range y {
			y[k] = max(top[2*k], top[2*k+1], low[2*k], low[2*k+1])
		}
	})
	g.onBackward(out, func() {
		rows(func(o, i int) {
			for k, d := range out.Grad[o : o+w] {
				// The first of the four that is the largest, found without a
				// branch, which would be guessed wrongly half of the time.
				p, y := i+2*k, math.Float32bits(out.Data[o+k])
				n0, n1, n2 := differ(x.Data[p], y), differ(x.Data[p+1], y), differ(x.Data[p+2*w], y)
				x.Grad[p+n0*(1-n1+n1*(2*w+n2))] += d
			}
		})
	})
	return out
}

// differ is 0 if x has the bits y, else 1.
func differ(x float32, y uint32) int {
	d := math.Float32bits(x) ^ y
	return int((d | -d) >> 31)
}
