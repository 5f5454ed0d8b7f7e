package lm

import (
	"cmp"
	"container/heap"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Sampling says how a token is chosen from a distribution. The zero value is
// greedy: always the most probable token, with ties going to the lower id.
type Sampling struct {
	// Temperature divides the log-probabilities before they are normalised
	// again: below 1 it sharpens the distribution, above 1 it flattens it,
	// and 0 leaves only the most probable token.
	Temperature float64
	// TopK keeps only the K most probable tokens; 0 keeps all.
	TopK int
	// TopP keeps the smallest set of most probable tokens whose probability
	// reaches P of what top-k has left ("nucleus sampling", Holtzman et al.
	// 2020); 0 keeps all.
	TopP float64
}

// Check reports settings that make no sense.
func (s Sampling) Check() error {
	switch {
	case !(s.Temperature >= 0) || math.IsInf(s.Temperature, 1):
		return fmt.Errorf("lm: temperature %v: want a number of 0 or more", s.Temperature)
	case s.TopK < 0:
		return fmt.Errorf("lm: top-k %d: want 0 (all) or more", s.TopK)
	case !(s.TopP >= 0 && s.TopP <= 1):
		return fmt.Errorf("lm: top-p %v: want 0 (all) to 1", s.TopP)
	}
	return nil
}

// Adjust turns p, in place, into the distribution that is really drawn from:
// first the temperature, then top-k, then top-p, then normalised to sum 1.
// Settings that fail Check are taken as the nearest that pass.
func (s Sampling) Adjust(p []float64) {
	if len(p) == 0 {
		return
	}
	if !(s.Temperature > 0) {
		best := ArgMax(p)
		clear(p)
		p[best] = 1
		return
	}
	heat(p, s.Temperature)
	normalise(p)
	if (s.TopK <= 0 || s.TopK >= len(p)) && !(s.TopP > 0 && s.TopP < 1) {
		return
	}
	// A heap gives the most probable ones in turn; most are never asked for.
	ranked := &ranking{p: slices.Clone(p), ids: make([]int, len(p))}
	for i := range p {
		ranked.ids[i] = i
	}
	heap.Init(ranked)
	clear(p)
	k, enough := s.TopK, s.TopP
	if !(enough > 0 && enough < 1) {
		enough = 1
	}
	var kept []int
	sum := 0.0
	for len(ranked.ids) > 0 && (len(kept) < k || k <= 0 && sum < enough) {
		id := heap.Pop(ranked).(int)
		kept = append(kept, id)
		sum += ranked.p[id]
	}
	if k > 0 {
		enough *= sum // of what top-k has left
	}
	sum = 0
	for _, id := range kept {
		p[id] = ranked.p[id]
		if sum += p[id]; sum >= enough {
			break
		}
	}
	normalise(p)
}

// Pick adjusts p in place and draws one token from it.
func (s Sampling) Pick(p []float64, rng *rand.Rand) int {
	if !(s.Temperature > 0) {
		return ArgMax(p)
	}
	s.Adjust(p)
	return Draw(p, rng.Float64())
}

// Draw returns the token at which the running sum of p passes u, a number
// drawn evenly from [0, 1).
func Draw(p []float64, u float64) int {
	last := 0
	for i, v := range p {
		if v <= 0 {
			continue
		}
		if u -= v; u < 0 {
			return i
		}
		last = i // rounding may leave u a hair above the sum: the last possible token
	}
	return last
}

// Entropy is the uncertainty of a distribution in bits: the average number of
// yes-or-no questions that its outcome answers.
func Entropy(p []float64) float64 {
	h := 0.0
	for _, v := range p {
		if v > 0 {
			h -= v * math.Log2(v)
		}
	}
	return h
}

// A ranking is a heap of tokens, the most probable first; of equals, the first.
type ranking struct {
	p   []float64
	ids []int
}

func (r *ranking) Len() int { return len(r.ids) }
func (r *ranking) Less(i, j int) bool {
	a, b := r.ids[i], r.ids[j]
	return r.p[a] > r.p[b] || r.p[a] == r.p[b] && a < b
}
func (r *ranking) Swap(i, j int) { r.ids[i], r.ids[j] = r.ids[j], r.ids[i] }
func (r *ranking) Push(x any)    { r.ids = append(r.ids, x.(int)) }
func (r *ranking) Pop() any {
	last := len(r.ids) - 1
	id := r.ids[last]
	r.ids = r.ids[:last]
	return id
}

// ArgMax is the place of the largest number, the first of them; 0 where there is none.
func ArgMax[T cmp.Ordered](p []T) int {
	best := 0
	for i, v := range p {
		if v > p[best] {
			best = i
		}
	}
	return best
}

func normalise(p []float64) {
	sum := 0.0
	for _, v := range p {
		sum += v
	}
	if sum == 0 {
		return
	}
	for i := range p {
		p[i] /= sum
	}
}
