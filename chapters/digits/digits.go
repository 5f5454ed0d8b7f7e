package digits

import (
	"fmt"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn/digits"
)

// PrintedDigits is figure 05-printed-digits: always the same images.
func PrintedDigits(lab labs.Lab, show labs.Show) {
	grid := chart.Images(10).Title("Digits as they are printed")
	for digit := range 10 {
		grid.Add(chart.Printed(fmt.Sprint(digit), digits.Size), "")
	}
	show(grid)
}

// SampleDigits is figure 05-sample-digits: no two the same.
func SampleDigits(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	grid := chart.Images(10).Title("Digits as people write them")
	for row := range 4 {
		for digit := range 10 {
			image := must.Get(digits.Images(test.Nth(digit, row)))
			grid.Add(chart.Gray(image.Data, digits.Size), "")
		}
	}
	show(grid)
}

// PixelMatch is figure 05-pixel-match: what is recognised by the most similar stored image.
func PixelMatch(lab labs.Lab, show labs.Show) {
	train, test := lab.MNIST()
	images, labels := test.Images[:2000*digits.Pixels], test.Labels[:2000]
	t := chart.Table("compared with", "recognised").Right(1).Title("Recognising digits by comparing pixels")
	row := func(name string, accuracy float64) { t.Row(name, fmt.Sprintf("%.1f %%", 100*accuracy)) }
	means := must.Get(digits.NewNearestMean(train.Images, train.Labels))
	row("the average image of each digit", must.Get(means.Accuracy(images, labels)))
	for _, n := range []int{10, 100, 1000, 10_000} {
		stored := must.Get(digits.NewNearestNeighbour(train.Images[:n*digits.Pixels], train.Labels[:n]))
		row(fmt.Sprintf("%d stored images", n), must.Get(stored.Accuracy(images, labels)))
	}
	row("the net instead", must.Get(lab.Digits().Accuracy(images, labels)))
	show(t, labs.Values{"tested": len(labels)})
}

// Recognise is figure 05-recognise: what the net takes test images for.
func Recognise(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net := lab.Digits()
	grid := chart.Images(10).Title("What the net sees")
	for i := range 30 {
		image := must.Get(digits.Images(test.Image(i)))
		seen := lm.ArgMax(net.Probabilities(image).Data)
		if grid.Add(chart.Gray(image.Data, digits.Size), fmt.Sprint(seen)); seen != int(test.Labels[i]) {
			grid.Mark()
		}
	}
	show(grid, labs.Values{"right": 100 * must.Get(net.Accuracy(test.Images, test.Labels))})
}

// BlurredTwo is figure 05-blurred-two: how long a 2 stays one.
func BlurredTwo(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net := lab.Digits()
	grid := chart.Images(6).Title("A 2, more and more blurred")
	for step := range 12 {
		image := must.Get(digits.Images(digits.Blur(test.Nth(2, 0), float64(step)/2)))
		p := net.Probabilities(image).Data
		seen := lm.ArgMax(p)
		grid.Add(chart.Gray(image.Data, digits.Size), fmt.Sprintf("%d: %.0f %%", seen, 100*p[seen]))
		if seen != 2 {
			grid.Mark()
		}
	}
	show(grid)
}

// BlurredTwoLive is figure 05-blurred-two as one that responds.
func BlurredTwoLive(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net, two := lab.Digits(), test.Nth(2, 0)
	show(live.Frames(func(at ...int) (chart.Drawing, error) {
		image := must.Get(digits.Images(digits.Blur(two, float64(at[0])/4)))
		verdict := chart.Pairs{}
		for digit, p := range net.Probabilities(image).Data {
			verdict.Labels = append(verdict.Labels, fmt.Sprint(digit))
			verdict.Values = append(verdict.Values, float64(p))
		}
		picture := chart.Images(1).Add(chart.Gray(image.Data, digits.Size), "")
		bars := chart.Bars(verdict).Labels("what the net sees", "probability").Percent()
		return chart.Panels(2, picture, bars).Title("A 2, more and more blurred"), nil
	}, live.Range("blur (pixels)", 0, 5.5, 0.25)))
}

// Exercise turns a 4 into a 9, pixel by pixel.
func Exercise(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net := lab.Digits()
	grid := chart.Images(10).Title("A 4 becomes a 9")
	for step := range 10 {
		a, b := must.Get(digits.Images(test.Nth(4, 0))), must.Get(digits.Images(test.Nth(9, 0)))
		for i := range a.Data {
			a.Data[i] += (b.Data[i] - a.Data[i]) * float32(step) / 9
		}
		p := net.Probabilities(a).Data
		grid.Add(chart.Gray(a.Data, digits.Size),
			fmt.Sprintf("%d: %.0f %%", lm.ArgMax(p), 100*p[lm.ArgMax(p)]))
	}
	show(grid)
}
