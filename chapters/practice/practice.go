package practice

import (
	"context"
	"fmt"
	"slices"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/must"
	"oneword/nn"
	"oneword/nn/curve"
	"oneword/nn/digits"
	"oneword/nn/practice"
)

// ArraySizes is figure 08-array-sizes: what goes through the digit net.
func ArraySizes(lab labs.Lab, show labs.Show) {
	net, image := lab.Digits(), nn.NewTensor(1, 1, digits.Size, digits.Size)
	d := chart.Arrays().Title("From an image to ten numbers").Add("image", image.Shape[1:]...)
	for _, stage := range []struct{ name, layer string }{
		{"filters", "conv1"}, {"pooled", "pool1"}, {"filters", "conv2"}, {"pooled", "pool2"}, {"flat", "flatten"},
		{"linear", "linear1"}, {"digits", "softmax"},
	} {
		d.Add(stage.name, must.Get(net.Activation(stage.layer, image)).Shape[1:]...)
	}
	show(d)
}

// SmallNets is figure 08-small-nets: nets of several shapes on the three steps.
func SmallNets(lab labs.Lab, show labs.Show) {
	xs, panels := curve.Grid(-1, 1, 200), []chart.Drawing{}
	var ys []float64
	for _, x := range xs {
		ys = append(ys, curve.Target(x))
	}
	for _, t := range must.Get(practice.TryShapes(3, 3000, lab.Seed())) {
		panels = append(panels, chart.Plot().Title(fmt.Sprintf("%s: %.2f off", t.Name, t.RMSE)).
			Labels("x", "value").RangeY(-1.3, 1.3).
			Grey("", xs, ys).Line("", xs, curve.Values(t.Net, xs)))
	}
	show(chart.Panels(3, panels...).Wide().Title("Nets too small, just enough, and squeezed"),
		labs.Values{"batch": curve.Batch})
}

// Perceptron is figure 08-perceptron: what is learned without a hidden layer.
func Perceptron(lab labs.Lab, show labs.Show) {
	xs := curve.Grid(-1, 1, 200)
	var ys []float64
	for _, x := range xs {
		ys = append(ys, curve.Target(x))
	}
	p := chart.Plot().Title("Without a hidden layer").Labels("x", "value").RangeY(-1.3, 1.3).
		Grey("to be learned", xs, ys)
	for _, t := range must.Get(practice.Perceptrons(3000, lab.Seed())) {
		p.Line(t.Name, xs, curve.Values(t.Net, xs))
	}
	show(p, labs.Values{"batch": curve.Batch})
}

// watched shows how a training goes: the loss, images a second, and the seconds
// left, against the number of images seen.
func watched(r nn.Record) *chart.PanelChart {
	seen := r.Column("seen")
	panels := []chart.Drawing{chart.Plot().Labels("examples seen", "loss").LogY().Line("", seen, r.Column("loss"))}
	for _, c := range []struct{ name, label string }{{"images/s", "examples a second"}, {"seconds left", "seconds left"}} {
		ys := r.Column(c.name)
		panel := chart.Plot().Labels("examples seen", c.label).Line("", seen, ys)
		if len(ys) > 0 {
			panel.RangeY(0, 1.15*slices.Max(ys))
		}
		panels = append(panels, panel)
	}
	return chart.Panels(3, panels...).Wide()
}

// Monitor is figure 08-monitor: the training that made the digit net.
func Monitor(lab labs.Lab, show labs.Show) {
	show(watched(must.Get(digits.Recorded())).Title("A training, watched"))
}

// WatchTraining trains a net for digits, in a picture that moves.
func WatchTraining(lab labs.Lab, show labs.Show) {
	train, test := lab.MNIST()
	net, view := digits.New(lab.Rand("live")), live.NewView()
	show(view)
	images, labels := train.Images[:12_000*digits.Pixels], train.Labels[:12_000]
	trainer := must.Get(net.Trainer(images, labels, 1, lab.Seed()))
	draw := func() chart.Drawing { return watched(trainer.Record) }
	for s, err := range trainer.Steps(context.Background()) {
		if must.Do(err); s.Ends(100) {
			trainer.Note(digits.Speed(s))
		}
		view.Update(draw)
	}
	view.Finish(draw())
	show.Printf("%.1f %% of the test images are recognised\n",
		100*must.Get(net.Accuracy(test.Images, test.Labels)))
}

// examples are the first digits to learn from, and the first to be tested on.
func examples(lab labs.Lab, learn, test int) (train, held practice.Examples) {
	a, b := lab.MNIST()
	train = must.Get(practice.Images(a.Images, a.Labels, learn))
	held = must.Get(practice.Images(b.Images, b.Labels, test))
	return train, held
}

// LossFunctions is figure 08-loss-functions: how much the choice of the loss matters.
func LossFunctions(lab labs.Lab, show labs.Show) {
	train, held := examples(lab, 10_000, 2000)
	p := chart.Plot().Title("Three ways to say how wrong a net is").
		Labels("images seen", "recognised").PercentY()
	for _, c := range must.Get(practice.Losses(train, held, lab.Seed())) {
		p.Line(c.Name, c.X, c.Y)
	}
	show(p)
}

// StepSize is figure 08-step-size: learning rates, and sizes of batch.
func StepSize(lab labs.Lab, show labs.Show) {
	train, _ := examples(lab, 10_000, 1)
	plot := func(curves []practice.Curve) chart.Drawing {
		p := chart.Plot().Labels("images seen", "loss").RangeY(0, 3)
		for _, c := range curves {
			p.Line(c.Name, c.X, c.Y)
		}
		return p
	}
	rates := practice.LearningRates(train, 32, []float64{0.003, 0.03, 0.3, 3}, lab.Seed())
	batches := practice.BatchSizes(train, []int{4, 32, 256}, 0.1, lab.Seed())
	show(chart.Panels(2, plot(rates), plot(batches)).Wide().Title("How far to step, after how many examples"))
}

// Augmentation is figure 08-augmentation: examples as they are, and varied.
func Augmentation(lab labs.Lab, show labs.Show) {
	train, held := examples(lab, 5000, 2000)
	p := chart.Plot().Title("Few examples, and many copies").Labels("examples of each digit", "recognised").
		LogX().PercentY()
	for _, c := range must.Get(practice.Augmentation(train, held, []int{1, 3, 10, 30, 100}, lab.Seed())) {
		p.LinePoints(c.Name, c.X, c.Y)
	}
	show(p)
}

// Transfer is figure 08-transfer: letters read by a net that knows digits.
func Transfer(lab labs.Lab, show labs.Show) {
	var letters [][]float32
	for _, l := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		letters = append(letters, chart.Ink(chart.Printed(string(l), digits.Size)))
	}
	train := must.Get(practice.LetterTask(letters, 30, lab.Seed()))
	held := must.Get(practice.LetterTask(letters, 40, lab.Seed()+1))
	p := chart.Plot().Title("What was learned before helps").
		Labels("examples of each letter", "recognised").LogX().PercentY()
	counts := []int{1, 3, 10, 30}
	for _, c := range must.Get(practice.Transfer(lab.Digits(), train, held, len(letters), counts, lab.Seed())) {
		p.LinePoints(c.Name, c.X, c.Y)
	}
	show(p)
}

// PowerLaws is figure 08-power-laws: how the loss falls with size and with data.
func PowerLaws(lab labs.Lab, show labs.Show) {
	train, held := examples(lab, 16_000, 10_000)
	widths, counts := []int{4, 6, 8, 12, 16, 24, 32}, []int{250, 500, 1000, 2000, 4000, 8000, 16_000}
	size := must.Get(practice.BySize(train, held, widths, lab.Seed()))
	amount := must.Get(practice.ByData(train, held, counts, lab.Seed()))
	var panels []chart.Drawing
	for _, c := range []practice.Curve{size, amount} {
		law := must.Get(practice.FitPowerLaw(c))
		panels = append(panels, chart.Plot().Labels(c.Name, "loss on test images").LogX().LogY().
			Points("measured", c.X, c.Y).
			Func(fmt.Sprintf("exponent −%.2f ± %.2f", -law.Exponent, law.Error), law.At, c.X[0], c.X[len(c.X)-1]))
	}
	show(chart.Panels(2, panels...).Wide().Title("Larger nets and more data"))
}

// Precision is figure 08-precision: the digit net with fewer bits a weight.
func Precision(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	var bars chart.Pairs
	for _, bits := range []int{32, 16, 8, 6, 4, 3, 2} {
		net := lab.Digits().Clone()
		must.Do(practice.Quantize(net.Params(), bits))
		share := must.Get(net.Accuracy(test.Images, test.Labels))
		bars.Labels = append(bars.Labels, fmt.Sprintf("%d: %.2f %%", bits, 100*share))
		bars.Values = append(bars.Values, share)
	}
	show(chart.Bars(bars).Title("How exact must weights be?").
		Labels("bits a weight, and what is recognised", "recognised").Percent())
}

// automaton grows rows of cells from a single black one, 1: each becomes what the
// rule, a number from 0 to 255, says for itself and its two neighbours.
func automaton(rule uint8, steps int) [][]float32 {
	width := 2*steps + 1
	rows := [][]float32{make([]float32, width)}
	rows[0][steps] = 1
	for range steps {
		last, next := rows[len(rows)-1], make([]float32, width)
		for i := range next {
			three := uint8(0) // the neighbours and the cell, as a binary number
			for _, k := range []int{i - 1, i, i + 1} {
				three *= 2
				if k >= 0 && k < width {
					three += uint8(last[k])
				}
			}
			next[i] = float32(rule >> three & 1)
		}
		rows = append(rows, next)
	}
	return rows
}

// Irreducible is figure 08-irreducible: a picture that grows by rule 30.
func Irreducible(lab labs.Lab, show labs.Show) {
	var pixels []float32
	for _, row := range automaton(30, 140) {
		pixels = append(pixels, row...)
	}
	show(chart.Images(1).Title("No short cut").Add(chart.Gray(pixels, 281), ""))
}

// Exercise draws rule 90.
func Exercise(lab labs.Lab, show labs.Show) {
	var pixels []float32
	for _, row := range automaton(90, 140) {
		pixels = append(pixels, row...)
	}
	show(chart.Images(1).Title("Rule 90").Add(chart.Gray(pixels, 281), ""))
}
