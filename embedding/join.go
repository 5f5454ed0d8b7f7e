package embedding

import (
	"fmt"
	"math"
)

// Join puts vectors of several sets side by side, each of length 1, for the words that
// are in all of them, in the order of the first: the cosine of two words becomes
// the mean of theirs (concatenation in Yin and Schütze, Learning Word
// Meta-Embeddings, 2016). What one set has learned by chance the others seldom
// have, so that the mean is often better than each. Sets without a common word are
// an error.
func Join(sets ...*Vectors) (*Vectors, error) {
	if len(sets) == 0 {
		return nil, fmt.Errorf("embedding: nothing to join")
	}
	var words []string
	var data []float32 // [V][sum of dims]
	dim := 0
	for _, s := range sets {
		dim += s.dim
	}
next:
	for _, word := range sets[0].words {
		row := make([]float32, 0, dim)
		for _, s := range sets {
			i, err := s.find(word)
			if err != nil {
				continue next
			}
			row = append(row, s.row(i)...)
		}
		for k := range row {
			row[k] /= float32(math.Sqrt(float64(len(sets)))) // of length 1 again
		}
		words, data = append(words, word), append(data, row...)
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("embedding: no word is in all of %d sets of vectors", len(sets))
	}
	return New(words, dim, data)
}
