package next

import (
	"oneword/chart"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/ngram"
)

// NovelAndFootball goes on from two prompts, and says how much they surprise the model.
func NovelAndFootball(lab labs.Lab, show labs.Show) {
	m, warm := lab.GPT(), lm.Sampling{Temperature: 0.8}
	for _, prompt := range []string{"The old squire rode home through the snow, and",
		"In the second half the striker scored a goal, and"} {
		show.Printf("perplexity %.0f: %s\n", must.Get(m.Perplexity(prompt)), prompt)
		for seed := range uint64(2) {
			show.Printf("   …%s\n", must.Get(m.ContinueText(prompt, 25, warm, lm.Rand(seed, "solution"))))
		}
	}
}

// HowHot counts the real words of texts at growing temperatures.
func HowHot(lab labs.Lab, show labs.Show) {
	m, list := lab.GPT(), lab.Words()
	write := func(t float64, tokens int) string {
		s := lm.Sampling{Temperature: t}
		return must.Get(m.ContinueText("The best thing about", tokens, s, lab.Rand("solution")))
	}
	var temperatures, shares []float64
	for t := 0.2; t < 2.1; t += 0.2 {
		temperatures, shares = append(temperatures, t), append(shares, ngram.KnownShare(write(t, 400), list))
	}
	show(chart.Plot().Title("How many of the words are words?").
		Labels("temperature", "share in a list of 40,000 words").PercentY().RangeY(0, 1).
		LinePoints("", temperatures, shares))
	for _, t := range []float64{0.8, 1.4, 2} {
		show.Printf("%.1f:%s\n", t, write(t, 20))
	}
}

// HotWithTopK draws from all tokens, from the first fifty and from the first five.
func HotWithTopK(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	for _, k := range []int{0, 50, 5} {
		s := lm.Sampling{Temperature: 1.5, TopK: k}
		text := must.Get(m.ContinueText("Once upon a time there was a king who", 40, s, lab.Rand("solution")))
		show.Printf("top-k %d, perplexity of the text %.0f\n%s\n\n", k, must.Get(m.Perplexity(text)), text)
	}
}
