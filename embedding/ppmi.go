package embedding

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"oneword/internal/simd"
	"oneword/lm"
)

// PPMI learns vectors by counting: how often words stand near each other, by
// how much that is more than chance (positive pointwise mutual information), and
// the table of that made small by truncated singular value decomposition. It is
// what skip-gram with negative sampling approaches (Levy and Goldberg, Neural
// Word Embedding as Implicit Matrix Factorization, 2014).
type PPMI struct {
	Dim    int
	Window int    // neighbours on each side; one d words away counts 1/d
	Shift  int    // log of this is taken off, as negatives do; 1 takes off nothing
	Seed   uint64 // of the random vectors that the decomposition begins with
}

// A sparse matrix, symmetric, by rows.
type sparse struct {
	start  []int // [V+1], where each row begins, and the end
	column []int32
	value  []float32
}

// maxCounts is how many numbers of the table of counts are held at a time.
const maxCounts = 1 << 26

// Train learns vectors. They do not depend on the number of threads.
func (p PPMI) Train(c *Corpus) (*Vectors, error) {
	if p.Dim < 1 || p.Dim > len(c.Words) || p.Window < 1 || p.Shift < 1 {
		return nil, fmt.Errorf("embedding: PPMI with %d numbers for %d words, a window of %d and a shift of %d", p.Dim, len(c.Words), p.Window, p.Shift)
	}
	m := p.matrix(c)
	vectors, values := m.eigen(p.Dim, p.Seed)   // [V][D], [D]
	data := make([]float32, len(c.Words)*p.Dim) // [V][D]
	for i := range c.Words {
		for k := range p.Dim {
			// The root of the singular value, not itself: neighbours are found better
			// so (Levy, Goldberg and Dagan 2015).
			data[i*p.Dim+k] = float32(vectors.At(i, k) * math.Sqrt(math.Abs(values[k])))
		}
	}
	return New(c.Words, p.Dim, data)
}

// matrix is the table of PPMI, [V][V]. It counts some rows at a time, and keeps what
// is above chance.
func (p PPMI) matrix(c *Corpus) *sparse {
	n := len(c.Words)
	sums := make([]float64, n)
	p.pairs(c, 0, n, func(a, b int32, weight float32) { sums[a] += float64(weight) })
	all, smooth := 0.0, 0.0
	for _, s := range sums {
		all += s
		smooth += math.Pow(s, 0.75)
	}
	m := &sparse{start: make([]int, 1, n+1)}
	rows := max(1, min(n, maxCounts/n))
	counts := make([]float32, rows*n) // [rows][V]
	for first := 0; first < n; first += rows {
		last := min(n, first+rows)
		clear(counts)
		p.pairs(c, first, last, func(a, b int32, weight float32) { counts[(int(a)-first)*n+int(b)] += weight })
		for a := first; a < last; a++ {
			for b, count := range counts[(a-first)*n : (a-first+1)*n] {
				if count == 0 {
					continue
				}
				// Symmetric in a and b, and rare neighbours count for less: chance is
				// taken from frequencies to the power of 0.75, on both sides half.
				chance := math.Sqrt(sums[a]*sums[b]) / all * math.Sqrt(math.Pow(sums[a]*sums[b], 0.75)) / smooth
				if x := math.Log(float64(count)/all/chance) - math.Log(float64(p.Shift)); x > 0 {
					m.column = append(m.column, int32(b))
					m.value = append(m.value, float32(x))
				}
			}
			m.start = append(m.start, len(m.column))
		}
	}
	return m
}

// pairs calls f for all pairs of words that stand together, the first of which
// is first … last-1.
func (p PPMI) pairs(c *Corpus, first, last int, f func(a, b int32, weight float32)) {
	for i, a := range c.Text {
		if int(a) < first || int(a) >= last {
			continue
		}
		for _, step := range [2]int{-1, 1} {
			for d := 1; d <= p.Window; d++ {
				j := i + step*d
				if j < 0 || j >= len(c.Text) || c.Text[j] == Break {
					break
				}
				f(a, c.Text[j], 1/float32(d))
			}
		}
	}
}

// mul sets y to the matrix times x: [V][V]·[V][width] → [V][width].
func (m *sparse) mul(y, x []float32, width int) {
	simd.Parallel(len(m.start)-1, 16, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			row := y[i*width : (i+1)*width]
			clear(row)
			for k := m.start[i]; k < m.start[i+1]; k++ {
				j := int(m.column[k])
				simd.Axpy(m.value[k], x[j*width:(j+1)*width], row)
			}
		}
	})
}

// eigen finds the dim largest eigenvalues by size, and their vectors in
// columns: by random projection, made exact by repetition (Halko, Martinsson
// and Tropp, Finding Structure with Randomness, 2011).
func (m *sparse) eigen(dim int, seed uint64) (*mat.Dense, []float64) {
	n := len(m.start) - 1
	width := min(n, dim+10)
	x, y := make([]float32, n*width), make([]float32, n*width) // [V][width]
	rng := lm.Rand(seed, "random projection")
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	basis, product := mat.NewDense(n, width, nil), mat.NewDense(n, width, nil)
	widen := func(to *mat.Dense, from []float32) {
		for i, v := range from {
			to.RawMatrix().Data[i] = float64(v)
		}
	}
	for range 6 {
		m.mul(y, x, width)
		widen(basis, y)
		orthonormalise(basis)
		for i, v := range basis.RawMatrix().Data {
			x[i] = float32(v)
		}
	}
	// In the space found, the matrix is small.
	m.mul(y, x, width)
	widen(product, y)
	values, inner := eigenSym(basis, product) // [width][V]·[V][width] → [width], [width][width]
	order := bySize(values)[:dim]
	picked := mat.NewDense(width, dim, nil)
	top := make([]float64, dim)
	for k, from := range order {
		top[k] = values[from]
		for i := range width {
			picked.Set(i, k, inner.At(i, from))
		}
	}
	vectors := mat.NewDense(n, dim, nil)
	vectors.Mul(basis, picked) // [V][width]·[width][D] → [V][D]
	fixSigns(vectors)
	return vectors, top
}

// orthonormalise makes the columns of a tall matrix orthogonal and of length 1, by
// the eigenvectors of their products. Where there are fewer directions than
// columns, columns become 0.
func orthonormalise(a *mat.Dense) {
	_, width := a.Dims()
	values, vectors := eigenSym(a, a)
	for k, v := range values {
		scale := 0.0
		if v > 1e-12*values[width-1] { // the largest
			scale = 1 / math.Sqrt(v)
		}
		for i := range width {
			vectors.Set(i, k, vectors.At(i, k)*scale)
		}
	}
	a.Mul(a, vectors) // [V][width]·[width][width]
}

// eigenSym are the eigenvalues, from the smallest, and the vectors of aᵀ·b,
// which is symmetric but for rounding.
func eigenSym(a, b *mat.Dense) ([]float64, *mat.Dense) {
	var product mat.Dense
	product.Mul(a.T(), b) // [width][V]·[V][width] → [width][width]
	width, _ := product.Dims()
	symmetric := mat.NewSymDense(width, nil)
	for i := range width {
		for j := range i + 1 {
			symmetric.SetSym(i, j, (product.At(i, j)+product.At(j, i))/2)
		}
	}
	var eigen mat.EigenSym
	eigen.Factorize(symmetric, true)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	return eigen.Values(nil), &vectors
}
