package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// onLevels runs a test on each set of instructions that this processor has.
func onLevels(t *testing.T, f func(t *testing.T)) {
	defer func() { current = best }()
	for l := portable; l <= best; l++ {
		if l == useNEON && best != useNEON {
			continue
		}
		current = l
		t.Run(levels[l], f)
	}
}

func random(rng *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(rng.NormFloat64())
	}
	return v
}

func TestVectors(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 1))
		for n := range 300 {
			x, y := random(rng, n), random(rng, n)
			dot, sum, size := 0.0, 0.0, 0.0
			want := slices.Clone(y)
			for i := range x {
				dot += float64(x[i]) * float64(y[i])
				sum += float64(x[i])
				size += math.Abs(float64(x[i]))
				want[i] = y[i] + 0.3*x[i]
			}
			near(t, "Dot", n, float64(Dot(x, y)), dot, size+1)
			near(t, "Sum", n, float64(Sum(x)), sum, size+1)
			Axpy(0.3, x, y)
			for i := range y {
				near(t, "Axpy", n, float64(y[i]), float64(want[i]), 4)
			}
		}
	})
}

func TestRowsOfATable(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 1))
		for n := range 150 {
			x, y, table, factors := random(rng, n), random(rng, n), random(rng, 10*n), random(rng, 4)
			at := []int{3 * n, 0, 9 * n, 3 * n} // one row twice: the second time it has changed
			out := make([]float32, 4)
			DotAt(x, table, at, out)
			wantY, wantTable := slices.Clone(y), slices.Clone(table)
			for r, from := range at {
				dot := 0.0
				for i := range x {
					dot += float64(x[i]) * float64(table[from+i])
					wantY[i] += factors[r] * wantTable[from+i]
					wantTable[from+i] += factors[r] * x[i]
				}
				near(t, "DotAt", n, float64(out[r]), dot, float64(n)+1)
			}
			Exchange(factors, x, y, table, at)
			for i := range y {
				near(t, "Exchange, y", n, float64(y[i]), float64(wantY[i]), 20)
			}
			for i := range table {
				near(t, "Exchange, rows", n, float64(table[i]), float64(wantTable[i]), 20)
			}
		}
		defer func() {
			if recover() == nil {
				t.Error("a row beyond the table was read")
			}
		}()
		DotAt(make([]float32, 16), make([]float32, 32), []int{17}, make([]float32, 1))
	})
}

func near(t *testing.T, what string, n int, got, want, size float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-5*size) {
		t.Errorf("%s of %d: %v, want %v", what, n, got, want)
	}
}

// plainMatMul is the definition.
func plainMatMul(a Matrix, transA bool, b Matrix, transB bool) [][]float64 {
	at := func(m Matrix, trans bool, i, j int) float64 {
		if trans {
			i, j = j, i
		}
		return float64(m.Data[i*m.Stride+j])
	}
	m, k, n := a.Rows, a.Cols, b.Cols
	if transA {
		m, k = k, m
	}
	if transB {
		n = b.Rows
	}
	c := make([][]float64, m)
	for i := range c {
		c[i] = make([]float64, n)
		for j := range c[i] {
			for p := range k {
				c[i][j] += at(a, transA, i, p) * at(b, transB, p, j)
			}
		}
	}
	return c
}

func view(rng *rand.Rand, rows, cols, extra int, trans bool) Matrix {
	if trans {
		rows, cols = cols, rows
	}
	return Matrix{rows, cols, cols + extra, random(rng, rows*(cols+extra)+8)}
}

func TestMatMul(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(2, 2))
		shapes := [][3]int{{1, 1, 1}, {1, 100, 300}, {1, 257, 513}, {2, 3, 4}, {12, 32, 256}, {13, 33, 257}, {11, 31, 255}, {6, 16, 8}, {130, 70, 300}, {64, 40, 9}, {5, 2100, 7}, {250, 3, 270}, {0, 3, 3}, {3, 0, 3}, {3, 3, 0}}
		for range 30 {
			shapes = append(shapes, [3]int{1 + rng.IntN(70), 1 + rng.IntN(90), 1 + rng.IntN(300)})
		}
		for _, s := range shapes {
			m, n, k := s[0], s[1], s[2]
			for flags := range 8 {
				ta, tb, add := flags&1 != 0, flags&2 != 0, flags&4 != 0
				a, b, c := view(rng, m, k, flags, ta), view(rng, k, n, 3, tb), view(rng, m, n, 5, false)
				before := slices.Clone(c.Data)
				want := plainMatMul(a, ta, b, tb)
				MatMul(c, a, ta, b, tb, add)
				for i := range c.Data {
					row, col := i/c.Stride, i%c.Stride
					if row >= m || col >= n {
						if c.Data[i] != before[i] {
							t.Fatalf("%v: wrote outside of the result at %d", s, i)
						}
						continue
					}
					w := want[row][col]
					if add {
						w += float64(before[i])
					}
					if math.Abs(float64(c.Data[i])-w) > 1e-4*(1+math.Sqrt(float64(k))) {
						t.Fatalf("%v, transposed %v %v, add %v: (%d, %d) is %v, want %v", s, ta, tb, add, row, col, c.Data[i], w)
					}
				}
			}
		}
	})
}

func TestPackedLeft(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(6, 6))
		for _, s := range [][3]int{{1, 1, 1}, {20, 576, 25}, {50, 64, 500}, {300, 33, 600}, {3, 0, 3}} {
			m, n, k := s[0], s[1], s[2]
			for _, trans := range []bool{false, true} {
				a, b, want := view(rng, m, k, 2, trans), view(rng, k, n, 1, false), view(rng, m, n, 3, false)
				got := Matrix{m, n, want.Stride, slices.Clone(want.Data)}
				l := PackLeft(a, trans)
				for _, add := range []bool{false, true} {
					if m > 1 { // one row goes another way, with another order of sums
						MatMul(want, a, trans, b, false, add)
						l.MulSerial(got, b, add)
						if !slices.Equal(want.Data, got.Data) {
							t.Errorf("%v, transposed %v, add %v: not what MatMul computes", s, trans, add)
						}
					}
				}
			}
		}
	})
}

// What is not a number spreads to its row or column, and no further.
func TestMatMulWithNaNAndInfinity(t *testing.T) {
	onLevels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(3, 3))
		a, b, c := view(rng, 20, 30, 0, false), view(rng, 30, 40, 0, false), view(rng, 20, 40, 0, false)
		a.Data[7*30+3] = float32(math.NaN())
		b.Data[5*40+9] = float32(math.Inf(1))
		MatMul(c, a, false, b, false, false)
		for i := range 20 {
			for j := range 40 {
				v := float64(c.Data[i*40+j])
				switch {
				case i == 7:
					if !math.IsNaN(v) {
						t.Errorf("(%d, %d) is %v, want NaN", i, j, v)
					}
				case j == 9:
					if !math.IsInf(v, 0) {
						t.Errorf("(%d, %d) is %v, want an infinity", i, j, v)
					}
				case math.IsNaN(v) || math.IsInf(v, 0):
					t.Errorf("(%d, %d) is %v", i, j, v)
				}
			}
		}
	})
}

func TestThreadsDoNotMatter(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rng := rand.New(rand.NewPCG(4, 4))
	for _, s := range [][3]int{{1, 1000, 700}, {64, 700, 300}, {300, 20, 500}, {100, 100, 100}} {
		m, n, k := s[0], s[1], s[2]
		a, b := view(rng, m, k, 0, false), view(rng, k, n, 0, false)
		var first []float32
		for _, threads := range []int{1, 2, 3, 8} {
			runtime.GOMAXPROCS(threads)
			c := Dense(m, n, make([]float32, m*n))
			MatMul(c, a, false, b, false, false)
			if first == nil {
				first = slices.Clone(c.Data)
				MatMulSerial(c, a, false, b, false, false)
			}
			if !slices.Equal(first, c.Data) {
				t.Errorf("%v: another result on %d threads", s, threads)
			}
		}
	}
}

func TestParallel(t *testing.T) {
	for _, n := range []int{0, 1, 7, 64, 1000} {
		for _, grain := range []int{0, 1, 10, 5000} {
			hit := make([]int, n)
			Parallel(n, grain, func(lo, hi int) {
				for i := lo; i < hi; i++ {
					hit[i]++
				}
			})
			for i, h := range hit {
				if h != 1 {
					t.Fatalf("n %d, grain %d: %d was done %d times", n, grain, i, h)
				}
			}
		}
	}
}

func TestShapesThatDoNotFit(t *testing.T) {
	defer func() {
		if p := fmt.Sprint(recover()); p != "simd: (2×3)·(4×5) into 2×5" {
			t.Errorf("panic %q", p)
		}
	}()
	MatMul(Dense(2, 5, make([]float32, 10)), Dense(2, 3, make([]float32, 6)), false, Dense(4, 5, make([]float32, 20)), false, false)
}

func BenchmarkMatMul(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 5))
	for _, s := range [][3]int{{1, 3072, 768}, {64, 3072, 768}, {512, 512, 512}, {512, 3072, 768}} {
		m, n, k := s[0], s[1], s[2]
		x, w, y := view(rng, m, k, 0, false), view(rng, k, n, 0, false), view(rng, m, n, 0, false)
		b.Run(fmt.Sprintf("%dx%dx%d", m, k, n), func(b *testing.B) {
			for b.Loop() {
				MatMul(y, x, false, w, false, false)
			}
			b.ReportMetric(2*float64(m)*float64(n)*float64(k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}
