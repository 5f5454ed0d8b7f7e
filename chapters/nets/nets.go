package nets

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

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

// shapeText writes the shape of what a layer makes of one example: "20 × 24 × 24".
func shapeText(t *nn.Tensor) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(t.Shape[1:]), "[]"), " ", " × ")
}

// Lenet is figure 06-lenet: the digit net, layer by layer.
func Lenet(lab labs.Lab, show labs.Show) {
	net := lab.Digits()
	what := []string{"image", "convolution, 20 filters of 5×5", "ramp", "pooling, 2×2", "convolution, 50 filters of 5×5",
		"ramp", "pooling, 2×2", "flatten", "linear, 500", "ramp", "linear, 10", "softmax"}
	d := chart.Layers().Title("The layers of the digit net")
	for i, x := range net.Activations(nn.NewTensor(1, 1, digits.Size, digits.Size)) {
		d.Add(what[i], shapeText(x))
	}
	show(d, labs.Values{"weights": nn.Count(net.Params())})
}

// OnesTwos is figure 06-ones-twos: what should end up as one of two things.
func OnesTwos(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	grid := chart.Images(10).Title("Handwritten 1s and 2s")
	for i := range 40 {
		image := must.Get(digits.Images(test.Nth(1+i/20, i%20)))
		grid.Add(chart.Gray(image.Data, digits.Size), "")
	}
	show(grid)
}

// coordinates are the points' x and y.
func coordinates(points []plane.Point) (xs, ys []float64) {
	for _, p := range points {
		xs, ys = append(xs, p.X), append(ys, p.Y)
	}
	return xs, ys
}

// Attractors is figure 06-attractors: regions of the plane.
func Attractors(lab labs.Lab, show labs.Show) {
	points := plane.Random(7, lab.Rand("06-attractors"))
	xs, ys := coordinates(points)
	regions := chart.Regions(280, func(x, y float64) int { return plane.Nearest(points, x, y) })
	show(chart.Images(1).Title("Every place belongs to the nearest point").
		Add(chart.WithPoints(regions, xs, ys), ""))
}

// ThreePoints is figure 06-three-points: what the nets of this chapter learn.
func ThreePoints(lab labs.Lab, show labs.Show) {
	xs, ys := coordinates(plane.Three())
	regions := chart.Regions(280, func(x, y float64) int { return plane.Nearest(plane.Three(), x, y) })
	show(chart.Images(1).Title("Which of three points is nearest?").Add(chart.WithPoints(regions, xs, ys), ""))
}

// smallNet is a net of 2, 4, 3 and 1 neurons that has learned the three points.
func smallNet(lab labs.Lab) *plane.Net {
	return labs.Once(lab, "small net", func() *plane.Net {
		return must.Get(plane.Train(plane.Three(), []int{4, 3}, 3000, lab.Rand("06-network")))
	})
}

// Network is figure 06-network: a small net with its weights.
func Network(lab labs.Lab, show labs.Show) {
	net := smallNet(lab)
	w := net.Layers.Weights()
	show(chart.Network(w[0], w[1], w[2]).Title("A net of 2, 4, 3 and 1 neurons"))
}

// Evaluate is figure 06-evaluate: the numbers that flow through the small net.
func Evaluate(lab labs.Lab, show labs.Show) {
	net := smallNet(lab)
	w := net.Layers.Weights()
	show(chart.Network(w[0], w[1], w[2]).Values(net.Activations(0.5, 0.8)...).Title("The net at work on one input"))
}

// sigmoid is an S between 0 and 1.
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// gelu is a ramp with a soft knee, the one that GPT-2 uses.
func gelu(x float64) float64 {
	return x / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
}

// Activations is figure 06-activations: what neurons do to their sums.
func Activations(lab labs.Lab, show labs.Show) {
	show(chart.Plot().Title("Four ways to bend").Labels("what comes in", "what goes out").RangeY(-1.2, 3).
		Func("ramp (ReLU)", func(x float64) float64 { return math.Max(x, 0) }, -4, 4).
		Func("tanh", math.Tanh, -4, 4).
		Func("sigmoid", sigmoid, -4, 4).Func("GELU", gelu, -4, 4))
}

// Formula is figure 06-formula: the small net written out.
func Formula(lab labs.Lab, show labs.Show) {
	net := smallNet(lab)
	tex, code := must.Get2(nn.Formula(net.Layers, []string{"x", "y"}, 3))
	show(chart.Prose(code[0] + "\n\n" + tex[0]).Title("The whole net as one formula"))
}

// neuron is what a single neuron computes of two numbers: their weighted sum, bent.
func neuron(a, b, c float64) func(x, y float64) float64 {
	return func(x, y float64) float64 { return max(0, float64(a*x)+float64(b*y)+c) }
}

// OneNeuron is figure 06-one-neuron: ramps over the plane.
func OneNeuron(lab labs.Lab, show labs.Show) {
	grid := chart.Images(6).Title("What one neuron computes")
	for _, w := range [][3]float64{{1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {-1, 2, 0}, {1, 1, 0.7}, {1, 1, -0.7}} {
		grid.Add(chart.Heights(84, 0, 2, neuron(w[0], w[1], w[2])),
			fmt.Sprintf("%g, %g, %g", w[0], w[1], w[2]))
	}
	show(grid)
}

// NetFunction is figure 06-net-function: the small net over the plane, beside the truth.
func NetFunction(lab labs.Lab, show labs.Show) {
	net := smallNet(lab)
	truth := func(x, y float64) float64 { return float64(plane.Nearest(plane.Three(), x, y)) }
	show(chart.Images(2).Title("What the small net computes").
		Add(chart.Heights(200, 0, 2, net.Value), "the net").
		Add(chart.Heights(200, 0, 2, truth), "the truth"))
}

// sizes are the hidden layers of nets of growing size.
var sizes = [][]int{{1}, {2}, {4}, {4, 3}, {8, 4}, {8, 8}, {16, 16}}

// BiggerNets is figure 06-bigger-nets: what nets of growing size have learned.
func BiggerNets(lab labs.Lab, show labs.Show) {
	grid := chart.Images(4).Title("Bigger nets come closer")
	for _, hidden := range sizes {
		rng := lab.Rand(fmt.Sprint("06-bigger-nets ", hidden))
		net := must.Get(plane.Train(plane.Three(), hidden, 3000, rng))
		grid.Add(chart.Regions(112, net.Class),
			fmt.Sprintf("%d neurons: %.1f %%", net.Neurons(), 100*net.Accuracy(plane.Three())))
	}
	truth := chart.Regions(112, func(x, y float64) int { return plane.Nearest(plane.Three(), x, y) })
	show(grid.Add(truth, "the truth"), labs.Values{"sizes": sizes})
}

// BiggerNetsLive is figure 06-bigger-nets as one that responds.
func BiggerNetsLive(lab labs.Lab, show labs.Show) {
	stages, steps := [][]*plane.Net{}, []int{1, 30, 100, 300, 1000, 3000}
	size, after := live.Slider("hidden layers"), live.Slider("steps", "1", "30", "100", "300", "1000", "3000")
	for _, hidden := range sizes {
		rng, list := lab.Rand(fmt.Sprint("06-bigger-nets ", hidden)), []*plane.Net{}
		net := plane.New(3, hidden, rng)
		for s, err := range net.Trainer(plane.Three(), 3000, rng).Steps(context.Background()) {
			if must.Do(err); slices.Contains(steps, s.Number) {
				list = append(list, net.Clone())
			}
		}
		stages, size.Labels = append(stages, list), append(size.Labels, fmt.Sprint(hidden))
	}
	truth := chart.Regions(112, func(x, y float64) int { return plane.Nearest(plane.Three(), x, y) })
	show(live.Frames(func(at ...int) (chart.Drawing, error) {
		net := stages[at[0]][at[1]]
		return chart.Images(2).
			Title(fmt.Sprintf("%d neurons, after %d steps", net.Neurons(), steps[at[1]])).
			Add(chart.Regions(112, net.Class),
				fmt.Sprintf("%.1f %% right", 100*net.Accuracy(plane.Three()))).Add(truth, "the truth"), nil
	}, size.From(4), after.From(5)))
}

// DigitMap is figure 06-digit-map: what the digit net sees in mixed images.
func DigitMap(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net := lab.Digits()
	four := must.Get(digits.Images(test.Nth(4, 0), test.Nth(9, 0), test.Nth(1, 0), test.Nth(7, 0)))
	g := &nn.Graph{NoGrad: true}
	corners := g.Reshape(four, 4, digits.Pixels) // [4][784]
	grid := chart.Images(9).Title("Between a 4 and a 9, a 1 and a 7")
	for i := range 81 {
		right, down := float32(i%9)/8, float32(i/9)/8
		shares := []float32{(1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down}
		mixed := g.MatMul(nn.From(shares, 1, 4), corners) // [1][784]
		image := g.Reshape(mixed, 1, 1, digits.Size, digits.Size)
		grid.Add(chart.Gray(image.Data, digits.Size),
			fmt.Sprint(lm.ArgMax(net.Probabilities(image).Data)))
	}
	show(grid)
}

// CatsDogs is figure 06-cats-dogs: drawings, and what the net takes them for.
func CatsDogs(lab labs.Lab, show labs.Show) {
	net, drawings := lab.Pets(), pets.Drawings(lab.Seed(), 400)
	grid := chart.Images(8).Title("Cats and dogs")
	for i := range 32 {
		picture, class := drawings.Picture(i)
		seen, certain := net.Classify(picture)
		if grid.Add(picture, fmt.Sprintf("%s, %.0f %%", seen, 100*certain)); seen != class {
			grid.Mark()
		}
	}
	right := must.Get(net.Accuracy(drawings))
	show(grid, labs.Values{"drawings": drawings.Len, "right": 100 * right})
}

// featureMaps are what each filter finds in a picture, [C][H][W], to be looked at:
// from 0, for less than nothing, to 1 for the most that it finds.
func featureMaps(x *nn.Tensor) (maps [][]float32) {
	size := x.Shape[2] * x.Shape[3]
	for c := range x.Shape[1] {
		m := slices.Clone(x.Data[c*size : (c+1)*size])
		top := slices.Max(m)
		for i, v := range m {
			if m[i] = 0; v > 0 {
				m[i] = v / top
			}
		}
		maps = append(maps, m)
	}
	return maps
}

// CatFirstLayer is figure 06-cat-first-layer: what its first filters make of a cat.
func CatFirstLayer(lab labs.Lab, show labs.Show) {
	cat, _ := pets.Drawn(lab.Seed(), 24)
	x := must.Get(lab.Pets().Activation("relu1", pets.Pictures(cat)))
	grid := chart.Images(7).Title("A cat after the first layer").Add(cat, "picture")
	for i, m := range featureMaps(x) {
		grid.Add(chart.Gray(m, x.Shape[3]), fmt.Sprint(i+1))
	}
	show(grid)
}

// CatDeepLayer is figure 06-cat-deep-layer: what comes out of its third layer of filters.
func CatDeepLayer(lab labs.Lab, show labs.Show) {
	cat, _ := pets.Drawn(lab.Seed(), 24)
	x := must.Get(lab.Pets().Activation("relu3", pets.Pictures(cat)))
	grid := chart.Images(11).Title("The same cat, deep in the net").Add(cat, "picture")
	for i, m := range featureMaps(x) {
		grid.Add(chart.Gray(m, x.Shape[3]), fmt.Sprint(i+1))
	}
	show(grid, labs.Values{"numbers": shapeText(x)})
}

// NeuronCounts is figure 06-neuron-counts: how large the nets of this chapter are.
func NeuronCounts(lab labs.Lab, show labs.Show) {
	t := chart.Table("net", "neurons", "weights").Right(1, 2).Title("Neurons and weights")
	row := func(name string, neurons int, params []nn.Param) {
		t.Row(name, fmt.Sprint(neurons), fmt.Sprint(nn.Count(params)))
	}
	for _, hidden := range sizes {
		net := plane.New(3, hidden, lab.Rand("06-neuron-counts"))
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
			net := must.Get(plane.Train(plane.Three(), hidden, 3000, lm.Rand(seed, "exercise")))
			show.Printf("hidden layers %v, seed %d: %.1f %% right\n", hidden, seed,
				100*net.Accuracy(plane.Three()))
		}
	}
}
