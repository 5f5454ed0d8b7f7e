package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Labelled is a list of numbers with a name each.
type Labelled interface {
	Len() int
	Label(i int) string
	Value(i int) float64
}

// Pairs is the plainest Labelled: the two slices have the same length.
type Pairs struct {
	Labels []string
	Values []float64
}

func (p Pairs) Len() int            { return min(len(p.Labels), len(p.Values)) }
func (p Pairs) Label(i int) string  { return p.Labels[i] }
func (p Pairs) Value(i int) float64 { return p.Values[i] }

// BarChart is a row of bars, or of groups of bars.
type BarChart struct {
	frame
	labels         []string
	names          []string    // of the series; the first may be ""
	series         [][]float64 // by series, then label
	percent        bool
	xlabel, ylabel string
}

// Bars draws a bar for each value, in the order of the data.
func Bars(data Labelled) *BarChart {
	b := &BarChart{frame: newFrame(Height), names: []string{""}, series: [][]float64{nil}}
	for i := range data.Len() {
		b.labels = append(b.labels, data.Label(i))
		b.series[0] = append(b.series[0], data.Value(i))
	}
	return b
}

// Title sets the line above the chart.
func (b *BarChart) Title(s string) *BarChart { b.title = s; return b }

// Labels names the two axes.
func (b *BarChart) Labels(x, y string) *BarChart { b.xlabel, b.ylabel = x, y; return b }

// Percent says that the values are shares, to be written in per cent.
func (b *BarChart) Percent() *BarChart { b.percent = true; return b }

// Name names the first series, for the legend.
func (b *BarChart) Name(name string) *BarChart { b.names[0] = name; return b }

// Beside adds a second, third … bar to each group. Values are found by their
// label; a label that data does not have gets no bar.
func (b *BarChart) Beside(name string, data Labelled) *BarChart {
	at := map[string]float64{}
	for i := range data.Len() {
		at[data.Label(i)] = data.Value(i)
	}
	values := make([]float64, len(b.labels))
	for i, l := range b.labels {
		v, ok := at[l]
		if !ok {
			v = math.NaN()
		}
		values[i] = v
	}
	b.names, b.series = append(b.names, name), append(b.series, values)
	return b
}

// Paint is the Drawing's method.
func (b *BarChart) Paint(c draw.Canvas) {
	c = b.paint(c)
	if len(b.labels) == 0 {
		sayEmpty(c, "no values")
		return
	}
	if len(b.series) > 1 || b.names[0] != "" {
		c = legend(c, b.names, func(c draw.Canvas, i int, r vg.Rectangle) {
			c.SetColor(Category(i))
			c.Fill(r.Path())
		})
	}
	p := newPlot(b.xlabel)
	p.X.Min, p.X.Max = -0.6, float64(len(b.labels))-0.4
	p.Y.Min, p.Y.Max = 0, 0
	p.X.Padding, p.Y.Padding = 0, 0
	for _, s := range b.series {
		for _, v := range s {
			if finite(v) {
				p.Y.Min, p.Y.Max = math.Min(p.Y.Min, v), math.Max(p.Y.Max, v)
			}
		}
	}
	if p.Y.Max == p.Y.Min {
		p.Y.Max++
	}
	p.Y.Max += (p.Y.Max - p.Y.Min) * 0.03
	p.Y.Tick.Marker = linearTicks{percent: b.percent}
	p.X.Tick.Marker = nameTicks{b.labels}
	p.X.Tick.LineStyle.Width = 0
	p.X.Tick.Length = 0
	p.Add(grid{y: true}, barPlotter{b})
	render(p, c, b.ylabel)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

type barPlotter struct{ *BarChart }

func (b barPlotter) Plot(c draw.Canvas, p *plot.Plot) {
	trX, trY := p.Transforms(&c)
	width := 0.8 / float64(len(b.series))
	for k, s := range b.series {
		c.SetColor(Category(k))
		for i, v := range s {
			if !finite(v) {
				continue
			}
			left := float64(i) - 0.4 + float64(k)*width
			r := vg.Rectangle{Min: vg.Point{X: trX(left), Y: trY(math.Min(v, 0))}, Max: vg.Point{X: trX(left + width*0.94), Y: trY(math.Max(v, 0))}}
			c.Fill(r.Path())
		}
	}
}

// nameTicks puts names at 0, 1, 2 …
type nameTicks struct{ names []string }

func (n nameTicks) Ticks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for i, name := range n.names {
		if x := float64(i); x >= lo && x <= hi {
			ticks = append(ticks, plot.Tick{Value: x, Label: visible(name)})
		}
	}
	return ticks
}

// visible writes a space so that one sees it.
func visible(s string) string {
	if s == " " {
		return "␣"
	}
	return s
}

// Text lists the values, with bars of characters.
func (b *BarChart) Text() string {
	var s strings.Builder
	s.WriteString(b.heading())
	top, wide := 0.0, 0
	for i, v := range b.series[0] {
		if finite(v) {
			top = math.Max(top, math.Abs(v))
		}
		wide = max(wide, len([]rune(b.labels[i])))
	}
	for i, label := range b.labels {
		fmt.Fprintf(&s, "%-*s", wide+1, visible(label))
		for _, series := range b.series {
			if v := series[i]; b.percent && finite(v) {
				fmt.Fprintf(&s, "%8.2f %%", 100*v)
			} else {
				fmt.Fprintf(&s, "%10s", number(v))
			}
		}
		if v := b.series[0][i]; finite(v) && top > 0 {
			s.WriteString("  " + strings.Repeat("█", int(math.Round(30*math.Abs(v)/top))))
		}
		s.WriteString("\n")
	}
	return s.String()
}
