package ngram

// Unseen is the share of the n-grams of a text, 0 to 1, that the table does
// not have; it is NaN for a text of fewer than n tokens. For the words that a
// restricted table counts as Unknown, so does this: an n-gram with an unknown
// word is unseen.
func Unseen(t *Table, text []int, n int) float64 {
	unseen, all := 0, 0
	for end := n; end <= len(text); end++ {
		gram := text[end-n : end]
		all++
		known := true
		for _, id := range gram {
			known = known && id != t.unknown
		}
		if _, ok := t.find(gram); !ok || !known {
			unseen++
		}
	}
	return float64(unseen) / float64(all)
}
