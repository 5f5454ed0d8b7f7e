package models

import (
	"math"

	"oneword/chart"
	"oneword/labs"
	"oneword/must"
	"oneword/nn/fit"
)

// BetterStopwatch finds the best number of knobs for two stopwatches.
func BetterStopwatch(lab labs.Lab, show labs.Show) {
	for _, deviation := range []float64{0.05, 0.005} {
		sweep, best := must.Get(fit.Overfitting(7, deviation, 200, lab.Rand("solution"))), 0
		for i := range sweep.Params {
			show.Printf("%.0f knobs: %.4f s at a floor left out\n", sweep.Params[i], sweep.LeaveOneOut[i])
			if sweep.LeaveOneOut[i] < sweep.LeaveOneOut[best] {
				best = i
			}
		}
		show.Printf("with a stopwatch good to %v s, %.0f knobs are best\n\n", deviation, sweep.Params[best])
	}
}

// RightForm puts √x in place of sin x.
func RightForm(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	curve := must.Get(fit.Linear([]fit.Term{
		{Name: "1", F: func(float64) float64 { return 1 }},
		{Name: "/x", F: func(x float64) float64 { return 1 / x }},
		{Name: "√x", F: math.Sqrt},
	}, heights, times))
	show.Println(curve.Formula())
	show.Printf("%.1g s off on the whole; √(2/g) = %.4f\n", curve.RMSE(), math.Sqrt(2/fit.Gravity))
	show(chart.Plot().Title("The right form of curve").Labels("height (m)", "time (s)").
		Points("from each floor", heights, times).Func("fit", curve.At, 2, 60))
}

// LowerFloors fits a line and a parabola to the lower four floors.
func LowerFloors(lab labs.Lab, show labs.Show) {
	heights, times := fit.Tower()
	line := must.Get(fit.Linear(fit.Powers(1), heights[:4], times[:4]))
	parabola := must.Get(fit.Linear(fit.Powers(2), heights[:4], times[:4]))
	top := heights[len(heights)-1]
	show.Printf("at the top: line %.2f s, parabola %.2f s, really %.2f s\n", line.At(top), parabola.At(top),
		fit.FallTime(top))
	show(chart.Plot().Title("Fitted to the lower four floors").Labels("height (m)", "time (s)").RangeY(0, 5).
		Points("all floors", heights, times).
		Func("line", line.At, 0, 60).Func("parabola", parabola.At, 0, 60))
}
