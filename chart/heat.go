package chart

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Matrix is a grid of numbers, as gonum's mat.Matrix is.
type Matrix interface {
	Dims() (rows, cols int)
	At(row, col int) float64
}

// HeatMap shows a matrix as a grid of colours, row 0 at the top.
type HeatMap struct {
	frame
	rows, cols     int
	values         []float64
	xnames, ynames []string
	xlabel, ylabel string
	signed         bool
	root           bool
	percent        bool
	cells          [][]string
}

// Heat draws a matrix. What is not a number is grey.
func Heat(m Matrix) *HeatMap {
	h := &HeatMap{frame: newFrame(Width * 0.9)}
	h.rows, h.cols = m.Dims()
	h.values = make([]float64, 0, h.rows*h.cols)
	for r := range h.rows {
		for c := range h.cols {
			h.values = append(h.values, m.At(r, c))
		}
	}
	return h
}

// Title sets the line above the map.
func (h *HeatMap) Title(s string) *HeatMap { h.title = s; return h }

// Labels names the two directions.
func (h *HeatMap) Labels(x, y string) *HeatMap { h.xlabel, h.ylabel = x, y; return h }

// Names names the columns and the rows.
func (h *HeatMap) Names(cols, rows []string) *HeatMap { h.xnames, h.ynames = cols, rows; return h }

// Signed uses a map that diverges from 0, for values of both signs.
func (h *HeatMap) Signed() *HeatMap { h.signed = true; return h }

// Root colours by the square root of the value, so that small ones can be
// told apart. The scale beside the map is labelled with the values themselves.
func (h *HeatMap) Root() *HeatMap { h.root = true; return h }

// Percent says that the values are shares, to be written in per cent.
func (h *HeatMap) Percent() *HeatMap { h.percent = true; return h }

// Cells writes a text into each cell, row by row.
func (h *HeatMap) Cells(texts [][]string) *HeatMap { h.cells = texts; return h }

func (h *HeatMap) limits() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range h.values {
		if finite(v) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	switch {
	case lo > hi:
		return 0, 1
	case h.signed:
		hi = math.Max(math.Abs(lo), math.Abs(hi))
		lo = -hi
	case lo > 0 && lo < hi/2:
		lo = 0
	}
	if lo == hi {
		hi = lo + 1
	}
	return lo, hi
}

// color is the colour of a value between the limits.
func (h *HeatMap) color(v, lo, hi float64) color.NRGBA {
	x := (v - lo) / (hi - lo)
	if h.signed {
		return Signed(2*x - 1)
	}
	if h.root {
		x = math.Sqrt(x) // not below 0, as lo is the least
	}
	return Magnitude(x)
}

// Paint is the Drawing's method.
func (h *HeatMap) Paint(c draw.Canvas) {
	c = h.paint(c)
	if len(h.values) == 0 {
		sayEmpty(c, "no values")
		return
	}
	lo, hi := h.limits()
	body := draw.Crop(c, 0, -58, 0, 0)
	p := newPlot(h.xlabel)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(h.cols)-0.5, -0.5, float64(h.rows)-0.5
	p.X.Padding, p.Y.Padding = 0, 0
	if h.xnames != nil {
		p.X.Tick.Marker, p.X.Tick.Length = nameTicks{h.xnames}, 0
	}
	reversed := make([]string, len(h.ynames)) // row 0 at the top
	for i, n := range h.ynames {
		reversed[len(h.ynames)-1-i] = n
	}
	p.Y.Tick.Marker = nameTicks{reversed}
	p.Y.Tick.Length = 0
	if h.ynames == nil {
		p.Y.Tick.Marker = plot.ConstantTicks(nil)
	}
	p.Add(heatPlotter{h, lo, hi})
	render(p, body, h.ylabel)
	h.scale(draw.Crop(c, c.Max.X-c.Min.X-46, 0, 24, -24), lo, hi)
}

// scale draws the bar that says which colour is which value.
func (h *HeatMap) scale(c draw.Canvas, lo, hi float64) {
	const steps = 64
	img := image.NewNRGBA(image.Rect(0, 0, 1, steps))
	for i := range steps {
		v := hi - (float64(i)+0.5)/steps*(hi-lo)
		img.SetNRGBA(0, i, h.color(v, lo, hi))
	}
	r := vg.Rectangle{Min: c.Min, Max: vg.Point{X: c.Min.X + 10, Y: c.Max.Y}}
	c.DrawImage(r, Stretched(img, 8, 4))
	sty := textStyle(smallSize, ink)
	sty.YAlign = draw.YCenter
	for _, t := range (linearTicks{percent: h.percent}).Ticks(lo, hi) {
		y := c.Min.Y + vg.Length((t.Value-lo)/(hi-lo))*(c.Max.Y-c.Min.Y)
		c.FillText(sty, vg.Point{X: r.Max.X + 3, Y: y}, t.Label)
	}
}

type heatPlotter struct {
	*HeatMap
	lo, hi float64
}

func (h heatPlotter) Plot(c draw.Canvas, p *plot.Plot) {
	img := image.NewNRGBA(image.Rect(0, 0, h.cols, h.rows))
	for i, v := range h.values {
		img.SetNRGBA(i%h.cols, i/h.cols, h.color(v, h.lo, h.hi))
	}
	// As pixels, not rectangles: 128×128 of those would take 1.5 MB. Enlarged
	// by a whole number, so that whoever scales it keeps the edges sharp.
	k := max(1, 640/max(h.cols, h.rows, 1))
	c.DrawImage(c.Rectangle, Stretched(img, k, k))
	for r, row := range h.cells {
		for i, text := range row {
			if r >= h.rows || i >= h.cols {
				continue
			}
			w, t := (c.Max.X-c.Min.X)/vg.Length(h.cols), (c.Max.Y-c.Min.Y)/vg.Length(h.rows)
			sty := textStyle(baseSize, background)
			if col := h.color(h.values[r*h.cols+i], h.lo, h.hi); int(col.R)*2+int(col.G)*5+int(col.B) > 8*140 {
				sty.Color = ink
			}
			for sty.Width(text) > w-4 && sty.Font.Size > 5 {
				sty.Font.Size -= 0.5
			}
			sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
			c.FillText(sty, vg.Point{X: c.Min.X + w*(vg.Length(i)+0.5), Y: c.Max.Y - t*(vg.Length(r)+0.5)}, text)
		}
	}
}

// Text lists the cells of largest size.
func (h *HeatMap) Text() string {
	var b strings.Builder
	b.WriteString(h.heading())
	fmt.Fprintf(&b, "%d × %d\n", h.rows, h.cols)
	const ramp = " ·:-=+*#%@"
	lo, hi := h.limits()
	for r := range h.rows {
		if r < len(h.ynames) {
			fmt.Fprintf(&b, "%s ", visible(h.ynames[r]))
		}
		for c := range h.cols {
			x := (h.values[r*h.cols+c] - lo) / (hi - lo)
			if !finite(x) {
				x = 0
			}
			if h.root {
				x = math.Sqrt(x) // not below 0, as lo is the least
			}
			runes := []rune(ramp)
			b.WriteRune(runes[min(len(runes)-1, int(x*float64(len(runes))))])
		}
		b.WriteString("\n")
	}
	for _, row := range h.cells {
		b.WriteString(strings.Join(row, " | ") + "\n")
	}
	return b.String()
}
