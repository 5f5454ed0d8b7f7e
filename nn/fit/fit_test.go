package fit_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"oneword/lm"
	"oneword/nn/fit"
)

func ExampleLinear() {
	heights, times := fit.Tower()
	line, _ := fit.Linear(fit.Powers(1), heights, times)
	parabola, _ := fit.Linear(fit.Powers(2), heights, times)
	fmt.Printf("%s: %.3f s off\n", line.Formula(), line.RMSE())
	fmt.Printf("%s: %.3f s off\n", parabola.Formula(), parabola.RMSE())
	fmt.Printf("from 30 m: %.2f s\n", parabola.At(30))
	// Output:
	// 1.07 + 0.0434 x: 0.097 s off
	// 0.763 + 0.0696 x − 0.000416 x²: 0.025 s off
	// from 30 m: 2.48 s
}

func ExampleNonlinear() {
	heights, times := fit.Tower()
	power := func(p []float64, x float64) float64 { return p[0] * math.Pow(x, p[1]) }
	f, _ := fit.Nonlinear(power, []float64{1, 1}, heights, times)
	fmt.Printf("t = %.3f · h^%.3f\n", f.Params[0], f.Params[1])
	// Output: t = 0.452 · h^0.500
}

func TestPhysics(t *testing.T) {
	// 4.90 m in a second, the height of the tower in 3.38 s.
	for h, want := range map[float64]float64{0: 0, 4.903325: 1, 56: 3.3795} {
		if got := fit.FallTime(h); math.Abs(got-want) > 1e-4 {
			t.Errorf("falls %v m in %v s, want %v", h, got, want)
		}
	}
}

// Anscombe's first quartet (1973): a published fit.
func TestLinearAgainstPublishedNumbers(t *testing.T) {
	xs := []float64{10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5}
	ys := []float64{8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68}
	f, err := fit.Linear(fit.Powers(1), xs, ys)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(f.Params[0]-3.0000909) > 1e-6 || math.Abs(f.Params[1]-0.5000909) > 1e-6 || math.Abs(f.R2()-0.6665425) > 1e-6 {
		t.Errorf("got %v, R² %v; want 3.0001 + 0.5001 x, R² 0.6665", f.Params, f.R2())
	}
}

func TestExactCurvesAreFound(t *testing.T) {
	xs := []float64{-2, -1, 0, 1, 2, 3, 4}
	want := []float64{1, -2, 0.5, 0.25}
	ys := make([]float64, len(xs))
	for i, x := range xs {
		ys[i] = want[0] + want[1]*x + want[2]*x*x + want[3]*x*x*x
	}
	f, err := fit.Linear(fit.Powers(3), xs, ys)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if math.Abs(f.Params[i]-want[i]) > 1e-12 {
			t.Errorf("parameters %v, want %v", f.Params, want)
		}
	}
	if math.Abs(f.R2()-1) > 1e-12 || f.RMSE() > 1e-12 {
		t.Errorf("R² %v, RMSE %v of a perfect fit", f.R2(), f.RMSE())
	}
}

// The residuals of a least-squares fit stand at right angles to every term,
// and searching finds what solving finds.
func TestProperties(t *testing.T) {
	rng := lm.Rand(1, "fit")
	terms := []fit.Term{{"1", func(float64) float64 { return 1 }}, {"1/x", func(x float64) float64 { return 1 / x }}, {"sin x", math.Sin}}
	for range 20 {
		var xs, ys []float64
		for range 12 {
			x := 0.5 + 5*rng.Float64()
			xs, ys = append(xs, x), append(ys, 2-3/x+rng.NormFloat64())
		}
		f, err := fit.Linear(terms, xs, ys)
		if err != nil {
			t.Fatal(err)
		}
		r := f.Residuals()
		for _, term := range terms {
			dot := 0.0
			for i, x := range xs {
				dot += r[i] * term.F(x)
			}
			if math.Abs(dot) > 1e-9 {
				t.Errorf("residuals · %s = %v", term.Name, dot)
			}
		}
		g, err := fit.Nonlinear(func(p []float64, x float64) float64 { return p[0] + p[1]/x + p[2]*math.Sin(x) }, []float64{0, 0, 0}, xs, ys)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(g.RMSE()-f.RMSE()) > 1e-6 {
			t.Errorf("searching leaves %v, solving %v", g.RMSE(), f.RMSE())
		}
		// Leave-one-out by formula equals leaving out one by one.
		errs := 0.0
		for i := range xs {
			w, err := fit.Linear(terms, slices.Delete(slices.Clone(xs), i, i+1), slices.Delete(slices.Clone(ys), i, i+1))
			if err != nil {
				t.Fatal(err)
			}
			errs += math.Pow(ys[i]-w.At(xs[i]), 2)
		}
		want := math.Sqrt(errs / float64(len(xs)))
		byFormula, _ := f.LeaveOneOut()
		bySearch, err := g.LeaveOneOut()
		if math.Abs(byFormula-want) > 1e-9*want || err != nil || math.Abs(bySearch-want) > 1e-4*want {
			t.Errorf("leave-one-out %v by formula, %v by search (%v), want %v", byFormula, bySearch, err, want)
		}
	}
}

func TestLeaveOneOutWhereNoneCanBeSpared(t *testing.T) {
	f, err := fit.Linear(fit.Powers(2), []float64{0, 1, 2}, []float64{1, 2, 4})
	if err != nil {
		t.Fatal(err)
	}
	if e, err := f.LeaveOneOut(); err != nil || !math.IsInf(e, 1) {
		t.Errorf("three points, three parameters: %v, %v", e, err)
	}
}

func TestBadInput(t *testing.T) {
	line := fit.Powers(1)
	curve := func(p []float64, x float64) float64 { return p[0] / x }
	for _, tt := range []struct {
		want string
		err  error
	}{
		{"2 values of x for 1", second(fit.Linear(line, []float64{1, 2}, []float64{1}))},
		{"1 points cannot settle 2", second(fit.Linear(line, []float64{1}, []float64{1}))},
		{"without parameters", second(fit.Linear(nil, nil, nil))},
		{"point 1", second(fit.Linear(line, []float64{1, math.NaN()}, []float64{1, 2}))},
		{"apart", second(fit.Linear(line, []float64{1, 1, 1}, []float64{1, 2, 3}))},
		{"apart", second(fit.Linear([]fit.Term{line[1], line[1]}, []float64{1, 2, 3}, []float64{1, 2, 3}))},
		{"1/x is +Inf", second(fit.Linear([]fit.Term{{"1/x", func(x float64) float64 { return 1 / x }}}, []float64{0, 1}, []float64{1, 2}))},
		{"0 at all", second(fit.Linear([]fit.Term{line[1]}, []float64{0, 0}, []float64{1, 2}))},
		{"not finite", second(fit.Nonlinear(curve, []float64{1}, []float64{0, 1}, []float64{1, 2}))},
		{"without parameters", second(fit.Nonlinear(curve, nil, []float64{1}, []float64{2}))},
	} {
		if tt.err == nil || !strings.Contains(tt.err.Error(), tt.want) {
			t.Errorf("error %v, want one with %q", tt.err, tt.want)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func BenchmarkLinear(b *testing.B) {
	heights, times := fit.Tower()
	terms := fit.Powers(3)
	for b.Loop() {
		if _, err := fit.Linear(terms, heights, times); err != nil {
			b.Fatal(err)
		}
	}
}
