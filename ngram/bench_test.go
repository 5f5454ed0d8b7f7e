package ngram

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"oneword/data"
)

// benchText is the text that the counting benchmarks read: the file that
// ONEWORD_BENCH_TEXT names, or a book.
func benchText(b *testing.B) []byte {
	if name := os.Getenv("ONEWORD_BENCH_TEXT"); name != "" {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		return text
	}
	return []byte(data.TomSawyer().Text)
}

func BenchmarkCountLetters5(b *testing.B) {
	text := benchText(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		cut, _ := NewLetters(English)
		c, _ := NewCounter(5, len(cut.Symbols()), 0)
		if err := c.Read(bytes.NewReader(text), cut); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCountLetters5Map(b *testing.B) {
	text := string(benchText(b))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		naive(strings.Split(tidy(text), ""), "", 5)
	}
}

func BenchmarkCountWords3(b *testing.B) {
	text := benchText(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		c, _ := NewCounter(3, 0, 0)
		if err := c.Read(bytes.NewReader(text), NewWords()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCountWords3Map(b *testing.B) {
	text := string(benchText(b))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		naive(strings.Fields(tidy(text)), " ", 3)
	}
}

// tidy is how one would prepare a text by hand: lower case, everything but
// letters made into single spaces.
func tidy(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' }), " ")
}

// naive counts all n-grams up to order in a map of strings.
func naive(tokens []string, separator string, order int) map[string]int {
	counts := map[string]int{}
	for i := range tokens {
		for n := 1; n <= order && n <= i+1; n++ {
			counts[strings.Join(tokens[i+1-n:i+1], separator)]++
		}
	}
	return counts
}
