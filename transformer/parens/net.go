package parens

import (
	"fmt"
	"math"
	"slices"

	"oneword/lm"
	"oneword/nn"
	"oneword/transformer"
)

// Config is the essay's: vectors of 128 numbers and 8 heads. With two blocks it
// has about 400,000 weights.
func Config(blocks int) transformer.Config {
	return transformer.Config{Vocab: vocab, Context: 64, Width: 128, Blocks: blocks, Heads: 8, Epsilon: 1e-5}
}

// Batch is how many sequences are learned from at a step.
const Batch = 32

// Trainer prepares a training on sequences that are drawn as it goes, those of a
// step all of one length. The n-th batch depends on the seed and n alone.
func (l Language) Trainer(net *transformer.Net, steps int, seed uint64) (*nn.Trainer, error) {
	if l.Pairs < 1 || 2*l.Pairs+2 > net.Context || steps < 1 {
		return nil, fmt.Errorf("parens: %d steps with sequences of up to %d pairs, in a window of %d", steps, l.Pairs, net.Context)
	}
	return &nn.Trainer{
		Params: net.Params(), Optimizer: nn.NewAdamW(0.01), Examples: steps * Batch, Batch: Batch, Epochs: 1, Clip: 1, Seed: seed,
		Rate: nn.Cosine(0.001, 0.00001, min(200, steps/10)),
		Loss: func(g *nn.Graph, batch []int) *nn.Tensor {
			rng := lm.Rand(seed, fmt.Sprint("parentheses ", batch[0]))
			pairs := 1 + rng.IntN(l.Pairs)
			rows := make([][]int, Batch)
			for i := range rows {
				rows[i] = framed(Balanced(pairs, rng))
			}
			return net.Loss(g, rows...)
		},
	}, nil
}

// framed puts End before and after a sequence.
func framed(sequence []int) []int { return append(append([]int{End}, sequence...), End) }

// Sample are sequences to measure with.
func (l Language) Sample(n int, seed uint64) [][]int {
	rng := lm.Rand(seed, "held-out parentheses")
	list := make([][]int, n)
	for i := range list {
		list[i] = l.Draw(rng)
	}
	return list
}

// CrossEntropy is the mean surprise, in nats a token, that a model has at
// sequences and their ends.
func CrossEntropy(m *transformer.Model, sequences [][]int) (float64, error) {
	nats, tokens := 0.0, 0
	for _, s := range sequences {
		score, err := m.Score(framed(s))
		if err != nil {
			return 0, err
		}
		nats += score.Nats
		tokens += score.Tokens
	}
	return nats / float64(tokens), nil
}

// CrossEntropy is what the language itself has at them, which no model can be below
// for long.
func (l Language) CrossEntropy(sequences [][]int) float64 {
	nats, tokens := 0.0, 0
	for _, s := range sequences {
		row := framed(s)
		for i := range row[1:] {
			nats -= math.Log(l.Next(row[1 : i+1])[row[i+1]])
		}
		tokens += len(row) - 1
	}
	return nats / float64(tokens)
}

// Predict is what a model says after a beginning.
func Predict(m *transformer.Model, beginning []int) (p [vocab]float64) {
	m.Next(append([]int{End}, beginning...), p[:])
	return p
}

// Complete goes on with a beginning until the model says End, with the most
// probable token each time or, if how says so, with drawn ones. It says whether
// the whole balances, and stops at once where it cannot any more, or where the
// model's window ends.
func Complete(m *transformer.Model, beginning []int, how lm.Sampling, seed uint64) (more []int, balanced bool) {
	all := slices.Clone(beginning)
	isEnd := func(token int) bool { return token == End }
	rng := lm.Rand(seed, "complete "+Decode(beginning))
	for token, err := range lm.Write(m.NewSession(), append([]int{End}, beginning...), how, rng, isEnd) {
		if err != nil {
			return nil, false
		}
		all = append(all, token)
		if _, possible := Depth(all); !possible || len(all)+1 >= m.Context {
			break
		}
	}
	depth, possible := Depth(all)
	return all[len(beginning):], possible && depth == 0
}

// BalancedShare is the share of n sequences drawn from a model that balance.
func BalancedShare(m *transformer.Model, n int, seed uint64) float64 {
	good := 0
	for i := range n {
		if _, ok := Complete(m, nil, lm.Sampling{Temperature: 1}, seed+uint64(i)); ok {
			good++
		}
	}
	return float64(good) / float64(n)
}
