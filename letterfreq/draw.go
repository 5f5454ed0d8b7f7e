package letterfreq

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// A Sampler draws letters, each as often as it was counted. It uses the alias
// method (Walker 1977, in the form of Vose 1991): whatever the number of
// letters, one draw is one look into a table.
//
// The table has a column for each letter, all equally high. A column belongs
// in its lower part to its own letter and above that to one other, its alias.
type Sampler struct {
	letters []rune
	alias   alias
}

// NewSampler prepares drawing from the letters of c. Counts without any
// letter are an error.
func NewSampler(c Counts) (*Sampler, error) {
	weights := make([]float64, c.Len())
	for i := range weights {
		weights[i] = float64(c.counts[i])
	}
	a, err := newAlias(weights)
	if err != nil {
		return nil, fmt.Errorf("letterfreq: drawing letters: %w", err)
	}
	return &Sampler{c.letters, a}, nil
}

// Letter draws one letter.
func (s *Sampler) Letter(rng *rand.Rand) rune { return s.letters[s.alias.draw(rng)] }

// Text draws n letters.
func (s *Sampler) Text(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(s.Letter(rng))
	}
	return b.String()
}

type alias struct {
	own   []float64 // how much of column i belongs to i, 0 to 1
	other []int     // whom the rest belongs to
}

func newAlias(weights []float64) (alias, error) {
	sum := 0.0
	for _, w := range weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			return alias{}, fmt.Errorf("a weight of %v", w)
		}
		sum += w
	}
	if sum == 0 {
		return alias{}, errors.New("there are none to draw from")
	}
	n := len(weights)
	a := alias{make([]float64, n), make([]int, n)}
	var small, large []int
	for i, w := range weights {
		a.own[i] = w / sum * float64(n)
		if a.own[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.other[s] = l // l fills the rest of s's column
		a.own[l] -= 1 - a.own[s]
		if a.own[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, i := range append(small, large...) { // rounding apart, these columns are full
		a.own[i] = 1
	}
	return a, nil
}

func (a alias) draw(rng *rand.Rand) int {
	i := rng.IntN(len(a.own))
	if rng.Float64() < a.own[i] {
		return i
	}
	return a.other[i]
}
