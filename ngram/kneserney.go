package ngram

import (
	"fmt"

	"oneword/lm"
)

// KneserNey returns the interpolated Kneser-Ney model of order n (Kneser and
// Ney 1995; Chen and Goodman 1998): absolute discounting in which the shorter
// contexts count not how often an n-gram occurred but after how many different
// tokens. "Francisco" is frequent, but nearly always after "San", so it is a
// poor guess after anything else.
//
// It needs a full table: after pruning, too few different tokens are left.
func KneserNey(t *Table, n int) (lm.Scorer, error) {
	if n < 1 || n > t.Order() {
		return nil, fmt.Errorf("ngram: order %d: this table has 1 to %d", n, t.Order())
	}
	for k := 2; k <= n; k++ {
		if t.minCount[k] > 1 {
			return nil, fmt.Errorf("ngram: Kneser-Ney needs a full table, but n-grams of order %d that occurred fewer than %d times were left out", k, t.minCount[k])
		}
	}
	counts := make([][]float64, n+1)
	counts[n] = make([]float64, t.Len(n))
	for i, c := range t.levels[n].count {
		counts[n][i] = float64(c)
	}
	// suffix[i] is the place, one order down, of the n-gram at i without its first token.
	suffix := make([]uint32, t.Len(1)) // of single tokens: the empty n-gram
	for k := 2; k <= n; k++ {
		counts[k-1] = make([]float64, t.Len(k-1))
		l := &t.levels[k]
		next := make([]uint32, t.Len(k))
		for c := range len(l.first) - 1 {
			shorter := &t.levels[k-1]
			at, end := uint32(0), uint32(0)
			if suffix[c] != lost {
				at, end = shorter.first[suffix[c]], shorter.first[suffix[c]+1]
			}
			for i := l.first[c]; i < l.first[c+1]; i++ {
				// Both runs are sorted by token. The shorter one has them all,
				// unless counting had to forget some to stay within its memory.
				for at < end && shorter.token[at] < l.token[i] {
					at++
				}
				next[i] = lost
				if at < end && shorter.token[at] == l.token[i] {
					next[i] = at
					counts[k-1][at]++
				}
			}
		}
		suffix = next
	}
	// What begins a text follows nothing. It occurred, so it counts as if
	// after one token more: the beginning.
	for k := 1; k < n; k++ {
		for i, c := range counts[k] {
			if c == 0 && t.levels[k].count[i] > 0 {
				counts[k][i] = 1
			}
		}
	}
	return newDiscounted(t, n, counts), nil
}
