package ngram

import (
	"cmp"
	"fmt"
	"slices"
)

// Fill lists the words that most often stand in a blank: between two words,
// before one or after one, where before or after may be empty. Shares are
// parts of all that stood there. A word that the table does not have, and two
// empty ones, are errors.
func (t *Table) Fill(before, after string, n int) (words []string, shares []float64, err error) {
	if t.Order() < 2 || before == "" && after == "" || before != "" && after != "" && t.Order() < 3 {
		return nil, nil, fmt.Errorf("ngram: a blank between %q and %q, in a table of order %d", before, after, t.Order())
	}
	around := map[string]int{}
	for _, w := range []string{before, after} {
		if id, known := t.ID(w); known {
			around[w] = id
		} else if w != "" {
			return nil, nil, fmt.Errorf("ngram: the table has no word %q", w)
		}
	}
	type filler struct {
		word  int
		count uint64
	}
	var found []filler
	var all uint64
	add := func(w int, count uint64) {
		if count > 0 && t.symbols[w] != Unknown {
			found = append(found, filler{w, count})
			all += count
		}
	}
	if before == "" {
		for w := range t.Vocab() {
			add(w, t.Count(w, around[after]))
		}
	} else {
		next, counts := t.Followers(around[before])
		for i, w := range next {
			if after == "" {
				add(int(w), counts[i])
			} else {
				add(int(w), t.Count(around[before], int(w), around[after]))
			}
		}
	}
	slices.SortFunc(found, func(a, b filler) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word)) })
	for _, f := range found[:min(n, len(found))] {
		words, shares = append(words, t.symbols[f.word]), append(shares, float64(f.count)/float64(all))
	}
	return words, shares, nil
}

// Around lists the pairs of words that most often stand around a word, one
// before and one after it, with their shares of all pairs that do.
func (t *Table) Around(word string, n int) (pairs [][2]string, shares []float64, err error) {
	middle, known := t.ID(word)
	if !known || t.Order() < 3 {
		return nil, nil, fmt.Errorf("ngram: the table, of order %d, has nothing around %q", t.Order(), word)
	}
	type pair struct {
		before, after int
		count         uint64
	}
	var found []pair
	var all uint64
	for before := range t.Vocab() {
		next, counts := t.Followers(before, middle)
		for i, after := range next {
			if t.symbols[before] != Unknown && t.symbols[after] != Unknown {
				found = append(found, pair{before, int(after), counts[i]})
				all += counts[i]
			}
		}
	}
	slices.SortFunc(found, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.before, b.before), cmp.Compare(a.after, b.after))
	})
	for _, f := range found[:min(n, len(found))] {
		pairs = append(pairs, [2]string{t.symbols[f.before], t.symbols[f.after]})
		shares = append(shares, float64(f.count)/float64(all))
	}
	return pairs, shares, nil
}
