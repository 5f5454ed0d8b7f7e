package gpt

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oneword/chart"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/feedback"
	"oneword/transformer/grammar"
	"oneword/transformer/parens"
	"oneword/transformer/small"
)

// LearningCurve is figure 11-learning-curve: how the small GPT learned.
func LearningCurve(lab labs.Lab, show labs.Show) {
	log := must.Get(small.Log())
	tokens, loss, held := log.Points.Column("seen"), log.Points.Column("loss"), log.Points.Column("held out")
	for i := range tokens { // from nats a token
		loss[i] /= math.Ln2 * log.BytesPerToken
		held[i] /= math.Ln2 * log.BytesPerToken
	}
	show(chart.Plot().Title("A GPT learns").Labels("tokens seen", "bits a byte").LogX().
		Line("text it learns from", tokens, loss).Line("held-out text", tokens, held),
		labs.Values{"millions": float64(log.Config.Params()) / 1e6, "device": log.Device,
			"minutes": log.Seconds / 60, "passes": log.Passes("books")})
}

// Samples is figure 11-samples: what it wrote on the way.
func Samples(lab labs.Lab, show labs.Show) {
	t := chart.Table("tokens seen", "what it writes").Right(0).Title("What it writes as it learns")
	for _, p := range must.Get(small.Log()).Points.Stages(3) {
		text := []rune(labs.OneLine(p.Sample))
		t.Row(fmt.Sprintf("%.2f million", p.Seen/1e6), string(text[:min(len(text), 110)])+" …")
	}
	show(t)
}

// trainingCost is about how many operations (multiplications and additions) it
// takes to train so many weights on so many tokens: two for each weight on the way
// forward and four on the way back (Kaplan et al. 2020).
func trainingCost(weights, tokens float64) float64 { return 6 * weights * tokens }

// Cost is figure 11-cost: how many operations training takes.
func Cost(lab labs.Lab, show labs.Show) {
	log := must.Get(small.Log())
	t := chart.Table("model", "weights", "tokens learned from", "operations").Right(1, 2, 3).
		Title("What training costs")
	row := func(name string, weights, tokens float64) {
		t.Row(name, chart.Scientific(weights), chart.Scientific(tokens),
			chart.Scientific(trainingCost(weights, tokens)))
	}
	row("small (this project)", float64(log.Config.Params()), log.Points.Last().Seen)
	row("GPT-2", float64(transformer.Sizes()["gpt2-xl"].Params()), 1e10)
	row("GPT-3", 175e9, 300e9)
	row("n weights, n tokens, n = 10¹¹", 1e11, 1e11)
	show(t)
}

// tell asks whether a model uses what it was just told: how probable is a made-up
// name, after it was given and then so many sentences of something else, and how
// probable if it was not given? Both are means, on a logarithmic scale, over the
// tokens of eight names.
func tell(m *transformer.Model, sentences int) (told, untold float64, between int) {
	names := []string{" Zorblat", " Mirkosa", " Tavelle", " Quindo", " Brasko", " Ombrine", " Feldarin", " Yossop"}
	other := " The sun was warm and the sky was blue. The children played in the garden near the river." +
		" There was a house with a red roof and many windows. In the evening the wind came from the sea."
	other = strings.Repeat(other, sentences/4+1)
	other = strings.Join(strings.SplitAfter(other, ".")[:sentences], "")
	tokens := m.Vocabulary.Encode
	var with, without [][]int
	for _, name := range names {
		asks := other + " Then I met my friend"
		with = append(with, append(tokens("My friend is called"+name+"."+asks), tokens(name)...))
		without = append(without, append(tokens("My friend is very kind."+asks), tokens(name)...))
	}
	mean := func(texts [][]int) float64 {
		logs := 0.0
		for i, nats := range must.Get(m.Surprises(texts...)) { // minus the logarithms
			last := nats[len(nats)-len(tokens(names[i])):]
			for _, n := range last {
				logs -= n / float64(len(last)*len(names))
			}
		}
		return math.Exp(logs)
	}
	return mean(with), mean(without), len(tokens(other))
}

// InContext is figure 11-in-context: whether the model uses what it was just told.
func InContext(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	var at, told, untold []float64
	for _, sentences := range []int{0, 1, 2, 4, 8, 12, 16} {
		a, b, tokens := tell(m, sentences)
		at, told, untold = append(at, float64(tokens)), append(told, a), append(untold, b)
	}
	show(chart.Plot().Title("Told once").
		Labels("tokens between telling and asking", "probability of the name's tokens").LogY().
		LinePoints("the name was told", at, told).LinePoints("it was not", at, untold))
}

// ParseTree is figure 11-parse-tree: a sentence with two trees.
func ParseTree(lab labs.Lab, show labs.Show) {
	sentence, panels := "The girl saw the man with the telescope", []chart.Drawing{}
	trees := must.Get(must.Get(grammar.English()).Parses(sentence))
	draw := func(t *grammar.Tree) (string, []*grammar.Tree) {
		return strings.TrimSpace(t.Symbol + "\n" + t.Word), t.Children
	}
	for i, title := range []string{"seen with the telescope", "the man with the telescope"} {
		panels = append(panels, chart.Tree(trees[i], draw).Title(title))
	}
	share := trees[0].P / (trees[0].P + trees[1].P)
	show(chart.Panels(2, panels...).Wide().Title(sentence), labs.Values{"percent": 100 * share})
}

// Parentheses is figure 11-parentheses: a sequence that balances, and its tree.
func Parentheses(lab labs.Lab, show labs.Show) {
	sequence := parens.Balanced(12, lab.Rand("11-parentheses"))
	draw := func(t *parens.Tree) (string, []*parens.Tree) {
		if t.Whole {
			return "whole", t.Children
		}
		return "( )", t.Children
	}
	show(chart.Tree(must.Get(parens.Parse(sequence)), draw).Title(parens.Decode(sequence)),
		labs.Values{"sequences": parens.Completions(24, 0)})
}

// ParenTraining is figure 11-paren-training: how two nets learned parentheses.
func ParenTraining(lab labs.Lab, show labs.Show) {
	log := must.Get(parens.Recorded())
	left := chart.Plot().Title("Surprise at sequences not seen").
		Labels("sequences learned from", "nats a token").LogX()
	right := chart.Plot().Title("Do its own sequences balance?").
		Labels("sequences learned from", "share that balance").LogX().PercentY()
	values := labs.Values{"pairs": log.Pairs}
	var at []float64
	for i, name := range []string{"1 block", "2 blocks"} {
		points := log.Nets[i].Points
		at = points.Column("seen")
		left.LinePoints(name, at, points.Column("held out"))
		right.LinePoints(name, at, points.Column("balanced"))
		values[fmt.Sprint("weights", i+1)] = log.Nets[i].Weights
		values[fmt.Sprint("balanced", i+1)] = 100 * points.Last().Measured["balanced"]
	}
	left.Dashed("the language itself", []float64{at[0], at[len(at)-1]}, []float64{log.Truth, log.Truth})
	show(chart.Panels(2, left, right).Wide().Title("Learning to balance parentheses"), values)
}

// ParenNext is figure 11-paren-next: what may follow two beginnings.
func ParenNext(lab labs.Lab, show labs.Show) {
	one, two := must.Get(parens.Model(1)), must.Get(parens.Model(2))
	t := chart.Table("after", "token", "one block", "two blocks", "the language", "essay").
		Right(2, 3, 4, 5).Title("What comes next?")
	essay := map[string]string{"(((()())End": "0.038 %", "((()))()End": "34 %"}
	for _, text := range []string{"(((()())", "((()))()"} {
		b, name := must.Get(parens.Encode(text)), text
		p, q, truth := parens.Predict(one, b), parens.Predict(two, b), parens.Trained().Next(b)
		for i, symbol := range parens.Symbols {
			percent := func(p float64) string { return fmt.Sprintf("%.3f %%", 100*p) }
			t.Row(name, symbol, percent(p[i]), percent(q[i]), percent(truth[i]), essay[text+symbol])
			name = ""
		}
	}
	show(t, labs.Values{"pairs": parens.Trained().Pairs})
}

// closes says, for runs of 1 to n times “(”, whether the most probable completion of
// a model closes all of them and no more.
func closes(m *transformer.Model, n int) []bool {
	closed := make([]bool, n)
	for k := range closed {
		_, closed[k] = parens.Complete(m, slices.Repeat([]int{parens.Open}, k+1), lm.Sampling{}, 0)
	}
	return closed
}

// opens are the probabilities that a sequence of the language begins with 1, 2, … n
// times “(”.
func opens(n int) []float64 {
	runs, p := make([]float64, n), 1.0
	for k := range runs {
		p *= parens.Trained().Next(slices.Repeat([]int{parens.Open}, k))[parens.Open]
		runs[k] = p
	}
	return runs
}

// ParenLimits is figure 11-paren-limits: how many parentheses the nets can close.
func ParenLimits(lab labs.Lab, show labs.Show) {
	grid, seen := chart.Images(1).Title("How many parentheses can it close?"), make([]float32, 30)
	values := labs.Values{"pairs": parens.Trained().Pairs}
	for blocks := 1; blocks <= 2; blocks++ {
		strip, closed := make([]float64, 30), closes(must.Get(parens.Model(blocks)), 30)
		for k, ok := range closed {
			if strip[k] = 1; ok {
				strip[k] = -1
			}
		}
		right := slices.Index(append(closed, false), false) // how many before the first failure
		grid.Add(chart.Strip(strip, 20, 40),
			fmt.Sprintf("runs of 1 to 30, blocks: %d, right up to %d", blocks, right))
		values[fmt.Sprint("failure", blocks)] = right + 1
	}
	runs := opens(30)
	for k, p := range runs {
		seen[k] = float32(1 + math.Log10(p)/12)
	}
	grid.Add(chart.Stretched(chart.Gray(seen, 30), 20, 40), "how probable such a beginning is in the language")
	values["last"] = chart.Scientific(runs[parens.Trained().Pairs-1])
	show(grid, values)
}

// smooth is the mean of each number and the nine before it.
func smooth(x []float64) []float64 {
	means := make([]float64, len(x))
	for i := range x {
		last := x[max(0, i-9) : i+1]
		for _, v := range last {
			means[i] += v / float64(len(last))
		}
	}
	return means
}

// Feedback is figure 11-feedback: the small GPT before and after it was tuned.
func Feedback(lab labs.Lab, show labs.Show) {
	log := must.Get(feedback.Recorded())
	step, rating := log.Rounds.Column("step"), log.Rounds.Column("rating")
	left := chart.Plot().Title("Kind words less unkind ones").Labels("step", "mean rating").
		Grey("", step, rating).Line("", step, smooth(rating))
	right := chart.Plot().Title("How far it leaves what it was").Labels("step", "nats a token").
		Line("", step, log.Rounds.Column("divergence"))
	before, after := chart.Table("before").Narrow(), chart.Table("after").Narrow()
	for i := range 3 {
		before.Row(labs.OneLine(log.Before.Samples[i]) + " …")
		after.Row(labs.OneLine(log.After.Samples[i]) + " …")
	}
	show(chart.Panels(2, left, right, before, after).Wide().Title("Tuned by ratings"), labs.Values{
		"texts": log.Texts, "agreement": 100 * log.Agreement, "penalty": log.Penalty,
		"ratingBefore": log.Before.Rating, "ratingAfter": log.After.Rating,
		"perplexityBefore": log.Before.Perplexity, "perplexityAfter": log.After.Perplexity})
}

// Exercise scores a text, and the same one backwards.
func Exercise(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	for _, text := range []string{
		"It was a dark and stormy night; the rain fell in torrents.",
		"torrents in fell rain the; night stormy and dark a was It.",
	} {
		score := must.Get(m.Score(m.Vocabulary.Encode(text)))
		show.Printf("%.2f bits a byte: %s\n", score.BitsPerByte(len(text)), text)
	}
}
