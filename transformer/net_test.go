package transformer

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"oneword/lm"
	"oneword/nn"
)

const goldenDir = "testdata/gpt2-tiny"

// golden are the vectors of an independent implementation.
type golden struct {
	Tokens     []int                 `json:"tokens"`
	Loss       float64               `json:"loss"`
	GradNorm   map[string]float64    `json:"grad_norm"`
	GradFirst8 map[string][8]float64 `json:"grad_first8"`
}

func readGolden(t *testing.T, v any) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(goldenDir, "golden.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, v); err != nil {
		t.Fatal(err)
	}
}

// Loss and gradients are those of an independent implementation.
func TestGradientsAreGolden(t *testing.T) {
	var want golden
	readGolden(t, &want)
	_, net := both(t, goldenDir)
	g := nn.NewGraph()
	loss := net.Loss(g, want.Tokens)
	g.Backward(loss)
	if math.Abs(float64(loss.Data[0])/want.Loss-1) > 1e-5 {
		t.Errorf("loss %v, want %v", loss.Data[0], want.Loss)
	}
	for _, p := range net.Params() {
		norm := 0.0
		for _, v := range p.Grad {
			norm += float64(v) * float64(v)
		}
		if norm = math.Sqrt(norm); math.Abs(norm/want.GradNorm[p.Name]-1) > 1e-4 {
			t.Errorf("gradient of %s: norm %v, want %v", p.Name, norm, want.GradNorm[p.Name])
		}
		for i, w := range want.GradFirst8[p.Name] {
			if math.Abs(float64(p.Grad[i])-w) > 1e-4*math.Abs(w)+1e-5*norm {
				t.Errorf("gradient of %s: number %d is %v, want %v", p.Name, i, p.Grad[i], w)
			}
		}
	}
}

// The number of weights is that of the published models.
func TestSizes(t *testing.T) {
	for name, want := range map[string]int{"gpt2": 124_439_808, "gpt2-medium": 354_823_168, "gpt2-large": 774_030_080, "gpt2-xl": 1_557_611_200} {
		if got := Sizes()[name].Params(); got != want {
			t.Errorf("%s has %d weights, want %d", name, got, want)
		}
	}
	c := Config{Vocab: 50, Context: 8, Width: 12, Blocks: 2, Heads: 3, Epsilon: 1e-5}
	net, err := NewNet(c, lm.Rand(1, "test"))
	if err != nil || nn.Count(net.Params()) != c.Params() {
		t.Errorf("%d weights, %v; Params says %d", nn.Count(net.Params()), err, c.Params())
	}
}

// A tiny net learns a short text by heart, the same on any number of threads.
func TestTrainingLearns(t *testing.T) {
	tokens := make([]int, 400)
	for i := range tokens {
		tokens[i] = i * i % 11
	}
	c := Config{Vocab: 11, Context: 16, Width: 24, Blocks: 2, Heads: 3, Epsilon: 1e-5}
	net, err := NewNet(c, lm.Rand(1, "test"))
	if err != nil {
		t.Fatal(err)
	}
	before := net.HeldOutLoss(tokens, 10)
	source, err := SourceOf(tokens)
	if err != nil {
		t.Fatal(err)
	}
	trainer, err := net.Trainer(Recipe{Steps: 120, Batch: 4, Rate: 0.01, Warmup: 10, Decay: 0.1, Clip: 1, Seed: 1}, source)
	if err != nil {
		t.Fatal(err)
	}
	if err := trainer.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if after := net.HeldOutLoss(tokens, 10); after > before/4 {
		t.Errorf("the loss goes from %v to %v", before, after)
	}
}

func BenchmarkTrainStep(b *testing.B) {
	c := Config{Vocab: 8192, Context: 256, Width: 256, Blocks: 6, Heads: 8, Epsilon: 1e-5}
	net, err := NewNet(c, lm.Rand(1, "bench"))
	if err != nil {
		b.Fatal(err)
	}
	rng := lm.Rand(2, "bench")
	tokens := make([]int, 8*257)
	for i := range tokens {
		tokens[i] = rng.IntN(c.Vocab)
	}
	var rows [][]int
	for i := range 8 {
		rows = append(rows, tokens[i*257:(i+1)*257])
	}
	opt := nn.NewAdamW(0.1)
	g := nn.NewGraph()
	for b.Loop() {
		g.Reset()
		g.Backward(net.Loss(g, rows...))
		nn.ClipGrad(net.Params(), 1)
		opt.Step(net.Params(), 1e-4)
	}
	b.ReportMetric(8*256*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
