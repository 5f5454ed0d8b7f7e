package transformer

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"oneword/internal/safetensors"
	"oneword/lm"
	"oneword/lm/lmtest"
	"oneword/nn"
)

// small is a random model for tests without files.
func small(t testing.TB, c Config, dtype DType) *Model {
	t.Helper()
	net, err := NewNet(c, lm.Rand(1, "test"))
	if err != nil {
		t.Fatal(err)
	}
	rng := lm.Rand(2, "test")
	for _, p := range net.Params() { // so that nothing is 0 or 1 only
		for i := range p.Data {
			p.Data[i] += float32(0.1 * rng.NormFloat64())
		}
	}
	var b bytes.Buffer
	if err := nn.Save(&b, net.Params(), nil); err != nil {
		t.Fatal(err)
	}
	m, err := New("test", b.Bytes(), c, nil, dtype)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var tinyConfig = Config{Vocab: 50, Context: 24, Width: 32, Blocks: 3, Heads: 4, Epsilon: 1e-5}

func close32(t *testing.T, what string, got, want []float32, tolerance float64) {
	t.Helper()
	top := 0.0
	for _, w := range want {
		top = max(top, math.Abs(float64(w)))
	}
	for i := range want {
		if math.Abs(float64(got[i]-want[i])) > tolerance*top {
			t.Fatalf("%s: number %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

// The forward pass is that of an independent implementation.
func TestGolden(t *testing.T) {
	var want struct {
		Tokens    []int        `json:"tokens"`
		Logits    []float32    `json:"last_logits"`
		Top5      [][2]float64 `json:"last_probs_top5"`
		Attention [][]float32  `json:"attention_first_head_last_row"`
		Hidden    [][]float32  `json:"hidden_last_token"`
		Greedy    []int        `json:"greedy"`
	}
	readGolden(t, &want)
	m, err := Load(goldenDir, F32)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	trace, err := m.Trace(want.Tokens)
	if err != nil {
		t.Fatal(err)
	}
	last := len(want.Tokens) - 1
	for b, h := range want.Hidden {
		close32(t, fmt.Sprint("hidden after block ", b), trace.Hidden[b][last], h, 1e-4)
	}
	for b, a := range want.Attention {
		close32(t, fmt.Sprint("attention in block ", b), trace.Attention[b][0][last], a, 1e-4)
	}
	for _, p := range want.Top5 {
		if got := trace.Next[m.Blocks][int(p[0])]; math.Abs(got-p[1]) > 1e-4*p[1] {
			t.Errorf("token %v has probability %v, want %v", p[0], got, p[1])
		}
	}
	logits, err := m.NewSession().Feed(want.Tokens...)
	if err != nil {
		t.Fatal(err)
	}
	close32(t, "logits", logits, want.Logits, 1e-4)
	// One by one it comes to the same.
	s := m.NewSession()
	for _, id := range want.Tokens {
		if logits, err = s.Feed(id); err != nil {
			t.Fatal(err)
		}
	}
	close32(t, "logits one by one", logits, want.Logits, 1e-4)
	got, err := lm.Collect(len(want.Greedy), m.Generate(want.Tokens, lm.Sampling{}, nil))
	if err != nil || !slices.Equal(got, want.Greedy) {
		t.Errorf("it goes on with %v, want %v, %v", got, want.Greedy, err)
	}
	for width, loss := range map[DType]float64{F16: 0.01, BF16: 0.05, I8: 0.1} {
		narrow, err := Load(goldenDir, width)
		if err != nil {
			t.Fatal(err)
		}
		if logits, err = narrow.NewSession().Feed(want.Tokens...); err != nil {
			t.Fatal(err)
		}
		close32(t, width.String(), logits, want.Logits, loss)
		if narrow.Bytes() > m.Bytes()*(width.Bytes()+1)/4 {
			t.Errorf("%v: %d bytes, float32 takes %d", width, narrow.Bytes(), m.Bytes())
		}
	}
}

func TestIsAModel(t *testing.T) {
	for _, width := range DTypes() {
		lmtest.Test(t, small(t, tinyConfig, width))
	}
}

func TestTrace(t *testing.T) {
	m := small(t, tinyConfig, F32)
	tokens := []int{1, 2, 3, 4, 5, 6, 7}
	trace, err := m.Trace(tokens, 1)
	if err != nil {
		t.Fatal(err)
	}
	if trace.Attention[0] != nil || len(trace.Attention[1]) != 4 || len(trace.Hidden) != 4 || len(trace.Next) != 4 {
		t.Errorf("attention of %d heads, %d hidden, %d next", len(trace.Attention[1]), len(trace.Hidden), len(trace.Next))
	}
	for h, head := range trace.Attention[1] {
		for i, row := range head {
			sum := 0.0
			for j, w := range row {
				if sum += float64(w); j > i && w != 0 || w < 0 {
					t.Fatalf("head %d, place %d looks at %d with %v", h, i, j, w)
				}
			}
			if math.Abs(sum-1) > 1e-5 {
				t.Errorf("head %d, place %d: weights sum to %v", h, i, sum)
			}
		}
	}
	p := make([]float64, m.Vocab())
	m.Next(tokens, p)
	for i := range p {
		if math.Abs(p[i]-trace.Next[3][i]) > 1e-6 {
			t.Fatalf("after the last block token %d has %v, Next says %v", i, trace.Next[3][i], p[i])
		}
	}
	for i := range tokens {
		for k := range m.Width {
			if got := trace.Token[i][k] + trace.Position[i][k]; got != trace.Sum[i][k] {
				t.Fatalf("sum %v, want %v", trace.Sum[i][k], got)
			}
		}
	}
	for want, call := range map[string]func() error{
		"no tokens":       func() error { _, err := m.Trace(nil); return err },
		"window has 24":   func() error { _, err := m.Trace(make([]int, 25)); return err },
		"there are 0":     func() error { _, err := m.Trace([]int{1}, 3); return err },
		"token 50 at":     func() error { _, err := m.Trace([]int{50}); return err },
		"token -1 at":     func() error { _, err := m.NewSession().Feed(-1); return err },
		": no tokens":     func() error { _, err := m.NewSession().Feed(); return err },
		"temperature -1":  func() error { _, err := lm.Collect(1, m.Generate(nil, lm.Sampling{Temperature: -1}, nil)); return err },
		"token 99 at":     func() error { _, err := lm.Collect(1, m.Generate([]int{99}, lm.Sampling{}, nil)); return err },
		"place 1, but":    func() error { _, err := m.Score([]int{1, 77}); return err },
		"top-p 2: want 0": func() error { _, err := lm.Collect(1, m.Generate(nil, lm.Sampling{TopP: 2}, nil)); return err },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}

// A text longer than the window goes on, with its beginning forgotten.
func TestWindowSlides(t *testing.T) {
	m := small(t, tinyConfig, F32)
	more, err := lm.Collect(60, m.Generate([]int{7, 8}, lm.Sampling{Temperature: 1}, lm.Rand(1, "test")))
	if err != nil {
		t.Fatal(err)
	}
	text := append([]int{7, 8}, more...)
	s := m.NewSession()
	var logits []float32
	for i, id := range text[:40] {
		if logits, err = s.Feed(id); err != nil {
			t.Fatal(err)
		}
		want := i + 1
		for want > 24 {
			want -= 13 // of 25 the last 12 stay
		}
		if len(s.Tokens()) != want {
			t.Fatalf("after %d tokens: %d in the window, want %d", i+1, len(s.Tokens()), want)
		}
	}
	fresh := m.NewSession()
	again, err := fresh.Feed(s.Tokens()...)
	if err != nil {
		t.Fatal(err)
	}
	close32(t, "logits after sliding", logits, again, 1e-5)
	long := m.NewSession()
	if _, err := long.Feed(text...); err != nil || len(long.Tokens()) != 12 {
		t.Errorf("a long prompt: %d tokens, %v", len(long.Tokens()), err)
	}
}

func TestNoMemoryPerToken(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector counts its own")
	}
	for _, width := range DTypes() {
		m := small(t, Config{Vocab: 500, Context: 512, Width: 64, Blocks: 2, Heads: 4, Epsilon: 1e-5}, width)
		s := m.NewSession()
		if _, err := s.Feed(1, 2, 3); err != nil {
			t.Fatal(err)
		}
		one := []int{5}
		if n := testing.AllocsPerRun(100, func() { s.Feed(one...) }); n > 0 {
			t.Errorf("%v: %v allocations a token", width, n)
		}
	}
}

func TestRefused(t *testing.T) {
	net, _ := NewNet(tinyConfig, lm.Rand(1, "test"))
	params := net.Params()
	file := func(params []nn.Param) []byte {
		var b bytes.Buffer
		if err := nn.Save(&b, params, nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	good := file(params)
	other := tinyConfig
	other.Width = 16
	deeper := tinyConfig
	deeper.Blocks = 4
	for want, call := range map[string]func() error{
		`"wte.weight" has shape [50 32], want [50 16]`: func() error { _, err := New("f", good, other, nil, F32); return err },
		`no tensor "h.3.ln_1.weight"`:                  func() error { _, err := New("f", good, deeper, nil, F32); return err },
		"f: byte":                                      func() error { _, err := New("f", good[:1000], tinyConfig, nil, F32); return err },
		`no tensor "ln_f.bias"`:                        func() error { _, err := New("f", file(params[:len(params)-1]), tinyConfig, nil, F32); return err },
		"n_head is 0": func() error {
			_, err := New("f", good, Config{Vocab: 1, Context: 1, Width: 1, Blocks: 1}, nil, F32)
			return err
		},
		"no model": func() error { _, err := Load(t.TempDir(), F32); return err },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, ConfigFile), tinyConfig.JSON(nil), 0o644)
	if _, err := Load(dir, F32); err == nil || !strings.Contains(err.Error(), "without weights") {
		t.Errorf("a folder without weights: %v", err)
	}
	for config, want := range map[string]string{
		`{"model_type": "llama"}`: "llama",
		`{"n_embd": 10, "n_head": 3, "n_layer": 1, "vocab_size": 5, "n_positions": 5}`:                               "not a multiple",
		`{"n_embd": 9, "n_head": 3, "n_layer": 1, "vocab_size": 5, "n_positions": 5, "activation_function": "relu"}`: "relu",
		`{`:                        "unexpected end",
		`{"n_embd":1000000000000}`: "want 1 to",
	} {
		if _, err := ParseConfig([]byte(config)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", config, err)
		}
	}
}

// A file in 8 bits from which something is missing, or in which something is no
// number, is refused with the name of the tensor.
func TestInt8Refused(t *testing.T) {
	m := small(t, tinyConfig, I8)
	var b bytes.Buffer
	if err := m.writeWeights(&b, I8); err != nil {
		t.Fatal(err)
	}
	if again, err := New("f", b.Bytes(), tinyConfig, nil, Own); err != nil || again.DType != I8 {
		t.Fatalf("opened as %v, %v", again.DType, err)
	}
	// change returns the file with one tensor changed, or left out.
	change := func(name string, to func(*safetensors.Tensor)) []byte {
		f, err := safetensors.Parse("f", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		var tensors []safetensors.Tensor
		found := false
		for _, n := range f.Names() {
			x := safetensors.Tensor{Name: n, Shape: f.Shape(n), Type: f.Type(n)}
			if x.Type == "I8" {
				x.Int8, err = f.Int8(n, x.Shape)
			} else {
				size := 1
				for _, d := range x.Shape {
					size *= d
				}
				x.Data = make([]float32, size)
				err = f.Float32(n, x.Shape, x.Data)
			}
			if err != nil {
				t.Fatal(err)
			}
			if n == name {
				found = true
				if to == nil {
					continue
				}
				to(&x)
			}
			tensors = append(tensors, x)
		}
		var out bytes.Buffer
		if err := safetensors.Write(&out, tensors, nil); err != nil || !found {
			t.Fatal(name, found, err)
		}
		return out.Bytes()
	}
	set := func(v float64) func(*safetensors.Tensor) {
		return func(x *safetensors.Tensor) { x.Data[3] = float32(v) }
	}
	const scale, rows = "h.1.mlp.c_fc.scale", "h.1.mlp.c_fc.int8"
	for want, file := range map[string][]byte{
		`no tensor "h.1.mlp.c_fc.scale"`:                        change(scale, nil),
		`"h.1.mlp.c_fc.scale" has NaN for row 3`:                change(scale, set(math.NaN())),
		`"h.1.mlp.c_fc.scale" has +Inf for row 3`:               change(scale, set(math.Inf(1))),
		`"h.1.mlp.c_fc.scale" has -1 for row 3`:                 change(scale, set(-1)),
		`"h.1.mlp.c_fc.scale" has shape [64], want [128]`:       change(scale, func(x *safetensors.Tensor) { x.Shape, x.Data = []int{64}, x.Data[:64] }),
		`no tensor "h.1.mlp.c_fc.int8"`:                         change(rows, nil),
		`"h.1.mlp.c_fc.int8" has shape [32 128], want [128 32]`: change(rows, func(x *safetensors.Tensor) { x.Shape = []int{32, 128} }),
		`"h.1.mlp.c_fc.int8" is of type F32, want I8`: change(rows, func(x *safetensors.Tensor) {
			x.Type, x.Data, x.Int8 = "F32", make([]float32, len(x.Int8)), nil
		}),
	} {
		for _, dtype := range append(DTypes(), Own) {
			if _, err := New("f", file, tinyConfig, nil, dtype); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v: %v, want %s", dtype, err, want)
			}
		}
	}
	// And none such is written.
	broken := small(t, tinyConfig, F32)
	broken.blocks[2].up.asStored.Data[7] = float32(math.NaN())
	if err := broken.writeWeights(&b, I8); err == nil || !strings.Contains(err.Error(), "h.2.mlp.c_fc") {
		t.Errorf("a weight that is no number: %v", err)
	}
}

// A model that cannot be written as wanted, or not there, is not written.
func TestSaveRefused(t *testing.T) {
	m := small(t, tinyConfig, F32)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "vocab.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := m.Save(dir, F32, false); !errors.Is(err, ErrOtherModel) {
		t.Errorf("beside the vocabulary of another model: %v", err)
	}
	if err := m.Save(dir, F32, true); err != nil {
		t.Fatal(err)
	}
	if again, err := Load(dir, Own); err != nil || again.Vocabulary != nil {
		t.Errorf("read again: %v", err)
	}
	m.gain = slices.Clone(m.gain)
	m.gain[3] = 1e6
	for _, dtype := range []DType{F16, I8} {
		if err := m.Save(t.TempDir(), dtype, false); err == nil || !strings.Contains(err.Error(), "ln_f.weight") {
			t.Errorf("%v: a number of a million: %v", dtype, err)
		}
	}
	if _, err := New("f", nil, tinyConfig, nil, 9); err == nil || !strings.Contains(err.Error(), "type of weights 9") {
		t.Errorf("a type that does not exist: %v", err)
	}
	if Own.Bytes() != 0 || DType(9).String() == "" {
		t.Error("types without a size")
	}
}

// Texts that are computed together are as surprising as each alone, token by token:
// none sees another, and long ones are read in rows of the window.
func TestSurprises(t *testing.T) {
	c := tinyConfig
	c.Context = 300 // more than attendRows
	rng := lm.Rand(3, "test")
	var texts [][]int
	for _, n := range []int{5, 0, 1, 2, 299, 300, 301, 17, 750, 40, 90} {
		text := make([]int, n)
		for i := range text {
			text[i] = rng.IntN(c.Vocab)
		}
		texts = append(texts, text)
	}
	for _, dtype := range DTypes() {
		m := small(t, c, dtype)
		got, err := m.Surprises(texts...)
		if err != nil || len(got) != len(texts) {
			t.Fatal(err)
		}
		p := make([]float64, c.Vocab)
		for k, text := range texts {
			if len(got[k]) != max(len(text)-1, 0) {
				t.Fatalf("%d surprises at %d tokens", len(got[k]), len(text))
			}
			s := m.NewSession()
			for i := range got[k] {
				if i%c.Context == 0 {
					s.Reset()
				}
				if err := s.Append(text[i]); err != nil {
					t.Fatal(err)
				}
				if s.Next(p, 1); math.Abs(got[k][i]+math.Log(p[text[i+1]])) > 1e-4 {
					t.Fatalf("%v, text %d, token %d: %v, alone %v", dtype, k, i+1, got[k][i], -math.Log(p[text[i+1]]))
				}
			}
		}
		if _, err := m.Surprises([]int{1, 99}); err == nil {
			t.Error("a token that does not exist")
		}
	}
}

// Prefixed names, halves and masks are read as well.
func TestOtherFiles(t *testing.T) {
	net, _ := NewNet(tinyConfig, lm.Rand(1, "test"))
	params := net.Params()
	for i := range params {
		params[i].Name = "transformer." + params[i].Name
	}
	params = append(params, nn.Param{Name: "transformer.h.0.attn.bias", Tensor: nn.NewTensor(1, 1, 24, 24)})
	var b bytes.Buffer
	if err := nn.SaveAs(&b, params, "BF16", nil); err != nil {
		t.Fatal(err)
	}
	m, err := New("f", b.Bytes(), tinyConfig, nil, F32)
	if err != nil {
		t.Fatal(err)
	}
	want := net.Logits(&nn.Graph{NoGrad: true}, []int{1, 2, 3}).Data
	got, err := m.NewSession().Feed(1, 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	close32(t, "logits", got, want[2*tinyConfig.Vocab:], 0.05)
}

func FuzzParseConfig(f *testing.F) {
	f.Add(tinyConfig.JSON(nil))
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, err := ParseConfig(file); err == nil {
			if again, err := ParseConfig(c.JSON(nil)); err != nil || again != c {
				t.Fatalf("%+v comes back as %+v, %v", c, again, err)
			}
		}
	})
}
