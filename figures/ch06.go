package figures

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/nn"
	"oneword/nn/digits"
	"oneword/nn/pets"
	"oneword/nn/plane"
)

var chapter6 = []Figure{
	{"06-lenet", 6, "The layers of the digit net", "diagram", []string{"lenet"}, lenetDiagram},
	{"06-ones-twos", 6, "Handwritten 1s and 2s", "image", []string{"mnist"}, onesTwos},
	{"06-attractors", 6, "Every place belongs to the nearest point", "plot", nil, attractors},
	{"06-three-points", 6, "Which of three points is nearest?", "image", nil, threePoints},
	{"06-network", 6, "A net of 2, 4, 3 and 1 neurons", "diagram", nil, network},
	{"06-evaluate", 6, "The net at work on one input", "diagram", nil, evaluate},
	{"06-activations", 6, "Four ways to bend", "plot", nil, activations},
	{"06-formula", 6, "The whole net as one formula", "text", nil, formula},
	{"06-one-neuron", 6, "What one neuron computes", "image", nil, oneNeuron},
	{"06-net-function", 6, "What the small net computes", "image", nil, netFunction},
	{"06-bigger-nets", 6, "Bigger nets come closer", "image", nil, biggerNets},
	{"06-digit-map", 6, "Between a 4 and a 9, a 1 and a 7", "image", []string{"mnist", "lenet"}, digitMap},
	{"06-cats-dogs", 6, "Cats and dogs", "image", []string{"catsdogs"}, catsDogs},
	{"06-cat-first-layer", 6, "A cat after the first layer", "image", []string{"catsdogs"}, catFirstLayer},
	{"06-cat-deep-layer", 6, "The same cat, deep in the net", "image", []string{"catsdogs"}, catDeepLayer},
	{"06-neuron-counts", 6, "Neurons and weights", "table", []string{"lenet", "catsdogs"}, neuronCounts},
}

func onesTwos(lab *Lab) (chart.Drawing, Caption, error) {
	_, test, err := lab.MNIST()
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(10).Title("Handwritten 1s and 2s")
	for i := range 40 {
		image, err := digits.Images(test.Nth(1+i/20, i%20))
		if err != nil {
			return nil, Caption{}, err
		}
		grid.Add(chart.Gray(image.Data, digits.Size), "")
	}
	return grid, say("The first twenty 1s and the first twenty 2s among MNIST's test images. Source: MNIST. No randomness."), nil
}

func attractors(lab *Lab) (chart.Drawing, Caption, error) {
	points := plane.Random(7, lab.Rand("06-attractors"))
	xs, ys := plane.Split(points)
	regions := chart.Regions(280, func(x, y float64) int { return plane.Nearest(points, x, y) })
	return chart.Images(1).Title("Every place belongs to the nearest point").Add(chart.WithPoints(regions, xs, ys), ""),
		say("Seven points drawn at random and the regions nearest to each, their Voronoi cells: wherever one starts in a region, one ends at its point. Seed %d.", lab.Seed), nil
}

func threePoints(*Lab) (chart.Drawing, Caption, error) {
	xs, ys := plane.Split(plane.Three)
	regions := chart.Regions(280, func(x, y float64) int { return plane.Nearest(plane.Three, x, y) })
	return chart.Images(1).Title("Which of three points is nearest?").Add(chart.WithPoints(regions, xs, ys), ""),
		say("The function of the plane that the nets of this chapter are to learn: three values, one for each point. No randomness."), nil
}

func activations(*Lab) (chart.Drawing, Caption, error) {
	return chart.Plot().Title("Four ways to bend").Labels("what comes in", "what goes out").RangeY(-1.2, 3).
		Func("ramp (ReLU)", func(x float64) float64 { return math.Max(x, 0) }, -4, 4).Func("tanh", math.Tanh, -4, 4).
		Func("sigmoid", plane.Sigmoid, -4, 4).Func("GELU", plane.GELU, -4, 4), say("Activation functions: what a neuron does to its weighted sum. No randomness."), nil
}

func oneNeuron(*Lab) (chart.Drawing, Caption, error) {
	grid := chart.Images(6).Title("What one neuron computes")
	for _, w := range plane.Neurons {
		grid.Add(chart.Heights(84, 0, 2, plane.Neuron(w[0], w[1], w[2])), fmt.Sprintf("%g, %g, %g", w[0], w[1], w[2]))
	}
	return grid, say("max(0, a x + b y + c) over the plane, dark for 0, with the weights a, b and c below each picture: a ramp that one can turn, tilt and shift. No randomness."), nil
}

func biggerNets(lab *Lab) (chart.Drawing, Caption, error) {
	grid := chart.Images(4).Title("Bigger nets come closer")
	for _, hidden := range plane.Sizes {
		net, err := plane.Train(plane.Three, hidden, 3000, lab.Rand(fmt.Sprint("06-bigger-nets ", hidden)))
		if err != nil {
			return nil, Caption{}, err
		}
		grid.Add(chart.Regions(112, net.Class), fmt.Sprintf("%d neurons: %.1f %%", net.Neurons(), 100*net.Agreement(plane.Three)))
	}
	grid.Add(chart.Regions(112, func(x, y float64) int { return plane.Nearest(plane.Three, x, y) }), "the truth")
	return grid, say("What nets of growing size, with one output, have learned of the three points in 3,000 steps, with the share of the plane that they label rightly. Hidden layers: %v. Seed %d.", plane.Sizes, lab.Seed), nil
}

func digitMap(lab *Lab) (chart.Drawing, Caption, error) {
	net, test, err := lab.Recogniser()
	if err != nil {
		return nil, Caption{}, err
	}
	corners, err := digits.Images(test.Nth(4, 0), test.Nth(9, 0), test.Nth(1, 0), test.Nth(7, 0))
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(9).Title("Between a 4 and a 9, a 1 and a 7")
	for i := range 81 {
		image := digits.Blend(corners, float32(i%9)/8, float32(i/9)/8)
		grid.Add(chart.Gray(image.Data, digits.Size), fmt.Sprint(digits.Best(net.Probabilities(image).Data)))
	}
	return grid, say("Images mixed from four test images in the corners, pixel by pixel, and what the net takes them for. Source: MNIST; net trained for this project. No randomness."), nil
}

func lenetDiagram(lab *Lab) (chart.Drawing, Caption, error) {
	net, err := lab.Digits()
	if err != nil {
		return nil, Caption{}, err
	}
	shapes := net.Shapes()
	d := chart.Layers().Title("The layers of the digit net").Add("image", nn.ShapeText(shapes[0]))
	for i, name := range digits.Layers {
		d.Add(name, nn.ShapeText(shapes[i+1]))
	}
	return d, say("The eleven layers of the digit net, with the size of what comes out of each; %d weights and biases in all. Read from the net itself. No randomness.", nn.Count(net.Params())), nil
}

func network(lab *Lab) (chart.Drawing, Caption, error) {
	net, err := plane.Small(lab.Rand("06-network"))
	if err != nil {
		return nil, Caption{}, err
	}
	w := net.Weights()
	return chart.Network(w[0], w[1], w[2]).Title("A net of 2, 4, 3 and 1 neurons"),
		say("A small net, trained to tell which of three points is nearest: inputs on the left, output on the right, lines for weights (red above 0, blue below; the wider the larger). Seed %d.", lab.Seed), nil
}

func evaluate(lab *Lab) (chart.Drawing, Caption, error) {
	net, err := plane.Small(lab.Rand("06-network"))
	if err != nil {
		return nil, Caption{}, err
	}
	w := net.Weights()
	return chart.Network(w[0], w[1], w[2]).Values(net.Flow(0.5, 0.8)...).Title("The net at work on one input"),
		say("The same net with the numbers that flow through it for the input (0.5, 0.8), which is nearest to point 1. Seed %d.", lab.Seed), nil
}

func formula(lab *Lab) (chart.Drawing, Caption, error) {
	net, err := plane.Small(lab.Rand("06-network"))
	if err != nil {
		return nil, Caption{}, err
	}
	tex, code, err := nn.Formula(net.Layers, []string{"x", "y"}, 3)
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Prose(code[0] + "\n\n" + tex[0]).Title("The whole net as one formula"),
		say("The same net written out, as an expression and as TeX (R is the ramp), weights rounded to three digits. Seed %d.", lab.Seed), nil
}

func netFunction(lab *Lab) (chart.Drawing, Caption, error) {
	net, err := plane.Small(lab.Rand("06-network"))
	if err != nil {
		return nil, Caption{}, err
	}
	truth := func(x, y float64) float64 { return float64(plane.Nearest(plane.Three, x, y)) }
	return chart.Images(2).Title("What the small net computes").
			Add(chart.Heights(200, 0, 2, net.Value), "the net").Add(chart.Heights(200, 0, 2, truth), "the truth"),
		say("The output of the small net over the plane, from 0 (dark) to 2 (light), beside the number of the nearest point, which it has learned in 3,000 steps. Seed %d.", lab.Seed), nil
}

// newPets are drawings that the shipped net was not trained on.
func (l *Lab) newPets() pets.Album { return pets.DrawnAlbum(l.Seed, 400) }

func catsDogs(lab *Lab) (chart.Drawing, Caption, error) {
	net, err := lab.Pets()
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(8).Title("Cats and dogs")
	for i := range 32 {
		picture, kind := lab.newPets().Picture(i)
		seen, certain := net.See(picture)
		if grid.Add(picture, fmt.Sprintf("%s, %.0f %%", seen, 100*certain)); seen != kind {
			grid.Mark()
		}
	}
	accuracy, err := net.Accuracy(lab.newPets())
	return grid, say("Drawings that the net has not seen, with its verdicts (red if wrong). Of %d such it tells %.1f %% rightly; guessing would be 50 %%. Stand-in: drawings made at random for this project instead of photographs; `essay train catsdogs -data cifar10` learns photographs. Seed %d.", lab.newPets().Len, 100*accuracy, lab.Seed), err
}

// catAfter shows what the channels of a layer hold for a cat.
func catAfter(lab *Lab, title string, cols, layer int) (chart.Drawing, *nn.Tensor, error) {
	net, err := lab.Pets()
	if err != nil {
		return nil, nil, err
	}
	cat, _ := lab.newPets().Picture(24)
	tap := net.Taps(cat)[layer]
	grid := chart.Images(cols).Title(title).Add(cat, "picture")
	for i, m := range nn.Maps(tap) {
		grid.Add(chart.Gray(m, tap.Shape[3]), fmt.Sprint(i+1))
	}
	return grid, tap, nil
}

func catFirstLayer(lab *Lab) (chart.Drawing, Caption, error) {
	grid, _, err := catAfter(lab, "A cat after the first layer", 7, 2)
	return grid, say("What the twelve filters of the first layer, with their ramps, make of a drawing: dark where a filter finds what it looks for, edges above all. Stand-in: a drawing instead of a photograph. Seed %d.", lab.Seed), err
}

func catDeepLayer(lab *Lab) (chart.Drawing, Caption, error) {
	grid, tap, err := catAfter(lab, "The same cat, deep in the net", 11, 8)
	if err != nil {
		return nil, Caption{}, err
	}
	return grid, say("What comes out of the third layer of filters, with their ramps: %s numbers. Stand-in: a drawing instead of a photograph. Seed %d.", nn.ShapeText(tap.Shape[1:]), lab.Seed), nil
}

func neuronCounts(lab *Lab) (chart.Drawing, Caption, error) {
	t := chart.Table("net", "neurons", "weights").Right(1, 2).Title("Neurons and weights")
	for _, hidden := range plane.Sizes {
		net := plane.New(hidden, lab.Rand("06-neuron-counts"))
		t.Row(fmt.Sprintf("three points, hidden layers %v", hidden), fmt.Sprint(net.Neurons()), fmt.Sprint(nn.Count(net.Layers.Params())))
	}
	digit, err := lab.Digits()
	if err != nil {
		return nil, Caption{}, err
	}
	pet, err := lab.Pets()
	if err != nil {
		return nil, Caption{}, err
	}
	t.Row("digits", fmt.Sprint(digit.Neurons()), fmt.Sprint(nn.Count(digit.Params())))
	t.Row("cats and dogs", fmt.Sprint(pet.Neurons()), fmt.Sprint(nn.Count(pet.Params())))
	return t, say("The nets of this chapter: numbers that come out of layers with weights (a filter has a neuron at each place), and weights with biases, counted in the nets themselves. The essay names 17, 2,190 and 60,650 neurons for its nets, counting in its own way. No randomness."), nil
}
