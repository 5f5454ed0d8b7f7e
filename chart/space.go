package chart

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SpacePlot shows points in space, without perspective, in a box whose floor
// has a grid: points farther away are smaller and paler, and each throws a
// shadow on the floor. All directions have the same scale.
type SpacePlot struct {
	frame
	groups     []spaceGroup
	turn, tilt float64
}

type spaceGroup struct {
	name   string
	points [][]float64
	labels []string
	path   bool
	colour color.NRGBA
}

// Space begins a picture of points in space.
func Space() *SpacePlot { return &SpacePlot{frame: newFrame(Height * 1.4), turn: -0.7, tilt: 0.45} }

// Title sets the line above the picture.
func (s *SpacePlot) Title(t string) *SpacePlot { s.title = t; return s }

// Group adds points, each of three numbers, in a new colour. Labels may be
// fewer than points.
func (s *SpacePlot) Group(name string, points [][]float64, labels []string) *SpacePlot {
	s.groups = append(s.groups, spaceGroup{name: name, points: points, labels: labels, colour: Category(len(s.groups))})
	return s
}

// Path adds points joined in their order.
func (s *SpacePlot) Path(name string, points [][]float64, labels []string) *SpacePlot {
	s.Group(name, points, labels)
	s.groups[len(s.groups)-1].path = true
	return s
}

// Colour gives the group added last a colour of its own.
func (s *SpacePlot) Colour(c color.NRGBA) *SpacePlot {
	if n := len(s.groups); n > 0 {
		s.groups[n-1].colour = c
	}
	return s
}

// Turn sets from where one looks, in radians: the turn about the vertical, and
// the tilt, 0 from the side to π/2 from above.
func (s *SpacePlot) Turn(turn, tilt float64) *SpacePlot { s.turn, s.tilt = turn, tilt; return s }

// Show displays the picture; see [Show].
func (s *SpacePlot) Show() { Show(s) }

// Paint is the Drawing's method.
func (s *SpacePlot) Paint(c draw.Canvas) {
	c = s.frame.paint(c)
	var names []string
	var colours []color.NRGBA
	var lo, hi [3]float64
	n := 0
	for _, g := range s.groups {
		if g.name != "" {
			names, colours = append(names, g.name), append(colours, g.colour)
		}
		for _, p := range g.points {
			if !spatial(p) {
				continue
			}
			for k := range lo {
				if n == 0 {
					lo[k], hi[k] = p[k], p[k]
				}
				lo[k], hi[k] = math.Min(lo[k], p[k]), math.Max(hi[k], p[k])
			}
			n++
		}
	}
	if len(names) > 1 {
		c = colourLegend(c, names, colours)
	}
	if n == 0 {
		sayEmpty(c, "no points")
		return
	}
	reach := 1e-300 // half the longest edge of the box
	var middle [3]float64
	for k := range lo {
		reach = math.Max(reach, (hi[k]-lo[k])/2)
		middle[k] = (lo[k] + hi[k]) / 2
	}
	sinA, cosA := math.Sincos(s.turn)
	sinT, cosT := math.Sincos(s.tilt)
	// The whole box, however it is turned, fits the canvas.
	size := math.Min(float64(c.Max.X-c.Min.X)/(2*1.42), float64(c.Max.Y-c.Min.Y)/(2*(1.42*math.Abs(sinT)+math.Abs(cosT))))
	centre := c.Center()
	// project takes a place in the box, of -1 to 1 each way, to the canvas; depth
	// grows away from the eye.
	project := func(x, y, z float64) (at vg.Point, depth float64) {
		u, w := x*cosA-y*sinA, x*sinA+y*cosA
		return vg.Point{X: centre.X + vg.Length(size*u), Y: centre.Y + vg.Length(size*(w*sinT+z*cosT))}, w*cosT - z*sinT
	}
	place := func(p []float64) (x, y, z float64) {
		return (p[0] - middle[0]) / reach, (p[1] - middle[1]) / reach, (p[2] - middle[2]) / reach
	}
	floor := (lo[2]-middle[2])/reach - 0.08
	for k := -4; k <= 4; k++ {
		t := float64(k) / 4
		for _, line := range [2][4]float64{{t, -1, t, 1}, {-1, t, 1, t}} {
			a, _ := project(line[0], line[1], floor)
			b, _ := project(line[2], line[3], floor)
			c.StrokeLine2(lineStyle(rule, 0.6), a.X, a.Y, b.X, b.Y)
		}
	}
	type item struct {
		depth float64
		paint func(near float64)
	}
	var items []item
	l := &labeller{room: c.Rectangle, style: textStyle(smallSize, ink)}
	type label struct {
		at     vg.Point
		text   string
		colour color.NRGBA
	}
	var labels []label
	shadow := color.NRGBA{120, 128, 136, 46}
	for _, g := range s.groups {
		for i, p := range g.points {
			if !spatial(p) {
				continue
			}
			x, y, z := place(p)
			at, depth := project(x, y, z)
			under, _ := project(x, y, floor)
			c.DrawGlyph(draw.GlyphStyle{Color: shadow, Radius: 1.6, Shape: draw.CircleGlyph{}}, under)
			items = append(items, item{depth: depth, paint: func(near float64) {
				c.DrawGlyph(draw.GlyphStyle{Color: faded(g.colour, near), Radius: vg.Length(1.5 + 1.5*near), Shape: draw.CircleGlyph{}}, at)
			}})
			if g.path && i > 0 && spatial(g.points[i-1]) {
				fx, fy, fz := place(g.points[i-1])
				from, before := project(fx, fy, fz)
				fromUnder, _ := project(fx, fy, floor)
				c.StrokeLine2(lineStyle(shadow, 1), fromUnder.X, fromUnder.Y, under.X, under.Y)
				items = append(items, item{depth: (depth + before) / 2, paint: func(near float64) {
					c.StrokeLine2(lineStyle(faded(g.colour, near), vg.Length(0.7+near)), from.X, from.Y, at.X, at.Y)
				}})
			}
			l.taken = append(l.taken, vg.Rectangle{Min: vg.Point{X: at.X - 2, Y: at.Y - 2}, Max: vg.Point{X: at.X + 2, Y: at.Y + 2}})
			if i < len(g.labels) && g.labels[i] != "" {
				labels = append(labels, label{at, g.labels[i], g.colour})
			}
		}
	}
	// The farthest first: what is nearer hides it.
	slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(b.depth, a.depth) })
	far, close := items[0].depth, items[len(items)-1].depth
	for _, it := range items {
		near := 1.0
		if far > close {
			near = (far - it.depth) / (far - close)
		}
		it.paint(near)
	}
	for _, t := range labels {
		if box, ok := l.place(t.at, 2, t.text); ok {
			sty := l.style
			sty.YAlign, sty.Color = draw.YCenter, darker(t.colour)
			c.FillText(sty, vg.Point{X: box.Min.X, Y: (box.Min.Y + box.Max.Y) / 2}, t.text)
		}
	}
}

// spatial says whether a point can be drawn.
func spatial(p []float64) bool { return len(p) >= 3 && finite(p[0]) && finite(p[1]) && finite(p[2]) }

// faded is a colour, paler far away.
func faded(c color.NRGBA, near float64) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8(255 - (0.45+0.55*near)*float64(255-v)) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), c.A}
}

// Text lists labelled points, and counts the others.
func (s *SpacePlot) Text() string {
	var b strings.Builder
	b.WriteString(s.heading())
	for _, g := range s.groups {
		fmt.Fprintf(&b, "%s: %d points\n", cmp.Or(g.name, "points"), len(g.points))
		for i, p := range g.points {
			if spatial(p) && i < len(g.labels) && g.labels[i] != "" {
				fmt.Fprintf(&b, "%12s %12s %12s  %s\n", number(p[0]), number(p[1]), number(p[2]), g.labels[i])
			}
		}
	}
	return b.String()
}
