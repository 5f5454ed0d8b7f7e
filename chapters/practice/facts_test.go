package practice

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/must"
	"oneword/nn/curve"
	"oneword/nn/digits"
	"oneword/nn/practice"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"08-array-sizes": func(t *testing.T, lab labs.Lab) {
		text := strings.Join(strings.Fields(cellstest.Drawn(t, lab, ArraySizes)), " ")
		if !strings.Contains(text, "image 1×28×28 filters 20×24×24 pooled 20×12×12 filters 50×8×8 pooled 50×4×4 flat 800 linear 500 digits 10") {
			t.Errorf("the sizes are %s", text)
		}
	},
	"08-small-nets": func(t *testing.T, lab labs.Lab) {
		off := all(t, cellstest.Drawn(t, lab, SmallNets), `: (\d\.\d\d) off`, 6)
		for i := 1; i < 4; i++ {
			if off[i] >= off[i-1] {
				t.Errorf("errors %v; the larger of the first four should be closer", off)
			}
		}
		// The function has one variable, so that one number in the middle is enough.
		if off[0] <= 0.2 || off[3] >= 0.1 || off[5] >= 0.15 {
			t.Errorf("errors %v", off)
		}
	},
	"08-perceptron": func(t *testing.T, lab labs.Lab) {
		trials, xs := must.Get(practice.Perceptrons(3000, lab.Seed())), curve.Grid(-1, 1, 200)
		linear, clipped := curve.Values(trials[0].Net, xs), curve.Values(trials[1].Net, xs)
		for i := 2; i < len(linear); i++ {
			if bend := linear[i] - 2*linear[i-1] + linear[i-2]; math.Abs(bend) > 1e-5 {
				t.Fatalf("the weighted sum bends by %v", bend)
			}
			if clipped[i] < 0 {
				t.Fatalf("clipped to %v", clipped[i])
			}
		}
		if trials[0].RMSE < 0.45 || trials[2].RMSE > 0.3 {
			t.Errorf("errors %v without, %v with a hidden layer", trials[0].RMSE, trials[2].RMSE)
		}
	},
	"08-monitor": func(t *testing.T, lab labs.Lab) {
		log, err := digits.Recorded()
		if err != nil || len(log) != 100 {
			t.Fatalf("%d points, %v", len(log), err)
		}
		if last := log.Last(); last.Loss > log[0].Loss/20 || last.Measured["seconds left"] > 0.01 || last.Measured["images/s"] < 100 {
			t.Errorf("it ends with %+v", last)
		}
	},
	"08-loss-functions": func(t *testing.T, lab labs.Lab) {
		train, held := examples(lab, 10_000, 2000)
		curves := must.Get(practice.Losses(train, held, lab.Seed()))
		if len(curves) != 3 {
			t.Fatalf("%d curves", len(curves))
		}
		for _, c := range curves {
			if end := c.Y[len(c.Y)-1]; end < 0.8 || end < c.Y[0] {
				t.Errorf("%s goes from %v to %v", c.Name, c.Y[0], end)
			}
		}
	},
	"08-step-size": func(t *testing.T, lab labs.Lab) {
		train, _ := examples(lab, 10_000, 1)
		end := func(c practice.Curve) float64 { return c.Y[len(c.Y)-1] }
		rates := practice.LearningRates(train, 32, []float64{0.003, 0.03, 0.3, 3}, lab.Seed())
		if !(end(rates[2]) < end(rates[1]) && end(rates[1]) < end(rates[0]) && end(rates[2]) < end(rates[3])) {
			t.Errorf("losses at the end, by rate: %v %v %v %v", end(rates[0]), end(rates[1]), end(rates[2]), end(rates[3]))
		}
		batches := practice.BatchSizes(train, []int{4, 32, 256}, 0.1, lab.Seed())
		if !(end(batches[0]) < end(batches[1]) && end(batches[1]) < end(batches[2])) {
			t.Errorf("losses at the end, by batch: %v %v %v", end(batches[0]), end(batches[1]), end(batches[2]))
		}
	},
	"08-augmentation": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, Augmentation)
		alwaysBetter(t, series(t, text, "varied each time", 5), series(t, text, "as they are", 5))
	},
	"08-transfer": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, Transfer)
		alwaysBetter(t, series(t, text, "on the digit net's features", 4), series(t, text, "from nothing", 4))
	},
	"08-power-laws": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, PowerLaws)
		exponents, errors := all(t, text, `exponent −(\S+) ± `, 2), all(t, text, `exponent −\S+ ± (\S+) `, 2)
		for i, e := range exponents {
			if !(e > 0.3 && e < 1 && errors[i] < 0.15) {
				t.Errorf("exponent −%v ± %v", e, errors[i])
			}
		}
	},
	"08-precision": func(t *testing.T, lab labs.Lab) {
		// Percent of 10,000 images to two digits: the picture says it exactly.
		right := all(t, cellstest.Drawn(t, lab, Precision), `(?m)^\d+: (\S+) %`, 7)
		full, eight, two := right[0], right[2], right[len(right)-1]
		if eight < full-0.2 || two > full-10 {
			t.Errorf("recognised with 32, 8 and 2 bits: %v, %v, %v %%", full, eight, two)
		}
	},
	"08-irreducible": func(t *testing.T, lab labs.Lab) {
		// The middle column of rule 30: OEIS A051023.
		want := []float32{1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1}
		for i, row := range automaton(30, 140)[:len(want)] {
			if row[140] != want[i] {
				t.Errorf("step %d: the middle is %v", i, row[140])
			}
		}
	},
}

// all are the n numbers that a pattern finds in the text of a picture.
func all(t *testing.T, text, pattern string, n int) (list []float64) {
	t.Helper()
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		list = append(list, must.Get(strconv.ParseFloat(m[1], 64)))
	}
	if len(list) != n {
		t.Fatalf("%v in\n%s\nwant %d numbers", list, text, n)
	}
	return list
}

// series are the n values of one series of a plot.
func series(t *testing.T, text, name string, n int) []float64 {
	t.Helper()
	_, line, _ := strings.Cut(text, name+" (")
	line, _, _ = strings.Cut(line, "\n")
	return all(t, line, `: (\d\S*)`, n)
}

// alwaysBetter checks that more is recognised at each place, by two hundredths
// and what rounding to three digits may hide.
func alwaysBetter(t *testing.T, better, worse []float64) {
	t.Helper()
	for i := range better {
		if better[i] < worse[i]+0.021 {
			t.Errorf("number %d: %v, want clearly more than %v", i, better[i], worse[i])
		}
	}
}
