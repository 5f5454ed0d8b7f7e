package ngram

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"oneword/data/texts"
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
	return []byte(texts.TomSawyer().Text)
}

func BenchmarkCountLetters5(b *testing.B) {
	text := benchText(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tok, _ := NewLetters(EnglishAlphabet)
		c, _ := NewCounter(5, len(tok.Symbols()), 0)
		if err := c.Read(bytes.NewReader(text), tok); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCountLetters5Naive(b *testing.B) {
	text := string(benchText(b))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		CountNaive(strings.Split(tidy(text), ""), "", 5)
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

func BenchmarkCountWords3Naive(b *testing.B) {
	text := string(benchText(b))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		CountNaive(strings.Fields(tidy(text)), " ", 3)
	}
}
