package ngram_test

import (
	"math"
	"strings"
	"testing"

	"oneword/data/texts"
	"oneword/ngram"
)

// counted are tables of letters and of words of a text.
func counted(t *testing.T, text string) (letters, words *ngram.Table) {
	t.Helper()
	alphabet, err := ngram.NewLetters(ngram.EnglishAlphabet)
	if err != nil {
		t.Fatal(err)
	}
	if letters, err = ngram.Count(strings.NewReader(text), alphabet, 3); err != nil {
		t.Fatal(err)
	}
	if words, err = ngram.Count(strings.NewReader(text), ngram.NewWords(), 2); err != nil {
		t.Fatal(err)
	}
	if words, err = words.Restrict(words.Vocab()); err != nil {
		t.Fatal(err)
	}
	return letters, words
}

// Everything of a text has its price: longer contexts make it cheaper, and whatever
// is changed — a capital, a sign, a word — makes it dearer or cheaper.
func TestWhole(t *testing.T) {
	novel := texts.TomSawyer().Text
	letters, words := counted(t, novel[:200_000])
	text := novel[200_000:210_000]
	last := math.Inf(1)
	for _, tt := range []struct {
		table *ngram.Table
		n     int
	}{{letters, 1}, {letters, 2}, {letters, 3}, {words, 1}, {words, 2}} {
		w, err := ngram.NewWhole(tt.table, tt.n, letters, novel[:200_000])
		if err != nil {
			t.Fatal(err)
		}
		price := func(text string) float64 {
			bits, err := w.Bits(text)
			if err != nil {
				t.Fatal(err)
			}
			return bits
		}
		whole := price(text)
		if perByte := whole / float64(len(text)); !(perByte < last && perByte > 1.5) {
			t.Errorf("n = %d: %.3f bits a byte, before it %.3f", tt.n, perByte, last)
		} else {
			last = perByte
		}
		// The parts of a text have the price of the whole, but for where they meet.
		half := strings.Index(text[5000:], ". ") + 5002
		if parts := price(text[:half]) + price(text[half:]); math.Abs(parts-whole) > 40 {
			t.Errorf("n = %d: the halves cost %.0f, the whole %.0f", tt.n, parts, whole)
		}
		for name, changed := range map[string]string{
			"capitals":   strings.ToUpper(text),
			"no signs":   strings.NewReplacer(",", " ", ".", " ").Replace(text),
			"odd signs":  strings.ReplaceAll(text, " ", " ¶ "),
			"odd words":  strings.ReplaceAll(text, "the", "xqzj"),
			"mixed case": strings.ReplaceAll(text, "er", "eR"),
			"accents":    strings.ReplaceAll(text, "a", "é"),
			"foreign":    text + strings.Repeat("日本語", 30),
			"curly":      strings.ReplaceAll(text, "e", "e’s"),
		} {
			if p := price(changed); !(p > whole+20) {
				t.Errorf("n = %d, %s: %.0f bits, as it stands %.0f", tt.n, name, p, whole)
			}
		}
	}
	if _, err := ngram.NewWhole(words, 3, letters, ""); err == nil {
		t.Error("an order that the table does not have")
	}
	if _, err := ngram.NewWhole(words, 1, words, ""); err == nil {
		t.Error("a table of words to spell by")
	}
}

func TestKnownShare(t *testing.T) {
	_, words := counted(t, "the cat sat on the mat")
	for text, want := range map[string]float64{"The cat, the dog": 0.75, "It is Sat-mat": 1, "xyz": 0} {
		if got := ngram.KnownShare(text, words); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := ngram.KnownShare("a b", words); !math.IsNaN(got) {
		t.Errorf("no words: %v", got)
	}
}
