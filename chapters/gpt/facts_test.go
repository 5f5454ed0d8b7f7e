package gpt

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/chart"
	"oneword/labs"
	"oneword/must"
	"oneword/transformer/feedback"
	"oneword/transformer/grammar"
	"oneword/transformer/parens"
	"oneword/transformer/small"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"11-learning-curve": func(t *testing.T, lab labs.Lab) {
		log := must.Get(small.Log())
		if len(log.Points) < 10 {
			t.Fatalf("%d points", len(log.Points))
		}
		held := log.Points.Column("held out")
		if first, last := held[0], held[len(held)-1]; last > first-3 || last < 2 {
			t.Errorf("the held-out loss goes from %v to %v", first, last)
		}
		if m := lab.GPT(); log.Config != m.Config {
			t.Errorf("the log is of %+v, the model is %+v", log.Config, m.Config)
		}
		// Once all has been read, at some 70 million tokens, the curves part.
		all := 0.0
		for _, s := range log.Sources {
			all += float64(s.Tokens)
		}
		if all < 60e6 || all > 75e6 {
			t.Errorf("there are %v tokens", all)
		}
		for i, p := range log.Points {
			if gap := held[i] - p.Loss; p.Seen < all && gap > 0.05 || p.Seen > 3*all && gap < 0.15 {
				t.Errorf("after %v tokens the loss is %v, held out %v", p.Seen, p.Loss, held[i])
			}
			if i > 0 && held[i] > held[i-1]+0.02 {
				t.Errorf("the held-out loss rises to %v after %v tokens", held[i], p.Seen)
			}
		}
	},
	"11-samples": func(t *testing.T, lab labs.Lab) {
		if n := strings.Count(cellstest.Drawn(t, lab, Samples), "The best thing about"); n < 5 {
			t.Errorf("%d samples", n)
		}
	},
	"11-cost": func(t *testing.T, lab labs.Lab) {
		if got := trainingCost(175e9, 300e9); got < 3e23 || got > 3.3e23 { // 3.14·10²³, Brown et al. 2020, table D.1
			t.Errorf("GPT-3 takes %v operations", got)
		}
		if a, b := trainingCost(1e6, 1e6), trainingCost(1e7, 1e7); b != 100*a {
			t.Errorf("ten times n makes %v of %v", b, a)
		}
	},
	"11-in-context": func(t *testing.T, lab labs.Lab) {
		near, _, _ := tell(lab.GPT(), 0)
		for _, k := range []int{0, 8, 16} { // hundreds of times as probable, and slowly fading
			if told, untold, _ := tell(lab.GPT(), k); told < 200*untold || told < near/4 || k == 16 && told > near {
				t.Errorf("after %d sentences: told %v, not told %v, told just before %v", k, told, untold, near)
			}
		}
	},
	"11-parse-tree": func(t *testing.T, lab labs.Lab) {
		sentence := "The girl saw the man with the telescope"
		trees, err := must.Get(grammar.English()).Parses(sentence)
		if err != nil || len(trees) != 2 || trees[0].P <= trees[1].P {
			t.Errorf("%v, %v", trees, err)
		}
		r := cellstest.Run(t, lab, ParseTree)
		if share := r.Values["percent"].(float64); share <= 50 || share >= 100 || !strings.Contains(r.Picture().Text(), sentence) {
			t.Errorf("the first of two has %v %%:\n%s", share, r.Picture().Text())
		}
	},
	"11-parentheses": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, Parentheses)
		if got := strings.Count(text, "( )"); got != 12 {
			t.Errorf("%d nodes, want 12 pairs:\n%s", got, text)
		}
	},
	"11-paren-training": func(t *testing.T, lab labs.Lab) {
		log, values := must.Get(parens.Recorded()), cellstest.Run(t, lab, ParenTraining).Values
		if len(log.Nets) != 2 {
			t.Fatalf("%+v", log)
		}
		for i, n := range log.Nets {
			held := n.Points.Column("held out")
			if first, last := held[0], held[len(held)-1]; last > first || last < log.Truth || last > log.Truth+0.02 {
				t.Errorf("%d blocks: from %v to %v, the language has %v", n.Blocks, first, last, log.Truth)
			}
			if balanced := values[fmt.Sprint("balanced", i+1)].(float64); balanced < 95 || n.Points.Last().Measured["balanced"] < 0.95 {
				t.Errorf("%d blocks: %v %% balance, by the log %v", n.Blocks, balanced, n.Points.Last().Measured["balanced"])
			}
			weights := values[fmt.Sprint("weights", i+1)].(int)
			if n.Blocks != i+1 || weights < 180_000*n.Blocks || weights > 220_000*n.Blocks {
				t.Errorf("%d blocks have %d weights; the essay's two had about 400,000", n.Blocks, weights)
			}
		}
	},
	"11-paren-next": func(t *testing.T, lab labs.Lab) {
		drawn := cellstest.Drawn(t, lab, ParenNext)
		for blocks := 1; blocks <= 2; blocks++ {
			m := must.Get(parens.Model(blocks))
			for i, text := range []string{"(((()())", "((()))()"} { // only the second balances
				beginning := must.Get(parens.Encode(text))
				p, truth := parens.Predict(m, beginning), parens.Trained().Next(beginning)
				end := p[parens.End]
				if i == 0 && end > 0.01 || i == 1 && math.Abs(end-truth[parens.End]) > 0.1 {
					t.Errorf("%d blocks, after %s: End %v, the language has %v", blocks, text, end, truth[parens.End])
				}
				if !strings.Contains(drawn, text) || !strings.Contains(drawn, fmt.Sprintf("%.3f %%", 100*end)) {
					t.Errorf("%d blocks, after %s: End %v is not in\n%s", blocks, text, end, drawn)
				}
			}
		}
	},
	"11-paren-limits": func(t *testing.T, lab labs.Lab) {
		values, longest := cellstest.Run(t, lab, ParenLimits).Values, 30
		for blocks := 1; blocks <= 2; blocks++ {
			// Right up to a length, then wrong.
			closed := closes(must.Get(parens.Model(blocks)), longest)
			if slices.Contains(closed[:10], false) {
				t.Errorf("%d blocks: %v", blocks, closed)
			}
			if closed[longest-1] {
				t.Errorf("%d blocks close %d, though the language has %d at most", blocks, longest, parens.Trained().Pairs)
			}
			if first := values[fmt.Sprint("failure", blocks)]; first != 1+slices.Index(closed, false) {
				t.Errorf("%d blocks: the caption says that they fail at %v, they close %v", blocks, first, closed)
			}
		}
		runs := opens(longest)
		if last := runs[parens.Trained().Pairs-1]; last <= 0 || runs[parens.Trained().Pairs] != 0 || values["last"] != chart.Scientific(last) {
			t.Errorf("the longest runs of the language have %v, by the caption %v", runs, values["last"])
		}
	},
	"11-feedback": func(t *testing.T, lab labs.Lab) {
		log, values := must.Get(feedback.Recorded()), cellstest.Run(t, lab, Feedback).Values
		if len(log.Rounds) < 20 {
			t.Fatalf("%d rounds", len(log.Rounds))
		}
		agreement, before, after := values["agreement"].(float64), values["ratingBefore"].(float64), values["ratingAfter"].(float64)
		if agreement < 60 || after < before+0.3 {
			t.Errorf("agreement %v %%, rating %v before and %v after", agreement, before, after)
		}
		// The text stays fluent.
		if log.After.BitsPerByte > 1.08*log.Before.BitsPerByte {
			t.Errorf("held out: %v bits a byte before, %v after", log.Before.BitsPerByte, log.After.BitsPerByte)
		}
	},
}
