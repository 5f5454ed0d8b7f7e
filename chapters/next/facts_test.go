package next

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"oneword/chapters/cells"
	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/small"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"01-next-words": func(t *testing.T, lab labs.Lab) {
		m := lab.GPT()
		list, err := m.Guesses(transformer.EssayPrompt, 0)
		if err != nil || len(list) != m.Vocab() {
			t.Fatalf("%d guesses, %v", len(list), err)
		}
		sum := 0.0
		for i, g := range list {
			if sum += g.P; i > 0 && g.P > list[i-1].P {
				t.Fatalf("guess %d is more probable than the one before", i)
			}
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("the probabilities sum to %v", sum)
		}
		// What the text says of the model.
		log := must.Get(small.Log())
		if tokens, minutes := log.Points.Last().Seen, log.Seconds/60; math.Abs(tokens/700e6-1) > 0.01 || math.Abs(minutes-7.3) > 0.3 || math.Abs(float64(m.Params())/25e6-1) > 0.02 {
			t.Errorf("%v tokens in %v minutes, %d weights", tokens, minutes, m.Params())
		}
		gpt2 := transformer.Sizes()["gpt2"]
		if m.Blocks != gpt2.Blocks || m.Heads != gpt2.Heads || 2*m.Width != gpt2.Width {
			t.Errorf("%+v is not as deep as GPT-2 and half as wide", m.Config)
		}
		text := cellstest.Drawn(t, lab, NextWords)
		if !strings.Contains(text, "4.45 %") || !strings.Contains(text, transformer.Visible(list[0].Text)) {
			t.Errorf("the table is\n%s", text)
		}
	},
	"01-greedy-steps": func(t *testing.T, lab labs.Lab) {
		m, text := lab.GPT(), transformer.EssayPrompt
		list, err := m.Continue(text, 7, lm.Sampling{}, nil)
		if err != nil || len(list) != 7 {
			t.Fatal(list, err)
		}
		table := rows(t, lab, GreedySteps, 7)
		for i, g := range list { // each is the most probable after the text so far
			best, err := m.Guesses(text, 1)
			if err != nil || best[0].ID != g.ID || math.Abs(best[0].P-g.P) > 1e-5 {
				t.Errorf("after %q: %v, the most probable is %v", text, g, best)
			}
			if !strings.Contains(table[i], " "+transformer.Visible(g.Text)+" ") {
				t.Errorf("the row %q is not of %v", table[i], g)
			}
			text += g.Text
		}
	},
	"01-greedy-text": func(t *testing.T, lab labs.Lab) {
		if percent := repeated(t, lab, GreedyText); percent < 30 {
			t.Errorf("%v %% of the runs of four words occur more than once", percent)
		}
	},
	"01-sampled-steps": func(t *testing.T, lab labs.Lab) {
		a := cellstest.Drawn(t, lab, SampledSteps)
		if b := cellstest.Drawn(t, labs.New(lab.Seed()), SampledSteps); a != b {
			t.Errorf("the same seed gives %q and %q", a, b)
		}
		if b := cellstest.Drawn(t, labs.New(lab.Seed()+1), SampledSteps); a == b {
			t.Errorf("two seeds give %q", a)
		}
	},
	"01-sampled-five": func(t *testing.T, lab labs.Lab) {
		texts := map[string]bool{}
		for _, row := range rows(t, lab, SampledFive, 5) {
			_, text, _ := strings.Cut(row, "ability to")
			texts[text] = true
		}
		if len(texts) != 5 {
			t.Errorf("%d different texts of five", len(texts))
		}
	},
	"01-sampled-text": func(t *testing.T, lab labs.Lab) {
		if a, b := repeated(t, lab, GreedyText), repeated(t, lab, SampledText); b >= a/2 {
			t.Errorf("repeated: greedy %v %%, sampled %v %%", a, b)
		}
	},
	"01-rank-power-law": func(t *testing.T, lab labs.Lab) {
		law := numbers(t, lab, RankPowerLaw, `exponent −(\S+) ± (\S+) \(`)
		if len(law) != 1 || !(math.Abs(law[0][0]-1) < 0.35) || !(law[0][1] < 0.1) {
			t.Errorf("the exponents are %v; want one, about −1", law)
		}
		if n := cellstest.Run(t, lab, RankPowerLaw).Values["tokens"]; n != lab.GPT().Vocab() {
			t.Errorf("%v tokens of %d", n, lab.GPT().Vocab())
		}
	},
	"01-temperature": func(t *testing.T, lab labs.Lab) {
		curves := numbers(t, lab, Temperature, `(\S+) \((\S+) bits\)`)
		if len(curves) != 5 {
			t.Errorf("%d curves, want five", len(curves))
		}
		for i := 1; i < len(curves); i++ { // temperature, entropy
			if a, b := curves[i-1], curves[i]; b[0] <= a[0] || b[1] <= a[1] {
				t.Errorf("at %v the entropy is %v, at %v it is %v", a[0], a[1], b[0], b[1])
			}
		}
	},
	"01-larger-models": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, LargerModels)
		// Each rung of a kind needs fewer bits than the one before; the finished GPT
		// needs the fewest, and writes hardly anything but words.
		ladder := regexp.MustCompile(`(?m)(letters|words|GPT that read|small)\S* .*? (\d\.\d\d) +(\d+) %`).FindAllStringSubmatch(text, -1)
		last, least := map[string]float64{}, 9.0
		for _, rung := range ladder {
			var bits, real float64
			if _, err := fmt.Sscan(rung[2]+" "+rung[3], &bits, &real); err != nil {
				t.Fatal(err)
			}
			if before := last[rung[1]]; before > 0 && bits >= before {
				t.Errorf("%q: %v bits a byte, %v before it", rung[0], bits, before)
			}
			last[rung[1]] = bits
			switch rung[1] {
			case "small":
				if bits >= least || real < 95 {
					t.Errorf("%q: the least before was %v", rung[0], least)
				}
			case "letters":
				if real > 80 {
					t.Errorf("%q: letters make %v %% words", rung[0], real)
				}
			}
			least = min(least, bits)
		}
		if stages := must.Get(small.Stages()); len(ladder) != 7+len(stages) || len(stages) < 3 {
			t.Errorf("%d rungs of %d\n%s", len(ladder), 7+len(stages), text)
		}
	},
}

// repeated is what a long text says of itself.
func repeated(t *testing.T, lab labs.Lab, cell cells.Cell) float64 {
	t.Helper()
	percent, ok := cellstest.Run(t, lab, cell).Values["repeated"].(float64)
	if !ok {
		t.Fatal("the cell does not say how much is repeated")
	}
	return percent
}

// rows are the last n lines of a table.
func rows(t *testing.T, lab labs.Lab, cell cells.Cell, n int) []string {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(cellstest.Drawn(t, lab, cell)), "\n")
	if len(lines) < n {
		t.Fatalf("%d lines, want %d and more", len(lines), n)
	}
	return lines[len(lines)-n:]
}

// numbers finds pairs of numbers in what a plot says in words.
func numbers(t *testing.T, lab labs.Lab, cell cells.Cell, pattern string) (pairs [][2]float64) {
	t.Helper()
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(cellstest.Drawn(t, lab, cell), -1) {
		var p [2]float64
		if _, err := fmt.Sscan(m[1]+" "+m[2], &p[0], &p[1]); err != nil {
			t.Fatalf("%q: %v", m[0], err)
		}
		pairs = append(pairs, p)
	}
	return pairs
}
