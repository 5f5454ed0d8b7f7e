package transformer

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"

	"oneword/nn"
	"oneword/transformer/token"
)

// A Net is a model that can be trained: the layers of GPT-2 as tensors with
// gradients. For use without training, a [Model] is faster and smaller.
type Net struct {
	Config
	tokens, positions *nn.Tensor // [V][D], [Context][D]
	blocks            []block
	gain, bias        *nn.Tensor // of the last layer norm, [D]
}

// A block is one of the equal parts of the net: attention, which carries what
// was found at other positions to this one, and a fully connected part, which
// works on each position by itself. Both add to what came in.
type block struct {
	gain1, bias1  *nn.Tensor // layer norm before attention
	qkv, attnProj *nn.Dense  // queries, keys and values; what becomes of the heads' results
	gain2, bias2  *nn.Tensor // layer norm before the fully connected part
	up, down      *nn.Dense
}

// NewNet returns a net with random weights, drawn as GPT-2's were: with a
// deviation of 0.02, and smaller by the root of their number for those that
// add to the stream from block to block.
func NewNet(c Config, rng *rand.Rand) (*Net, error) {
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("transformer: %w", err)
	}
	normal := func(deviation float64, shape ...int) *nn.Tensor {
		t := nn.NewParam(shape...)
		for i := range t.Data {
			t.Data[i] = float32(deviation * rng.NormFloat64())
		}
		return t
	}
	ones := func() *nn.Tensor {
		t := nn.NewParam(c.Width)
		for i := range t.Data {
			t.Data[i] = 1
		}
		return t
	}
	dense := func(deviation float64, in, out int) *nn.Dense {
		return &nn.Dense{W: normal(deviation, in, out), B: nn.NewParam(out)}
	}
	const deviation = 0.02
	residual := deviation / math.Sqrt(float64(2*c.Blocks))
	n := &Net{Config: c, tokens: normal(deviation, c.Vocab, c.Width), positions: normal(deviation/2, c.Context, c.Width)}
	for range c.Blocks {
		n.blocks = append(n.blocks, block{
			ones(), nn.NewParam(c.Width), dense(deviation, c.Width, 3*c.Width), dense(residual, c.Width, c.Width),
			ones(), nn.NewParam(c.Width), dense(deviation, c.Width, c.Hidden()), dense(residual, c.Hidden(), c.Width),
		})
	}
	n.gain, n.bias = ones(), nn.NewParam(c.Width)
	return n, nil
}

// Params lists the weights by their names in GPT-2's files.
func (n *Net) Params() []nn.Param {
	list := []nn.Param{{Name: "wte.weight", Tensor: n.tokens}, {Name: "wpe.weight", Tensor: n.positions}}
	for i, b := range n.blocks {
		for _, p := range []nn.Param{
			{Name: "ln_1.weight", Tensor: b.gain1}, {Name: "ln_1.bias", Tensor: b.bias1},
			{Name: "attn.c_attn.weight", Tensor: b.qkv.W}, {Name: "attn.c_attn.bias", Tensor: b.qkv.B},
			{Name: "attn.c_proj.weight", Tensor: b.attnProj.W}, {Name: "attn.c_proj.bias", Tensor: b.attnProj.B},
			{Name: "ln_2.weight", Tensor: b.gain2}, {Name: "ln_2.bias", Tensor: b.bias2},
			{Name: "mlp.c_fc.weight", Tensor: b.up.W}, {Name: "mlp.c_fc.bias", Tensor: b.up.B},
			{Name: "mlp.c_proj.weight", Tensor: b.down.W}, {Name: "mlp.c_proj.bias", Tensor: b.down.B},
		} {
			list = append(list, nn.Param{Name: fmt.Sprintf("h.%d.%s", i, p.Name), Tensor: p.Tensor})
		}
	}
	return append(list, nn.Param{Name: "ln_f.weight", Tensor: n.gain}, nn.Param{Name: "ln_f.bias", Tensor: n.bias})
}

// Model is the net for use without training, with the weights as they are now.
func (n *Net) Model(v *token.Vocabulary, dtype DType) (*Model, error) {
	var file bytes.Buffer
	if err := nn.Save(&file, n.Params(), nil); err != nil {
		return nil, err
	}
	return New("net", file.Bytes(), n.Config, v, dtype)
}

// Logits computes, for B rows of T tokens, the numbers before the softmax at each
// position: [B·T][V]. It panics if a row is empty or longer than the window, or
// a token unknown.
func (n *Net) Logits(g *nn.Graph, rows ...[]int) *nn.Tensor { return n.forward(g, nil, rows...) }

// forward is Logits. If look is given, it gets the vectors that enter the blocks,
// [B·T][D], and after each block the queries, keys and values of its attention,
// [B][T][3·D], with the vectors that leave it.
func (n *Net) forward(g *nn.Graph, look func(qkv, x *nn.Tensor), rows ...[]int) *nn.Tensor {
	length := len(rows[0])
	if length < 1 || length > n.Context {
		panic(fmt.Sprintf("transformer: a row of %d tokens, want 1 to %d", length, n.Context))
	}
	var ids, at []int // [B·T]
	for _, row := range rows {
		if len(row) != length {
			panic(fmt.Sprintf("transformer: rows of %d and %d tokens", length, len(row)))
		}
		for i, id := range row {
			ids, at = append(ids, id), append(at, i)
		}
	}
	x := g.Add(g.Embedding(n.tokens, ids), g.Embedding(n.positions, at)) // [B·T][D]
	if look != nil {
		look(nil, x)
	}
	for _, b := range n.blocks {
		h := g.LayerNorm(x, b.gain1, b.bias1, n.Epsilon)                  // [B·T][D]
		qkv := g.Reshape(b.qkv.Apply(g, h), len(rows), length, 3*n.Width) // [B·T][D] → [B][T][3·D]
		h = g.Reshape(g.Attention(qkv, n.Heads), len(ids), n.Width)       // [B][T][3·D] → [B·T][D]
		x = g.Add(x, b.attnProj.Apply(g, h))                              // [B·T][D]
		h = g.LayerNorm(x, b.gain2, b.bias2, n.Epsilon)                   // [B·T][D]
		x = g.Add(x, b.down.Apply(g, g.GELU(b.up.Apply(g, h))))           // [B·T][D] → [B·T][Hidden] → [B·T][D]
		if look != nil {
			look(qkv, x)
		}
	}
	// The same table that made vectors of tokens finds the tokens for vectors.
	return g.MatMulT(g.LayerNorm(x, n.gain, n.bias, n.Epsilon), n.tokens) // [B·T][D]·[V][D]ᵀ → [B·T][V]
}

// Loss is the mean surprise, in nats, at each token of the rows but their
// first, given those before it.
func (n *Net) Loss(g *nn.Graph, rows ...[]int) *nn.Tensor {
	var next []int
	heads := make([][]int, len(rows))
	for i, row := range rows {
		if len(row) < 2 {
			panic(fmt.Sprintf("transformer: a loss of %d tokens, want 2 or more", len(row)))
		}
		heads[i] = row[:len(row)-1]
		next = append(next, row[1:]...)
	}
	return g.CrossEntropy(n.Logits(g, heads...), next)
}
