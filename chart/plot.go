package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// LinePlot shows lines and points over two axes.
type LinePlot struct {
	frame
	series         []series
	xlabel, ylabel string
	xlog, ylog     bool
	percent        bool    // of the y values
	ylo, yhi       float64 // limits of the y axis, if ylimit
	ylimit         bool
}

type series struct {
	name         string
	xs, ys       []float64
	points, line bool
	dashed       bool
	grey         bool
	color        int
}

// Plot begins an empty plot; add lines and points to it.
func Plot() *LinePlot { return &LinePlot{frame: newFrame(Height)} }

// Title sets the line above the plot.
func (l *LinePlot) Title(s string) *LinePlot { l.title = s; return l }

// Labels names the two axes.
func (l *LinePlot) Labels(x, y string) *LinePlot { l.xlabel, l.ylabel = x, y; return l }

// LogX makes the x axis logarithmic. Values of 0 and below cannot be shown on
// it; the plot says how many there were.
func (l *LinePlot) LogX() *LinePlot { l.xlog = true; return l }

// LogY does the same for the y axis.
func (l *LinePlot) LogY() *LinePlot { l.ylog = true; return l }

// PercentY says that the y values are shares, to be written in per cent.
func (l *LinePlot) PercentY() *LinePlot { l.percent = true; return l }

// RangeY fixes the ends of the y axis; lines are cut off there.
func (l *LinePlot) RangeY(lo, hi float64) *LinePlot {
	l.ylo, l.yhi, l.ylimit = lo, hi, lo < hi
	return l
}

// Line adds a line through the points (xs[i], ys[i]). Where a value is not a
// finite number the line has a gap. An empty name stays out of the legend.
func (l *LinePlot) Line(name string, xs, ys []float64) *LinePlot {
	return l.add(series{name: name, xs: xs, ys: ys, line: true})
}

// Dashed adds a dashed line in the colour of the series before it: a fit, or
// what theory says, beside what was measured.
func (l *LinePlot) Dashed(name string, xs, ys []float64) *LinePlot {
	l.add(series{name: name, xs: xs, ys: ys, line: true, dashed: true})
	if k := len(l.series) - 1; k > 0 {
		l.series[k].color = l.series[k-1].color
	}
	return l
}

// Grey adds a thin grey line: what stands behind the matter, as lines of equal
// height do.
func (l *LinePlot) Grey(name string, xs, ys []float64) *LinePlot {
	l.add(series{name: name, xs: xs, ys: ys, line: true, grey: true})
	l.series[len(l.series)-1].color = -1 // takes no colour from the others
	return l
}

// Points adds points.
func (l *LinePlot) Points(name string, xs, ys []float64) *LinePlot {
	return l.add(series{name: name, xs: xs, ys: ys, points: true})
}

// LinePoints adds points that are joined by a line.
func (l *LinePlot) LinePoints(name string, xs, ys []float64) *LinePlot {
	return l.add(series{name: name, xs: xs, ys: ys, points: true, line: true})
}

// Func adds the graph of a function from lo to hi.
func (l *LinePlot) Func(name string, f func(float64) float64, lo, hi float64) *LinePlot {
	const n = 240
	xs, ys := make([]float64, n+1), make([]float64, n+1)
	for i := range xs {
		t := float64(i) / n
		xs[i] = lo + t*(hi-lo)
		if l.xlog && lo > 0 {
			xs[i] = lo * math.Pow(hi/lo, t)
		}
		ys[i] = f(xs[i])
	}
	return l.Line(name, xs, ys)
}

func (l *LinePlot) add(s series) *LinePlot {
	n := min(len(s.xs), len(s.ys))
	s.xs, s.ys = s.xs[:n], s.ys[:n]
	for _, other := range l.series {
		s.color = max(s.color, other.color+1)
	}
	l.series = append(l.series, s)
	return l
}

// shown says whether a point has a place on the axes.
func (l *LinePlot) shown(x, y float64) bool {
	return finite(x) && finite(y) && (!l.xlog || x > 0) && (!l.ylog || y > 0)
}

// Paint is the Drawing's method.
func (l *LinePlot) Paint(c draw.Canvas) {
	c = l.paint(c)
	xlo, xhi, ylo, yhi := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	hidden, whole := 0, true
	for _, s := range l.series {
		for i, x := range s.xs {
			y := s.ys[i]
			if !l.shown(x, y) {
				if finite(x) && finite(y) {
					hidden++
				}
				continue
			}
			whole = whole && x == math.Round(x)
			xlo, xhi, ylo, yhi = math.Min(xlo, x), math.Max(xhi, x), math.Min(ylo, y), math.Max(yhi, y)
		}
	}
	if hidden > 0 {
		c = note(c, fmt.Sprintf("%d points at or below 0 cannot be shown here", hidden))
	}
	if xlo > xhi {
		sayEmpty(c, "no values")
		return
	}
	if l.ylimit {
		ylo, yhi = l.ylo, l.yhi
	} else {
		ylo, yhi = widen(ylo, yhi, l.ylog)
	}
	xlo, xhi = widen(xlo, xhi, l.xlog)
	var names []string
	for _, s := range l.series {
		names = append(names, s.name)
	}
	if strings.Join(names, "") != "" {
		c = legend(c, names, func(c draw.Canvas, i int, r vg.Rectangle) {
			s := l.series[i]
			y := (r.Min.Y + r.Max.Y) / 2
			if s.line {
				c.StrokeLine2(s.style(), r.Min.X, y, r.Max.X, y)
			}
			if s.points {
				dot(c, Category(s.color), vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: y}, 2.5)
			}
		})
	}
	p := newPlot(l.xlabel)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = xlo, xhi, ylo, yhi
	p.X.Tick.Marker, p.Y.Tick.Marker = linearTicks{whole: whole}, linearTicks{percent: l.percent}
	if l.xlog {
		p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, logTicks{}
	}
	if l.ylog {
		p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, logTicks{l.percent}
	}
	p.Add(grid{x: true, y: true}, linePlotter{l})
	render(p, c, l.ylabel)
}

// widen leaves a little room around the values.
func widen(lo, hi float64, log bool) (float64, float64) {
	if log {
		if f := math.Pow(hi/lo, 0.03); f > 1 {
			return lo / f, hi * f
		}
		return lo / 2, hi * 2
	}
	d := (hi - lo) * 0.04
	if d == 0 {
		d = math.Max(math.Abs(lo)*0.1, 0.5)
	}
	if lo >= 0 && lo-d < 0 { // do not suggest negative values
		return lo - math.Min(d, lo), hi + d
	}
	return lo - d, hi + d
}

func (s series) style() draw.LineStyle {
	if s.grey {
		return lineStyle(contourGrey, 0.8)
	}
	sty := lineStyle(Category(s.color), 1.5)
	if s.dashed {
		sty.Dashes = []vg.Length{5, 3}
		sty.Width = 1.2
	}
	return sty
}

// Floats turns counts and sizes into coordinates.
func Floats[T ~int | ~int64 | ~uint64 | ~float64](values []T) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = float64(v)
	}
	return out
}

type linePlotter struct{ *LinePlot }

func (l linePlotter) Plot(c draw.Canvas, p *plot.Plot) {
	trX, trY := p.Transforms(&c)
	at := func(s series, i int) vg.Point { return vg.Point{X: trX(s.xs[i]), Y: trY(s.ys[i])} }
	for _, s := range l.series {
		if s.line {
			var part []vg.Point
			flush := func() {
				if len(part) > 1 {
					c.StrokeLines(s.style(), c.ClipLinesXY(part)...)
				}
				part = nil
			}
			for i := range s.xs {
				if !l.shown(s.xs[i], s.ys[i]) {
					flush()
					continue
				}
				part = append(part, at(s, i))
			}
			flush()
		}
		if s.points {
			for i := range s.xs {
				if !l.shown(s.xs[i], s.ys[i]) {
					continue
				}
				if pt := at(s, i); c.Contains(pt) {
					dot(c, Category(s.color), pt, radius(len(s.xs)))
				}
			}
		}
	}
}

// radius makes many points small.
func radius(n int) vg.Length {
	switch {
	case n > 2000:
		return 0.9
	case n > 200:
		return 1.4
	}
	return 2.5
}

func dot(c draw.Canvas, color interface{ RGBA() (r, g, b, a uint32) }, at vg.Point, r vg.Length) {
	c.SetColor(color)
	var path vg.Path
	path.Move(vg.Point{X: at.X + r, Y: at.Y})
	path.Arc(at, r, 0, 2*math.Pi)
	path.Close()
	c.Fill(path)
}

// Text lists, for each series, some of its points.
func (l *LinePlot) Text() string {
	var b strings.Builder
	b.WriteString(l.heading())
	if l.xlabel != "" || l.ylabel != "" {
		fmt.Fprintf(&b, "%s against %s\n", l.ylabel, l.xlabel)
	}
	for _, s := range l.series {
		n := len(s.xs)
		fmt.Fprintf(&b, "%s (%d points):", s.name, n)
		step := max(1, (n+7)/8)
		for i := 0; i < n; i += step {
			fmt.Fprintf(&b, "  %s: %s", number(s.xs[i]), number(s.ys[i]))
		}
		b.WriteString("\n")
	}
	return b.String()
}
