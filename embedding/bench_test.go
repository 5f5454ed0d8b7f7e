package embedding

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// BenchmarkSkipGram learns vectors of 100 numbers from the text named by
// ONEWORD_TEXT, or from an invented one.
func BenchmarkSkipGram(b *testing.B) {
	text := language(50_000)
	if path := os.Getenv("ONEWORD_TEXT"); path != "" {
		file, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		text = string(file)
	}
	c, err := NewCorpus(22_000, 5, strings.NewReader(text))
	if err != nil {
		b.Fatal(err)
	}
	for _, threads := range []int{1, 2} {
		b.Run(fmt.Sprintf("threads=%d", threads), func(b *testing.B) {
			s := DefaultSkipGram()
			s.Epochs, s.Threads = 1, threads
			for b.Loop() {
				if _, err := s.Train(c, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*c.Tokens)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

func BenchmarkTSNE(b *testing.B) {
	var points [][]float64
	for i := range 1000 {
		p := make([]float64, 20)
		for k := range p {
			p[k] = float64((i*(k+7)*7919)%1000) / 100
		}
		points = append(points, p)
	}
	for b.Loop() {
		if _, err := (TSNE{Steps: 100}).Embed(points); err != nil {
			b.Fatal(err)
		}
	}
}
