package nn

import "math"

// A Record is how a training went: what was measured, point by point.
type Record []Point

// A Point is where a training stood after so many steps.
type Point struct {
	Step     int                `json:"step,omitempty"`
	Seen     float64            `json:"seen,omitempty"` // examples, tokens or words
	Loss     float64            `json:"loss,omitempty"` // mean of the steps since the point before
	Measured map[string]float64 `json:"measured,omitempty"`
	Sample   string             `json:"sample,omitempty"` // what it wrote
}

// Column is one thing that was measured, at all points: "step", "seen", "loss",
// or a name of Measured. A point that lacks it has NaN.
func (r Record) Column(name string) []float64 {
	column := make([]float64, len(r))
	for i, p := range r {
		switch v, ok := p.Measured[name]; {
		case ok:
			column[i] = v
		case name == "step":
			column[i] = float64(p.Step)
		case name == "seen":
			column[i] = p.Seen
		case name == "loss":
			column[i] = p.Loss
		default:
			column[i] = math.NaN()
		}
	}
	return column
}

// Last is the last point, or a zero one if there is none.
func (r Record) Last() Point {
	if len(r) == 0 {
		return Point{}
	}
	return r[len(r)-1]
}

// Stages are some of the points: the first, then each at which so many times as
// much was seen as at the one before, and the last.
func (r Record) Stages(times float64) Record {
	var stages Record
	next := 0.0
	for i, p := range r {
		if p.Seen >= next || i == len(r)-1 {
			stages = append(stages, p)
			next = p.Seen * times
		}
	}
	return stages
}
