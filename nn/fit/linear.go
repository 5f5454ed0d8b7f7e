package fit

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// A Term is a function that a parameter is multiplied with.
type Term struct {
	Name string // as in a formula: "1", "x", "sin x"
	F    func(x float64) float64
}

// Powers are the terms of a polynomial: 1, x, x², … up to the degree.
func Powers(degree int) []Term {
	var terms []Term
	for n := 0; n <= degree; n++ {
		name := "x" + strings.Map(func(r rune) rune { return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'] }, fmt.Sprint(n))
		switch n {
		case 0:
			name = "1"
		case 1:
			name = "x"
		}
		terms = append(terms, Term{name, func(x float64) float64 { return math.Pow(x, float64(n)) }})
	}
	return terms
}

// maxCond is the condition number beyond which parameters are not settled by
// the points: rounding alone could turn them to anything.
const maxCond = 1e13

// Linear finds the sum of terms, each times a parameter, that is closest to
// the points: with the least sum of squared residuals. The curve may be as
// crooked as it likes; what is linear is how it depends on the parameters.
//
// The matrix with a row for each point and a column for each term is
// decomposed as QR, which loses less precision than solving the normal
// equations (Golub and Van Loan, Matrix Computations, 5.3).
//
// Too few points, values that are not finite, and terms that cannot be told
// apart on these points are errors.
func Linear(terms []Term, xs, ys []float64) (*Fit, error) {
	if err := check(xs, ys, len(terms)); err != nil {
		return nil, err
	}
	n, k := len(xs), len(terms)
	a := mat.NewDense(n, k, nil)
	size := make([]float64, k) // of each column, divided out so that x⁸ and 1 can be compared
	for j, t := range terms {
		for i, x := range xs {
			v := t.F(x)
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("fit: the term %s is %v at x = %v", t.Name, v, x)
			}
			a.Set(i, j, v)
			size[j] = math.Hypot(size[j], v)
		}
		if size[j] == 0 {
			return nil, fmt.Errorf("fit: the term %s is 0 at all points", t.Name)
		}
		for i := range xs {
			a.Set(i, j, a.At(i, j)/size[j])
		}
	}
	var qr mat.QR
	qr.Factorize(a)
	if cond := qr.Cond(); !(cond < maxCond) {
		return nil, fmt.Errorf("fit: %d points do not tell %d terms apart (condition number %.2g)", n, k, cond)
	}
	var p mat.VecDense
	if err := qr.SolveVecTo(&p, false, mat.NewVecDense(n, slices.Clone(ys))); err != nil {
		return nil, fmt.Errorf("fit: %w", err)
	}
	f := &Fit{Params: make([]float64, k), terms: slices.Clone(terms), xs: slices.Clone(xs), ys: slices.Clone(ys)}
	for j := range terms {
		f.Params[j] = p.AtVec(j) / size[j]
	}
	f.at = func(x float64) float64 {
		y := 0.0
		for j, t := range f.terms {
			y += float64(f.Params[j] * t.F(x)) // rounded before it is added, the same on all processors
		}
		return y
	}
	// The first k columns of Q span what the curve can be; a point's leverage
	// is the square of its row in them.
	var q mat.Dense
	qr.QTo(&q)
	f.leverage = make([]float64, n)
	for i := range n {
		for j := range k {
			f.leverage[i] += q.At(i, j) * q.At(i, j)
		}
	}
	return f, nil
}
