package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// NetDiagram draws a layered net: neurons as circles, inputs on the left, and
// every weight as a line, red above 0 and blue below, the wider the larger.
type NetDiagram struct {
	frame
	layers  []Matrix    // weights from layer to layer, [in][out]
	values  [][]float64 // what each neuron holds, if known
	largest float64
}

// Network draws a net by its weights, each a matrix [in][out] whose rows are
// the columns of the one before.
func Network(weights ...Matrix) *NetDiagram {
	n := &NetDiagram{frame: newFrame(Height), layers: weights}
	for _, w := range weights {
		rows, cols := w.Dims()
		for i := range rows {
			for j := range cols {
				if v := math.Abs(w.At(i, j)); finite(v) {
					n.largest = math.Max(n.largest, v)
				}
			}
		}
	}
	return n
}

// Title sets the line above the diagram.
func (n *NetDiagram) Title(s string) *NetDiagram { n.title = s; return n }

// Values writes a number into each neuron, by layer, the inputs first.
func (n *NetDiagram) Values(values ...[]float64) *NetDiagram { n.values = values; return n }

// sizes are the numbers of neurons of the layers.
func (n *NetDiagram) sizes() []int {
	var sizes []int
	for k, w := range n.layers {
		rows, cols := w.Dims()
		if k == 0 {
			sizes = append(sizes, rows)
		}
		sizes = append(sizes, cols)
	}
	return sizes
}

// Paint is the Drawing's method.
func (n *NetDiagram) Paint(c draw.Canvas) {
	c = n.paint(c)
	sizes := n.sizes()
	if len(sizes) == 0 {
		sayEmpty(c, "no layers")
		return
	}
	highest := 1
	for _, s := range sizes {
		highest = max(highest, s)
	}
	radius := min((c.Max.Y-c.Min.Y)/vg.Length(highest)*0.4, 19)
	at := func(layer, i int) vg.Point {
		step := (c.Max.Y - c.Min.Y) / vg.Length(highest)
		return vg.Point{
			X: c.Min.X + radius + 10 + (c.Max.X-c.Min.X-2*radius-20)*vg.Length(layer)/vg.Length(max(1, len(sizes)-1)),
			Y: (c.Min.Y+c.Max.Y)/2 + step*(vg.Length(sizes[layer]-1)/2-vg.Length(i)),
		}
	}
	for k, w := range n.layers {
		rows, cols := w.Dims()
		for i := range min(rows, sizes[k]) {
			for j := range cols {
				v := w.At(i, j)
				if !finite(v) || n.largest == 0 {
					continue
				}
				share := v / n.largest
				from, to := at(k, i), at(k+1, j)
				c.StrokeLine2(lineStyle(Signed(math.Copysign(0.35+0.65*math.Abs(share), share)), vg.Length(0.4+4*math.Abs(share))), from.X, from.Y, to.X, to.Y)
			}
		}
	}
	for k, size := range sizes {
		for i := range size {
			pt := at(k, i)
			dot(c, ink, pt, radius)
			dot(c, background, pt, radius-1)
			if k < len(n.values) && i < len(n.values[k]) {
				sty := textStyle(smallSize, ink)
				sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
				c.FillText(sty, pt, strings.Replace(fmt.Sprintf("%.2f", n.values[k][i]), "-", "−", 1))
			}
		}
	}
}

// Text lists the layers, with their values if there are any.
func (n *NetDiagram) Text() string {
	s := n.heading()
	for k, size := range n.sizes() {
		s += fmt.Sprintf("layer %d: %d neurons", k, size)
		if k < len(n.values) {
			s += fmt.Sprintf(" %.3f", n.values[k])
		}
		s += "\n"
	}
	return s
}

// LayerDiagram draws a net of many layers as a row of blocks.
type LayerDiagram struct {
	frame
	names, sizes []string
}

// Layers begins a diagram of layers.
func Layers() *LayerDiagram { return &LayerDiagram{frame: newFrame(0)} }

// Title sets the line above the diagram.
func (l *LayerDiagram) Title(s string) *LayerDiagram { l.title = s; return l }

// Add adds a layer: what it does, and the size of what comes out of it.
func (l *LayerDiagram) Add(name, size string) *LayerDiagram {
	l.names, l.sizes = append(l.names, name), append(l.sizes, size)
	return l
}

const layerGap = vg.Length(26)

// Size is as high as the layers need.
func (l *LayerDiagram) Size() (width, height vg.Length) {
	return l.width, l.around() + layerGap*vg.Length(max(1, len(l.names))) + 6
}

// Paint is the Drawing's method.
func (l *LayerDiagram) Paint(c draw.Canvas) {
	c = l.paint(c)
	if len(l.names) == 0 {
		sayEmpty(c, "no layers")
		return
	}
	middle := (c.Min.X + c.Max.X) / 2
	for i, name := range l.names {
		y := c.Max.Y - layerGap*vg.Length(i)
		r := vg.Rectangle{Min: vg.Point{X: middle - 150, Y: y - layerGap + 7}, Max: vg.Point{X: middle + 60, Y: y}}
		c.SetColor(shade)
		c.Fill(r.Path())
		c.StrokeLines(lineStyle(Category(0), 1), []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}, r.Min})
		if i > 0 {
			x := (r.Min.X + r.Max.X) / 2
			c.StrokeLine2(lineStyle(faint, 1), x, y, x, y+7)
		}
		sty := textStyle(baseSize, ink)
		sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
		c.FillText(sty, vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: (r.Min.Y + r.Max.Y) / 2}, name)
		sty = textStyle(smallSize, faint)
		sty.YAlign = draw.YCenter
		c.FillText(sty, vg.Point{X: r.Max.X + 10, Y: (r.Min.Y + r.Max.Y) / 2}, l.sizes[i])
	}
}

// Text lists the layers.
func (l *LayerDiagram) Text() string {
	s := l.heading()
	for i, name := range l.names {
		s += name + "  " + l.sizes[i] + "\n"
	}
	return s
}
