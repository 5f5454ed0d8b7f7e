package ngrams

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/letterfreq"
	"oneword/lm"
	"oneword/must"
	"oneword/ngram"
)

// LetterPlot is figure 03-letter-plot: the n-grams for n = 1.
func LetterPlot(lab labs.Lab, show labs.Show) {
	letters := letterfreq.FromMap(lab.Letters().LetterCounts()).Without(' ')
	show(chart.Bars(letters.Alphabetical()).Title("The probability of each letter on its own").
		Labels("", "probability").Percent(), labs.Values{"millions": float64(letters.Total()) / 1e6})
}

// LetterPairs is figure 03-letter-pairs: a distribution for each letter.
func LetterPairs(lab labs.Lab, show labs.Show) {
	table, alphabet := lab.Letters(), "abcdefghijklmnopqrstuvwxyz"
	pairs := table.Bigrams(must.Get(table.Encode(alphabet))...)
	names := strings.Split(alphabet, "")
	show(chart.Heat(pairs).Title("Which letter follows which").Labels("first letter", "second letter").
		Names(names, names).Root().Percent())
}

// drawWords draws letter after letter, each from what followed the last n-1. The
// space is one more letter, so words end by themselves.
func drawWords(letters *ngram.Table, n, count int, rng *rand.Rand) (words []string) {
	model, word := must.Get(ngram.Backoff(letters, n)), []int{}
	space, _ := letters.ID(" ")
	for letter := range lm.Generate(model, []int{space}, lm.Sampling{Temperature: 1}, rng) {
		if letter != space {
			word = append(word, letter)
		}
		if len(word) > 0 && (letter == space || len(word) == 30) {
			words, word = append(words, letters.Decode(word)), nil
		}
		if len(words) == count {
			break
		}
	}
	return words
}

// PairWords is figure 03-pair-words: letters drawn after the one before.
func PairWords(lab labs.Lab, show labs.Show) {
	words := drawWords(lab.Letters(), 2, 60, lab.Rand("03-pair-words"))
	show(chart.Prose(strings.Join(words, " ")).Title("Words made from pairs of letters"))
}

// NgramWords is figure 03-ngram-words: n from 0 to 5, and how many words are real.
func NgramWords(lab labs.Lab, show labs.Show) {
	letters, list := lab.Letters(), lab.Words()
	t := chart.Table("n", "words", "real").Right(0, 2).Mono(1)
	for n := 0; n <= 5; n++ {
		words := drawWords(letters, n, 5000, lab.Rand(fmt.Sprint("03-ngram-words ", n)))
		t.Row(n, strings.Join(words[:10], " "), fmt.Sprintf("%.1f %%", 100*ngram.KnownShare(strings.Join(words, " "), list)))
	}
	show(t.Title("Words made from longer and longer n-grams"))
}

// NgramWordsLive is figure 03-ngram-words as one that responds.
func NgramWordsLive(lab labs.Lab, show labs.Show) {
	table := lab.Letters()
	show(live.Frames(func(at ...int) (chart.Drawing, error) {
		words := drawWords(table, at[0], 60, lab.Rand(fmt.Sprint("live letters ", at)))
		return chart.Prose(strings.Join(words, " ")).
			Title(fmt.Sprintf("Words from n-grams of letters, n = %d", at[0])), nil
	}, live.Range("n", 0, 5, 1).From(2), live.Again("again", 10)))
}

// WordFrequency is figure 03-word-frequency: Zipf's law.
func WordFrequency(lab labs.Lab, show labs.Show) {
	words, ranks := lab.Words(), []float64{}
	var shares, law []float64
	last, total := words.Vocab()-1, float64(words.Total()) // behind the last stands “unknown”
	step := math.Pow(float64(last), 1.0/200)               // 200 points, evenly on a logarithmic axis
	for rank, next := 1, 1.0; rank <= last; rank = max(rank+1, int(next)) {
		ranks = append(ranks, float64(rank))
		shares = append(shares, float64(words.Count(rank-1))/total) // the most frequent is word 0
		law = append(law, 0.1/float64(rank))
		for int(next) <= rank {
			next *= step
		}
	}
	show(chart.Plot().LogX().LogY().Title("How frequent is the n-th most frequent word?").
		Labels("rank of the word", "share of all words").Points("words of English", ranks, shares).
		Dashed("0.1/rank, Zipf's law", ranks, law))
}

// IndependentWords is figure 03-independent-words: each as often as it occurs.
func IndependentWords(lab labs.Lab, show labs.Show) {
	words := lab.Words()
	model := must.Get(ngram.Backoff(words, 1))
	next := lm.Generate(model, nil, lm.Sampling{Temperature: 1}, lab.Rand("03-independent-words"))
	show(chart.Prose(words.Decode(lm.Take(70, next))).Title("Words drawn one by one"))
}

// CatPairs is figure 03-cat-pairs: words drawn after the one before.
func CatPairs(lab labs.Lab, show labs.Show) {
	words := lab.Words()
	model, cat := must.Get(ngram.Backoff(words, 2)), must.Get(words.Encode("cat"))
	t := chart.Table("", "text").Right(0).Mono(1).Title("Five texts from pairs of words")
	rng := lab.Rand("03-cat-pairs")
	for i := 1; i <= 5; i++ {
		next := lm.Generate(model, cat, lm.Sampling{Temperature: 1}, rng)
		t.Row(i, words.Decode(append(cat, lm.Take(19, next)...)))
	}
	show(t)
}

// CatPairsLive is figure 03-cat-pairs as one that responds.
func CatPairsLive(lab labs.Lab, show labs.Show) {
	table := lab.Words()
	cat := must.Get(table.Encode("cat"))
	show(live.Frames(func(at ...int) (chart.Drawing, error) {
		model, rng := must.Get(ngram.Backoff(table, at[0]+1)), lab.Rand(fmt.Sprint("live words ", at))
		more := lm.Take(30, lm.Generate(model, cat, lm.Sampling{Temperature: 1}, rng))
		return chart.Prose(table.Decode(append(cat, more...))).
			Title(fmt.Sprintf("Text from n-grams of words, n = %d", at[0]+1)), nil
	}, live.Range("n", 1, 3, 1).From(1), live.Again("again", 10)))
}

// Combinatorics is figure 03-combinatorics: how many there could be, and how many were read.
func Combinatorics(lab labs.Lab, show labs.Show) {
	m := lab.Measured()
	t := chart.Table("n", "possible, with 40,000 words", "different ones that were read").
		Right(0, 1, 2).Title("There are too many n-grams")
	read := map[int]int{1: m.DistinctWords, 2: m.DistinctPairs, 3: m.DistinctTriples}
	for _, n := range []int{1, 2, 3, 4, 5, 10, 20} {
		seen := "–" // not counted
		if read[n] > 0 {
			seen = chart.Scientific(float64(read[n]))
		}
		t.Row(n, chart.Scientific(math.Pow(40_000, float64(n))), seen)
	}
	show(t)
}

// Unseen is figure 03-unseen: what a new text has that was never read.
func Unseen(lab labs.Lab, show labs.Show) {
	m, orders := lab.Measured(), []float64{1, 2, 3, 4, 5}
	u := must.Get(ngram.HoldOut(lab.Novel().Text, 0.9, 5))
	millions := float64(m.Words) / 1e6
	large := fmt.Sprintf("%.0f million words read", millions)
	shares := chart.Plot().Title("n-grams never seen before").Labels("n", "share of those in new text").
		PercentY().RangeY(0, 1.04).LinePoints("nine tenths of a novel read", orders, u.Unseen).
		LinePoints(large, orders, m.HeldOut.Unseen)
	perplexity := chart.Plot().Title("How hard the next word is to guess").Labels("n", "perplexity").LogY().
		LinePoints("add 0.01", orders[:3], u.AddK).
		LinePoints("absolute discount", orders[:3], u.AbsoluteDiscount).
		LinePoints("Kneser–Ney", orders[:3], u.KneserNey).
		Dashed("Kneser–Ney, "+large, orders[:3], m.HeldOut.KneserNey)
	show(chart.Panels(1, shares, perplexity), labs.Values{"millions": millions})
}

// YourText writes a text from the triples of a short one.
func YourText(lab labs.Lab, show labs.Show) {
	text := lab.Cat().Text // replace it by your own
	table := must.Get(ngram.Count(strings.NewReader(text), ngram.NewWords(), 3))
	model := must.Get(ngram.Backoff(table, 3))
	next := lm.Generate(model, nil, lm.Sampling{Temperature: 1}, lab.Rand("my text"))
	show.Println(table.Decode(lm.Take(60, next)))
}
