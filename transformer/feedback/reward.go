package feedback

import (
	"context"
	"fmt"
	"math/rand/v2"

	"oneword/nn"
	"oneword/transformer"
)

// A Reward foresees ratings: a linear function of the vectors that the tokens of
// a text have in a model that does not change, before its first block and after
// its last, in the mean over the text.
type Reward struct {
	reads   *transformer.Model
	weights *nn.Tensor // [2·Width][1]
}

// features are the mean vectors of a text, after a prompt of so many tokens.
func features(m *transformer.Model, tokens []int, prompt int) ([]float32, error) {
	entering, leaving, err := m.Vectors(tokens)
	if err != nil {
		return nil, err
	}
	width := m.Config.Width
	mean := make([]float32, 2*width)
	for k, vectors := range [2][][]float32{entering[prompt:], leaving[prompt:]} {
		for _, v := range vectors {
			for i, x := range v {
				mean[k*width+i] += x / float32(len(vectors))
			}
		}
	}
	return mean, nil
}

// A RatedText is a text and its rating.
type RatedText struct {
	Tokens []int
	Prompt int // tokens that were given
	Rating float64
}

// LearnReward learns from pairs of texts, of which the better is known: the
// difference of their rewards is the logarithm of the odds that the first is
// the better one (Bradley and Terry 1952). Of each ten texts two are held out;
// agreement is the share of their pairs, those of equal ratings left out, that
// the reward orders as the ratings do.
func LearnReward(m *transformer.Model, texts []RatedText, rng *rand.Rand) (r *Reward, agreement float64, err error) {
	all := make([][]float32, len(texts))
	for i, t := range texts {
		if t.Prompt >= len(t.Tokens) {
			return nil, 0, fmt.Errorf("feedback: text %d has %d tokens, %d of them the prompt", i, len(t.Tokens), t.Prompt)
		}
		if all[i], err = features(m, t.Tokens, t.Prompt); err != nil {
			return nil, 0, err
		}
	}
	cut := len(texts) * 8 / 10
	better := pairs(texts[:cut], rng, 8*cut)
	held := pairs(texts[cut:], rng, 8*(len(texts)-cut))
	if len(better) == 0 || len(held) == 0 {
		return nil, 0, fmt.Errorf("feedback: %d texts with too few different ratings", len(texts))
	}
	for i := range held {
		held[i][0] += cut
		held[i][1] += cut
	}
	width := 2 * m.Config.Width
	r = &Reward{m, nn.NewParam(width, 1)}
	const batch = 64
	trainer := &nn.Trainer{
		Params: []nn.Param{{Name: "reward", Tensor: r.weights}}, Optimizer: nn.NewAdamW(0.01),
		Examples: len(better), Batch: min(batch, len(better)), Epochs: 30, Seed: rng.Uint64(), Rate: nn.Cosine(0.01, 0.0001, 10),
		Loss: func(g *nn.Graph, examples []int) *nn.Tensor {
			var x []float32
			classes := make([]int, len(examples)) // 0: the first of each pair is the better
			for _, e := range examples {
				x = append(append(x, all[better[e][0]]...), all[better[e][1]]...)
			}
			rewards := g.MatMul(nn.From(x, 2*len(examples), width), r.weights)
			return g.CrossEntropy(g.Reshape(rewards, len(examples), 2), classes)
		},
	}
	if err := trainer.Run(context.Background()); err != nil {
		return nil, 0, err
	}
	right := 0
	for _, p := range held {
		if r.of(all[p[0]]) > r.of(all[p[1]]) {
			right++
		}
	}
	return r, float64(right) / float64(len(held)), nil
}

// pairs draws pairs of texts, the better first; of equal ones none is.
func pairs(texts []RatedText, rng *rand.Rand, n int) (list [][2]int) {
	if len(texts) < 2 {
		return nil
	}
	for range n {
		a, b := rng.IntN(len(texts)), rng.IntN(len(texts))
		switch {
		case texts[a].Rating > texts[b].Rating:
			list = append(list, [2]int{a, b})
		case texts[a].Rating < texts[b].Rating:
			list = append(list, [2]int{b, a})
		}
	}
	return list
}

func (r *Reward) of(features []float32) float64 {
	sum := 0.0
	for i, x := range features {
		sum += float64(x) * float64(r.weights.Data[i])
	}
	return sum
}

// Of is the reward of a text.
func (r *Reward) Of(tokens []int, prompt int) (float64, error) {
	f, err := features(r.reads, tokens, prompt)
	if err != nil {
		return 0, err
	}
	return r.of(f), nil
}
