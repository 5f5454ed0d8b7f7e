package ngram

import (
	"strings"
	"testing"

	"oneword/data/texts"
)

// tidy is English text as CountNaive takes it: lower case, and everything but a to z
// made into single spaces.
func tidy(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' }), " ")
}

// The counters agree with CountNaive on a whole novel.
func TestCounterAgainstCountNaive(t *testing.T) {
	text := tidy(texts.TomSawyer().Text)
	for _, tt := range []struct {
		table  *Table
		tokens []string
	}{{letters(t, text, 5), strings.Split(text, "")}, {words(t, text, 3), strings.Fields(text)}} {
		sep := tt.table.separator
		want := CountNaive(tt.tokens, sep, tt.table.Order())
		n := 0
		for order := 1; order <= tt.table.Order(); order++ {
			each(tt.table, order, func(gram []int, count uint64) {
				n++
				if got := uint64(want[tt.table.Decode(gram)]); got != count {
					t.Errorf("%q: %d, naively counted %d", tt.table.Decode(gram), count, got)
				}
			})
		}
		if n != len(want) {
			t.Errorf("%d n-grams, naively counted %d", n, len(want))
		}
	}
}

func TestBigrams(t *testing.T) {
	table := letters(t, "queen quick aqua", 2)
	b := table.Bigrams('q'-'a', 'u'-'a', 'e'-'a')
	if b.At(1, 0) != 1 || b.At(0, 0) != 0 || b.At(2, 1) != 1 {
		t.Errorf("after q: %v q, %v u; after u: %v e", b.At(0, 0), b.At(1, 0), b.At(2, 1))
	}
	if table.LetterCounts()['q'] != 3 {
		t.Errorf("letter counts %v", table.LetterCounts())
	}
}
