// Package vectors has vectors of 34,000 English words, learned by
// `essay train vectors` from books, an encyclopedia and textbooks: see the card
// in data/README.md. Only who imports it links its 7.0 MB.
package vectors

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"oneword/embedding"
	"oneword/internal/lazy"
	"oneword/nn"
)

// The names of the files, as the command writes them.
const (
	VectorsFile  = "vectors.byte"
	TrainingFile = "training.json"
)

//go:embed vectors.byte
var file []byte

//go:embed training.json
var training []byte

// English are the words, the most frequent first, and their vectors.
func English() (*embedding.Vectors, error) {
	return keptEnglish.Get(func() (*embedding.Vectors, error) { return embedding.Parse(VectorsFile, file) })
}

var keptEnglish lazy.Value[*embedding.Vectors]

// A Training is how vectors were learned.
type Training struct {
	embedding.SkipGram
	Words int // in the text
	// Points have, for words seen, the loss of pairs that were not learned from, in
	// nats, and what was measured with package judged: "similarity", Spearman's correlation, and
	// "analogies", the share of them that 3CosAdd answers.
	Points nn.Record
}

// Recorded is how the vectors of this package were learned.
func Recorded() (Training, error) {
	return keptRecorded.Get(func() (Training, error) {
		var t Training
		if err := json.Unmarshal(training, &t); err != nil {
			return Training{}, fmt.Errorf("%s: %w", TrainingFile, err)
		}
		return t, nil
	})
}

var keptRecorded lazy.Value[Training]
