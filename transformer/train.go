package transformer

import (
	"fmt"
	"math"

	"oneword/nn"
)

// A Recipe says how a net is trained.
type Recipe struct {
	Steps  int
	Batch  int     // rows a step
	Length int     // tokens that are predicted in a row; 0 for the net's window
	Rate   float64 // of AdamW, after the warm-up
	Warmup int     // steps
	Decay  float64 // of weights
	Clip   float64 // norm of the gradients at most
	Seed   uint64
}

// Tokens is how many tokens a step predicts.
func (r Recipe) Tokens(c Config) int { return r.Batch * r.length(c) }

func (r Recipe) length(c Config) int {
	if r.Length > 0 {
		return r.Length
	}
	return c.Context
}

// Trainer prepares the training of a net on a long row of tokens: AdamW, a
// learning rate that warms up and then falls along a cosine to a tenth, and
// gradients that are clipped. Text is cut into rows that touch; each pass
// shows them in another order.
func (n *Net) Trainer(tokens []int, r Recipe) (*nn.Trainer, error) {
	length := r.length(n.Config)
	examples := (len(tokens) - 1) / length
	switch {
	case length < 1 || length > n.Context:
		return nil, fmt.Errorf("transformer: rows of %d tokens, want 1 to %d", length, n.Context)
	case r.Steps < 1 || r.Batch < 1:
		return nil, fmt.Errorf("transformer: %d steps of %d rows", r.Steps, r.Batch)
	case examples < r.Batch:
		return nil, fmt.Errorf("transformer: %d tokens make %d rows of %d, but a step takes %d", len(tokens), examples, length, r.Batch)
	}
	for i, id := range tokens {
		if id < 0 || id >= n.Vocab {
			return nil, fmt.Errorf("transformer: token %d at place %d, but the vocabulary has %d", id, i, n.Vocab)
		}
	}
	perEpoch := examples / r.Batch
	t := &nn.Trainer{
		Params: n.Params(), Optimizer: nn.NewAdamW(r.Decay), Examples: examples, Batch: r.Batch,
		Epochs: (r.Steps + perEpoch - 1) / perEpoch, MaxSteps: r.Steps, Clip: r.Clip, Seed: r.Seed,
		Rate: nn.Cosine(r.Rate, r.Rate/10, r.Warmup),
		Loss: func(g *nn.Graph, batch []int) *nn.Tensor {
			rows := make([][]int, len(batch))
			for i, b := range batch {
				rows[i] = tokens[b*length : (b+1)*length+1]
			}
			return n.Loss(g, rows...)
		},
	}
	return t, nil
}

// HeldOutLoss is the mean surprise of a net, in nats a token, at tokens it was not
// trained on: at most so many rows of the window's length, spread evenly over
// the text, each predicted on its own.
func (n *Net) HeldOutLoss(tokens []int, rows int) float64 {
	g := &nn.Graph{NoGrad: true}
	whole := (len(tokens) - 1) / n.Context
	rows = min(rows, whole)
	if rows < 1 {
		return math.NaN()
	}
	sum := 0.0
	for i := range rows {
		at := whole * i / rows * n.Context
		g.Reset()
		sum += float64(n.Loss(g, tokens[at:at+n.Context+1]).Data[0])
	}
	return sum / float64(rows)
}

// A Log is how the training of a shipped model went: "held out" is measured, in
// nats a token, and tokens are what is seen.
type Log struct {
	Config Config    `json:"config"`
	Points nn.Record `json:"points"`
	// BytesPerToken is that of the held-out text, to compare with models of
	// other tokens.
	BytesPerToken float64 `json:"bytes_per_token"`
}
