package figures

import (
	"fmt"
	"math"
	"slices"

	"oneword/chart"
	"oneword/transformer"
	"oneword/transformer/feedback"
	"oneword/transformer/grammar"
	"oneword/transformer/parens"
)

// ambiguous can be read in two ways.
const ambiguous = "The girl saw the man with the telescope"

func parseTree(lab *Lab) (chart.Drawing, Caption, error) {
	g, err := grammar.English()
	if err != nil {
		return nil, Caption{}, err
	}
	trees, err := g.Parses(ambiguous)
	if err != nil {
		return nil, Caption{}, err
	}
	if len(trees) != 2 {
		return nil, Caption{}, fmt.Errorf("%d parse trees of %q", len(trees), ambiguous)
	}
	var panels []chart.Drawing
	for i, title := range []string{"seen with the telescope", "the man with the telescope"} {
		panels = append(panels, chart.Tree(trees[i], parsed).Title(title))
	}
	share := trees[0].P / (trees[0].P + trees[1].P)
	return chart.Panels(2, panels...).Wide().Title(ambiguous), say("Both ways to read “%s” by a grammar of simple English written for this project, the more probable one first (%.0f %% by the weights of the rules). S sentence, NP and VP noun and verb phrase, PP phrase with a preposition, Det determiner, Nom noun with its adjectives, V1 verb with an object. No randomness.", ambiguous, 100*share), nil
}

func parsed(t *grammar.Tree) (string, []*grammar.Tree) { return t.Label(), t.Parts }

func parentheses(lab *Lab) (chart.Drawing, Caption, error) {
	sequence := parens.Balanced(12, lab.Rand("11-parentheses"))
	tree, err := parens.Grow(sequence)
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Tree(tree, pairOf).Title(parens.Text(sequence)), say("One of the %.0f balanced sequences of 12 pairs of parentheses, each as probable as the others, and its parse tree: a node for each pair, below it the pairs within. Seed %d.", parens.Completions(24, 0), lab.Seed), nil
}

func pairOf(t *parens.Tree) (string, []*parens.Tree) { return t.Label(), t.Inside }

func parenTraining(lab *Lab) (chart.Drawing, Caption, error) {
	log, err := parens.Recorded()
	if err != nil {
		return nil, Caption{}, err
	}
	left := chart.Plot().Title("Surprise at sequences not seen").Labels("sequences learned from", "nats a token").LogX()
	right := chart.Plot().Title("Do its own sequences balance?").Labels("sequences learned from", "share that balance").LogX().PercentY()
	var last []float64
	for _, n := range log.Nets {
		var at, held, balanced []float64
		for _, p := range n.Points {
			at, held, balanced = append(at, float64(p.Step*parens.Batch)), append(held, p.HeldOut), append(balanced, p.Balanced)
		}
		name := fmt.Sprintf("%d blocks", n.Blocks)
		if n.Blocks == 1 {
			name = "1 block"
		}
		left.LinePoints(name, at, held)
		right.LinePoints(name, at, balanced)
		last = at
	}
	left.Dashed("the language itself", []float64{last[0], last[len(last)-1]}, []float64{log.Truth, log.Truth})
	one, two := log.Nets[0], log.Nets[1]
	return chart.Panels(2, left, right).Wide().Title("Learning to balance parentheses"), say("Transformers of one block (%d weights) and of two (%d), vectors of 128 numbers and 8 heads, learn balanced sequences of up to %d pairs. In the end one block draws %.0f %% of its sequences so that they balance, two blocks %.0f %%; the essay reports that one block fails and two succeed, on a task and with a training that it does not describe in full. Recorded when the shipped nets were trained. No randomness.",
		one.Weights, two.Weights, log.Pairs, 100*one.Points[len(one.Points)-1].Balanced, 100*two.Points[len(two.Points)-1].Balanced), nil
}

// Two beginnings, of which only the second balances.
var beginnings = []string{"(((()())", "((()))()"}

func parenNext(lab *Lab) (chart.Drawing, Caption, error) {
	t := chart.Table("after", "token", "one block", "two blocks", "the language", "essay").Right(2, 3, 4, 5).Title("What comes next?")
	essay := map[string]string{beginnings[0] + "End": "0.038 %", beginnings[1] + "End": "34 %"}
	for _, text := range beginnings {
		beginning, err := parens.Parse(text)
		if err != nil {
			return nil, Caption{}, err
		}
		truth := parens.Trained.Next(beginning)
		for token, symbol := range parens.Symbols {
			row := []any{text, symbol}
			if token > 0 {
				row[0] = ""
			}
			for blocks := 1; blocks <= 2; blocks++ {
				m, err := parens.Model(blocks)
				if err != nil {
					return nil, Caption{}, err
				}
				row = append(row, percent3(parens.Next(m, beginning)[token]))
			}
			t.Row(append(row, percent3(truth[token]), essay[text+symbol])...)
		}
	}
	return t, say("The probabilities of the next token after a beginning that does not balance yet, and after one that does: by the nets of one and two blocks, exactly by the language that they were trained on (1 to %d pairs, each length as probable as the others), and, for End, the essay's net, which learned another set of sequences. No randomness.", parens.Trained.Pairs), nil
}

func percent3(p float64) string { return fmt.Sprintf("%.3f %%", 100*p) }

// longestRun is how many "(" a beginning has at most.
const longestRun = 30

func parenLimits(lab *Lab) (chart.Drawing, Caption, error) {
	grid := chart.Images(1).Title("How many parentheses can it close?")
	var firsts []any
	for blocks := 1; blocks <= 2; blocks++ {
		m, err := parens.Model(blocks)
		if err != nil {
			return nil, Caption{}, err
		}
		strip, closes := make([]float64, longestRun), parens.Closes(m, longestRun)
		for k, closed := range closes {
			if strip[k] = 1; closed {
				strip[k] = -1
			}
		}
		right := slices.Index(append(closes, false), false) // how many before the first failure
		grid.Add(chart.Strip(strip, 20, 40), fmt.Sprintf("runs of 1 to %d, blocks: %d, right up to %d", longestRun, blocks, right))
		firsts = append(firsts, failure(right+1))
	}
	seen := make([]float32, longestRun)
	last := 1.0
	for k, p := range parens.Trained.Runs(longestRun) {
		if seen[k] = float32(1 + math.Log10(p)/12); p > 0 {
			last = p
		}
	}
	grid.Add(chart.Stretched(chart.Gray(seen, longestRun), 20, 40), "how probable such a beginning is in the language")
	return grid, say("Whether the most probable completion of a run of “(” closes all of them and no more (blue: yes, red: no): the first failure is at %s for one block, and at %s for two. Below, the probability that a sequence of the language begins so, on a logarithmic scale, from black for 1 to white for 10⁻¹² and less: a run of %d has %s, and longer ones, which the nets never saw, 0. No randomness.",
		firsts[0], firsts[1], parens.Trained.Pairs, chart.Scientific(last)), nil
}

func failure(k int) string {
	if k > longestRun {
		return fmt.Sprintf("none up to %d", longestRun)
	}
	return fmt.Sprint(k)
}

// toldDistances is how many sentences stand between telling and asking.
var toldDistances = []int{0, 1, 2, 4, 8, 12, 16}

func inContext(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	var at, told, untold []float64
	for _, k := range toldDistances {
		a, b, tokens, err := m.Told(k)
		if err != nil {
			return nil, Caption{}, err
		}
		at, told, untold = append(at, float64(tokens)), append(told, a), append(untold, b)
	}
	return chart.Plot().Title("Told once").Labels("tokens between telling and asking", "probability of the name's tokens").LogY().
		LinePoints("the name was told", at, told).LinePoints("it was not", at, untold), say("The probability of eight made-up names (“Zorblat”, “Mirkosa” …) after “Then I met my friend”, if the text began with “My friend is called …”, and if it did not; means on a logarithmic scale. No weight changes: the model uses what stands in its window. %s. No randomness.", modelName(m)), nil
}

func feedbackTuning(lab *Lab) (chart.Drawing, Caption, error) {
	log, err := feedback.Recorded()
	if err != nil {
		return nil, Caption{}, err
	}
	if len(log.Rounds) == 0 || len(log.Before.Samples) < 3 || len(log.After.Samples) < 3 {
		return nil, Caption{}, fmt.Errorf("the tuning was recorded with %d rounds", len(log.Rounds))
	}
	var step, rating, leaving []float64
	for _, r := range log.Rounds {
		step, rating, leaving = append(step, float64(r.Step)), append(rating, r.Rating), append(leaving, r.Leaving)
	}
	left := chart.Plot().Title("Kind words less unkind ones").Labels("step", "mean rating").Grey("", step, rating).Line("", step, feedback.Smooth(rating, 10))
	right := chart.Plot().Title("How far it leaves what it was").Labels("step", "nats a token").Line("", step, leaving)
	table := func(name string, m feedback.Measure) chart.Drawing {
		t := chart.Table(name).Narrow()
		for _, s := range m.Samples[:3] {
			t.Row(transformer.OneLine(s) + " …")
		}
		return t
	}
	return chart.Panels(2, left, right, table("before", log.Before), table("after", log.After)).Wide().Title("Tuned by ratings"),
		say("The small GPT writes; the rule “kind words less unkind ones” rates %d of its texts, and a linear reward learns from pairs which one was rated higher (right for %.0f %% of pairs held out). Policy gradient then makes texts of high reward more probable, with a penalty of %.2f a nat for leaving the model that it was. Mean rating of 320 fresh texts: %.2f before, %.2f after; perplexity of held-out text: %.1f before, %.1f after. Recorded by `essay train feedback`. No randomness.",
			log.Texts, 100*log.Agreement, log.Penalty, log.Before.Rating, log.After.Rating, log.Before.Perplexity, log.After.Perplexity), nil
}
