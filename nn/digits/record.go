package digits

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"oneword/nn"
)

//go:embed lenet.json
var recorded []byte

// Recorded is how the training went that made the shipped weights: a hundred
// points with the loss, in nats, "images/s" and "seconds left".
func Recorded() (nn.Record, error) {
	var r nn.Record
	if err := json.Unmarshal(recorded, &r); err != nil {
		return nil, fmt.Errorf("lenet.json (embedded): %w", err)
	}
	return r, nil
}

// Speed is what a record notes of a step beside the loss.
func Speed(s nn.Step) map[string]float64 {
	return map[string]float64{"images/s": s.PerSecond, "seconds left": s.Left.Seconds()}
}
