package chart

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// MapPlot shows places in the plane whose coordinates mean nothing by
// themselves, only who is near whom: words by meaning, the way of a text. Both
// directions have the same scale. Labels do not overlap: one that finds no room
// beside its point is moved away, with a line to it, and one that finds none
// near by is left out, which the text form says.
type MapPlot struct {
	frame
	groups []mapGroup
	arrows []mapArrow
}

type mapGroup struct {
	name   string
	points [][]float64
	labels []string
	weight []float64 // area of the points, 1 for the usual; nil for all alike
	colour color.NRGBA
}

// An arrow has the colour of its group, more or less pale.
type mapArrow struct {
	from, to []float64
	group    int
	alpha    uint8
	width    vg.Length
}

type mapLabel struct {
	at   vg.Point
	text string
}

// Map begins a map.
func Map() *MapPlot { return &MapPlot{frame: newFrame(Height * 1.3)} }

// Title sets the line above the map.
func (m *MapPlot) Title(s string) *MapPlot { m.title = s; return m }

// Group adds points, each of two numbers, in a new colour. Labels may be fewer
// than points.
func (m *MapPlot) Group(name string, points [][]float64, labels []string) *MapPlot {
	m.groups = append(m.groups, mapGroup{name: name, points: points, labels: labels, colour: Category(len(m.groups))})
	return m
}

// Path adds points joined in their order, by arrows.
func (m *MapPlot) Path(name string, points [][]float64, labels []string) *MapPlot {
	m.Group(name, points, labels)
	for i := 1; i < len(points); i++ {
		m.arrows = append(m.arrows, mapArrow{points[i-1], points[i], len(m.groups) - 1, 150, 1})
	}
	return m
}

// Fan adds points to which lines lead from a place, the points and lines the
// larger the larger their weight, from 0 to 1.
func (m *MapPlot) Fan(name string, from []float64, points [][]float64, weights []float64, labels []string) *MapPlot {
	m.Group(name, points, labels)
	g := &m.groups[len(m.groups)-1]
	for i := range min(len(points), len(weights)) {
		g.weight = append(g.weight, 0.3+6*weights[i])
		m.arrows = append(m.arrows, mapArrow{from, points[i], len(m.groups) - 1, uint8(70 + 130*math.Min(1, weights[i]*2)), vg.Length(0.6 + 3*weights[i])})
	}
	return m
}

// As gives the group added last the colour of the i-th category.
func (m *MapPlot) As(i int) *MapPlot {
	if n := len(m.groups); n > 0 {
		m.groups[n-1].colour = Category(i)
	}
	return m
}

// Arrow leads from one place to another, in the colour of the group added last.
func (m *MapPlot) Arrow(from, to []float64) *MapPlot {
	m.arrows = append(m.arrows, mapArrow{from, to, len(m.groups) - 1, 170, 1})
	return m
}

// each calls f for all points that can be drawn.
func (m *MapPlot) each(f func(g, i int, x, y float64)) {
	for g, group := range m.groups {
		for i, p := range group.points {
			if planar(p) {
				f(g, i, p[0], p[1])
			}
		}
	}
}

// planar says whether a point can be drawn.
func planar(p []float64) bool { return len(p) >= 2 && finite(p[0]) && finite(p[1]) }

// named are the groups that go into the legend.
func (m *MapPlot) named() (names []string, colours []color.NRGBA) {
	for _, g := range m.groups {
		if g.name != "" && !slices.Contains(names, g.name) {
			names, colours = append(names, g.name), append(colours, g.colour)
		}
	}
	return names, colours
}

// Paint is the Drawing's method.
func (m *MapPlot) Paint(c draw.Canvas) {
	m.layout(m.frame.paint(c))
}

// layout paints the map and says how many labels found no room.
func (m *MapPlot) layout(c draw.Canvas) (left int) {
	if names, colours := m.named(); len(names) > 1 {
		c = colourLegend(c, names, colours)
	}
	x0, x1, y0, y1, n := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1), 0
	m.each(func(_, _ int, x, y float64) {
		x0, x1, y0, y1 = math.Min(x0, x), math.Max(x1, x), math.Min(y0, y), math.Max(y1, y)
		n++
	})
	for _, a := range m.arrows {
		if planar(a.from) && planar(a.to) {
			x0, x1 = math.Min(x0, math.Min(a.from[0], a.to[0])), math.Max(x1, math.Max(a.from[0], a.to[0]))
			y0, y1 = math.Min(y0, math.Min(a.from[1], a.to[1])), math.Max(y1, math.Max(a.from[1], a.to[1]))
		}
	}
	if n == 0 {
		sayEmpty(c, "no points")
		return 0
	}
	c.SetColor(shade)
	c.Fill(c.Rectangle.Path())
	inner := draw.Crop(c, 26, -26, 14, -14) // so that labels at the rim have room
	wide, high := inner.Max.X-inner.Min.X, inner.Max.Y-inner.Min.Y
	scale := math.Min(float64(wide)/math.Max(x1-x0, 1e-300), float64(high)/math.Max(y1-y0, 1e-300))
	if x1 == x0 && y1 == y0 {
		scale = 1
	}
	centre := inner.Center()
	at := func(x, y float64) vg.Point {
		return vg.Point{X: centre.X + vg.Length(scale*(x-(x0+x1)/2)), Y: centre.Y + vg.Length(scale*(y-(y0+y1)/2))}
	}
	l := &labeller{room: c.Rectangle, style: textStyle(smallSize, ink)}
	radius := func(g, i int) vg.Length {
		if w := m.groups[g].weight; i < len(w) {
			return vg.Length(2.2 * math.Sqrt(math.Max(w[i], 0.1)))
		}
		if n > 400 {
			return 1.2
		}
		return 2.2
	}
	m.each(func(g, i int, x, y float64) {
		p, r := at(x, y), radius(g, i)
		l.taken = append(l.taken, vg.Rectangle{Min: vg.Point{X: p.X - r, Y: p.Y - r}, Max: vg.Point{X: p.X + r, Y: p.Y + r}})
	})
	for _, a := range m.arrows {
		pale := faint
		if a.group >= 0 {
			pale = m.groups[a.group].colour
		}
		pale.A = a.alpha
		if planar(a.from) && planar(a.to) {
			l.lines = append(l.lines, [2]vg.Point{at(a.from[0], a.from[1]), at(a.to[0], a.to[1])})
			arrow(c, at(a.from[0], a.from[1]), at(a.to[0], a.to[1]), pale, a.width)
		}
	}
	m.each(func(g, i int, x, y float64) {
		c.DrawGlyph(draw.GlyphStyle{Color: m.groups[g].colour, Radius: radius(g, i), Shape: draw.CircleGlyph{}}, at(x, y))
	})
	var written []mapLabel
	m.each(func(g, i int, x, y float64) {
		if i >= len(m.groups[g].labels) || m.groups[g].labels[i] == "" {
			return
		}
		p := at(x, y)
		text := m.groups[g].labels[i]
		if slices.ContainsFunc(written, func(w mapLabel) bool {
			return w.text == text && math.Hypot(float64(w.at.X-p.X), float64(w.at.Y-p.Y)) < 1
		}) {
			return // as where a path goes on from another
		}
		written = append(written, mapLabel{p, text})
		box, ok := l.place(p, radius(g, i), text)
		if !ok {
			left++
			return
		}
		end := vg.Point{X: min(max(p.X, box.Min.X), box.Max.X), Y: min(max(p.Y, box.Min.Y), box.Max.Y)}
		if math.Hypot(float64(end.X-p.X), float64(end.Y-p.Y)) > 7 {
			c.StrokeLine2(lineStyle(contourGrey, 0.5), p.X, p.Y, end.X, end.Y)
		}
		sty := l.style
		sty.YAlign = draw.YCenter
		sty.Color = darker(m.groups[g].colour)
		c.FillText(sty, vg.Point{X: box.Min.X, Y: (box.Min.Y + box.Max.Y) / 2}, text)
	})
	return left
}

// darker is a colour in which small letters can be read.
func darker(c color.NRGBA) color.NRGBA {
	return color.NRGBA{c.R / 10 * 7, c.G / 10 * 7, c.B / 10 * 7, 255}
}

// arrow draws a line with a head at its end.
func arrow(c draw.Canvas, from, to vg.Point, col color.NRGBA, width vg.Length) {
	c.StrokeLine2(lineStyle(col, width), from.X, from.Y, to.X, to.Y)
	dx, dy := float64(to.X-from.X), float64(to.Y-from.Y)
	length := math.Hypot(dx, dy)
	if length < 12 {
		return
	}
	dx, dy = dx/length, dy/length
	// In the middle, where no point covers it.
	tip := vg.Point{X: from.X + vg.Length(dx*(length/2+2.5)), Y: from.Y + vg.Length(dy*(length/2+2.5))}
	var head vg.Path
	head.Move(tip)
	head.Line(vg.Point{X: tip.X - vg.Length(5*dx-2.2*dy), Y: tip.Y - vg.Length(5*dy+2.2*dx)})
	head.Line(vg.Point{X: tip.X - vg.Length(5*dx+2.2*dy), Y: tip.Y - vg.Length(5*dy-2.2*dx)})
	head.Close()
	c.SetColor(col)
	c.Fill(head)
}

// A labeller finds room for labels.
type labeller struct {
	room  vg.Rectangle
	style draw.TextStyle
	taken []vg.Rectangle
	lines [][2]vg.Point // to be left free near their points, if that can be
}

// place finds the free place nearest to a point: beside it first, then around
// it, farther and farther out.
func (l *labeller) place(p vg.Point, radius vg.Length, text string) (vg.Rectangle, bool) {
	if box, ok := l.search(p, radius, text, []vg.Length{1.5, 4, 9}, l.lines); ok {
		return box, true
	}
	return l.search(p, radius, text, []vg.Length{1.5, 4, 9, 15, 22, 30, 38}, nil)
}

func (l *labeller) search(p vg.Point, radius vg.Length, text string, gaps []vg.Length, lines [][2]vg.Point) (vg.Rectangle, bool) {
	wide, high := l.style.Width(text), smallSize*1.05
	for _, gap := range gaps {
		turns := 8
		if gap > 4 {
			turns = 16
		}
		for k := range turns {
			// Right, left, above, below, and then between.
			angle := 2 * math.Pi * float64(k) / float64(turns)
			if turns == 8 {
				angle = [8]float64{0, math.Pi, math.Pi / 2, -math.Pi / 2, math.Pi / 4, 3 * math.Pi / 4, -math.Pi / 4, -3 * math.Pi / 4}[k]
			}
			dx, dy := vg.Length(math.Cos(angle)), vg.Length(math.Sin(angle))
			centre := vg.Point{X: p.X + dx*(radius+gap+wide/2), Y: p.Y + dy*(radius+gap+high/2)}
			box := vg.Rectangle{Min: vg.Point{X: centre.X - wide/2, Y: centre.Y - high/2}, Max: vg.Point{X: centre.X + wide/2, Y: centre.Y + high/2}}
			if l.free(box) && !slices.ContainsFunc(lines, func(line [2]vg.Point) bool { return crosses(line, box) }) {
				l.taken = append(l.taken, box)
				return box, true
			}
		}
	}
	return vg.Rectangle{}, false
}

// crosses says whether a line passes through a box.
func crosses(line [2]vg.Point, box vg.Rectangle) bool {
	lo, hi := 0.0, 1.0 // the part of the line that may be within
	for _, d := range [2][4]vg.Length{{line[0].X, line[1].X, box.Min.X, box.Max.X}, {line[0].Y, line[1].Y, box.Min.Y, box.Max.Y}} {
		from, to, least, most := float64(d[0]), float64(d[1]), float64(d[2]), float64(d[3])
		if from == to {
			if from < least || from > most {
				return false
			}
			continue
		}
		a, b := (least-from)/(to-from), (most-from)/(to-from)
		lo, hi = math.Max(lo, math.Min(a, b)), math.Min(hi, math.Max(a, b))
	}
	return lo < hi
}

func (l *labeller) free(box vg.Rectangle) bool {
	if box.Min.X < l.room.Min.X || box.Max.X > l.room.Max.X || box.Min.Y < l.room.Min.Y || box.Max.Y > l.room.Max.Y {
		return false
	}
	for _, t := range l.taken {
		if box.Min.X < t.Max.X && t.Min.X < box.Max.X && box.Min.Y < t.Max.Y && t.Min.Y < box.Max.Y {
			return false
		}
	}
	return true
}

// Text lists the places, and says how many labels found no room.
func (m *MapPlot) Text() string {
	var b strings.Builder
	b.WriteString(m.heading())
	for _, g := range m.groups {
		if g.name != "" {
			fmt.Fprintf(&b, "%s\n", g.name)
		}
		for i, p := range g.points {
			label := ""
			if i < len(g.labels) {
				label = g.labels[i]
			}
			if planar(p) && (label != "" || len(g.points) <= 20) {
				fmt.Fprintf(&b, "%12s %12s  %s\n", number(p[0]), number(p[1]), label)
			}
		}
		if len(g.labels) == 0 && len(g.points) > 20 {
			fmt.Fprintf(&b, "%d points\n", len(g.points))
		}
	}
	width, height := m.Size()
	if left := m.layout(draw.NewCanvas(new(recorder.Canvas), width, height-m.around())); left > 0 {
		fmt.Fprintf(&b, "%d labels found no room in the picture\n", left)
	}
	return b.String()
}
