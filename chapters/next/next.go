package next

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/ngram"
	"oneword/nn/practice"
	"oneword/transformer"
	"oneword/transformer/models"
	"oneword/transformer/small"
)

// NextWords is figure 01-next-words: the five most probable tokens.
func NextWords(lab labs.Lab, show labs.Show) {
	m, prompt := lab.GPT(), transformer.EssayPrompt
	t := chart.Table("token", "probability", "the essay's, of GPT-2", "probability").Right(1, 3)
	for i, g := range must.Get(m.Guesses(prompt, 5)) {
		e := transformer.EssayNext()[i]
		t.Row(transformer.Visible(g.Text), fmt.Sprintf("%.2f %%", 100*g.P), transformer.Visible(e.Text),
			fmt.Sprintf("%.2f %%", 100*e.P))
	}
	show(t.Title("What comes next?"), labs.Values{"prompt": prompt})
}

// GreedySteps is figure 01-greedy-steps: the most probable token, seven times.
func GreedySteps(lab labs.Lab, show labs.Show) {
	m, prompt := lab.GPT(), transformer.EssayPrompt
	t, text := chart.Table("text", "token", "probability").Right(2), ""
	for _, g := range must.Get(m.Continue(prompt, 7, lm.Sampling{}, nil)) {
		text += g.Text
		t.Row("… its ability to "+labs.OneLine(text), transformer.Visible(g.Text),
			fmt.Sprintf("%.1f %%", 100*g.P))
	}
	show(t.Title("Always the most probable token"), labs.Values{"prompt": prompt})
}

// GreedyText is figure 01-greedy-text: the same 150 times, which goes in circles.
func GreedyText(lab labs.Lab, show labs.Show) {
	m, prompt := lab.GPT(), transformer.EssayPrompt
	text := must.Get(m.ContinueText(prompt, 150, lm.Sampling{}, nil))
	repeated := 100 * lm.Repeated(strings.Fields(text), 4) // of the runs of four words, in percent
	show(chart.Prose(labs.OneLine(prompt+text)).Title("A text of most probable tokens"),
		labs.Values{"prompt": prompt, "repeated": repeated})
}

// SampledSteps is figure 01-sampled-steps: seven tokens that are drawn.
func SampledSteps(lab labs.Lab, show labs.Show) {
	m, prompt, warm := lab.GPT(), transformer.EssayPrompt, lm.Sampling{Temperature: 0.8}
	t, text := chart.Table("text", "token", "probability").Right(2), ""
	for _, g := range must.Get(m.Continue(prompt, 7, warm, lab.Rand("01-sampled-steps"))) {
		text += g.Text
		t.Row("… its ability to "+labs.OneLine(text), transformer.Visible(g.Text),
			fmt.Sprintf("%.1f %%", 100*g.P))
	}
	show(t.Title("Tokens drawn at temperature 0.8"), labs.Values{"prompt": prompt})
}

// SampledFive is figure 01-sampled-five: each time it is another text.
func SampledFive(lab labs.Lab, show labs.Show) {
	m, prompt, warm := lab.GPT(), transformer.EssayPrompt, lm.Sampling{Temperature: 0.8}
	t := chart.Table("", "text").Title("Five texts from the same beginning")
	for i := range 5 {
		rng := lab.Rand(fmt.Sprint("01-sampled-five ", i))
		text := must.Get(m.ContinueText(prompt, 16, warm, rng))
		t.Row(fmt.Sprint(i+1), "… its ability to "+labs.OneLine(text))
	}
	show(t, labs.Values{"prompt": prompt})
}

// SampledText is figure 01-sampled-text: 150 tokens that are drawn.
func SampledText(lab labs.Lab, show labs.Show) {
	m, prompt, warm := lab.GPT(), transformer.EssayPrompt, lm.Sampling{Temperature: 0.8}
	text := must.Get(m.ContinueText(prompt, 150, warm, lab.Rand("01-sampled-text")))
	repeated := 100 * lm.Repeated(strings.Fields(text), 4) // of the runs of four words, in percent
	show(chart.Prose(labs.OneLine(prompt+text)).Title("A text drawn at temperature 0.8"),
		labs.Values{"prompt": prompt, "repeated": repeated})
}

// RankPowerLaw is figure 01-rank-power-law: all tokens, by their rank.
func RankPowerLaw(lab labs.Lab, show labs.Show) {
	var all, few practice.Curve
	prompt := transformer.EssayPrompt
	for i, g := range must.Get(lab.GPT().Guesses(prompt, 0)) {
		all.X, all.Y = append(all.X, float64(i+1)), append(all.Y, g.P)
	}
	// The law is fitted to ranks that are evenly spaced on a logarithmic axis.
	for rank := 1.0; rank <= math.Min(1000, float64(len(all.X))); rank *= 1.25 {
		few.X, few.Y = append(few.X, all.X[int(rank)-1]), append(few.Y, all.Y[int(rank)-1])
	}
	law := must.Get(practice.FitPowerLaw(few))
	show(chart.Plot().Title("How probable is the n-th most probable token?").
		Labels("rank", "probability").LogX().LogY().Line("tokens", all.X, all.Y).
		Func(fmt.Sprintf("exponent −%.2f ± %.2f", -law.Exponent, law.Error), law.At, 1, 1000),
		labs.Values{"prompt": prompt, "tokens": len(all.X)})
}

// Temperature is figure 01-temperature: the first twenty, cold to hot.
func Temperature(lab labs.Lab, show labs.Show) {
	prompt, ranks := transformer.EssayPrompt, make([]float64, 20)
	guesses := must.Get(lab.GPT().Guesses(prompt, 0))
	plot := chart.Plot().Title("What temperature does").Labels("rank", "probability").PercentY()
	for _, t := range []float64{0, 0.5, 0.8, 1, 1.5} {
		p := make([]float64, len(guesses))
		for i, g := range guesses {
			p[i], ranks[min(i, 19)] = g.P, float64(min(i, 19)+1)
		}
		lm.Sampling{Temperature: t}.Adjust(p)
		plot.LinePoints(fmt.Sprintf("%g (%.1f bits)", t, lm.Entropy(p)), ranks, p[:20])
	}
	show(plot, labs.Values{"prompt": prompt})
}

// TemperatureLive is figure 01-temperature as one that responds.
func TemperatureLive(lab labs.Lab, show labs.Show) {
	var words []string
	var p []float64
	for _, g := range must.Get(lab.GPT().Guesses(transformer.EssayPrompt, 0)) {
		words, p = append(words, transformer.Visible(g.Text)), append(p, g.P)
	}
	show(live.Sampling(words, p))
}

// LargerModels is figure 01-larger-models: a ladder of all that are here.
func LargerModels(lab labs.Lab, show labs.Show) {
	prompt, held, warm := transformer.EssayPrompt, lab.Cat().Text, lm.Sampling{Temperature: 0.8}
	t := chart.Table("model", "bits a byte", "real words", "how it goes on").Right(1, 2)
	row := func(name string, bits float64, first40, all string) {
		t.Row(name, fmt.Sprintf("%.2f", bits), fmt.Sprintf("%.0f %%", 100*ngram.KnownShare(all, lab.Words())),
			"… "+labs.OneLine(first40))
	}
	for i, table := range []*ngram.Table{lab.Letters(), lab.Words()} {
		for n := 1; n <= 3; n++ {
			name := fmt.Sprintf("%s, n = %d", []string{"letters", "words"}[i], n)
			whole := must.Get(ngram.NewWhole(table, n, lab.Letters(), lab.Dog().Text))
			begin, rng := must.Get(table.Encode(prompt+" ")), lab.Rand("01-larger-models")
			more := lm.Take(small.StageTokens, lm.Generate(must.Get(ngram.Backoff(table, n)), begin, warm, rng))
			row(name, must.Get(whole.Bits(held))/float64(len(held)), table.Decode(more[:40]), table.Decode(more))
		}
	}
	for _, s := range must.Get(small.Stages()) { // recorded: the models are not here
		tokens := must.Get(small.Model()).Vocabulary
		row(fmt.Sprintf("GPT that read %.0f million tokens", s.Tokens/1e6), s.BitsPerByte,
			tokens.Decode(lm.Take(40, slices.Values(tokens.Encode(s.Text)))), s.Text)
	}
	for _, name := range models.Names() {
		if models.Present(name) {
			m := must.Get(models.Open(context.Background(), name, transformer.Own, nil))
			begin, rng := m.Vocabulary.Encode(prompt), lab.Rand("01-larger-models")
			more := must.Get(lm.Collect(small.StageTokens, m.Generate(begin, warm, rng)))
			row(fmt.Sprintf("%s, %.0f million weights", name, float64(m.Params())/1e6),
				must.Get(m.BitsPerByte(held)), m.Vocabulary.Decode(more[:min(40, len(more))]), m.Vocabulary.Decode(more))
		}
	}
	show(t.Title("Larger models"), labs.Values{"prompt": prompt})
}

// YourBeginning goes on from a text that is typed in.
func YourBeginning(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	talk := live.NewTalk(live.Field("text", "Once upon a time there was"),
		live.Range("temperature", 0, 2, 0.1).From(8), live.Again("again", 100))
	show(talk)
	for talk.Next() {
		text, n := talk.Text("text"), 0
		warm := lm.Sampling{Temperature: talk.Number("temperature")}
		rng := lm.Rand(uint64(talk.At("again")), "talk")
		for id, err := range m.Generate(m.Vocabulary.Encode(text), warm, rng) {
			must.Do(err)
			text += m.Vocabulary.Token(id)
			talk.Say(text)
			if n++; n == 60 || talk.Changed() {
				break
			}
		}
	}
}

// Exercise draws with each of the knobs of lm.Sampling.
func Exercise(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	for _, s := range []lm.Sampling{{Temperature: 1.5}, {Temperature: 1.5, TopK: 5},
		{Temperature: 1.5, TopP: 0.5}} {
		show.Printf("%+v\n%s\n\n", s,
			must.Get(m.ContinueText("Once upon a time there was a king who", 40, s, lab.Rand("exercise"))))
	}
}
