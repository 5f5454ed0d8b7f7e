package figures

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/transformer"
	"oneword/transformer/small"
)

var chapter11 = []Figure{
	{"11-learning-curve", 11, "A GPT learns", "plot", []string{"small"}, learningCurve},
	{"11-samples", 11, "What it writes as it learns", "table", []string{"small"}, samples},
	{"11-cost", 11, "What training costs", "table", nil, cost},
	{"11-parse-tree", 11, "Two ways to read a sentence", "diagram", nil, parseTree},
	{"11-parentheses", 11, "Parentheses and their tree", "diagram", nil, parentheses},
	{"11-paren-training", 11, "Learning to balance parentheses", "plot", []string{"parens"}, parenTraining},
	{"11-paren-next", 11, "What comes next in parentheses?", "table", []string{"parens"}, parenNext},
	{"11-paren-limits", 11, "How many parentheses can it close?", "image", []string{"parens"}, parenLimits},
	{"11-in-context", 11, "Told once", "plot", []string{"small"}, inContext},
	{"11-feedback", 11, "Tuned by ratings", "plot", []string{"small"}, feedbackTuning},
}

func learningCurve(*Lab) (chart.Drawing, Caption, error) {
	log, err := small.Log()
	if err != nil {
		return nil, Caption{}, err
	}
	var tokens, loss, held []float64
	for _, p := range log.Points {
		tokens, loss, held = append(tokens, float64(p.Tokens)), append(loss, p.Loss/math.Ln2/log.BytesPerToken), append(held, p.HeldOut/math.Ln2/log.BytesPerToken)
	}
	return chart.Plot().Title("A GPT learns").Labels("tokens seen", "bits a byte").LogX().Line("text it learns from", tokens, loss).Line("held-out text", tokens, held),
		say("Loss of the small GPT of this project, %.1f million weights, while it was trained on English prose, and on samples of text that it did not see, in bits a byte; recorded. No randomness.", float64(log.Config.Params())/1e6), nil
}

func samples(*Lab) (chart.Drawing, Caption, error) {
	log, err := small.Log()
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("tokens seen", "what it writes").Right(0).Title("What it writes as it learns")
	for _, p := range log.Stages(3) {
		text := []rune(transformer.OneLine(p.Sample))
		t.Row(fmt.Sprintf("%.2f million", float64(p.Tokens)/1e6), string(text[:min(len(text), 110)])+" …")
	}
	return t, say("Texts that the small GPT of this project went on with from “The best thing about”, at temperature 0.8, at several points of its training; recorded. No randomness."), nil
}

func cost(*Lab) (chart.Drawing, Caption, error) {
	log, err := small.Log()
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("model", "weights", "tokens learned from", "operations").Right(1, 2, 3).Title("What training costs")
	row := func(name string, weights, tokens float64) {
		t.Row(name, chart.Scientific(weights), chart.Scientific(tokens), chart.Scientific(transformer.TrainingCost(weights, tokens)))
	}
	row("small (this project)", float64(log.Config.Params()), float64(log.Points[len(log.Points)-1].Tokens))
	row("GPT-2", float64(transformer.Sizes["gpt2-xl"].Params()), 1e10)
	row("GPT-3", 175e9, 300e9)
	row("n weights, n tokens, n = 10¹¹", 1e11, 1e11)
	return t, say("Six operations for each weight and token: with about as many tokens as weights, n, the cost grows with n². Tokens of GPT-2 from the size of its text (40 GB), of GPT-3 from its paper (Brown et al. 2020); the small GPT's from the log of its training. No randomness."), nil
}
