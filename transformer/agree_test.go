package transformer

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"oneword/lm"
	"oneword/nn"
)

// both opens the model in a folder as a Model and as a Net.
func both(t testing.TB, dir string) (*Model, *Net) {
	t.Helper()
	m, err := Load(dir, F32)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	if dir != goldenDir { // in 8 bits, which a Net does not read
		net, err := m.Net()
		if err != nil {
			t.Fatal(err)
		}
		return m, net
	}
	net, err := NewNet(m.Config, lm.Rand(1, "test")) // all weights are replaced
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, WeightsFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := nn.Load(WeightsFile, file, net.Params()); err != nil {
		t.Fatal(err)
	}
	return m, net
}

// The net that trains and the model that is used are the same function: vectors
// after each block, attention, logits at each position and the loss agree.
//
// They sum the same products in another order. A float32 sum of n terms is off by
// about √n roundings of 2⁻²⁴; the longest sums have Hidden terms, a block has four
// matrices and two sums of attention on a path, and errors of blocks add up. So
// numbers may differ by 6·Blocks·√Hidden·2⁻²⁴ of the largest of their vector:
// 7·10⁻⁵ for the small GPT, where 5·10⁻⁶ is seen. A bias or a block that is left
// out changes far more.
func TestNetAndModelAgree(t *testing.T) {
	tiny, small := golden{}, "The king said that the old woman in the garden had seen nothing at all."
	readGolden(t, &tiny)
	for _, dir := range []string{goldenDir, "small/model"} {
		t.Run(dir, func(t *testing.T) {
			m, net := both(t, dir)
			tokens := tiny.Tokens
			if m.Vocabulary != nil {
				tokens = m.Vocabulary.Encode(small)
			}
			tolerance := 6 * float64(m.Blocks) * math.Sqrt(float64(m.Hidden())) / (1 << 24)
			worst := 0.0
			compare := func(what string, got, want []float32) {
				t.Helper()
				off, top := 0.0, 0.0
				for i, w := range want {
					off, top = max(off, math.Abs(float64(got[i]-w))), max(top, math.Abs(float64(w)))
				}
				if worst = max(worst, off/top); !(off <= tolerance*top) {
					t.Errorf("%s: off by %.1e of the largest number, want %.1e at most", what, off/top, tolerance)
				}
			}
			trace, err := m.Trace(tokens)
			if err != nil {
				t.Fatal(err)
			}
			g, b := &nn.Graph{NoGrad: true}, 0
			logits := net.forward(g, func(qkv, x *nn.Tensor) {
				for i, h := range trace.Hidden[b] {
					compare(fmt.Sprintf("position %d after %d blocks", i, b), h, x.Data[i*m.Width:(i+1)*m.Width])
				}
				if qkv != nil {
					for h, head := range plainAttention(qkv, m.Heads) {
						for i, row := range head {
							compare(fmt.Sprintf("attention of block %d, head %d, position %d", b-1, h, i), trace.Attention[b-1][h][i], row)
						}
					}
				}
				b++
			}, tokens).Data // [T][V]
			if b != m.Blocks+1 {
				t.Fatalf("looked %d times into %d blocks", b, m.Blocks)
			}
			whole, err := m.NewSession().Feed(tokens...)
			if err != nil {
				t.Fatal(err)
			}
			compare("logits of the whole", whole, logits[len(logits)-len(whole):])
			s := m.NewSession()
			for i, id := range tokens {
				got, err := s.Feed(id)
				if err != nil {
					t.Fatal(err)
				}
				compare(fmt.Sprint("logits, one by one, at position ", i), got, logits[i*len(got):(i+1)*len(got)])
			}
			loss := float64(net.Loss(g, tokens).Data[0])
			score, err := m.Score(tokens)
			if err != nil || score.Tokens != len(tokens)-1 || math.Abs(score.Nats/float64(score.Tokens)-loss) > tolerance*loss {
				t.Errorf("score %v, loss %v, %v", score, loss, err)
			}
			t.Logf("off by %.1e at most, allowed are %.1e", worst, tolerance)
		})
	}
}

// plainAttention are the weights of each head by the definition, [H][T][T], from
// queries, keys and values of one text, [1][T][3·D].
func plainAttention(qkv *nn.Tensor, heads int) [][][]float32 {
	length, width := qkv.Shape[1], qkv.Shape[2]/3
	size := width / heads
	weights := make([][][]float32, heads)
	for h := range weights {
		for i := range length {
			row, sum := make([]float32, length), 0.0
			for pass := range 2 { // the exponentials, then divided by their sum
				for j := range i + 1 {
					dot := 0.0
					for k := range size {
						q, key := qkv.Data[i*3*width+h*size+k], qkv.Data[j*3*width+width+h*size+k]
						dot += float64(q) * float64(key)
					}
					e := math.Exp(dot / math.Sqrt(float64(size)))
					if pass == 0 {
						sum += e
					} else {
						row[j] = float32(e / sum)
					}
				}
			}
			weights[h] = append(weights[h], row)
		}
	}
	return weights
}

// BenchmarkForwards is what the two forwards cost with the small GPT: one token
// behind 127 others, and a prompt of 256.
func BenchmarkForwards(b *testing.B) {
	m, net := both(b, "small/model")
	tokens := make([]int, 256)
	for i := range tokens {
		tokens[i] = i * 97 % m.Config.Vocab
	}
	s, g := m.NewSession(), &nn.Graph{NoGrad: true}
	b.Run("token/session", func(b *testing.B) {
		s.Append(tokens[:127]...)
		for b.Loop() {
			if len(s.Tokens()) == m.Context {
				s.Reset()
				s.Append(tokens[:127]...)
			}
			s.Append(7)
		}
	})
	b.Run("token/net", func(b *testing.B) {
		for b.Loop() {
			g.Reset()
			net.Logits(g, tokens[:128])
		}
	})
	b.Run("prompt/session", func(b *testing.B) {
		for b.Loop() {
			s.Reset()
			s.Append(tokens...)
		}
	})
	b.Run("prompt/net", func(b *testing.B) {
		for b.Loop() {
			g.Reset()
			net.Logits(g, tokens)
		}
	})
}

// BenchmarkGenerate writes with the small GPT at a temperature.
func BenchmarkGenerate(b *testing.B) {
	m, _ := both(b, "small/model")
	for b.Loop() {
		if _, err := lm.Collect(100, lm.Write(m.NewSession(), []int{5}, lm.Sampling{Temperature: 0.8}, lm.Rand(1, "bench"), nil)); err != nil {
			b.Fatal(err)
		}
	}
}
