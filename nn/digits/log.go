package digits

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"

	"oneword/nn"
)

// A Log is how a training went: what one watches while it runs.
type Log struct {
	Images    []float64 `json:"images"`     // seen by then
	Loss      []float64 `json:"loss"`       // mean since the entry before, in nats
	PerSecond []float64 `json:"per_second"` // images, since the beginning
	Left      []float64 `json:"left"`       // seconds to the end, as foreseen then

	sum float64
	n   int
}

// logEntries is how many entries a log has when the training is over.
const logEntries = 100

// Watch adds a step to the log. It is made for a trainer's progress.
func (l *Log) Watch(s nn.Step) {
	l.sum, l.n = l.sum+s.Loss, l.n+1
	if s.Number*logEntries/s.Of == (s.Number-1)*logEntries/s.Of {
		return
	}
	l.Images = append(l.Images, float64(s.Number*batch))
	l.Loss = append(l.Loss, l.sum/float64(l.n))
	l.PerSecond = append(l.PerSecond, s.PerSecond)
	l.Left = append(l.Left, s.Left.Seconds())
	l.sum, l.n = 0, 0
}

// Write writes the log as JSON.
func (l *Log) Write(w io.Writer) error {
	b, err := json.Marshal(l)
	if err == nil {
		_, err = w.Write(append(b, '\n'))
	}
	return err
}

//go:embed lenet.json
var recorded []byte

// Recorded is the log of the training that made the shipped weights.
func Recorded() (Log, error) {
	var l Log
	if err := json.Unmarshal(recorded, &l); err != nil {
		return Log{}, fmt.Errorf("lenet.json (embedded): %w", err)
	}
	return l, nil
}
