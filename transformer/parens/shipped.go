package parens

import (
	"embed"
	"encoding/json"
	"fmt"
	"oneword/internal/lazy"

	"oneword/nn"
	"oneword/transformer"
)

// The files that `essay train parens` writes.
const (
	WeightsFile  = "parens-%d.safetensors" // with the number of blocks
	TrainingFile = "training.json"
)

//go:embed model
var files embed.FS

// A Log is how nets of one and of two blocks learned the language.
type Log struct {
	Pairs int     `json:"pairs"`
	Truth float64 `json:"truth"` // the surprise of the language itself
	Nets  []Curve `json:"nets"`
}

// A Curve is how one of them did.
type Curve struct {
	Blocks  int `json:"blocks"`
	Weights int `json:"weights"`
	// Points have "held out", the loss on other sequences in nats a token, and
	// "balanced", the share of the sequences drawn from it that are.
	Points nn.Record `json:"points"`
}

// Recorded is how the shipped nets learned.
func Recorded() (Log, error) {
	return keptRecorded.Get(func() (Log, error) {
		var l Log
		file, err := files.ReadFile("model/" + TrainingFile)
		if err == nil {
			err = json.Unmarshal(file, &l)
		}
		return l, err
	})
}

var keptRecorded lazy.Value[Log]

var shipped [2]lazy.Value[*transformer.Model]

func open(blocks int) (*transformer.Model, error) {
	name := fmt.Sprintf(WeightsFile, blocks)
	file, err := files.ReadFile("model/" + name)
	if err != nil {
		return nil, err
	}
	return transformer.New(name, file, Config(blocks), nil, transformer.F32)
}

// Model is the shipped net of one or two blocks.
func Model(blocks int) (*transformer.Model, error) {
	if blocks < 1 || blocks > len(shipped) {
		return nil, fmt.Errorf("parens: a net of %d blocks, want 1 or 2", blocks)
	}
	return shipped[blocks-1].Get(func() (*transformer.Model, error) { return open(blocks) })
}
