package chart

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// newPlot is gonum's plot in the style of the house: thin axes, a light grid.
func newPlot(xlabel string) *plot.Plot {
	p := plot.New()
	p.TextHandler = handler{}
	p.BackgroundColor = nil
	p.Title.TextStyle = textStyle(titleSize, ink)
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Label.TextStyle = textStyle(baseSize, ink)
		a.Label.TextStyle.XAlign, a.Label.TextStyle.YAlign = draw.XCenter, draw.YBottom
		a.Label.Padding = 3
		a.Tick.Label = tickStyle(a.Tick.Label)
		a.LineStyle = lineStyle(faint, 0.75)
		a.Tick.LineStyle = lineStyle(faint, 0.75)
		a.Tick.Length = 3
		a.Padding = 2
		a.Tick.Marker = linearTicks{}
	}
	p.X.Label.Text = xlabel
	return p
}

// render draws a plot and, beside it, the name of its y axis, for which gonum
// would leave too much room above a logarithmic axis.
func render(p *plot.Plot, c draw.Canvas, ylabel string) {
	sty := textStyle(baseSize, ink)
	inner := c
	if ylabel != "" {
		inner.Min.X += baseSize * 1.7
	}
	p.Draw(inner)
	data := p.DataCanvas(inner)
	sty.Rotation = math.Pi / 2
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YTop
	c.FillText(sty, vg.Point{X: c.Min.X, Y: (data.Min.Y + data.Max.Y) / 2}, ylabel)
}

// tickStyle keeps the alignment that gonum gave the labels of an axis.
func tickStyle(old draw.TextStyle) draw.TextStyle {
	s := textStyle(smallSize, ink)
	s.XAlign, s.YAlign, s.Rotation = old.XAlign, old.YAlign, old.Rotation
	return s
}

// grid draws a light line at each labelled tick of the axes asked for.
type grid struct{ x, y bool }

func (g grid) Plot(c draw.Canvas, p *plot.Plot) {
	trX, trY := p.Transforms(&c)
	sty := lineStyle(rule, 0.5)
	if g.x {
		for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
			if x := trX(t.Value); !t.IsMinor() && x >= c.Min.X && x <= c.Max.X {
				c.StrokeLine2(sty, x, c.Min.Y, x, c.Max.Y)
			}
		}
	}
	if g.y {
		for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
			if y := trY(t.Value); !t.IsMinor() && y >= c.Min.Y && y <= c.Max.Y {
				c.StrokeLine2(sty, c.Min.X, y, c.Max.X, y)
			}
		}
	}
}

// linearTicks stand at multiples of 1, 2 or 5 times a power of ten, about five
// of them.
type linearTicks struct {
	percent bool
	whole   bool // only at whole numbers
}

func (l linearTicks) Ticks(lo, hi float64) []plot.Tick {
	span := hi - lo
	if !(span > 0) || math.IsInf(span, 0) {
		return []plot.Tick{{Value: lo, Label: number(lo)}}
	}
	step := math.Pow(10, math.Floor(math.Log10(span/5)))
	if l.whole {
		step = math.Max(step, 1)
	}
	for _, m := range []float64{1, 2, 5, 10} {
		if span/(step*m) <= 6 {
			step *= m
			break
		}
	}
	var ticks []plot.Tick
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9; i++ {
		v := i * step
		if math.Abs(v) < step/2 {
			v = 0 // and not −0
		}
		decimals := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
		label := strconv.FormatFloat(v, 'f', decimals, 64)
		if l.percent {
			label = strconv.FormatFloat(100*v, 'f', max(0, decimals-2), 64) + " %"
		} else if v != 0 && math.Max(math.Abs(lo), math.Abs(hi)) >= 1e5 {
			label = number(v)
		}
		ticks = append(ticks, plot.Tick{Value: v, Label: strings.Replace(label, "-", "−", 1)})
	}
	return ticks
}

// logTicks stand at powers of ten, with small ones between.
type logTicks struct{ percent bool }

func (l logTicks) Ticks(lo, hi float64) []plot.Tick {
	if !(lo > 0) || math.IsInf(hi, 0) {
		return nil
	}
	first, last := int(math.Floor(math.Log10(lo)+1e-9)), int(math.Ceil(math.Log10(hi)-1e-9))
	every := max(1, (last-first+7)/8)                                         // label at most nine
	few := math.Floor(math.Log10(hi)+1e-9)-math.Ceil(math.Log10(lo)-1e-9) < 1 // fewer than two powers of ten
	var ticks []plot.Tick
	for e := first; e <= last; e++ {
		v := math.Pow(10, float64(e))
		label := ""
		if (e-first)%every == 0 {
			label = number(v)
			if l.percent {
				label = number(100*v) + " %"
			}
		}
		if v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
			ticks = append(ticks, plot.Tick{Value: v, Label: label})
		}
		for m := 2.0; m < 10; m++ {
			if x := m * v; x >= lo && x <= hi {
				label := ""
				if few && (m == 2 || m == 5) {
					if label = number(x); l.percent {
						label = number(100*x) + " %"
					}
				}
				ticks = append(ticks, plot.Tick{Value: x, Label: label})
			}
		}
	}
	return ticks
}

// number writes a number briefly, for axes and tables: 0.05, 12, 40 k, 2.5 M.
func number(v float64) string {
	a := math.Abs(v)
	sign := ""
	if v < 0 {
		sign = "−"
	}
	short := func(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }
	switch {
	case math.IsNaN(v):
		return "–"
	case a == 0:
		return "0"
	case math.IsInf(v, 0):
		return sign + "∞"
	case a >= 1e15 || a < 1e-4:
		e := math.Floor(math.Log10(a) + 1e-12)
		m := short(a / math.Pow(10, e))
		if m == "1" {
			return sign + "10" + superscript(int(e))
		}
		return sign + m + "·10" + superscript(int(e))
	case a >= 999.5e9:
		return sign + short(a/1e12) + " T"
	case a >= 999.5e6:
		return sign + short(a/1e9) + " G"
	case a >= 999.5e3:
		return sign + short(a/1e6) + " M"
	case a >= 9_999.5:
		return sign + short(a/1e3) + " k"
	case a >= 1000:
		return sign + strconv.FormatFloat(a, 'f', 0, 64)
	}
	return sign + strconv.FormatFloat(a, 'g', 3, 64)
}

// Scientific writes a number with a power of ten from 100,000 on, and below a
// ten-thousandth: 1.6·10⁹.
func Scientific(v float64) string {
	if math.Abs(v) < 1e5 && math.Abs(v) >= 1e-4 || v == 0 || !finite(v) {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	e := int(math.Floor(math.Log10(math.Abs(v)) + 1e-12))
	return strconv.FormatFloat(v/math.Pow(10, float64(e)), 'g', 3, 64) + "·10" + superscript(e)
}

func superscript(n int) string {
	return strings.Map(func(r rune) rune {
		if r == '-' {
			return '⁻'
		}
		return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0']
	}, strconv.Itoa(n))
}

// legend writes the names of several series, each beside a patch of its
// colour, in one or more rows across the top of c, and returns what is left.
func legend(c draw.Canvas, names []string, patch func(c draw.Canvas, i int, r vg.Rectangle)) draw.Canvas {
	sty := textStyle(smallSize, ink)
	sty.YAlign = draw.YCenter
	const box, gap, row = vg.Length(14), vg.Length(12), vg.Length(13)
	x, y := c.Min.X, c.Max.Y-row/2
	for i, name := range names {
		if name == "" {
			continue
		}
		w := box + 4 + sty.Width(name)
		if x > c.Min.X && x+w > c.Max.X {
			x, y = c.Min.X, y-row
		}
		patch(c, i, vg.Rectangle{Min: vg.Point{X: x, Y: y - 4}, Max: vg.Point{X: x + box, Y: y + 4}})
		c.FillText(sty, vg.Point{X: x + box + 4, Y: y}, name)
		x += w + gap
	}
	c.Max.Y = y - row/2 - 4
	return c
}

// colourLegend is a legend of plain patches.
func colourLegend(c draw.Canvas, names []string, colours []color.NRGBA) draw.Canvas {
	return legend(c, names, func(c draw.Canvas, i int, r vg.Rectangle) {
		c.SetColor(colours[i])
		c.Fill(r.Path())
	})
}

// note writes a remark in the lower right corner of a plot.
func note(c draw.Canvas, s string) draw.Canvas {
	sty := textStyle(smallSize, faint)
	sty.XAlign, sty.YAlign = draw.XRight, draw.YBottom
	c.FillText(sty, vg.Point{X: c.Max.X, Y: c.Min.Y}, s)
	c.Min.Y += smallSize * 1.5
	return c
}
