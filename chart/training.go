package chart

import "slices"

// Training shows how a training goes, against the number of examples seen: the
// loss, examples a second, and the seconds left.
func Training(examples, loss, perSecond, left []float64) *PanelChart {
	panel := func(label string, ys []float64) *LinePlot {
		p := Plot().Labels("examples seen", label).Line("", examples, ys)
		if len(ys) > 0 {
			p.RangeY(0, 1.15*slices.Max(ys))
		}
		return p
	}
	return Panels(3, Plot().Labels("examples seen", "loss").LogY().Line("", examples, loss), panel("examples a second", perSecond), panel("seconds left", left)).Wide()
}
