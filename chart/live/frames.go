package live

import (
	"fmt"

	"oneword/chart"
)

// maxFrames bounds what a figure may hold: a notebook has to stay small.
const maxFrames = 400

// Frames is a figure of pictures that are all drawn beforehand: one for each
// position of the knobs. Draw is given the positions, from 0, in the knobs'
// order.
func Frames(draw func(at ...int) (chart.Drawing, error), knobs ...Knob) *Figure {
	at := make([]int, len(knobs))
	for i, k := range knobs {
		at[i] = k.At
	}
	return &Figure{
		kind:  "frames",
		knobs: knobs,
		still: func() (chart.Drawing, error) {
			return draw(at...)
		},
		data: func() (map[string]any, error) {
			n := 1
			for _, k := range knobs {
				if n *= len(k.Labels); n > maxFrames {
					return nil, fmt.Errorf("live: more than %d frames", maxFrames)
				}
			}
			frames := make([]string, n)
			for i := range frames {
				at := make([]int, len(knobs))
				for k, rest := len(knobs)-1, i; k >= 0; k-- { // the last knob turns fastest
					at[k], rest = rest%len(knobs[k].Labels), rest/len(knobs[k].Labels)
				}
				d, err := draw(at...)
				if err == nil && d == nil {
					err = errNothing
				}
				if err != nil {
					return nil, err
				}
				svg, err := chart.SVG(d)
				if err != nil {
					return nil, err
				}
				frames[i] = string(svg)
			}
			return map[string]any{"frames": frames}, nil
		},
	}
}
