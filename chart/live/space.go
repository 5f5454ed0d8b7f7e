package live

import (
	"fmt"
	"math"

	"oneword/chart"
)

// Space is a picture of points in space that turns: by its sliders, or by
// dragging it.
func Space(s *chart.SpacePlot) *Figure {
	turn, tilt := s.View()
	turns, tilts := Slider("turn"), Slider("tilt")
	const step = 5 // degrees
	for d := -180; d <= 180; d += step {
		turns.Labels = append(turns.Labels, fmt.Sprint(d, "°"))
	}
	for d := 0; d <= 90; d += step {
		tilts.Labels = append(tilts.Labels, fmt.Sprint(d, "°"))
	}
	degrees := func(radians float64) int { return int(math.Round(radians * 180 / math.Pi / step)) }
	turns = turns.From(min(max(degrees(turn)+180/step, 0), len(turns.Labels)-1))
	tilts = tilts.From(min(max(degrees(tilt), 0), len(tilts.Labels)-1))
	return &Figure{
		kind:  "space",
		knobs: []Knob{turns, tilts},
		still: func() (chart.Drawing, error) { return s, nil },
		data: func() (map[string]any, error) {
			type group struct {
				Name   string       `json:"name"`
				Points [][3]float64 `json:"points"`
				Labels []string     `json:"labels"`
				Colour string       `json:"colour"`
				Path   bool         `json:"path"`
				From   *[3]float64  `json:"from"`
			}
			// Thousandths of the longest edge are finer than a pixel.
			middle, reach := s.Box()
			place := func(p []float64) (at [3]float64) {
				for k := range at {
					at[k] = math.Round((p[k]-middle[k])/reach*1000) / 1000
				}
				return at
			}
			var groups []group
			for _, g := range s.Groups() {
				out := group{Name: g.Name, Labels: g.Labels, Path: g.Path, Points: [][3]float64{},
					Colour: fmt.Sprintf("#%02x%02x%02x", g.Colour.R, g.Colour.G, g.Colour.B)}
				for _, p := range g.Points {
					out.Points = append(out.Points, place(p))
				}
				if g.From != nil {
					at := place(g.From)
					out.From = &at
				}
				groups = append(groups, out)
			}
			if len(groups) == 0 {
				return nil, errNothing
			}
			w, h := s.Size()
			return map[string]any{"groups": groups, "title": s.Heading(), "turn": turn, "tilt": tilt, "step": step,
				"width": math.Round(pixels(w)), "height": math.Round(pixels(h))}, nil
		},
	}
}
