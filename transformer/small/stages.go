package small

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"oneword/internal/lazy"
)

//go:embed stages.json
var stagesFile []byte

// A Stage is how far a model had come that stopped learning earlier: the same
// architecture, trained to its own end on fewer tokens. The models are not kept,
// only what they answered when `essay train stages` asked them.
type Stage struct {
	Tokens      float64 `json:"tokens"`        // that it had read
	BitsPerByte float64 `json:"bits_per_byte"` // of the article about cats
	Text        string  `json:"text"`          // StageTokens tokens behind the essay's prompt, at temperature 0.8
}

// StageTokens is how many tokens a Stage's text has.
const StageTokens = 200

// Stages are those recorded, the least taught first.
func Stages() ([]Stage, error) {
	return keptStages.Get(func() ([]Stage, error) {
		var list []Stage
		if err := json.Unmarshal(stagesFile, &list); err != nil {
			return nil, fmt.Errorf("stages.json (embedded): %w", err)
		}
		return list, nil
	})
}

var keptStages lazy.Value[[]Stage]
