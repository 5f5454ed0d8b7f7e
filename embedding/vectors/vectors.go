// Package vectors has vectors of 22,000 English words, learned by
// `essay train vectors` from books, an encyclopedia and textbooks: see the card
// in data/README.md. Only who imports it links its 5.8 MB.
package vectors

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"oneword/embedding"
)

// The names of the files, as the command writes them.
const (
	VectorsFile  = "vectors.half"
	TrainingFile = "training.json"
)

//go:embed vectors.half
var file []byte

//go:embed training.json
var training []byte

// English are the words, the most frequent first, and their vectors.
var English = sync.OnceValues(func() (*embedding.Vectors, error) { return embedding.Parse(VectorsFile, file) })

// A Training is how vectors were learned.
type Training struct {
	embedding.SkipGram
	Words  int // in the text
	Points []Point
}

// A Point is how good the vectors were after so many words.
type Point struct {
	Words      float64
	Loss       float64 // of a pair, in nats
	Similarity float64 // Spearman's correlation with package judged
	Analogies  float64 // share of those of package judged that 3CosAdd answers
}

// Recorded is how the vectors of this package were learned.
var Recorded = sync.OnceValues(func() (Training, error) {
	var t Training
	if err := json.Unmarshal(training, &t); err != nil {
		return Training{}, fmt.Errorf("%s: %w", TrainingFile, err)
	}
	return t, nil
})
