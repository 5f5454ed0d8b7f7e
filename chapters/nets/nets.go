package nets

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn"
	"oneword/nn/digits"
	"oneword/nn/pets"
	"oneword/nn/plane"
)

// Lenet is figure 06-lenet: the digit net, layer by layer.
func Lenet(lab labs.Lab, show labs.Show) {
	net := lab.Digits()
	shapes := net.Shapes()
	d := chart.Layers().Title("The layers of the digit net").Add("image", nn.ShapeText(shapes[0]))
	for i, name := range digits.Layers {
		d.Add(name, nn.ShapeText(shapes[i+1]))
	}
	show(d, labs.Values{"weights": nn.Count(net.Params())})
}

// OnesTwos is figure 06-ones-twos: what should end up as one of two things.
func OnesTwos(lab labs.Lab, show labs.Show) {
	_, test := lab.MNIST()
	grid := chart.Images(10).Title("Handwritten 1s and 2s")
	for i := range 40 {
		image := must.Get(digits.Images(test.Nth(1+i/20, i%20)))
		grid.Add(chart.Gray(image.Data, digits.Size), "")
	}
	show(grid)
}

// Attractors is figure 06-attractors: regions of the plane.
func Attractors(lab labs.Lab, show labs.Show) {
	points := plane.Random(7, lab.Rand("06-attractors"))
	xs, ys := plane.Split(points)
	regions := chart.Regions(280, func(x, y float64) int { return plane.Nearest(points, x, y) })
	show(chart.Images(1).Title("Every place belongs to the nearest point").
		Add(chart.WithPoints(regions, xs, ys), ""))
}

// ThreePoints is figure 06-three-points: what the nets of this chapter learn.
func ThreePoints(lab labs.Lab, show labs.Show) {
	xs, ys := plane.Split(plane.Three)
	regions := chart.Regions(280, func(x, y float64) int { return plane.Nearest(plane.Three, x, y) })
	show(chart.Images(1).Title("Which of three points is nearest?").Add(chart.WithPoints(regions, xs, ys), ""))
}

// Network is figure 06-network: a small net with its weights.
func Network(lab labs.Lab, show labs.Show) {
	net := must.Get(plane.Small(lab.Rand("06-network")))
	w := net.Weights()
	show(chart.Network(w[0], w[1], w[2]).Title("A net of 2, 4, 3 and 1 neurons"))
}

// Evaluate is figure 06-evaluate: the numbers that flow through the small net.
func Evaluate(lab labs.Lab, show labs.Show) {
	net := must.Get(plane.Small(lab.Rand("06-network")))
	w := net.Weights()
	show(chart.Network(w[0], w[1], w[2]).Values(net.Flow(0.5, 0.8)...).Title("The net at work on one input"))
}

// Activations is figure 06-activations: what neurons do to their sums.
func Activations(lab labs.Lab, show labs.Show) {
	show(chart.Plot().Title("Four ways to bend").Labels("what comes in", "what goes out").RangeY(-1.2, 3).
		Func("ramp (ReLU)", func(x float64) float64 { return math.Max(x, 0) }, -4, 4).
		Func("tanh", math.Tanh, -4, 4).
		Func("sigmoid", plane.Sigmoid, -4, 4).Func("GELU", plane.GELU, -4, 4))
}

// Formula is figure 06-formula: the small net written out.
func Formula(lab labs.Lab, show labs.Show) {
	net := must.Get(plane.Small(lab.Rand("06-network")))
	tex, code := must.Get2(nn.Formula(net.Layers, []string{"x", "y"}, 3))
	show(chart.Prose(code[0] + "\n\n" + tex[0]).Title("The whole net as one formula"))
}

// OneNeuron is figure 06-one-neuron: ramps over the plane.
func OneNeuron(lab labs.Lab, show labs.Show) {
	grid := chart.Images(6).Title("What one neuron computes")
	for _, w := range plane.Neurons {
		grid.Add(chart.Heights(84, 0, 2, plane.Neuron(w[0], w[1], w[2])),
			fmt.Sprintf("%g, %g, %g", w[0], w[1], w[2]))
	}
	show(grid)
}

// NetFunction is figure 06-net-function: the small net over the plane, beside the truth.
func NetFunction(lab labs.Lab, show labs.Show) {
	net := must.Get(plane.Small(lab.Rand("06-network")))
	truth := func(x, y float64) float64 { return float64(plane.Nearest(plane.Three, x, y)) }
	show(chart.Images(2).Title("What the small net computes").
		Add(chart.Heights(200, 0, 2, net.Value), "the net").
		Add(chart.Heights(200, 0, 2, truth), "the truth"))
}

// BiggerNets is figure 06-bigger-nets: what nets of growing size have learned.
func BiggerNets(lab labs.Lab, show labs.Show) {
	grid := chart.Images(4).Title("Bigger nets come closer")
	for _, hidden := range plane.Sizes {
		rng := lab.Rand(fmt.Sprint("06-bigger-nets ", hidden))
		net := must.Get(plane.Train(plane.Three, hidden, 3000, rng))
		grid.Add(chart.Regions(112, net.Class),
			fmt.Sprintf("%d neurons: %.1f %%", net.Neurons(), 100*net.Agreement(plane.Three)))
	}
	truth := chart.Regions(112, func(x, y float64) int { return plane.Nearest(plane.Three, x, y) })
	show(grid.Add(truth, "the truth"), labs.Values{"sizes": plane.Sizes})
}

// BiggerNetsLive is figure 06-bigger-nets as one that responds.
func BiggerNetsLive(lab labs.Lab, show labs.Show) {
	stages, steps := [][]*plane.Net{}, []int{1, 30, 100, 300, 1000, 3000}
	size, after := live.Slider("hidden layers"), live.Slider("steps", "1", "30", "100", "300", "1000", "3000")
	for _, hidden := range plane.Sizes {
		rng := lab.Rand(fmt.Sprint("06-bigger-nets ", hidden))
		stages = append(stages, must.Get(plane.Stages(plane.Three, hidden, steps, rng)))
		size.Labels = append(size.Labels, fmt.Sprint(hidden))
	}
	truth := chart.Regions(112, func(x, y float64) int { return plane.Nearest(plane.Three, x, y) })
	show(live.Frames(func(at ...int) (chart.Drawing, error) {
		net := stages[at[0]][at[1]]
		return chart.Images(2).
			Title(fmt.Sprintf("%d neurons, after %d steps", net.Neurons(), steps[at[1]])).
			Add(chart.Regions(112, net.Class),
				fmt.Sprintf("%.1f %% right", 100*net.Agreement(plane.Three))).Add(truth, "the truth"), nil
	}, size.From(4), after.From(5)))
}

// DigitMap is figure 06-digit-map: what the digit net sees in mixed images.
func DigitMap(lab labs.Lab, show labs.Show) {
	_, test := lab.MNIST()
	net := lab.Digits()
	corners := must.Get(digits.Images(test.Nth(4, 0), test.Nth(9, 0), test.Nth(1, 0), test.Nth(7, 0)))
	grid := chart.Images(9).Title("Between a 4 and a 9, a 1 and a 7")
	for i := range 81 {
		image := digits.Blend(corners, float32(i%9)/8, float32(i/9)/8)
		grid.Add(chart.Gray(image.Data, digits.Size),
			fmt.Sprint(digits.Best(net.Probabilities(image).Data)))
	}
	show(grid)
}

// CatsDogs is figure 06-cats-dogs: drawings, and what the net takes them for.
func CatsDogs(lab labs.Lab, show labs.Show) {
	net, album := lab.Pets(), pets.DrawnAlbum(lab.Seed(), 400)
	grid := chart.Images(8).Title("Cats and dogs")
	for i := range 32 {
		picture, kind := album.Picture(i)
		seen, certain := net.See(picture)
		if grid.Add(picture, fmt.Sprintf("%s, %.0f %%", seen, 100*certain)); seen != kind {
			grid.Mark()
		}
	}
	right := must.Get(net.Accuracy(album))
	show(grid, labs.Values{"drawings": album.Len, "right": 100 * right})
}

// CatFirstLayer is figure 06-cat-first-layer: what its first filters make of a cat.
func CatFirstLayer(lab labs.Lab, show labs.Show) {
	cat, _ := pets.Drawn(lab.Seed(), 24)
	tap := lab.Pets().Taps(cat)[2]
	grid := chart.Images(7).Title("A cat after the first layer").Add(cat, "picture")
	for i, m := range nn.Maps(tap) {
		grid.Add(chart.Gray(m, tap.Shape[3]), fmt.Sprint(i+1))
	}
	show(grid)
}

// CatDeepLayer is figure 06-cat-deep-layer: what comes out of its third layer of filters.
func CatDeepLayer(lab labs.Lab, show labs.Show) {
	cat, _ := pets.Drawn(lab.Seed(), 24)
	tap := lab.Pets().Taps(cat)[8]
	grid := chart.Images(11).Title("The same cat, deep in the net").Add(cat, "picture")
	for i, m := range nn.Maps(tap) {
		grid.Add(chart.Gray(m, tap.Shape[3]), fmt.Sprint(i+1))
	}
	show(grid, labs.Values{"numbers": nn.ShapeText(tap.Shape[1:])})
}

// NeuronCounts is figure 06-neuron-counts: how large the nets of this chapter are.
func NeuronCounts(lab labs.Lab, show labs.Show) {
	t := chart.Table("net", "neurons", "weights").Right(1, 2).Title("Neurons and weights")
	row := func(name string, neurons int, params []nn.Param) {
		t.Row(name, fmt.Sprint(neurons), fmt.Sprint(nn.Count(params)))
	}
	for _, hidden := range plane.Sizes {
		net := plane.New(hidden, lab.Rand("06-neuron-counts"))
		row(fmt.Sprintf("three points, hidden layers %v", hidden), net.Neurons(), net.Layers.Params())
	}
	digit, pet := lab.Digits(), lab.Pets()
	row("digits", digit.Neurons(), digit.Params())
	row("cats and dogs", pet.Neurons(), pet.Params())
	show(t)
}

// Exercise trains nets of eight neurons, in one layer and in two.
func Exercise(lab labs.Lab, show labs.Show) {
	for _, hidden := range [][]int{{8}, {4, 4}} {
		for seed := range uint64(3) {
			net := must.Get(plane.Train(plane.Three, hidden, 3000, lm.Rand(seed, "exercise")))
			show.Printf("hidden layers %v, seed %d: %.1f %% right\n", hidden, seed,
				100*net.Agreement(plane.Three))
		}
	}
}
