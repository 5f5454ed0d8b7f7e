package figures

import (
	"fmt"
	"math"
	"strings"

	"oneword/chart"
	"oneword/letterfreq"
	"oneword/lm"
	"oneword/ngram"
)

var chapter3 = []Figure{
	{"03-letter-plot", 3, "The probability of each letter on its own", "plot", []string{"letters"}, letterPlot},
	{"03-letter-pairs", 3, "Which letter follows which", "image", []string{"letters"}, letterPairs},
	{"03-pair-words", 3, "Words made from pairs of letters", "text", []string{"letters"}, pairWords},
	{"03-ngram-words", 3, "Words made from longer and longer n-grams", "table", []string{"letters", "words"}, ngramWords},
	{"03-word-frequency", 3, "How frequent is the n-th most frequent word?", "plot", []string{"words"}, wordFrequency},
	{"03-independent-words", 3, "Words drawn one by one", "text", []string{"words"}, independentWords},
	{"03-cat-pairs", 3, "Five texts from pairs of words", "table", []string{"words"}, catPairs},
	{"03-combinatorics", 3, "There are too many n-grams", "table", []string{"words"}, combinatorics},
	{"03-unseen", 3, "What was never seen", "plot", []string{"tom-sawyer", "words"}, unseen},
}

func letterPlot(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	letters := letterfreq.FromMap(table.LetterCounts()).Without(' ')
	return chart.Bars(letters.Alphabetical()).Title("The probability of each letter on its own").Labels("", "probability").Percent(),
		say("Share of each letter among %.0f million letters. Source: %s.", float64(letters.Total())/1e6, lab.corpus()), nil
}

func letterPairs(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	pairs := table.Pairs(ngram.Alphabet()...)
	return chart.Heat(pairs).Names(pairs.Names(), pairs.Names()).Root().Percent().
			Title("Which letter follows which").Labels("first letter", "second letter"),
		say("Share of each second letter, down, among the letters that follow a first one, across; the colour shows its square root. After q comes nothing but u. Source: %s.", lab.corpus()), nil
}

func pairWords(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	words, err := ngram.DrawWords(table, 2, 60, lab.Rand("03-pair-words"))
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Prose(strings.Join(words, " ")).Title("Words made from pairs of letters"),
		say("60 words, each letter drawn after the one before it, the space being a letter too. Source: %s. Seed %d.", lab.corpus(), lab.Seed), nil
}

func ngramWords(lab *Lab) (chart.Drawing, Caption, error) {
	letters, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	list, err := lab.Words()
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("n", "words", "real").Right(0, 2).Mono(1).Title("Words made from longer and longer n-grams")
	for n := 0; n <= 5; n++ {
		words, err := ngram.DrawWords(letters, n, 5000, lab.Rand(fmt.Sprint("03-ngram-words ", n)))
		if err != nil {
			return nil, Caption{}, err
		}
		t.Row(n, strings.Join(words[:10], " "), fmt.Sprintf("%.1f %%", 100*list.Known(words, 3)))
	}
	return t, say("Words drawn letter by letter from n-grams, n = 0 being all letters alike; “real” is the share, among 5,000 words, of those with three letters or more that stand in a list of 40,000 English words. Source: %s. Seed %d.", lab.corpus(), lab.Seed), nil
}

func wordFrequency(lab *Lab) (chart.Drawing, Caption, error) {
	words, err := lab.Words()
	if err != nil {
		return nil, Caption{}, err
	}
	ranks, shares := words.Ranked(200)
	return chart.Plot().LogX().LogY().Title("How frequent is the n-th most frequent word?").Labels("rank of the word", "share of all words").
			Points("words of English", ranks, shares).Dashed("0.1/rank, Zipf's law", ranks, ngram.Zipf(0.1, ranks)),
		say("Share of a word against its rank, every word at first and then fewer and fewer, up to the 40,000th. Source: %s.", lab.corpus()), nil
}

func independentWords(lab *Lab) (chart.Drawing, Caption, error) {
	words, err := lab.Words()
	if err != nil {
		return nil, Caption{}, err
	}
	model, err := ngram.Backoff(words, 1)
	if err != nil {
		return nil, Caption{}, err
	}
	drawn := lm.Take(70, lm.Generate(model, nil, lm.Sampling{Temperature: 1}, lab.Rand("03-independent-words")))
	return chart.Prose(words.Text(drawn)).Title("Words drawn one by one"),
		say("70 words, each drawn with its share in English, independent of the others. Source: %s. Seed %d.", lab.corpus(), lab.Seed), nil
}

func catPairs(lab *Lab) (chart.Drawing, Caption, error) {
	words, err := lab.Words()
	if err != nil {
		return nil, Caption{}, err
	}
	model, err := ngram.Backoff(words, 2)
	if err != nil {
		return nil, Caption{}, err
	}
	cat, err := words.Encode("cat")
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("", "text").Right(0).Mono(1).Title("Five texts from pairs of words")
	rng := lab.Rand("03-cat-pairs")
	for i := 1; i <= 5; i++ {
		text := append(cat, lm.Take(19, lm.Generate(model, cat, lm.Sampling{Temperature: 1}, rng))...)
		t.Row(i, words.Text(text))
	}
	return t, say("“cat” and 19 words more, each drawn from those that follow the word before it. Source: %s; pairs that occur once are left out. Seed %d.", lab.corpus(), lab.Seed), nil
}

func combinatorics(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.Measured()
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("n", "possible, with 40,000 words", "different ones that were read").Right(0, 1, 2).Title("There are too many n-grams")
	read := map[int]int{1: m.DistinctWords, 2: m.DistinctPairs, 3: m.DistinctTriples}
	for _, n := range []int{1, 2, 3, 4, 5, 10, 20} {
		seen := "–"
		if read[n] > 0 {
			seen = chart.Scientific(float64(read[n]))
		}
		t.Row(n, chart.Scientific(math.Pow(40_000, float64(n))), seen)
	}
	return t, say("40,000ⁿ beside the number of different runs of n words in %s. The universe has about 10⁸⁰ particles, fewer than there are runs of 20 words.", lab.corpus()), nil
}

func unseen(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.Measured()
	if err != nil {
		return nil, Caption{}, err
	}
	novel := lab.Novel()
	u, err := ngram.HoldOut(novel.Text, 0.9, 5)
	if err != nil {
		return nil, Caption{}, err
	}
	orders := []float64{1, 2, 3, 4, 5}
	large := fmt.Sprintf("%.0f million words read", float64(m.Words)/1e6)
	shares := chart.Plot().Title("n-grams never seen before").Labels("n", "share of those in new text").PercentY().RangeY(0, 1.04).
		LinePoints("nine tenths of a novel read", orders, u.Unseen).LinePoints(large, orders, m.HeldOut.Unseen)
	perplexity := chart.Plot().Title("How hard the next word is to guess").Labels("n", "perplexity").LogY().
		LinePoints("add 0.01", orders[:3], u.AddK).LinePoints("absolute discount", orders[:3], u.AbsoluteDiscount).
		LinePoints("Kneser–Ney", orders[:3], u.KneserNey).Dashed("Kneser–Ney, "+large, orders[:3], m.HeldOut.KneserNey)
	return chart.Panels(1, shares, perplexity),
		say("Above: share of the word n-grams of the last tenth of a novel that its first nine tenths do not have, and the same for %s and other text. Below: perplexity of smoothed models, unknown words counted as one. Source: %s; the larger corpus was measured when the tables were made, on books and articles of many kinds and with 40,000 words, which are harder to guess.", strings.TrimSuffix(large, " read"), novel.Source), nil
}
