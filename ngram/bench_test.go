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
		Plain(strings.Split(Tidy(text), ""), "", 5)
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
		Plain(strings.Fields(Tidy(text)), " ", 3)
	}
}
