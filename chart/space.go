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
	groups     []SpaceGroup
	turn, tilt float64
}

// A SpaceGroup is some points of a Space that belong together.
type SpaceGroup struct {
	Name   string
	Points [][]float64 // of three numbers, or more, of which three count
	Labels []string    // of the first points
	Path   bool        // whether each point is joined to the one before it
	From   []float64   // where lines to all points begin, or nil
	Colour color.NRGBA
}

// Space begins a picture of points in space.
func Space() *SpacePlot { return &SpacePlot{frame: newFrame(Height * 1.4), turn: -0.7, tilt: 0.45} }

// Title sets the line above the picture.
func (s *SpacePlot) Title(t string) *SpacePlot { s.title = t; return s }

// Group adds points, each of three numbers, in a new colour. Labels may be
// fewer than points.
func (s *SpacePlot) Group(name string, points [][]float64, labels []string) *SpacePlot {
	s.groups = append(s.groups, SpaceGroup{Name: name, Points: points, Labels: labels, Colour: Category(len(s.groups))})
	return s
}

// Path adds points joined in their order.
func (s *SpacePlot) Path(name string, points [][]float64, labels []string) *SpacePlot {
	s.Group(name, points, labels)
	s.groups[len(s.groups)-1].Path = true
	return s
}

// Fan adds points to which lines lead from a place.
func (s *SpacePlot) Fan(name string, from []float64, points [][]float64, labels []string) *SpacePlot {
	s.Group(name, points, labels)
	if spatial(from) {
		s.groups[len(s.groups)-1].From = from
	}
	return s
}

// Colour gives the group added last a colour of its own.
func (s *SpacePlot) Colour(c color.NRGBA) *SpacePlot {
	if n := len(s.groups); n > 0 {
		s.groups[n-1].Colour = c
	}
	return s
}

// Turn sets from where one looks, in radians: the turn about the vertical, and
// the tilt, 0 from the side to π/2 from above.
func (s *SpacePlot) Turn(turn, tilt float64) *SpacePlot { s.turn, s.tilt = turn, tilt; return s }

// View is from where one looks, see Turn.
func (s *SpacePlot) View() (turn, tilt float64) { return s.turn, s.tilt }

// Heading is the line above the picture.
func (s *SpacePlot) Heading() string { return s.title }

// Groups are the groups with those of their points that can be drawn, and with
// a label, perhaps empty, for each. A path with a gap is two groups, the second
// without a name.
func (s *SpacePlot) Groups() []SpaceGroup {
	var groups []SpaceGroup
	for _, whole := range s.groups {
		g := whole
		g.Points, g.Labels = nil, nil
		for i, p := range whole.Points {
			if !spatial(p) {
				if g.Path && len(g.Points) > 0 {
					groups = append(groups, g)
					g.Name, g.Points, g.Labels = "", nil, nil
				}
				continue
			}
			label := ""
			if i < len(whole.Labels) {
				label = whole.Labels[i]
			}
			g.Points, g.Labels = append(g.Points, p), append(g.Labels, label)
		}
		groups = append(groups, g)
	}
	return groups
}

// Box is the middle of all points, and half the longest edge of the box around
// them.
func (s *SpacePlot) Box() (middle [3]float64, reach float64) {
	var lo, hi [3]float64
	for k := range lo {
		lo[k], hi[k] = math.Inf(1), math.Inf(-1)
	}
	for _, g := range s.groups {
		for _, p := range g.Points {
			if spatial(p) {
				for k := range lo {
					lo[k], hi[k] = math.Min(lo[k], p[k]), math.Max(hi[k], p[k])
				}
			}
		}
	}
	reach = 1e-300
	for k := range lo {
		if lo[k] <= hi[k] {
			reach = math.Max(reach, (hi[k]-lo[k])/2)
			middle[k] = (lo[k] + hi[k]) / 2
		}
	}
	return middle, reach
}

// Paint is the Drawing's method.
func (s *SpacePlot) Paint(c draw.Canvas) {
	c = s.frame.paint(c)
	groups := s.Groups()
	var names []string
	var colours []color.NRGBA
	n := 0
	for _, g := range groups {
		if g.Name != "" {
			names, colours = append(names, g.Name), append(colours, g.Colour)
		}
		n += len(g.Points)
	}
	if len(names) > 1 {
		c = colourLegend(c, names, colours)
	}
	if n == 0 {
		sayEmpty(c, "no points")
		return
	}
	middle, reach := s.Box()
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
	floor := math.Inf(1)
	for _, g := range groups {
		for _, p := range g.Points {
			floor = math.Min(floor, (p[2]-middle[2])/reach-0.08)
		}
	}
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
	for _, g := range groups {
		for i, p := range g.Points {
			x, y, z := place(p)
			at, depth := project(x, y, z)
			under, _ := project(x, y, floor)
			c.DrawGlyph(draw.GlyphStyle{Color: shadow, Radius: 1.6, Shape: draw.CircleGlyph{}}, under)
			items = append(items, item{depth: depth, paint: func(near float64) {
				c.DrawGlyph(draw.GlyphStyle{Color: faded(g.Colour, near), Radius: vg.Length(1.5 + 1.5*near), Shape: draw.CircleGlyph{}}, at)
			}})
			before := g.From
			if g.Path && i > 0 {
				before = g.Points[i-1]
			}
			if before != nil {
				fx, fy, fz := place(before)
				from, behind := project(fx, fy, fz)
				fromUnder, _ := project(fx, fy, floor)
				c.StrokeLine2(lineStyle(shadow, 1), fromUnder.X, fromUnder.Y, under.X, under.Y)
				items = append(items, item{depth: (depth + behind) / 2, paint: func(near float64) {
					c.StrokeLine2(lineStyle(faded(g.Colour, near), vg.Length(0.7+near)), from.X, from.Y, at.X, at.Y)
				}})
			}
			l.taken = append(l.taken, vg.Rectangle{Min: vg.Point{X: at.X - 2, Y: at.Y - 2}, Max: vg.Point{X: at.X + 2, Y: at.Y + 2}})
			if g.Labels[i] != "" {
				labels = append(labels, label{at, g.Labels[i], g.Colour})
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
	for _, g := range s.Groups() {
		fmt.Fprintf(&b, "%s: %d points\n", cmp.Or(g.Name, "points"), len(g.Points))
		for i, p := range g.Points {
			if g.Labels[i] != "" {
				fmt.Fprintf(&b, "%12s %12s %12s  %s\n", number(p[0]), number(p[1]), number(p[2]), g.Labels[i])
			}
		}
	}
	return b.String()
}
