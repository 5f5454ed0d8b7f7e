package figures

import (
	"fmt"

	"oneword/chart"
	"oneword/nn/curve"
	"oneword/nn/digits"
	"oneword/nn/practice"
)

var chapter8 = []Figure{
	{"08-array-sizes", 8, "From an image to ten numbers", "diagram", []string{"lenet"}, arraySizes},
	{"08-small-nets", 8, "Nets too small, just enough, and squeezed", "plot", nil, smallNets},
	{"08-perceptron", 8, "Without a hidden layer", "plot", nil, perceptron},
	{"08-monitor", 8, "A training, watched", "plot", []string{"lenet"}, monitor},
	{"08-loss-functions", 8, "Three ways to say how wrong a net is", "plot", []string{"mnist"}, lossFunctions},
	{"08-step-size", 8, "How far to step, after how many examples", "plot", []string{"mnist"}, stepSize},
	{"08-augmentation", 8, "Few examples, and many copies", "plot", []string{"mnist"}, augmentation},
	{"08-transfer", 8, "What was learned before helps", "plot", []string{"lenet"}, transfer},
	{"08-power-laws", 8, "Larger nets and more data", "plot", []string{"mnist"}, powerLaws},
	{"08-precision", 8, "How exact must weights be?", "plot", []string{"mnist", "lenet"}, precision},
	{"08-irreducible", 8, "No short cut", "image", nil, irreducible},
}

// examples are the first digits to learn from, and of those to be tested on.
func (l *Lab) examples(learn, test int) (train, held practice.Examples, err error) {
	a, b, err := l.MNIST()
	if err != nil {
		return train, held, err
	}
	if train, err = practice.Images(a.Images, a.Labels, learn); err != nil {
		return train, held, err
	}
	held, err = practice.Images(b.Images, b.Labels, test)
	return train, held, err
}

func arraySizes(lab *Lab) (chart.Drawing, Caption, error) {
	net, err := lab.Digits()
	if err != nil {
		return nil, Caption{}, err
	}
	shapes := net.Shapes()
	d := chart.Arrays().Title("From an image to ten numbers")
	for _, stage := range digits.Stages {
		d.Add(stage.Name, shapes[stage.Tap]...)
	}
	return d, say("The arrays that go through the digit net: one image becomes many small ones, then a vector, then ten probabilities. Sheets for images, bars for vectors. Read from the net itself. No randomness."), nil
}

func smallNets(lab *Lab) (chart.Drawing, Caption, error) {
	trials, err := practice.TryShapes(3, 3000, lab.Seed)
	if err != nil {
		return nil, Caption{}, err
	}
	var panels []chart.Drawing
	for _, t := range trials {
		panels = append(panels, trialPlot(t))
	}
	return chart.Panels(3, panels...).Wide().Title("Nets too small, just enough, and squeezed"),
		say("The best of three trainings of nets with these hidden layers on the three steps, 3,000 batches of %d each; root mean squared error. In the lower row everything has to pass through two neurons, or one. Seed %d.", curve.Batch, lab.Seed), nil
}

func trialPlot(t practice.Trial) *chart.LinePlot {
	return curvePlot(fmt.Sprintf("%s: %.2f off", t.Name, t.Error)).Grey("", everywhere, targetValues(everywhere)).Line("", everywhere, curve.Values(t.Net, everywhere))
}

func perceptron(lab *Lab) (chart.Drawing, Caption, error) {
	trials, err := practice.Perceptrons(3000, lab.Seed)
	if err != nil {
		return nil, Caption{}, err
	}
	p := curvePlot("Without a hidden layer").Grey("to be learned", everywhere, targetValues(everywhere))
	for _, t := range trials {
		p.Line(t.Name, everywhere, curve.Values(t.Net, everywhere))
	}
	return p, say("The three steps learned by a weighted sum of the input (a perceptron), by one that is clipped at 0, and by a net with one hidden layer, 3,000 batches of %d each. Seed %d.", curve.Batch, lab.Seed), nil
}

func monitor(*Lab) (chart.Drawing, Caption, error) {
	log, err := digits.Recorded()
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Training(log.Images, log.Loss, log.PerSecond, log.Left).Title("A training, watched"),
		say("The training of the digit net on MNIST that made the shipped weights, as it was recorded on two cores: seven times 60,000 images. In a notebook the same picture moves while a net trains. Source: MNIST. No randomness."), nil
}

func curvesPlot(title, x, y string, curves []practice.Curve) *chart.LinePlot {
	p := chart.Plot().Title(title).Labels(x, y)
	for _, c := range curves {
		p.Line(c.Name, c.X, c.Y)
	}
	return p
}

func lossFunctions(lab *Lab) (chart.Drawing, Caption, error) {
	train, held, err := lab.examples(10_000, 2000)
	if err != nil {
		return nil, Caption{}, err
	}
	curves, err := practice.Losses(train, held, lab.Seed)
	return curvesPlot("Three ways to say how wrong a net is", "images seen", "recognised", curves).PercentY(),
		say("Share of 2,000 test images that a net with one hidden layer of 64 recognises while it learns from 10,000 others, shown twice, with three loss functions. Source: MNIST. Seed %d.", lab.Seed), err
}

func stepSize(lab *Lab) (chart.Drawing, Caption, error) {
	train, _, err := lab.examples(10_000, 1)
	if err != nil {
		return nil, Caption{}, err
	}
	rates := curvesPlot("", "images seen", "loss", practice.Rates(train, 32, []float64{0.003, 0.03, 0.3, 3}, lab.Seed)).RangeY(0, 3)
	batches := curvesPlot("", "images seen", "loss", practice.Batches(train, []int{4, 32, 256}, 0.1, lab.Seed)).RangeY(0, 3)
	return chart.Panels(2, rates, batches).Wide().Title("How far to step, after how many examples"),
		say("Loss of a net with one hidden layer of 64 while it sees 10,000 digits once, by plain stochastic gradient descent: with four learning rates (batches of 32), and with three sizes of batch (rate 0.1). Source: MNIST. Seed %d.", lab.Seed), nil
}

func copies(lab *Lab) ([]practice.Curve, error) {
	return remember(lab, "08-augmentation", func() ([]practice.Curve, error) {
		train, held, err := lab.examples(5000, 2000)
		if err != nil {
			return nil, err
		}
		return practice.Copies(train, held, []int{1, 3, 10, 30, 100}, lab.Seed)
	})
}

func augmentation(lab *Lab) (chart.Drawing, Caption, error) {
	curves, err := copies(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	p := chart.Plot().Title("Few examples, and many copies").Labels("examples of each digit", "recognised").LogX().PercentY()
	for _, c := range curves {
		p.LinePoints(c.Name, c.X, c.Y)
	}
	return p, say("Share of 2,000 test images that a small net of filters recognises after 200 steps on few examples: the same images again and again, or shifted, turned, sheared and with noise, differently each time. Source: MNIST. Seed %d.", lab.Seed), nil
}

// alphabet are the printed letters of the task to which the digit net's
// features are transferred.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func printedAlphabet() [][]float32 {
	var images [][]float32
	for _, letter := range alphabet {
		images = append(images, chart.Ink(chart.Printed(string(letter), practice.Side)))
	}
	return images
}

func transferred(lab *Lab) ([]practice.Curve, error) {
	return remember(lab, "08-transfer", func() ([]practice.Curve, error) {
		net, err := lab.Digits()
		if err != nil {
			return nil, err
		}
		train, err := practice.Letters(printedAlphabet(), 30, lab.Seed)
		if err != nil {
			return nil, err
		}
		held, err := practice.Letters(printedAlphabet(), 40, lab.Seed+1)
		if err != nil {
			return nil, err
		}
		return practice.Transfer(net, train, held, len(alphabet), []int{1, 3, 10, 30}, lab.Seed)
	})
}

func transfer(lab *Lab) (chart.Drawing, Caption, error) {
	curves, err := transferred(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	p := chart.Plot().Title("What was learned before helps").Labels("examples of each letter", "recognised").LogX().PercentY()
	for _, c := range curves {
		p.LinePoints(c.Name, c.X, c.Y)
	}
	return p, say("Share of 1,040 letters A to Z, printed in the font of this page and varied at random, recognised after 200 steps on few examples: by a net of filters trained from nothing, and by a single layer on what the digit net, which has never seen letters, makes of them in its layer of 500. Seed %d.", lab.Seed), nil
}

func powerLaws(lab *Lab) (chart.Drawing, Caption, error) {
	laws, err := powers(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	var panels []chart.Drawing
	for _, law := range laws {
		panels = append(panels, chart.Plot().Labels(law.Name, "loss on test images").LogX().LogY().
			Points("measured", law.X, law.Y).Func(fmt.Sprintf("exponent −%.2f ± %.2f", -law.Exponent, law.Error), law.At, law.X[0], law.X[len(law.X)-1]))
	}
	return chart.Panels(2, panels...).Wide().Title("Larger nets and more data"),
		say("Cross-entropy, in nats, on 10,000 test images of nets with one hidden layer, of 4 to 32 neurons trained on 16,000 images and of 64 neurons trained on 250 to 16,000, each image shown four times; geometric means of two trainings. On logarithmic axes a straight line is a power law; its exponent with the standard error. Source: MNIST. Seed %d.", lab.Seed), nil
}

// powers measures how the loss falls with the size of the net and with the
// amount of data.
func powers(lab *Lab) ([]practice.PowerLaw, error) {
	return remember(lab, "08-power-laws", func() ([]practice.PowerLaw, error) {
		train, held, err := lab.examples(16_000, 10_000)
		if err != nil {
			return nil, err
		}
		size, err := practice.BySize(train, held, []int{4, 6, 8, 12, 16, 24, 32}, lab.Seed)
		if err != nil {
			return nil, err
		}
		amount, err := practice.ByData(train, held, []int{250, 500, 1000, 2000, 4000, 8000, 16_000}, lab.Seed)
		if err != nil {
			return nil, err
		}
		var laws []practice.PowerLaw
		for _, c := range []practice.Curve{size, amount} {
			law, err := practice.FitPowerLaw(c)
			if err != nil {
				return nil, err
			}
			laws = append(laws, law)
		}
		return laws, nil
	})
}

// precisionBits are the widths of weights that are tried.
var precisionBits = []int{32, 16, 8, 6, 4, 3, 2}

// accuracies are the shares of the test images that the digit net recognises
// with its weights kept to each of precisionBits.
func accuracies(lab *Lab) ([]float64, error) {
	return remember(lab, "08-precision", func() (shares []float64, err error) {
		trained, held, err := lab.Recogniser()
		if err != nil {
			return nil, err
		}
		for _, bits := range precisionBits {
			net := trained.Clone()
			if err := practice.Round(net.Params(), bits); err != nil {
				return nil, err
			}
			share, err := net.Accuracy(held.Images, held.Labels)
			if err != nil {
				return nil, err
			}
			shares = append(shares, share)
		}
		return shares, nil
	})
}

func precision(lab *Lab) (chart.Drawing, Caption, error) {
	shares, err := accuracies(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	bars := chart.Pairs{Values: shares}
	for i, bits := range precisionBits {
		bars.Labels = append(bars.Labels, fmt.Sprintf("%d: %.2f %%", bits, 100*shares[i]))
	}
	return chart.Bars(bars).Title("How exact must weights be?").Labels("bits a weight, and what is recognised", "recognised").Percent(),
		say("Share of the 10,000 test images that the digit net recognises when each of its weights is rounded to one of 2ⁿ-1 evenly spaced numbers, for each row of weights in a scale of its own. Source: MNIST; net trained for this project. No randomness."), nil
}

func irreducible(*Lab) (chart.Drawing, Caption, error) {
	rows := practice.Automaton(30, 140)
	var pixels []float32
	for _, row := range rows {
		pixels = append(pixels, row...)
	}
	return chart.Images(1).Title("No short cut").Add(chart.Gray(pixels, len(rows[0])), ""),
		say("Rule 30, an elementary cellular automaton, 140 steps from a single black cell: each cell follows from the three above it. To know a row one has to compute all rows before it. No randomness."), nil
}
