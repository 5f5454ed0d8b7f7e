package letters

import (
	"math"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/letterfreq"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"02-cat-letters": func(t *testing.T, lab labs.Lab) {
		cat := lab.Cat()
		leads(t, letterfreq.Count(cat.Text), "eatisnorhl", 11)
	},
	"02-dog-letters": func(t *testing.T, lab labs.Lab) {
		cat := lab.Cat()
		dog := lab.Dog()
		c, d := letterfreq.Count(cat.Text), letterfreq.Count(dog.Text)
		if d.Rank('o') >= c.Rank('o') {
			t.Errorf("“o” is number %d for dogs, %d for cats", d.Rank('o'), c.Rank('o'))
		}
		leads(t, d, "eaoitsnrdh", 10)
	},
	"02-english-letters": func(t *testing.T, lab labs.Lab) {
		counted, essay := letters(lab), letterfreq.EnglishCounts()
		for _, letter := range essay.Letters() {
			percent := 100 * essay.Share(letter)
			if got := 100 * counted.Share(letter); math.Abs(got-percent) > 0.35+0.12*percent { // two thirds of our text are of an encyclopedia
				t.Errorf("%c: %.3f %%, the essay has %.3f %%", letter, got, percent)
			}
		}
		if d := letterfreq.TotalVariation(counted, essay); d > 0.03 {
			t.Errorf("total variation %v from the essay's table", d)
		}
	},
	"02-convergence": func(t *testing.T, lab labs.Lab) {
		sizes := []int{100, 10_000}
		d, err := letterfreq.DrawnDistance(letters(lab), sizes, 50, lab.Rand("fact"))
		if err != nil || math.Abs(d[0]/d[1]-10) > 1.5 {
			t.Errorf("100 times the letters bring the distance from %v to %v (%v), want a tenth", d[0], d[1], err)
		}
	},
	"02-random-letters": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Prose(t, lab, RandomLetters)
		if len(text) != 300 || strings.Contains(text, " ") {
			t.Errorf("%d characters, spaces among them: %v", len(text), strings.Contains(text, " "))
		}
		if d := letterfreq.TotalVariation(letterfreq.Count(text), letters(lab)); d > 0.2 {
			t.Errorf("the letters are %v away from English", d)
		}
	},
	"02-random-spaces": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Prose(t, lab, RandomSpaces)
		if n := strings.Count(text, " "); n < 30 || n > 80 {
			t.Errorf("%d spaces of %d characters, want about 18 %%", n, len(text))
		}
	},
	"02-random-lengths": func(t *testing.T, lab labs.Lab) {
		sampler, err := letterfreq.NewSampler(letters(lab))
		if err != nil {
			t.Fatal(err)
		}
		m := lab.Measured()
		words, err := letterfreq.NewWordSampler(sampler, m.WordLengths)
		if err != nil {
			t.Fatal(err)
		}
		got := letterfreq.WordLengths(words.Text(lab.Rand("fact"), 20_000))
		for n := range 12 {
			if math.Abs(got[n]-m.WordLengths[n]) > 0.015 {
				t.Errorf("share of words of %d letters: %v, English has %v", n, got[n], m.WordLengths[n])
			}
		}
		if n := len(strings.Fields(cellstest.Prose(t, lab, RandomLengths))); n != 55 {
			t.Errorf("%d words drawn", n)
		}
	},
}

func letters(lab labs.Lab) letterfreq.Counts {
	return letterfreq.FromMap(lab.Letters().LetterCounts()).Without(' ')
}

// leads checks that the letters of want are among the first n.
func leads(t *testing.T, c letterfreq.Counts, want string, n int) {
	t.Helper()
	for _, letter := range want {
		if r := c.Rank(letter); r == 0 || r > n {
			t.Errorf("%c is number %d, want it among the first %d", letter, r, n)
		}
	}
}
