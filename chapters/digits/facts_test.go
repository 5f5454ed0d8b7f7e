package digits

import (
	"fmt"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/chart"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn/digits"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"05-printed-digits": func(t *testing.T, lab labs.Lab) {
		seen := map[string]bool{}
		for digit := range 10 {
			img := chart.Printed(fmt.Sprint(digit), digits.Size)
			seen[fmt.Sprint(img)] = true
			if b := img.Bounds(); b.Dx() != 28 || b.Dy() != 28 {
				t.Errorf("%d is drawn in %v", digit, b)
			}
		}
		if len(seen) != 10 {
			t.Errorf("%d different images of ten digits", len(seen))
		}
	},
	"05-sample-digits": func(t *testing.T, lab labs.Lab) {
		test := lab.TestDigits()
		right := 0
		for digit := range 10 {
			for row := range 4 {
				x := must.Get(digits.Images(test.Nth(digit, row)))
				if lm.ArgMax(lab.Digits().Probabilities(x).Data) == digit {
					right++
				}
			}
		}
		if right < 38 {
			t.Errorf("the net sees %d of the 40 samples as what they are said to be", right)
		}
	},
	"05-pixel-match": func(t *testing.T, lab labs.Lab) {
		last := 0.0
		for _, line := range strings.Split(strings.TrimSpace(cellstest.Drawn(t, lab, PixelMatch)), "\n")[2:] {
			fields := strings.Fields(line)
			var percent float64
			if _, err := fmt.Sscan(fields[len(fields)-2], &percent); err != nil {
				t.Fatal(line, err)
			}
			if strings.Contains(line, "average") {
				continue
			}
			if percent <= last {
				t.Errorf("%q is no better than the line before; the net should win", line)
			}
			last = percent
		}
		if last < 98.5 {
			t.Errorf("the net recognises %v %%", last)
		}
	},
	"05-recognise": func(t *testing.T, lab labs.Lab) {
		if right := cellstest.Run(t, lab, Recognise).Values["right"].(float64); !(right >= 99.1 && right <= 100) {
			t.Errorf("the net recognises %v %% of the test images, LeNet should 99.1 %%", right)
		}
	},
	"05-blurred-two": func(t *testing.T, lab labs.Lab) {
		var seen []string
		for _, l := range strings.Fields(cellstest.Drawn(t, lab, BlurredTwo)) {
			if strings.HasSuffix(l, ":") {
				seen = append(seen, l)
			}
		}
		if len(seen) != 12 || seen[0] != "2:" || seen[1] != "2:" || seen[10] == "2:" || seen[11] == "2:" {
			t.Errorf("the blurred 2 is seen as %v, want 2 at first and no longer at the end", seen)
		}
	},
}
