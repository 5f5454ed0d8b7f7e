package lm

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// An Alias draws from a fixed distribution by the alias method (Walker 1977, in
// the form of Vose 1991): whatever the number of outcomes, one draw is one look
// into a table.
//
// The table has a column for each outcome, all equally high. A column belongs
// in its lower part to its own outcome and above that to one other, its alias.
type Alias struct {
	columns []column
}

type column struct {
	own   uint32 // how much is its own, of 1<<32; 0 for an outcome that never comes
	other int32
}

// NewAlias prepares drawing i as often as weights[i] is in their sum: counts or
// probabilities, of which equal ones give equal draws. A weight that is negative
// or no number is an error, and so is a sum of 0.
func NewAlias[W int | int32 | int64 | uint32 | uint64 | float32 | float64](weights []W) (*Alias, error) {
	sum := 0.0
	for _, w := range weights {
		if w := float64(w); !(w >= 0) || math.IsInf(w, 1) {
			return nil, fmt.Errorf("a weight of %v", w)
		}
		sum += float64(w)
	}
	if sum == 0 {
		return nil, errors.New("there are none to draw from")
	}
	n := len(weights)
	heights := make([]float64, n)
	columns := make([]column, n)
	var small, large []int
	for i, w := range weights {
		heights[i] = float64(w) / sum * float64(n)
		columns[i] = column{math.MaxUint32, int32(i)}
		if heights[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 { // those left over are full, rounding apart
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		columns[s] = column{uint32(heights[s] * math.MaxUint32), int32(l)} // l fills the rest
		if heights[l] -= 1 - heights[s]; heights[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	return &Alias{columns}, nil
}

// Draw draws one outcome.
func (a *Alias) Draw(rng *rand.Rand) int { return a.At(rng.Uint64()) }

// At is the outcome that belongs to 64 random bits: the upper half chooses the
// column, the lower the place in it.
func (a *Alias) At(bits uint64) int {
	i := int(bits >> 32 * uint64(len(a.columns)) >> 32)
	if c := a.columns[i]; uint32(bits) > c.own || c.own == 0 {
		return int(c.other)
	}
	return i
}
