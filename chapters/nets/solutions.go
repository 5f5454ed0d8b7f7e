package nets

import (
	"strings"

	"oneword/chart"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn"
	"oneword/nn/plane"
)

// WhichWeight sets one weight of the small net after the other to 0.
func WhichWeight(lab labs.Lab, show labs.Show) {
	net := must.Get(plane.Train(plane.Three(), []int{4, 3}, 3000, lab.Rand("06-network")))
	show.Printf("as it is: %.1f %% right\n", 100*net.Accuracy(plane.Three()))
	for _, p := range net.Layers.Params() {
		for i, old := range p.Data {
			p.Data[i] = 0
			show.Printf("%-10s %2d  %+.2f  without it: %5.1f %%\n", p.Name, i, old,
				100*net.Accuracy(plane.Three()))
			p.Data[i] = old
		}
	}
}

// OneLayerOrTwo compares eight neurons in one layer with four and four.
func OneLayerOrTwo(lab labs.Lab, show labs.Show) {
	for _, hidden := range [][]int{{8}, {4, 4}} {
		sum, worst, best := 0.0, 1.0, 0.0
		for seed := range uint64(10) {
			a := must.Get(plane.Train(plane.Three(), hidden, 3000, lm.Rand(seed, "solution"))).
				Accuracy(plane.Three())
			sum, worst, best = sum+a/10, min(worst, a), max(best, a)
		}
		show.Printf("%v: %.1f %% right in the mean of ten trainings, %.1f to %.1f %%\n", hidden, 100*sum,
			100*worst, 100*best)
	}
}

// OneHiddenNeuron writes the smallest net out, and finds its two lines.
func OneHiddenNeuron(lab labs.Lab, show labs.Show) {
	net := must.Get(plane.Train(plane.Three(), []int{1}, 3000, lab.Rand("solution")))
	_, code := must.Get2(nn.Formula(net.Layers, []string{"x", "y"}, 3))
	show.Println(strings.Join(code, "\n"))
	w := net.Layers.Weights()
	bias := net.Layers.Params()
	a, b, c := w[0].At(0, 0), w[0].At(1, 0), float64(bias[1].Data[0])
	v, d := w[1].At(0, 0), float64(bias[3].Data[0])
	for _, border := range []float64{0.5, 1.5} { // where the number of the nearest point changes
		show.Printf("the value is %.1f on the line %.2f x %+.2f y = %.2f\n", border, a, b, (border-d)/v-c)
	}
	show(chart.Images(2).Add(chart.Regions(112, net.Class), "the net").
		Add(chart.Heights(112, 0, 2, net.Value), "its value"))
}
