package training

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn/curve"
)

// FewerExamples trains five nets with a tenth of the examples, and with all.
func FewerExamples(lab labs.Lab, show labs.Show) {
	xs := curve.Grid(-1, 1, 200)
	for _, steps := range []int{300, 3000} {
		p := chart.Plot().Title(fmt.Sprintf("Five nets after %d steps", steps)).Labels("x", "value").
			RangeY(-1.3, 1.3)
		for i := range 5 {
			rng := lm.Rand(uint64(i), "solution")
			net := curve.Net(rng, 32, 32)
			must.Do(curve.Train(curve.Target, net, steps, rng))
			p.Line(fmt.Sprintf("%.2f off", curve.RMSE(net, curve.Target)), xs, curve.Values(net, xs))
		}
		show(p)
	}
}

// DeepValley shows from which places the descent ends in the deep valley.
func DeepValley(lab labs.Lab, show labs.Show) {
	const wide, high = 60, 40
	ends, deep := make([]float32, wide*high), 0
	for row := range high {
		for col := range wide {
			a, b := 9*(float64(col)+0.5)/wide, 1.2-2.2*(float64(row)+0.5)/high
			path := curve.Wave().Descend(a, b, 0.3, 300)
			if loss := path.Loss[len(path.Loss)-1]; loss < 0.01 {
				ends[row*wide+col] = 1
				deep++
			}
		}
	}
	show(chart.Images(1).Title("From the dark places one reaches the deep valley").
		Add(chart.Gray(ends, wide), "weight a from 0 to 9, weight b from -1 (below) to 1.2 (above)"))
	show.Printf("%.0f %% of the places\n", 100*float64(deep)/wide/high)
}

// HardFunctions trains a net on one function after the other.
func HardFunctions(lab labs.Lab, show labs.Show) {
	for _, f := range []struct {
		name string
		f    func(float64) float64
	}{
		{"a line", func(x float64) float64 { return x / 2 }},
		{"a bend, |x|", math.Abs},
		{"one wave", func(x float64) float64 { return math.Sin(math.Pi * x) }},
		{"nine waves", func(x float64) float64 { return math.Sin(9 * math.Pi * x) }},
		{"a step", func(x float64) float64 { return math.Copysign(0.5, x) }},
		{"ever narrower waves", func(x float64) float64 { return math.Sin(3 / (math.Abs(x) + 0.05)) }},
	} {
		rng := lab.Rand("solution")
		net := curve.Net(rng, 32, 32)
		must.Do(curve.Train(f.f, net, 3000, rng))
		show.Printf("%-20s %.3f off (root mean square)\n", f.name, curve.RMSE(net, f.f))
	}
}
