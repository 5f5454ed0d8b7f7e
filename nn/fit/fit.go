package fit

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Fit is a curve whose parameters have been fitted to points.
type Fit struct {
	// Params are the fitted parameters, the knobs.
	Params []float64

	terms    []Term // of a linear fit
	at       func(x float64) float64
	xs, ys   []float64
	leverage []float64                            // of each point, in a linear fit
	refit    func(xs, ys []float64) (*Fit, error) // with other points
}

// At is the height of the curve at x.
func (f *Fit) At(x float64) float64 { return f.at(x) }

// Residuals are what the curve leaves unexplained: y - At(x) of each point.
func (f *Fit) Residuals() []float64 {
	r := make([]float64, len(f.xs))
	for i, x := range f.xs {
		r[i] = f.ys[i] - f.at(x)
	}
	return r
}

// RMSE is the root of the mean squared residual, in the unit of y.
func (f *Fit) RMSE() float64 { return rms(f.Residuals()) }

// R2 is the coefficient of determination, the share of the variance of y that
// the curve explains: 1 for a perfect fit, 0 for one no better than the mean,
// NaN where all y are equal.
func (f *Fit) R2() float64 {
	mean, rest, all := 0.0, 0.0, 0.0
	for _, y := range f.ys {
		mean += y / float64(len(f.ys))
	}
	for i, r := range f.Residuals() {
		rest += r * r
		all += (f.ys[i] - mean) * (f.ys[i] - mean)
	}
	return 1 - rest/all
}

// LeaveOneOut is the error on points that the fit has not seen, in the unit of
// y: each point in turn is left out, the rest fitted, and the prediction for
// the left-out one compared with it; the root of the mean square of these
// errors. It is +Inf where a point cannot be spared, having a parameter to itself.
func (f *Fit) LeaveOneOut() (float64, error) {
	errs := make([]float64, len(f.xs))
	if f.leverage != nil {
		// In a linear fit the error follows from the residual without fitting
		// again: e/(1-h), h being the point's pull on its own prediction
		// (Allen's PRESS, 1974).
		for i, r := range f.Residuals() {
			if 1-f.leverage[i] < 1e-12 {
				return math.Inf(1), nil
			}
			errs[i] = r / (1 - f.leverage[i])
		}
		return rms(errs), nil
	}
	for i, x := range f.xs {
		without, err := f.refit(slices.Delete(slices.Clone(f.xs), i, i+1), slices.Delete(slices.Clone(f.ys), i, i+1))
		if err != nil {
			return 0, fmt.Errorf("fit: without point %d: %w", i, err)
		}
		errs[i] = f.ys[i] - without.at(x)
	}
	return rms(errs), nil
}

// Formula writes a linear fit with its parameters, rounded to three digits:
// "0.78 + 0.0501 x"; a term called "/x" follows its parameter without a space. It is empty for other fits.
func (f *Fit) Formula() string {
	s := ""
	for i, t := range f.terms {
		p := f.Params[i]
		switch {
		case i == 0 && p < 0:
			s += "−"
		case i > 0 && p < 0:
			s += " − "
		case i > 0:
			s += " + "
		}
		s += fmt.Sprintf("%.3g", math.Abs(p))
		switch {
		case t.Name == "1":
		case strings.HasPrefix(t.Name, "/"):
			s += t.Name
		default:
			s += " " + t.Name
		}
	}
	return s
}

// RMSE is how far a function is from points, as Fit.RMSE is, but for points
// that it need not have been fitted to.
func RMSE(f func(float64) float64, xs, ys []float64) float64 {
	r := make([]float64, min(len(xs), len(ys)))
	for i := range r {
		r[i] = ys[i] - f(xs[i])
	}
	return rms(r)
}

func rms(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum / float64(len(v)))
}

// check refuses points that nothing can be fitted to.
func check(xs, ys []float64, params int) error {
	if len(xs) != len(ys) {
		return fmt.Errorf("fit: %d values of x for %d of y", len(xs), len(ys))
	}
	if params == 0 {
		return fmt.Errorf("fit: a curve without parameters")
	}
	if len(xs) < params {
		return fmt.Errorf("fit: %d points cannot settle %d parameters", len(xs), params)
	}
	for i := range xs {
		if math.IsNaN(xs[i]+ys[i]) || math.IsInf(xs[i]+ys[i], 0) {
			return fmt.Errorf("fit: point %d is (%v, %v), which are not finite numbers", i, xs[i], ys[i])
		}
	}
	return nil
}
