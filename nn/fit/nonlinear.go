package fit

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/optimize"
)

// Nonlinear finds the parameters of any curve, from a first guess: it searches
// downhill in the sum of squared residuals, by the method of Broyden,
// Fletcher, Goldfarb and Shanno, with slopes by finite differences. It finds
// the bottom of the valley that the guess lies in, which need not be the
// deepest one. A curve that is not finite at the guess, and a search that does
// not settle, are errors.
func Nonlinear(curve func(params []float64, x float64) float64, guess, xs, ys []float64) (*Fit, error) {
	if err := check(xs, ys, len(guess)); err != nil {
		return nil, err
	}
	xs, ys, guess = slices.Clone(xs), slices.Clone(ys), slices.Clone(guess)
	scale := 0.0 // makes the loss a number of about 1, whatever the unit of y
	for _, y := range ys {
		scale += y * y
	}
	if scale == 0 {
		scale = 1
	}
	loss := func(p []float64) float64 {
		sum := 0.0
		for i, x := range xs {
			r := ys[i] - curve(p, x)
			sum += r * r
		}
		return sum / scale
	}
	if v := loss(guess); math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, fmt.Errorf("fit: the curve is not finite with the parameters guessed, %v", guess)
	}
	problem := optimize.Problem{
		Func: func(p []float64) float64 {
			if v := loss(p); !math.IsNaN(v) {
				return v
			}
			return math.Inf(1) // outside what the curve allows: uphill
		},
		Grad: func(grad, p []float64) {
			fd.Gradient(grad, loss, p, &fd.Settings{Formula: fd.Central})
		},
	}
	settings := &optimize.Settings{GradientThreshold: 1e-10, MajorIterations: 10_000}
	result, err := optimize.Minimize(problem, guess, settings, &optimize.BFGS{})
	// Near the bottom, slopes by differences are too rough for the last steps;
	// then the search stops for want of progress, and has arrived all the same.
	if err != nil && (result == nil || !errors.Is(err, optimize.ErrLinesearcherFailure) && !errors.Is(err, optimize.ErrNoProgress)) {
		return nil, fmt.Errorf("fit: the search for parameters: %w", err)
	}
	if result.Status == optimize.IterationLimit {
		return nil, fmt.Errorf("fit: the search for parameters did not settle in %d steps", result.MajorIterations)
	}
	f := &Fit{Params: slices.Clone(result.X), xs: xs, ys: ys}
	f.at = func(x float64) float64 { return curve(f.Params, x) }
	f.refit = func(xs, ys []float64) (*Fit, error) { return Nonlinear(curve, f.Params, xs, ys) }
	return f, nil
}
