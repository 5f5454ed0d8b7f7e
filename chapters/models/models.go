package models

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/must"
	"oneword/nn/fit"
)

// Cannonball is figure 04-cannonball: times of fall from each floor of a tower.
func Cannonball(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	show(chart.Plot().Title("How long a cannonball falls").Labels("height (m)", "time (s)").RangeY(0, 4).
		Points("from each floor", heights, times),
		labs.Values{"floors": fit.Floors, "apart": fit.FloorHeight, "g": fit.Gravity})
}

// Line is figure 04-line: two knobs.
func Line(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	line := must.Get(fit.Linear(fit.Powers(1), heights, times))
	show(chart.Plot().Title("A straight line through the points").Labels("height (m)", "time (s)").RangeY(0, 4).
		Points("from each floor", heights, times).Func(line.Formula(), line.At, 4, 60),
		labs.Values{"formula": line.Formula(), "off": line.RMSE(), "R2": line.R2()})
	show.Printf("from 30 m it says %.2f s\n", line.At(30))
}

// Quadratic is figure 04-quadratic: three knobs.
func Quadratic(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	parabola := must.Get(fit.Linear(fit.Powers(2), heights, times))
	show(chart.Plot().Title("A parabola through the points").Labels("height (m)", "time (s)").RangeY(0, 4).
		Points("from each floor", heights, times).Func(parabola.Formula(), parabola.At, 4, 60),
		labs.Values{"formula": parabola.Formula(), "off": parabola.RMSE(), "R2": parabola.R2()})
	show.Printf("from 30 m it says %.2f s\n", parabola.At(30))
}

// WrongForm is figure 04-wrong-form: three knobs, too, at a curve of another form.
func WrongForm(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	terms := []fit.Term{
		{Name: "1", F: func(x float64) float64 { return 1 }},
		{Name: "/x", F: func(x float64) float64 { return 1 / x }},
		{Name: "sin x", F: math.Sin},
	}
	curve := must.Get(fit.Linear(terms, heights, times))
	show(chart.Plot().Title("The wrong form of curve").Labels("height (m)", "time (s)").RangeY(0, 4).
		Points("from each floor", heights, times).Func(curve.Formula(), curve.At, 4, 60),
		labs.Values{"formula": curve.Formula(), "off": curve.RMSE(), "R2": curve.R2()})
	show.Printf("from 30 m it says %.2f s\n", curve.At(30))
}

// PowerLaw lets the exponent be a knob.
func PowerLaw(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	power := func(p []float64, x float64) float64 { return p[0] * math.Pow(x, p[1]) }
	f := must.Get(fit.Nonlinear(power, []float64{1, 1}, heights, times))
	show.Printf("t = %.4f · h^%.4f, %.1g s off\n", f.Params[0], f.Params[1], f.RMSE())
	show.Printf("physics: t = √(2h/g) = %.4f · h^0.5\n", math.Sqrt(2/fit.Gravity))
}

// Knobs is figure 04-knobs: the error of polynomials of one to seven knobs.
func Knobs(lab labs.Lab, show labs.Show) {
	s := must.Get(fit.Overfitting(7, 0.05, 200, lab.Rand("04-knobs")))
	show(chart.Plot().Title("How many knobs?").Labels("parameters of the polynomial", "typical error (s)").LogY().
		LinePoints("at the floors measured", s.Params, s.Training).
		LinePoints("at a floor left out", s.Params, s.LeaveOneOut).
		LinePoints("up to half the tower's height above", s.Params, s.Extrapolation))
}

// KnobsLive is figure 04-knobs as one that responds.
func KnobsLive(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	times = fit.Stopwatch(times, 0.15, lab.Rand("live degree"))
	show(live.Frames(func(at ...int) (chart.Drawing, error) {
		curve := must.Get(fit.Linear(fit.Powers(at[0]), heights, times))
		return chart.Plot().Title(fmt.Sprintf("Degree %d: %.3f s off at the floors", at[0], curve.RMSE())).
			Labels("height (m)", "time (s)").RangeY(0, 4).Points("by stopwatch", heights, times).
			Func("polynomial", curve.At, 0, 60).Func("true law", fit.FallTime, 0, 60), nil
	}, live.Range("degree", 0, 7, 1).From(2)))
}

// Exercise fits a parabola to the lower four floors, and asks it about the top.
func Exercise(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	parabola := must.Get(fit.Linear(fit.Powers(2), heights[:4], times[:4]))
	show.Printf("from %v m: %.2f s, and really %.2f s\n", heights[7], parabola.At(heights[7]), times[7])
}
