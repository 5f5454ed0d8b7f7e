package feedback

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"oneword/internal/simd"
	"oneword/lm"
	"oneword/nn"
	"oneword/transformer"
)

// A Tuner changes a net by policy gradient (REINFORCE, Williams 1992): texts
// that it drew itself become more probable if they were better than the mean of
// their batch, and less if they were worse.
type Tuner struct {
	Net       *transformer.Net
	Reference *transformer.Net // the model as it was, which does not change
	Reward    *Reward
	Prompts   [][]int // all of the same length
	Length    int     // tokens that are written
	Batch     int
	Rate      float64 // of Adam
	Penalty   float64 // for each nat by which a text is more probable than it was
	Seed      uint64
}

// Rollout lets a model write so many tokens after a prompt. Texts all have the
// same length: an end of text is not drawn.
func Rollout(m *transformer.Model, prompt []int, length int, rng *rand.Rand) ([]int, error) {
	more, err := lm.Collect(length, lm.Write(endless{m.NewSession(), m}, prompt, lm.Sampling{Temperature: 1}, rng, nil))
	return append(prompt[:len(prompt):len(prompt)], more...), err
}

// endless is a session in which a text has no end.
type endless struct {
	*transformer.Session
	m *transformer.Model
}

// Next leaves out the end. What remains sums to less than 1; Sampling mends it.
func (e endless) Next(p []float64, temperature float64) {
	e.Session.Next(p, temperature)
	if v := e.m.Vocabulary; v != nil && v.EndOfText() >= 0 {
		p[v.EndOfText()] = 0
	}
}

// Steps makes so many steps, and yields what was measured at each, as Log.Rounds
// has it. An error is yielded last; if ctx has ended it is nn.ErrStopped.
func (t *Tuner) Steps(ctx context.Context, steps int) iter.Seq2[nn.Point, error] {
	return func(yield func(nn.Point, error) bool) {
		if err := t.check(); err != nil {
			yield(nn.Point{}, err)
			return
		}
		optimizer, g, fixed := nn.NewAdamW(0), &nn.Graph{}, &nn.Graph{NoGrad: true}
		rng := lm.Rand(t.Seed, "feedback")
		for step := 1; step <= steps; step++ {
			if ctx.Err() != nil {
				yield(nn.Point{}, fmt.Errorf("feedback: %w at step %d of %d", nn.ErrStopped, step-1, steps))
				return
			}
			point := nn.Point{Step: step, Measured: map[string]float64{}}
			rows, rewards, err := t.write(rng, point.Measured)
			if err != nil {
				yield(nn.Point{}, err)
				return
			}
			g.Reset()
			fixed.Reset()
			g.Backward(t.loss(g, fixed, rows, rewards, point.Measured))
			nn.ClipGrad(t.Net.Params(), 1)
			optimizer.Step(t.Net.Params(), t.Rate)
			if !yield(point, nil) {
				return
			}
		}
	}
}

func (t *Tuner) check() error {
	if len(t.Prompts) == 0 || t.Length < 1 || t.Batch < 2 || !(t.Rate > 0) || t.Penalty < 0 {
		return fmt.Errorf("feedback: %d prompts, %d tokens, a batch of %d, rate %v, penalty %v", len(t.Prompts), t.Length, t.Batch, t.Rate, t.Penalty)
	}
	given := len(t.Prompts[0])
	for _, p := range t.Prompts {
		if len(p) != given || given == 0 || given+t.Length > t.Net.Context {
			return fmt.Errorf("feedback: prompts of %d and %d tokens, %d more, a window of %d", given, len(p), t.Length, t.Net.Context)
		}
	}
	return nil
}

// write lets the net as it is now write a batch of texts, and rewards them.
func (t *Tuner) write(rng *rand.Rand, measured map[string]float64) (rows [][]int, rewards []float64, err error) {
	vocabulary, given := t.Reward.reads.Vocabulary, len(t.Prompts[0])
	m, err := t.Net.Model(vocabulary, transformer.F16) // to write a token takes half the time, and is as good
	if err != nil {
		return nil, nil, err
	}
	rows, rewards = make([][]int, t.Batch), make([]float64, t.Batch)
	for i := range rows {
		if rows[i], err = Rollout(m, t.Prompts[rng.IntN(len(t.Prompts))], t.Length, rng); err != nil {
			return nil, nil, err
		}
		if rewards[i], err = t.Reward.Of(rows[i], given); err != nil {
			return nil, nil, err
		}
		measured["reward"] += rewards[i] / float64(t.Batch)
		if vocabulary != nil {
			measured["rating"] += Rating(vocabulary.Decode(rows[i][given:])) / float64(t.Batch)
		}
	}
	return rows, rewards, nil
}

// loss is that of the batch: the surprise at each token that was written, times
// how much better than the mean its text was. The penalty for leaving the
// reference is taken off the rewards first.
func (t *Tuner) loss(g, fixed *nn.Graph, rows [][]int, rewards []float64, measured map[string]float64) *nn.Tensor {
	given := len(t.Prompts[0])
	heads, next := make([][]int, t.Batch), []int{}
	for i, row := range rows {
		heads[i] = row[:len(row)-1]
		next = append(next, row[1:]...)
	}
	logits := t.Net.Logits(g, heads...)                                                        // [B·length][V]
	now, then := logLosses(logits, next), logLosses(t.Reference.Logits(fixed, heads...), next) // [B·length]
	length := given + t.Length - 1                                                             // predicted in a row
	mean, square := 0.0, 0.0
	for i := range rewards {
		for k := given - 1; k < length; k++ {
			divergence := then[i*length+k] - now[i*length+k]
			rewards[i] -= t.Penalty * divergence
			measured["divergence"] += divergence / float64(t.Batch*t.Length)
		}
		mean += rewards[i] / float64(t.Batch)
	}
	for _, r := range rewards {
		square += (r - mean) * (r - mean) / float64(t.Batch)
	}
	weights := make([]float32, len(next))
	for i, r := range rewards {
		for k := given - 1; k < length; k++ {
			weights[i*length+k] = float32((r - mean) / math.Sqrt(square+1e-6))
		}
	}
	return g.WeightedCrossEntropy(logits, next, weights)
}

// logLosses are minus the logarithms of the probabilities that logits, [n][V],
// give to n tokens.
func logLosses(logits *nn.Tensor, tokens []int) []float64 {
	cols := logits.Cols()
	list, room := make([]float64, len(tokens)), make([]float32, cols)
	for r, id := range tokens {
		list[r] = simd.LogLoss(room, logits.Data[r*cols:(r+1)*cols], id)
	}
	return list
}
