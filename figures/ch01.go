package figures

import (
	"fmt"
	"math"
	"strings"

	"oneword/chart"
	"oneword/lm"
	"oneword/nn/practice"
	"oneword/transformer"
	"oneword/transformer/models"
)

var chapter1 = []Figure{
	{"01-next-words", 1, "What comes next?", "table", []string{"small"}, nextWords},
	{"01-greedy-steps", 1, "Always the most probable token", "table", []string{"small"}, greedySteps},
	{"01-greedy-text", 1, "A text of most probable tokens", "text", []string{"small"}, greedyText},
	{"01-sampled-steps", 1, "Tokens drawn at temperature 0.8", "table", []string{"small"}, sampledSteps},
	{"01-sampled-five", 1, "Five texts from the same beginning", "table", []string{"small"}, sampledFive},
	{"01-sampled-text", 1, "A text drawn at temperature 0.8", "text", []string{"small"}, sampledText},
	{"01-rank-power-law", 1, "How probable is the n-th most probable token?", "plot", []string{"small"}, rankPowerLaw},
	{"01-temperature", 1, "What temperature does", "plot", []string{"small"}, temperature},
	{"01-larger-models", 1, "Larger models", "table", []string{"small"}, largerModels},
}

// prompt is what the essay lets GPT-2 go on from.
const prompt = transformer.EssayPrompt

// warm draws as the essay does.
var warm = lm.Sampling{Temperature: 0.8}

// modelName says, for captions, which model was asked.
func modelName(m *transformer.Model) Caption {
	if m.Name == models.Small {
		return say("Stand-in: the small GPT of this project (%.1f million weights, trained on English prose) instead of GPT-2", float64(m.Params())/1e6)
	}
	return say("Model: %s (%.0f million weights)", m.Name, float64(m.Params())/1e6)
}

func nextWords(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	guesses, err := m.Guesses(prompt, 5)
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("token", "probability", "the essay's, of GPT-2", "probability").Right(1, 3).Title("What comes next?")
	for i, g := range guesses {
		e := transformer.EssayNext[i]
		t.Row(transformer.Visible(g.Text), fmt.Sprintf("%.2f %%", 100*g.P), transformer.Visible(e.Token), fmt.Sprintf("%.2f %%", 100*e.P))
	}
	return t, say("The five most probable tokens after “%s”, beside those that the essay reports. %s. No randomness.", prompt, modelName(m)), nil
}

func greedySteps(lab *Lab) (chart.Drawing, Caption, error) {
	return steps(lab, "Always the most probable token", lm.Sampling{}, say("the most probable token is added, seven times"), say("No randomness."))
}

func sampledSteps(lab *Lab) (chart.Drawing, Caption, error) {
	return steps(lab, "Tokens drawn at temperature 0.8", warm, say("a token drawn at temperature 0.8 is added, seven times"), say("Seed %d.", lab.Seed))
}

func steps(lab *Lab, title string, s lm.Sampling, what, seed Caption) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	list, err := m.Steps(prompt, 7, s, lab.Rand("01-sampled-steps"))
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("text", "token", "probability").Right(2).Title(title)
	text := prompt
	for _, g := range list {
		text += g.Text
		t.Row("… "+transformer.OneLine(text[len("The best thing about AI is "):]), transformer.Visible(g.Text), fmt.Sprintf("%.1f %%", 100*g.P))
	}
	return t, say("To “%s” %s. %s. %s", prompt, what, modelName(m), seed), nil
}

// longText is what the model writes for the two long texts.
func longText(lab *Lab, id string, s lm.Sampling) (string, error) {
	return remember(lab, id, func() (string, error) {
		m, err := lab.GPT()
		if err != nil {
			return "", err
		}
		return m.Write(prompt, 150, s, lab.Rand(id))
	})
}

func greedyText(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	text, err := longText(lab, "01-greedy-text", lm.Sampling{})
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Prose(transformer.OneLine(prompt + text)).Title("A text of most probable tokens"),
		say("“%s”, gone on with by the most probable token, 150 times: %.0f %% of its runs of four words occur more than once. %s. No randomness.", prompt, 100*lm.Repeated(strings.Fields(text), 4), modelName(m)), nil
}

func sampledText(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	text, err := longText(lab, "01-sampled-text", warm)
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Prose(transformer.OneLine(prompt + text)).Title("A text drawn at temperature 0.8"),
		say("“%s”, gone on with by 150 tokens drawn at temperature 0.8: %.0f %% of its runs of four words occur more than once. %s. Seed %d.", prompt, 100*lm.Repeated(strings.Fields(text), 4), modelName(m), lab.Seed), nil
}

func sampledFive(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("", "text").Title("Five texts from the same beginning")
	for i := range 5 {
		text, err := m.Write(prompt, 16, warm, lab.Rand(fmt.Sprint("01-sampled-five ", i)))
		if err != nil {
			return nil, Caption{}, err
		}
		t.Row(fmt.Sprint(i+1), "… its ability to "+transformer.OneLine(text))
	}
	return t, say("“%s”, gone on with five times by 16 tokens drawn at temperature 0.8. %s. Seed %d.", prompt, modelName(m), lab.Seed), nil
}

// rankLaw fits a power law to the probabilities of the tokens after the prompt,
// at ranks that are evenly spaced on a logarithmic axis.
func rankLaw(lab *Lab) (all practice.Curve, law practice.PowerLaw, err error) {
	m, err := lab.GPT()
	if err != nil {
		return all, law, err
	}
	guesses, err := m.Guesses(prompt, 0)
	if err != nil {
		return all, law, err
	}
	for i, g := range guesses {
		all.X, all.Y = append(all.X, float64(i+1)), append(all.Y, g.P)
	}
	var few practice.Curve
	for rank := 1.0; rank <= math.Min(1000, float64(len(guesses))); rank *= 1.25 {
		i := int(rank)
		few.X, few.Y = append(few.X, all.X[i-1]), append(few.Y, all.Y[i-1])
	}
	law, err = practice.FitPowerLaw(few)
	return all, law, err
}

func rankPowerLaw(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	all, law, err := rankLaw(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Plot().Title("How probable is the n-th most probable token?").Labels("rank", "probability").LogX().LogY().
			Line("tokens", all.X, all.Y).Func(fmt.Sprintf("exponent −%.2f ± %.2f", -law.Exponent, law.Error), law.At, 1, 1000),
		say("Probability of all %d tokens after “%s” against their rank, with a power law fitted to the ranks 1 to 1,000. %s. No randomness.", len(all.X), prompt, modelName(m)), nil
}

// temperatures are those that are compared.
var temperatures = []float64{0, 0.5, 0.8, 1, 1.5}

// atTemperature is the distribution over ranks at a temperature.
func atTemperature(lab *Lab, t float64) ([]float64, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, err
	}
	guesses, err := m.Guesses(prompt, 0)
	if err != nil {
		return nil, err
	}
	p := make([]float64, len(guesses))
	for i, g := range guesses {
		p[i] = g.P
	}
	lm.Sampling{Temperature: t}.Adjust(p)
	return p, nil
}

func temperature(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	plot := chart.Plot().Title("What temperature does").Labels("rank", "probability").PercentY()
	ranks := make([]float64, 20)
	for i := range ranks {
		ranks[i] = float64(i + 1)
	}
	for _, t := range temperatures {
		p, err := atTemperature(lab, t)
		if err != nil {
			return nil, Caption{}, err
		}
		plot.LinePoints(fmt.Sprintf("%g (%.1f bits)", t, lm.Entropy(p)), ranks, p[:len(ranks)])
	}
	return plot, say("Probabilities of the twenty most probable tokens after “%s” at several temperatures, with the entropy of each distribution. %s. No randomness.", prompt, modelName(m)), nil
}

func largerModels(lab *Lab) (chart.Drawing, Caption, error) {
	t := chart.Table("model", "weights", "at temperature 0", "at temperature 0.8").Right(1).Title("Larger models")
	for _, name := range models.Names() {
		if !models.Present(name) {
			t.Row(name, fmt.Sprintf("%.0f million", float64(transformer.Sizes[name].Params())/1e6), "(not here)", "(not here)")
			continue
		}
		m, err := models.Open(lab.ctx, name, transformer.BF16, nil)
		if err != nil {
			return nil, Caption{}, err
		}
		cold, err := m.Write(prompt, 12, lm.Sampling{}, nil)
		if err != nil {
			return nil, Caption{}, err
		}
		hot, err := m.Write(prompt, 12, warm, lab.Rand("01-larger-models"))
		if err != nil {
			return nil, Caption{}, err
		}
		t.Row(name, fmt.Sprintf("%.1f million", float64(m.Params())/1e6), "… "+transformer.OneLine(cold), "… "+transformer.OneLine(hot))
	}
	return t, say("“%s”, gone on with for 12 tokens by the small GPT of this project and by each size of GPT-2 that is in the cache (`essay data get gpt2` fetches one), weights in bfloat16. They stand for the essay's samples of GPT-3. Seed %d.", prompt, lab.Seed), nil
}
