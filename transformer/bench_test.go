package transformer

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"oneword/internal/safetensors"
	"oneword/internal/simd"
)

// randomFolder writes a model of a size with random weights.
func randomFolder(b *testing.B, c Config) string {
	b.Helper()
	rng := rand.New(rand.NewPCG(1, 1))
	noise := make([]float32, 1<<20)
	for i := range noise {
		noise[i] = float32(0.02 * rng.NormFloat64())
	}
	var tensors []safetensors.Tensor
	add := func(name string, shape ...int) {
		n := 1
		for _, d := range shape {
			n *= d
		}
		data := make([]float32, n)
		for at := 0; at < n; at += len(noise) {
			copy(data[at:], noise)
		}
		tensors = append(tensors, safetensors.Tensor{Name: name, Shape: shape, Data: data})
	}
	net := Config{Vocab: 4, Context: 4, Width: 4, Blocks: c.Blocks, Heads: 1, Epsilon: 1e-5}
	small, err := NewNet(net, rng) // for the names
	if err != nil {
		b.Fatal(err)
	}
	real := map[int]int{4: c.Width, 12: 3 * c.Width, 16: c.Hidden()}
	for _, p := range small.Params() {
		shape := make([]int, len(p.Shape))
		for i, d := range p.Shape {
			shape[i] = real[d]
		}
		switch p.Name {
		case "wte.weight":
			shape[0] = c.Vocab
		case "wpe.weight":
			shape[0] = c.Context
		}
		add(p.Name, shape...)
	}
	dir := b.TempDir()
	f, err := os.Create(filepath.Join(dir, WeightsFile))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if err := safetensors.Write(f, tensors, nil); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ConfigFile), c.JSON(nil), 0o644); err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkGPT2 is GPT-2 of 124 million weights, which are random: one token
// after the other behind 100, and a prompt of 512.
func BenchmarkGPT2(b *testing.B) {
	dir := randomFolder(b, Sizes()["gpt2"])
	_, gbps := simd.Limits()
	for _, width := range DTypes() {
		start := time.Now()
		m, err := Load(dir, width)
		if err != nil {
			b.Fatal(err)
		}
		load := time.Since(start)
		prompt := make([]int, 512)
		for i := range prompt {
			prompt[i] = i * 97 % m.Config.Vocab
		}
		s := m.NewSession()
		b.Run("token/"+width.String(), func(b *testing.B) {
			s.Reset()
			if _, err := s.Feed(prompt[:100]...); err != nil {
				b.Fatal(err)
			}
			for i := 0; b.Loop(); i++ {
				if i%300 == 299 {
					s.Reset()
					s.Feed(prompt[:100]...)
				}
				if _, err := s.Feed(i % 1000); err != nil {
					b.Fatal(err)
				}
			}
			rate := float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(rate, "tokens/s")
			b.ReportMetric(100*rate*float64(m.Bytes())/1e9/gbps, "%memory")
			b.ReportMetric(load.Seconds()*1000, "ms-load")
		})
		b.Run("prompt/"+width.String(), func(b *testing.B) {
			for b.Loop() {
				s.Reset()
				if _, err := s.Feed(prompt...); err != nil {
					b.Fatal(err)
				}
			}
			seconds := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(512/seconds, "tokens/s")
			b.ReportMetric(2*512*float64(m.Params()-m.Config.Vocab*m.Config.Width)/1e9/seconds, "GFLOP/s")
		})
		if err := m.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
