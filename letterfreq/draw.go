package letterfreq

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"oneword/lm"
)

// A Sampler draws letters, each as often as it was counted, and independent of
// the others.
type Sampler struct {
	letters []rune
	alias   *lm.Alias
}

// NewSampler prepares drawing from the letters of c. Counts without any
// letter are an error.
func NewSampler(c Counts) (*Sampler, error) {
	a, err := lm.NewAlias(c.counts)
	if err != nil {
		return nil, fmt.Errorf("letterfreq: drawing letters: %w", err)
	}
	return &Sampler{c.letters, a}, nil
}

// Letter draws one letter.
func (s *Sampler) Letter(rng *rand.Rand) rune { return s.letters[s.alias.Draw(rng)] }

// Text draws n letters.
func (s *Sampler) Text(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(s.Letter(rng))
	}
	return b.String()
}
