package letterfreq

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"

	"oneword/lm"
)

// WordLengths is the distribution of word lengths of a text: element n is the
// share of words with n letters, and element 0 is 0. A word is a run of
// letters. A text without words has none (nil).
func WordLengths(text string) []float64 {
	var lengths []float64
	words := 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		n := len([]rune(word))
		for len(lengths) <= n {
			lengths = append(lengths, 0)
		}
		lengths[n]++
		words++
	}
	for n := range lengths {
		lengths[n] /= float64(words)
	}
	return lengths
}

// A WordSampler draws "words": first a length, then as many letters.
type WordSampler struct {
	letters *Sampler
	lengths *lm.Alias
}

// NewWordSampler prepares drawing words whose lengths are distributed as in
// lengths (see WordLengths). Lengths that are negative or all 0, and words
// without letters, are errors.
func NewWordSampler(letters *Sampler, lengths []float64) (*WordSampler, error) {
	if len(lengths) > 0 && lengths[0] != 0 {
		return nil, fmt.Errorf("letterfreq: a share of %v for words without letters", lengths[0])
	}
	a, err := lm.NewAlias(lengths)
	if err != nil {
		return nil, fmt.Errorf("letterfreq: drawing word lengths: %w", err)
	}
	return &WordSampler{letters, a}, nil
}

// Word draws one word.
func (w *WordSampler) Word(rng *rand.Rand) string {
	return w.letters.Text(rng, w.lengths.Draw(rng))
}

// Text draws n words with spaces between them.
func (w *WordSampler) Text(rng *rand.Rand, n int) string {
	words := make([]string, max(n, 0))
	for i := range words {
		words[i] = w.Word(rng)
	}
	return strings.Join(words, " ")
}
