package figures

import (
	"fmt"

	"oneword/chart"
	"oneword/nn/digits"
)

var chapter5 = []Figure{
	{"05-printed-digits", 5, "Digits as they are printed", "image", nil, printedDigits},
	{"05-sample-digits", 5, "Digits as people write them", "image", []string{"mnist"}, sampleDigits},
	{"05-pixel-match", 5, "Recognising digits by comparing pixels", "table", []string{"mnist", "lenet"}, pixelMatch},
	{"05-recognise", 5, "What the net sees", "image", []string{"mnist", "lenet"}, recognise},
	{"05-blurred-two", 5, "A 2, more and more blurred", "image", []string{"mnist", "lenet"}, blurredTwo},
}

func printedDigits(*Lab) (chart.Drawing, Caption, error) {
	grid := chart.Images(10).Title("Digits as they are printed")
	for digit := range 10 {
		grid.Add(chart.Printed(fmt.Sprint(digit), digits.Size), "")
	}
	return grid, say("The digits 0 to 9 in the font of this page (Liberation Sans), 28×28 pixels each. No randomness."), nil
}

func sampleDigits(lab *Lab) (chart.Drawing, Caption, error) {
	_, test, err := lab.MNIST()
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(10).Title("Digits as people write them")
	for row := range 4 {
		for digit := range 10 {
			image, err := digits.Images(test.Nth(digit, row))
			if err != nil {
				return nil, Caption{}, err
			}
			grid.Add(chart.Gray(image.Data, digits.Size), "")
		}
	}
	return grid, say("The first four of each digit among MNIST's test images, 28×28 pixels each. Source: MNIST. No randomness."), nil
}

func pixelMatch(lab *Lab) (chart.Drawing, Caption, error) {
	train, test, err := lab.MNIST()
	if err != nil {
		return nil, Caption{}, err
	}
	net, err := lab.Digits()
	if err != nil {
		return nil, Caption{}, err
	}
	const tested = 2000
	images, labels := test.Images[:tested*digits.Pixels], test.Labels[:tested]
	t := chart.Table("compared with", "recognised").Right(1).Title("Recognising digits by comparing pixels")
	matchers, err := digits.Matchers(train.Images, train.Labels, 10, 100, 1000, 10_000)
	if err != nil {
		return nil, Caption{}, err
	}
	for _, m := range matchers {
		accuracy, err := m.Accuracy(images, labels)
		if err != nil {
			return nil, Caption{}, err
		}
		t.Row(m.Name, fmt.Sprintf("%.1f %%", 100*accuracy))
	}
	accuracy, err := net.Accuracy(images, labels)
	if err != nil {
		return nil, Caption{}, err
	}
	t.Row("the net instead", fmt.Sprintf("%.1f %%", 100*accuracy))
	return t, say("Share of %d test images for which the stored image with the most similar pixels shows the same digit, and the share that the net recognises. Source: MNIST; net trained for this project on the 60,000 training images. No randomness.", tested), nil
}

func recognise(lab *Lab) (chart.Drawing, Caption, error) {
	net, test, err := lab.Recogniser()
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(10).Title("What the net sees")
	for i := range 30 {
		image, err := digits.Images(test.Image(i))
		if err != nil {
			return nil, Caption{}, err
		}
		seen := digits.Best(net.Probabilities(image).Data)
		if grid.Add(chart.Gray(image.Data, digits.Size), fmt.Sprint(seen)); seen != int(test.Labels[i]) {
			grid.Mark()
		}
	}
	accuracy, err := net.Accuracy(test.Images, test.Labels)
	return grid, say("The first thirty test images, below each the digit that the net finds most probable (red if wrong). Of all 10,000 it recognises %.2f %%. Source: MNIST; net trained for this project on the 60,000 training images. No randomness.", 100*accuracy), err
}

func blurredTwo(lab *Lab) (chart.Drawing, Caption, error) {
	net, test, err := lab.Recogniser()
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(6).Title("A 2, more and more blurred")
	for step := range 12 {
		image, err := digits.Images(digits.Blur(test.Nth(2, 0), float64(step)/2))
		if err != nil {
			return nil, Caption{}, err
		}
		p := net.Probabilities(image).Data
		seen := digits.Best(p)
		if grid.Add(chart.Gray(image.Data, digits.Size), fmt.Sprintf("%d: %.0f %%", seen, 100*p[seen])); seen != 2 {
			grid.Mark()
		}
	}
	return grid, say("The first 2 among MNIST's test images, blurred with a Gaussian bell of 0 to 5.5 pixels, with the digit that the net finds most probable and how probable (red if it is no longer a 2). Source: MNIST; net trained for this project. No randomness."), nil
}
