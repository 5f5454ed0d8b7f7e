package feedback

import (
	_ "embed"
	"encoding/json"
	"oneword/internal/lazy"

	"oneword/nn"
)

//go:embed feedback.json
var recorded []byte // as `essay train feedback` writes it

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
func Recorded() (Log, error) {
	return keptRecorded.Get(func() (Log, error) {
		var l Log
		err := json.Unmarshal(recorded, &l)
		return l, err
	})
}

var keptRecorded lazy.Value[Log]
