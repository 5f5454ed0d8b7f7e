package ngram

import (
	"math"
	"strings"
	"testing"

	"oneword/data"
	"oneword/lm"
)

// The counters agree with Plain on a whole novel.
func TestAgainstPlain(t *testing.T) {
	text := Tidy(data.TomSawyer().Text)
	for _, tt := range []struct {
		table  *Table
		tokens []string
	}{{letters(t, text, 5), strings.Split(text, "")}, {words(t, text, 3), strings.Fields(text)}} {
		sep := tt.table.separator
		want := Plain(tt.tokens, sep, tt.table.Order())
		n := 0
		for order := 1; order <= tt.table.Order(); order++ {
			each(tt.table, order, func(gram []int, count uint64) {
				n++
				if got := uint64(want[tt.table.Text(gram)]); got != count {
					t.Errorf("%q: %d, plainly counted %d", tt.table.Text(gram), count, got)
				}
			})
		}
		if n != len(want) {
			t.Errorf("%d n-grams, plainly counted %d", n, len(want))
		}
	}
}

func TestPairs(t *testing.T) {
	table := letters(t, "queen quick aqua", 2)
	p := table.Pairs('q'-'a', 'u'-'a', 'e'-'a')
	if p.At(1, 0) != 1 || p.At(0, 0) != 0 || p.At(2, 1) != 1 {
		t.Errorf("after q: %v q, %v u; after u: %v e", p.At(0, 0), p.At(1, 0), p.At(2, 1))
	}
	if got := strings.Join(p.Names(), ""); got != "que" {
		t.Errorf("names %q", got)
	}
	if table.LetterCounts()['q'] != 3 {
		t.Errorf("letter counts %v", table.LetterCounts())
	}
}

func TestDrawWords(t *testing.T) {
	table := letters(t, data.Cat().Text, 4)
	list := words(t, data.Cat().Text, 1)
	last := -1.0
	for n := 0; n <= 4; n += 2 {
		drawn, err := DrawWords(table, n, 2000, lm.Rand(1, "draw"))
		if err != nil || len(drawn) != 2000 {
			t.Fatalf("%d words, %v", len(drawn), err)
		}
		known := list.Known(drawn, 3)
		if !(known > last) {
			t.Errorf("n = %d: %v of the words are known, not more than %v", n, known, last)
		}
		last = known
		for _, w := range drawn {
			if w == "" || len(w) > longestWord || strings.Contains(w, " ") {
				t.Fatalf("n = %d: the word %q", n, w)
			}
		}
	}
	if _, err := DrawWords(list, 1, 1, lm.Rand(1, "draw")); err == nil {
		t.Error("drew letters from a table of words")
	}
	if !math.IsNaN(list.Known([]string{"a"}, 2)) {
		t.Error("a share of no words")
	}
}
