package simd

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var inf = float32(math.Inf(1))
var nan = float32(math.NaN())

func TestRows(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(7, 7))
		for n := 1; n < 200; n++ {
			x, y := random(rng, n), random(rng, n)
			for i := range x {
				x[i] *= 8
			}
			if got := Max(x); got != slices.Max(x) {
				t.Fatalf("Max of %d: %v, want %v", n, got, slices.Max(x))
			}
			sum := slices.Clone(y)
			ScaleAdd(0.3, x, sum)
			e, gate, g := make([]float32, n), make([]float32, n), make([]float32, n)
			total := Exp(e, x, 2)
			GELU(g, gate, x)
			all := 0.0
			for i, v := range x {
				near(t, "ScaleAdd", n, float64(sum[i]), float64(0.3*y[i]+v), 40)
				want := math.Exp(float64(v) - 2)
				all += want
				if math.Abs(float64(e[i])-want) > 4e-7*want+1e-38 { // the subtraction is rounded, too
					if math.Abs(float64(e[i])-want) > 4e-6*want {
						t.Fatalf("e to the %v-2: %v, want %v", v, e[i], want)
					}
				}
				w := float64(v) / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(float64(v)+0.044715*math.Pow(float64(v), 3))))
				if math.Abs(float64(g[i])-w) > 1e-6*(1+math.Abs(w)) || math.Abs(float64(g[i]-x[i]*gate[i])) > 1e-6*math.Abs(float64(g[i]))+1e-30 {
					t.Fatalf("GELU of %v: %v, gate %v, want %v", v, g[i], gate[i], w)
				}
			}
			near(t, "sum of Exp", n, float64(total), all, all)
			Softmax(e, x)
			near(t, "Softmax", n, float64(Sum(e)), 1, 1)
			// A number's place does not change what becomes of it.
			one := []float32{x[n-1]}
			Exp(one, one, 2)
			Exp(e, x, 2)
			if one[0] != e[n-1] {
				t.Fatalf("e to the %v-2: %v alone, %v at place %d", x[n-1], one[0], e[n-1], n-1)
			}
		}
	})
}

func TestOptimize(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(10, 10))
		for n := range 70 {
			w, g, m, v := random(rng, n), random(rng, n), random(rng, n), random(rng, n)
			y, dx := make([]float32, n), random(rng, n)
			ReLU(y, w)
			want := slices.Clone(dx)
			for i := range w {
				if y[i] != max(w[i], 0) {
					t.Fatalf("ReLU of %v is %v", w[i], y[i])
				}
				if w[i] > 0 {
					want[i] += g[i]
				}
				v[i] *= v[i]
			}
			if ReLUBack(dx, y, g); !slices.Equal(dx, want) {
				t.Fatalf("ReLUBack of %d: %v, want %v", n, dx, want)
			}
			s := AdamStep{0.9, 0.99, 0.1, 1.5, 1e-3, 0.01}
			w0, g0, m0, v0 := slices.Clone(w), slices.Clone(g), slices.Clone(m), slices.Clone(v)
			s.Do(w, g, m, v)
			for i := range w {
				mean := 0.9*float64(m0[i]) + 0.1*float64(g0[i])
				square := 0.99*float64(v0[i]) + 0.01*float64(g0[i])*float64(g0[i])
				near(t, "Adam's w", n, float64(w[i]), float64(w0[i])-0.01*float64(w0[i])-0.1*mean/(1.5*math.Sqrt(square)+1e-3), 10)
				near(t, "Adam's m", n, float64(m[i]), mean, 2)
				near(t, "Adam's v", n, float64(v[i]), square, 2)
				if g[i] != 0 {
					t.Fatalf("the gradient is %v afterwards", g[i])
				}
			}
		}
		x := []float32{nan, -inf, inf, -1, 0, 1, 2, -3, nan, 5, 6, 7, 8, 9, 10, 11, nan}
		y := make([]float32, len(x))
		ReLU(y, x)
		for i, v := range x {
			if (v != v) != (y[i] != y[i]) || v == v && y[i] != max(v, 0) {
				t.Errorf("ReLU of %v is %v", v, y[i])
			}
		}
	})
}

func TestExpAtTheEdges(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		x := []float32{0, -inf, -1000, -87.2, -88, 88.2, 1000, inf, nan, 1, 2, 3, 4, 5, 6, 7, -inf, nan}
		y := make([]float32, len(x))
		Exp(y, x, 0)
		for i, v := range x {
			switch {
			case v != v:
				if y[i] == y[i] {
					t.Errorf("e to the NaN is %v", y[i])
				}
			case v < -87.3:
				if y[i] != 0 {
					t.Errorf("e to the %v is %v", v, y[i])
				}
			default:
				want := math.Exp(float64(min(v, 88.3)))
				if math.Abs(float64(y[i])/want-1) > 3e-7 {
					t.Errorf("e to the %v is %v, want %v", v, y[i], want)
				}
			}
		}
		p := []float32{-inf, 1, -inf, 1, 3, -1000}
		Softmax(p, p)
		if p[0] != 0 || p[2] != 0 || p[5] != 0 || math.Abs(float64(Sum(p))-1) > 1e-6 || p[1] != p[3] {
			t.Errorf("softmax with -∞: %v", p)
		}
		large := []float32{50, -50, 1000, -1000, 0}
		g, gate := make([]float32, 5), make([]float32, 5)
		GELU(g, gate, large)
		if g[0] != 50 || math.Abs(float64(g[1])) > 1e-30 || g[2] != 1000 || math.Abs(float64(g[3])) > 1e-30 || g[4] != 0 {
			t.Errorf("GELU of %v: %v", large, g)
		}
		Softmax(nil, nil)
		GELU(nil, nil, nil)
	})
}

func TestNarrow(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(8, 8))
		for _, s := range [][2]int{{1, 1}, {3, 5}, {4, 32}, {5, 31}, {7, 100}, {64, 64}, {130, 333}, {600, 48}} {
			rows, cols := s[0], s[1]
			for _, trans := range []bool{false, true} {
				m := view(rng, rows, cols, 3, trans)
				x := random(rng, cols)
				xs := view(rng, 5, cols, 0, false)
				copy(xs.Data, x)
				for width, loss := range []float64{F32: 0, F16: 1.0 / 2048, BF16: 1.0 / 256, I8: 1.0 / 100} {
					r := Narrow(m, trans, DType(width))
					y, row := make([]float32, rows), make([]float32, cols)
					r.MulVec(y, x)
					many := Dense(5, rows, make([]float32, 5*rows))
					r.MulMat(many, xs)
					for i := range rows {
						r.Row(i, row)
						want, size := 0.0, 0.0
						for j, v := range row {
							at := i*m.Stride + j
							if trans {
								at = j*m.Stride + i
							}
							exact := m.Data[at]
							if d := math.Abs(float64(v - exact)); d > loss*4 {
								t.Fatalf("%v: (%d, %d) is %v, was %v", DType(width), i, j, v, exact)
							}
							want += float64(v) * float64(x[j])
							size += math.Abs(float64(v) * float64(x[j]))
						}
						near(t, "MulVec", i, float64(y[i]), want, 1+size)
						near(t, "MulMat", i, float64(many.Data[i]), want, 1+size)
					}
				}
			}
		}
	})
}

func TestFloat16(t *testing.T) {
	for h := range 1 << 16 { // all there are
		f := Float16(h).Float32()
		if f == f && ToFloat16(f) != Float16(h) {
			t.Fatalf("%#x is %v, and back %#x", h, f, ToFloat16(f))
		}
		if b := BFloat16(h).Float32(); b == b && ToBFloat16(b) != BFloat16(h) {
			t.Fatalf("%#x is %v, and back %#x", h, b, ToBFloat16(b))
		}
	}
	for v, want := range map[float32]Float16{1: 0x3c00, -2: 0xc000, 65504: 0x7bff, 65519: 0x7bff, 65520: 0x7c00, inf: 0x7c00, -inf: 0xfc00,
		1.0 / (1 << 24): 1, 1.0 / (1 << 25): 0, 3.0 / (1 << 25): 2, 1 + 1.0/2048: 0x3c00, 1 + 3.0/2048: 0x3c02, 0.1: 0x2e66} {
		if got := ToFloat16(v); got != want {
			t.Errorf("%v is %#x, want %#x", v, got, want)
		}
	}
	if got := ToFloat16(nan).Float32(); got == got {
		t.Errorf("NaN is %v", got)
	}
	if got := ToBFloat16(nan).Float32(); got == got {
		t.Errorf("NaN is %v", got)
	}
	if ToBFloat16(1+1.0/256) != 0x3f80 || ToBFloat16(1+3.0/256) != 0x3f82 {
		t.Error("halves are not rounded to even")
	}
}

func BenchmarkRows(b *testing.B) {
	rng := rand.New(rand.NewPCG(9, 9))
	x, y := random(rng, 4096), make([]float32, 4096)
	g := make([]float32, 4096)
	b.Run("softmax", func(b *testing.B) {
		b.SetBytes(4 * 4096)
		for b.Loop() {
			Softmax(y, x)
		}
	})
	m := Dense(2048, 4096, random(rng, 2048*4096)) // 32 MB
	in := random(rng, 2048)
	b.Run("vecmat", func(b *testing.B) {
		b.SetBytes(4 * 2048 * 4096)
		for b.Loop() {
			MatMul(Dense(1, 4096, y), Dense(1, 2048, in), false, m, false, false)
		}
	})
	b.Run("gelu", func(b *testing.B) {
		b.SetBytes(4 * 4096)
		for b.Loop() {
			GELU(y, g, x)
		}
	})
}

func BenchmarkMulVec(b *testing.B) {
	rng := rand.New(rand.NewPCG(9, 9))
	const rows, cols = 50_000, 768
	m := Dense(rows, cols, random(rng, rows*cols))
	x, y := random(rng, cols), make([]float32, rows)
	for width := F32; width <= I8; width++ {
		r := Narrow(m, false, width)
		b.Run(width.String(), func(b *testing.B) {
			b.SetBytes(int64(r.Bytes()))
			for b.Loop() {
				r.MulVec(y, x)
			}
		})
	}
}
