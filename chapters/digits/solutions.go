package digits

import (
	"fmt"
	"slices"

	"oneword/chart"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn/digits"
)

// WrongOnes shows what the net gets wrong.
func WrongOnes(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net := lab.Digits()
	grid, wrong := chart.Images(10).Title("What the net gets wrong"), 0
	for i := range test.Len() {
		image := must.Get(digits.Images(test.Image(i)))
		if seen := lm.ArgMax(net.Probabilities(image).Data); seen != int(test.Labels[i]) {
			if wrong++; wrong <= 20 {
				grid.Add(chart.Gray(image.Data, digits.Size),
					fmt.Sprintf("%d seen as %d", test.Labels[i], seen))
			}
		}
	}
	show(grid)
	show.Println(wrong, "of", test.Len(), "are wrong")
}

// FourWays asks the net about a 2 that was turned, flipped, or made white on black.
func FourWays(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net, two := lab.Digits(), test.Nth(2, 0)
	turned, flipped, white := slices.Clone(two), slices.Clone(two), slices.Clone(two)
	slices.Reverse(turned) // the last pixel first: turned by 180 degrees
	for i := range two {
		flipped[i] = two[(digits.Size-1-i/digits.Size)*digits.Size+i%digits.Size]
		white[i] = 255 - two[i]
	}
	grid := chart.Images(4).Title("A 2 in four ways")
	for _, image := range [][]byte{two, turned, flipped, white} {
		x := must.Get(digits.Images(image))
		p := net.Probabilities(x).Data
		grid.Add(chart.Gray(x.Data, digits.Size),
			fmt.Sprintf("%d: %.0f %%", lm.ArgMax(p), 100*p[lm.ArgMax(p)]))
	}
	show(grid)
}

// FourToNine shows where a 4 turns into a 9.
func FourToNine(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net := lab.Digits()
	a, b := must.Get(digits.Images(test.Nth(4, 0))), must.Get(digits.Images(test.Nth(9, 0)))
	var mixed, four, nine []float64
	for step := range 101 {
		x := must.Get(digits.Images(test.Nth(4, 0)))
		for i := range x.Data {
			x.Data[i] = a.Data[i] + (b.Data[i]-a.Data[i])*float32(step)/100
		}
		p := net.Probabilities(x).Data
		mixed = append(mixed, float64(step)/100)
		four, nine = append(four, float64(p[4])), append(nine, float64(p[9]))
	}
	show(chart.Plot().Title("From a 4 to a 9").Labels("share of the 9", "probability").PercentY().
		Line("4", mixed, four).Line("9", mixed, nine))
}
