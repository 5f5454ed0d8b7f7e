package figures

import (
	"math"

	"oneword/chart"
	"oneword/nn/fit"
)

var chapter4 = []Figure{
	{"04-cannonball", 4, "How long a cannonball falls", "plot", nil, cannonball},
	{"04-line", 4, "A straight line through the points", "plot", nil, straightLine},
	{"04-quadratic", 4, "A parabola through the points", "plot", nil, parabola},
	{"04-wrong-form", 4, "The wrong form of curve", "plot", nil, wrongForm},
	{"04-knobs", 4, "How many knobs?", "plot", nil, knobs},
}

func cannonball(*Lab) (chart.Drawing, Caption, error) {
	heights, times := fit.Tower()
	return fallPlot("How long a cannonball falls").Points("from each floor", heights, times),
		say("Time of fall without air from each of %d floors, taken to be %v m apart: √(2h/g), g = %v m/s². No randomness.", fit.Floors, fit.FloorHeight, fit.Gravity), nil
}

func fallPlot(title string) *chart.LinePlot {
	return chart.Plot().Title(title).Labels("height (m)", "time (s)").RangeY(0, 4)
}

func straightLine(*Lab) (chart.Drawing, Caption, error) {
	return fallFit("A straight line through the points", fit.Powers(1))
}

func parabola(*Lab) (chart.Drawing, Caption, error) {
	return fallFit("A parabola through the points", fit.Powers(2))
}

func wrongForm(*Lab) (chart.Drawing, Caption, error) {
	return fallFit("The wrong form of curve", wrongTerms())
}

// wrongTerms has as many knobs as a parabola: a + b/x + c sin x.
func wrongTerms() []fit.Term {
	return []fit.Term{
		{Name: "1", F: func(float64) float64 { return 1 }},
		{Name: "/x", F: func(x float64) float64 { return 1 / x }},
		{Name: "sin x", F: math.Sin},
	}
}

func fallFit(title string, terms []fit.Term) (chart.Drawing, Caption, error) {
	heights, times := fit.Tower()
	curve, err := fit.Linear(terms, heights, times)
	if err != nil {
		return nil, Caption{}, err
	}
	return fallPlot(title).Points("from each floor", heights, times).Func(curve.Formula(), curve.At, 4, 60),
		say("Least-squares fit of %s to the idealised times of fall: %.2g s off on the whole (root mean square), R² = %.4f. No randomness.", curve.Formula(), curve.RMSE(), curve.R2()), nil
}

func knobs(lab *Lab) (chart.Drawing, Caption, error) {
	s, err := fit.Overfitting(7, 0.05, 200, lab.Rand("04-knobs"))
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Plot().Title("How many knobs?").Labels("parameters of the polynomial", "typical error (s)").LogY().
			LinePoints("at the floors measured", s.Knobs, s.Inside).LinePoints("at a floor left out", s.Knobs, s.LeftOut).
			LinePoints("up to half the tower's height above", s.Knobs, s.Above),
		say("Polynomials fitted to times of fall taken with a stopwatch (deviation 0.05 s): error at the floors measured, at floors left out one by one, and against the true law above the tower. Median of 200 experiments. Seed %d.", lab.Seed), nil
}
