package embedding

import "oneword/internal/simd"

// An AnalogyMethod is a way to answer analogies.
type AnalogyMethod int

const (
	// CosAdd looks for the word nearest to b - a + c (3CosAdd, Mikolov et al. 2013).
	CosAdd AnalogyMethod = iota
	// CosMul multiplies and divides the nearnesses instead of adding and
	// subtracting them, so that none of them outweighs the others (3CosMul, Levy
	// and Goldberg 2014).
	CosMul
)

func (m AnalogyMethod) String() string {
	return [...]string{"3CosAdd", "3CosMul"}[m]
}

// Analogy answers "a is to b as c is to …" with the n best words, none of which
// is a, b or c.
func (v *Vectors) Analogy(a, b, c string, method AnalogyMethod, n int) ([]Neighbour, error) {
	var of [3]int
	for k, w := range []string{a, b, c} {
		i, err := v.find(w)
		if err != nil {
			return nil, err
		}
		of[k] = i
	}
	return v.best(n, []string{a, b, c}, v.analogy(of[0], of[1], of[2], method)), nil
}

// analogy scores words as answers.
func (v *Vectors) analogy(a, b, c int, method AnalogyMethod) func(i int) float64 {
	if method == CosMul {
		// Cosines from -1 to 1 are moved to 0 to 1, as the authors do.
		near := func(i, j int) float64 { return (1 + float64(simd.Dot(v.row(i), v.row(j)))) / 2 }
		return func(i int) float64 { return near(i, b) * near(i, c) / (near(i, a) + 1e-3) }
	}
	target := make([]float32, v.dim) // [D], b - a + c
	simd.Axpy(1, v.row(b), target)
	simd.Axpy(-1, v.row(a), target)
	simd.Axpy(1, v.row(c), target)
	return func(i int) float64 { return float64(simd.Dot(v.row(i), target)) }
}

// argmax is the word with the highest score but for three.
func (v *Vectors) argmax(score func(i int) float64, a, b, c int) int {
	best, top := -1, 0.0
	for i := range v.words {
		if i == a || i == b || i == c {
			continue
		}
		if s := score(i); best < 0 || s > top {
			best, top = i, s
		}
	}
	return best
}
