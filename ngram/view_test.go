package ngram

import (
	"fmt"
	"math"
	"slices"
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

func TestFill(t *testing.T) {
	table, err := Count(strings.NewReader("the old cat. the old cat. the black cat. the old dog. a black cat"), NewWords(), 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		before, after string
		words         []string
		shares        []float64
	}{
		{"the", "cat", []string{"old", "black"}, []float64{2. / 3, 1. / 3}},
		{"the", "", []string{"old", "black"}, []float64{0.75, 0.25}},
		{"", "black", []string{"the", "a"}, []float64{0.5, 0.5}},
		{"cat", "cat", nil, nil},
	} {
		words, shares, err := table.Fill(c.before, c.after, 5)
		if err != nil || !slices.Equal(words, c.words) || fmt.Sprint(shares) != fmt.Sprint(c.shares) {
			t.Errorf("%q ___ %q: %q %v, %v", c.before, c.after, words, shares, err)
		}
	}
	pairs, shares, err := table.Around("black", 1)
	if err != nil || fmt.Sprint(pairs) != "[[the cat]]" && fmt.Sprint(pairs) != "[[a cat]]" || shares[0] != 0.5 {
		t.Errorf("around black: %v %v %v", pairs, shares, err)
	}
	for _, bad := range [][2]string{{"", ""}, {"the", "unicorn"}, {"unicorn", ""}} {
		if _, _, err := table.Fill(bad[0], bad[1], 5); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
	if _, _, err := table.Around("unicorn", 5); err == nil {
		t.Error("around a word that is not there: no error")
	}
}
