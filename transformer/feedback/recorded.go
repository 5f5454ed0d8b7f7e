package feedback

import (
	_ "embed"
	"encoding/json"
	"sync"

	"oneword/nn"
)

// TrainingFile is what `essay train feedback` writes.
const TrainingFile = "feedback.json"

//go:embed feedback.json
var recorded []byte

// A Log is how a tuning went.
type Log struct {
	Texts     int     `json:"texts"`     // that were rated to learn the reward
	Agreement float64 `json:"agreement"` // of the reward with the ratings, on pairs held out
	Penalty   float64 `json:"penalty"`
	// Rounds have the mean of each batch: "reward"; "rating", by the rule itself,
	// which the tuning does not see; and "divergence", the nats a token by which
	// its texts are more probable than they were.
	Rounds nn.Record `json:"rounds"`
	Before Measure   `json:"before"`
	After  Measure   `json:"after"`
}

// A Measure is how a model was before or after.
type Measure struct {
	Rating      float64  `json:"rating"`        // mean of fresh texts
	BitsPerByte float64  `json:"bits_per_byte"` // on held-out text
	Perplexity  float64  `json:"perplexity"`    // of a token of it
	Samples     []string `json:"samples"`
}

// Recorded is the tuning of the small GPT.
var Recorded = sync.OnceValues(func() (Log, error) {
	var l Log
	err := json.Unmarshal(recorded, &l)
	return l, err
})

// Smooth is the mean of each number and those before it, so many at most.
func Smooth(x []float64, n int) []float64 {
	smooth := make([]float64, len(x))
	for i := range x {
		last := x[max(0, i+1-n) : i+1]
		for _, v := range last {
			smooth[i] += v / float64(len(last))
		}
	}
	return smooth
}
