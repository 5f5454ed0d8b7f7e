package ngram

import (
	"fmt"
	"strings"

	"oneword/lm"
)

// A HeldOut says how well a text's beginning prepares for its end.
type HeldOut struct {
	Train, Test int // words
	// Unseen[n-1] is the share of the n-grams of the end that the beginning
	// does not have.
	Unseen []float64
	// Perplexity per word of the smoothed models of order 1, 2 and 3, over the
	// words that occur at least twice in the beginning; all others count as
	// one, Unknown.
	AddK, AbsoluteDiscount, KneserNey []float64
}

// HoldOut counts the words of the first part of a text, given as a share of
// it, and measures on the rest: unseen n-grams up to the order, and smoothed
// models up to order 3. The cut is made at the end of a paragraph.
func HoldOut(text string, part float64, order int) (HeldOut, error) {
	if !(part > 0 && part < 1) {
		return HeldOut{}, fmt.Errorf("ngram: a part of %v: want more than 0 and less than 1", part)
	}
	cut := int(part * float64(len(text)))
	if i := strings.LastIndexByte(text[:cut], '\n'); i > 0 {
		cut = i
	}
	full, err := Count(strings.NewReader(text[:cut]), NewWords(), order)
	if err != nil {
		return HeldOut{}, err
	}
	all, err := full.Restrict(full.Vocab())
	if err != nil {
		return HeldOut{}, err
	}
	test, err := all.Encode(text[cut:])
	if err != nil {
		return HeldOut{}, err
	}
	h := HeldOut{Train: int(full.Total()), Test: len(test)}
	for n := 1; n <= order; n++ {
		h.Unseen = append(h.Unseen, Unseen(all, test, n))
	}
	twice := 1
	for twice < full.Vocab() && full.Count(twice) > 1 {
		twice++
	}
	table, err := full.Restrict(twice)
	if err != nil {
		return HeldOut{}, err
	}
	if test, err = table.Encode(text[cut:]); err != nil {
		return HeldOut{}, err
	}
	for n := 1; n <= min(3, order); n++ {
		add, abs, kn, err := Perplexities(table, n, test)
		if err != nil {
			return HeldOut{}, err
		}
		h.AddK, h.AbsoluteDiscount, h.KneserNey = append(h.AddK, add), append(h.AbsoluteDiscount, abs), append(h.KneserNey, kn)
	}
	return h, nil
}

// Perplexities measures the smoothed models of order n on a text: AddK with
// k = 0.01, AbsoluteDiscount and KneserNey. The table must be full.
func Perplexities(t *Table, n int, text []int) (addK, absolute, kneserNey float64, err error) {
	out := [3]float64{}
	for i, model := range []func() (lm.Scorer, error){
		func() (lm.Scorer, error) { return AddK(t, n, 0.01) },
		func() (lm.Scorer, error) { return AbsoluteDiscount(t, n) },
		func() (lm.Scorer, error) { return KneserNey(t, n) },
	} {
		m, err := model()
		if err != nil {
			return 0, 0, 0, err
		}
		score, err := lm.Evaluate(m, text)
		if err != nil {
			return 0, 0, 0, err
		}
		out[i] = score.Perplexity()
	}
	return out[0], out[1], out[2], nil
}
