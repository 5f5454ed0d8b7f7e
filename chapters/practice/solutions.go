package practice

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn/digits"
	"oneword/nn/practice"
)

// MoreSteps trains the small nets three times as long.
func MoreSteps(lab labs.Lab, show labs.Show) {
	for _, steps := range []int{3000, 9000} {
		for _, trial := range must.Get(practice.TryShapes(3, steps, lab.Seed())) {
			show.Printf("%d steps, %-12s %.3f off\n", steps, trial.Name, trial.RMSE)
		}
	}
}

// LargestRate tries learning rates with small and with large batches.
func LargestRate(lab labs.Lab, show labs.Show) {
	train, _ := lab.MNIST()
	shown := must.Get(practice.Images(train.Images, train.Labels, 8000))
	rates := []float64{0.003, 0.01, 0.03, 0.1, 0.3, 1, 3}
	for _, batch := range []int{4, 256} {
		for i, c := range practice.LearningRates(shown, batch, rates, lab.Seed()) {
			last := c.Y[len(c.Y)-1]
			show.Printf("batch %3d, rate %5v: ", batch, rates[i])
			if len(c.Y) < 2 || math.IsNaN(last) || last > 2.2 {
				show.Println("does not learn")
			} else {
				show.Printf("loss %.2f in the end\n", last)
			}
		}
	}
}

// Mirror shows digits to the net from right to left.
func Mirror(lab labs.Lab, show labs.Show) {
	test := lab.TestDigits()
	net := lab.Digits()
	t := chart.Table("digit", "as it is", "mirrored", "seen as, most often").Right(0, 1, 2, 3).
		Title("Digits in the mirror")
	for digit := range 10 {
		right, seen := 0, make([]int, 10)
		for n := range 200 {
			image := must.Get(digits.Images(test.Nth(digit, n), test.Nth(digit, n)))
			for i := range digits.Pixels { // the second one from right to left
				image.Data[digits.Pixels+i] = image.Data[i-i%digits.Size+digits.Size-1-i%digits.Size]
			}
			p := net.Probabilities(image).Data
			if lm.ArgMax(p[:10]) == digit {
				right++
			}
			seen[lm.ArgMax(p[10:])]++
		}
		t.Row(digit, fmt.Sprintf("%.1f %%", float64(right)/2), fmt.Sprintf("%.1f %%", float64(seen[digit])/2), lm.ArgMax(seen))
	}
	show(t)
}

// Rule90 compares the rows of rule 90 with a short cut.
func Rule90(lab labs.Lab, show labs.Show) {
	const steps = 500
	differences := 0
	for n, row := range automaton(90, steps) {
		for k := range 2*n + 1 { // the k-th cell of row n, from the left end of what can be black
			black := k%2 == 0 && (k/2)&^n == 0 // Pascal's triangle: is n over k/2 odd?
			if black != (row[steps-n+k] == 1) {
				differences++
			}
		}
	}
	show.Println(differences, "differences in", steps, "rows")
}
