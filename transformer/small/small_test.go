package small_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"oneword/lm"
	"oneword/transformer"
	"oneword/transformer/small"
)

// A golden is what an independent implementation has for a text.
type golden struct {
	Sum   string `json:"sha256"`
	Cases []struct {
		Text   string       `json:"text"`
		IDs    []int        `json:"ids"`
		Logits []float64    `json:"last_logits_first8"`
		Top    [][2]float64 `json:"top5"`
		Greedy []int        `json:"greedy"`
	} `json:"cases"`
}

func read(t *testing.T, name string) (g golden) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err == nil {
		err = json.Unmarshal(file, &g)
	}
	if err != nil || len(g.Cases) == 0 {
		t.Fatal(err)
	}
	return g
}

// compare holds a model to golden numbers: logits and probabilities may be off by
// so much, tokens not at all.
func compare(t *testing.T, m *transformer.Model, g golden, logits, probabilities float64) {
	t.Helper()
	for _, c := range g.Cases {
		if got := m.Vocabulary.Encode(c.Text); !slices.Equal(got, c.IDs) {
			t.Errorf("%q: tokens %v, want %v", c.Text, got, c.IDs)
			continue
		}
		l, err := m.NewSession().Feed(c.IDs...)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range c.Logits {
			if !(math.Abs(float64(l[i])-want) <= logits) {
				t.Errorf("%q: logit %d is %v, want %v", c.Text, i, l[i], want)
			}
		}
		p := make([]float64, m.Vocab())
		m.Next(c.IDs, p)
		for _, top := range c.Top {
			if got := p[int(top[0])]; !(math.Abs(got-top[1]) <= probabilities) {
				t.Errorf("%q: token %v has the probability %v, want %v", c.Text, top[0], got, top[1])
			}
		}
		got, err := lm.Collect(len(c.Greedy), m.Generate(c.IDs, lm.Sampling{}, nil))
		if err != nil || !slices.Equal(got, c.Greedy) {
			t.Errorf("%q goes on with %v, want %v", c.Text, got, c.Greedy)
		}
	}
}

// The folder that is exported is, for Hugging Face's transformers, the model that
// it is here.
func TestExported(t *testing.T) {
	m, err := small.Model()
	if err != nil {
		t.Fatal(err)
	}
	dir, g := t.TempDir(), read(t, "exported.json")
	if err := m.Save(dir, transformer.F16, false); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, transformer.WeightsFile))
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(file)); sum != g.Sum {
		t.Fatalf("the folder is not the one that was read: %s, want %s", sum, g.Sum)
	}
	var config map[string]any
	if file, err := os.ReadFile(filepath.Join(dir, transformer.ConfigFile)); err != nil || json.Unmarshal(file, &config) != nil ||
		config["bos_token_id"] != 8191. || config["eos_token_id"] != 8191. {
		t.Errorf("config.json: %v, %v", config, err)
	}
	exported, err := transformer.Load(dir, transformer.Own)
	if err != nil {
		t.Fatal(err)
	}
	defer exported.Close()
	if exported.DType != transformer.F16 {
		t.Errorf("opened as %v", exported.DType)
	}
	compare(t, exported, g, 1e-3, 1e-4)
}

// What rounding to 8 bits costs: logits are off by 0.04 at most where they were
// compared, and no token of highest probability is another.
func TestEightBits(t *testing.T) {
	m, err := small.Model()
	if err != nil {
		t.Fatal(err)
	}
	compare(t, m, read(t, "float16.json"), 0.04, 0.005)
}

// Saved and read again the model is the same: in 8 bits to the byte, wider to the
// last bit that these have.
func TestSave(t *testing.T) {
	m, err := small.Model()
	if err != nil {
		t.Fatal(err)
	}
	for _, dtype := range transformer.DTypes() {
		dir, again := t.TempDir(), t.TempDir()
		if err := m.Save(dir, dtype, false); err != nil {
			t.Fatal(err)
		}
		read, err := transformer.Load(dir, transformer.Own)
		if err != nil {
			t.Fatal(err)
		}
		if read.DType != dtype {
			t.Errorf("%v is read as %v", dtype, read.DType)
		}
		if err := read.Save(again, dtype, false); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{transformer.WeightsFile, transformer.ConfigFile, "vocab.json", "merges.txt", "tokenizer.json"} {
			a, errA := os.ReadFile(filepath.Join(dir, name))
			b, errB := os.ReadFile(filepath.Join(again, name))
			if errA != nil || errB != nil || !bytes.Equal(a, b) {
				t.Errorf("%v: %s is not the same when it is saved again (%v, %v)", dtype, name, errA, errB)
			}
		}
		if err := read.Close(); err != nil {
			t.Error(err)
		}
	}
	shipped, err := os.ReadFile(filepath.Join("model", transformer.WeightsFile))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := m.Save(dir, transformer.I8, false); err != nil {
		t.Fatal(err)
	}
	if saved, err := os.ReadFile(filepath.Join(dir, transformer.WeightsFile)); err != nil || !bytes.Equal(saved, shipped) {
		t.Errorf("saved in 8 bits it is not the file that is shipped (%v)", err)
	}
	// Another model in the folder stays, unless it is to be replaced.
	path := filepath.Join(dir, transformer.ConfigFile)
	if err := os.WriteFile(path, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := m.Save(dir, transformer.I8, false); !errors.Is(err, transformer.ErrOtherModel) {
		t.Errorf("over another model: %v", err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "{}" {
		t.Errorf("it was changed: %s, %v", b, err)
	}
	if err := m.Save(dir, transformer.I8, true); err != nil {
		t.Error(err)
	}
	if err := m.Save(dir, 9, true); err == nil {
		t.Error("saved as a type that does not exist")
	}
}

// All types hold the same weights, so they predict the same but for rounding; to
// open them takes little time.
func TestTypes(t *testing.T) {
	own, err := small.Model()
	if err != nil || own.DType != transformer.I8 {
		t.Fatal(own.DType, err)
	}
	text := own.Vocabulary.Encode(transformer.EssayPrompt)
	p, q := make([]float64, own.Vocab()), make([]float64, own.Vocab())
	own.Next(text, p)
	file, err := os.ReadFile(filepath.Join("model", transformer.WeightsFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, dtype := range transformer.DTypes() {
		start := time.Now()
		m, err := transformer.New("model", file, own.Config, own.Vocabulary, dtype)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%v: %v to open, %.1f MB", dtype, time.Since(start), float64(m.Bytes())/1e6)
		m.Next(text, q)
		worst := 0.0
		for i := range p {
			worst = max(worst, math.Abs(p[i]-q[i]))
		}
		if limit := map[transformer.DType]float64{transformer.F16: 2e-4, transformer.BF16: 2e-3}[dtype]; !(worst <= max(limit, 1e-6)) {
			t.Errorf("%v: a probability is off by %v", dtype, worst)
		}
	}
	if m, err := small.Open(7); err == nil {
		t.Errorf("a type that does not exist: %v", m)
	}
}

func TestLog(t *testing.T) {
	l, err := small.Log()
	if err != nil {
		t.Fatal(err)
	}
	m, err := small.Model()
	if err != nil || l.Config != m.Config {
		t.Errorf("the log is of %+v, the model is %+v", l.Config, m.Config)
	}
	for name := range l.Sources {
		if passes := l.Passes(name); passes < 11 || passes > 11.5 {
			t.Errorf("%s was read %.1f times", name, passes)
		}
	}
	if len(l.Sources) != 3 || len(l.Points) < 20 {
		t.Errorf("%d sources, %d points", len(l.Sources), len(l.Points))
	}
	net, err := small.Net()
	if err != nil || net.Config != m.Config {
		t.Fatal(err)
	}
}
