package chart

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// PanelChart puts drawings side by side.
type PanelChart struct {
	frame
	cols   int
	panels []Drawing
}

// Panels sets drawings in rows of so many columns, each in an equal share of
// the width; they keep their shape.
func Panels(cols int, drawings ...Drawing) *PanelChart {
	return &PanelChart{newFrame(0), max(1, cols), drawings}
}

// Title sets the line above all panels.
func (p *PanelChart) Title(s string) *PanelChart { p.title = s; return p }

// Wide makes the whole twice as wide as a single drawing, so that two columns
// keep their natural size.
func (p *PanelChart) Wide() *PanelChart { p.width = 1.6 * Width; return p }

// rows are the heights of the rows: that of the highest panel in each, which
// is as if the panel had its own width, but no more than four fifths of it.
func (p *PanelChart) rows() []vg.Length {
	width := (p.width - 2*margin) / vg.Length(p.cols)
	var heights []vg.Length
	for i, d := range p.panels {
		w, h := d.Size()
		h = min(h, max(h*width/w, width*0.8))
		if i%p.cols == 0 {
			heights = append(heights, 0)
		}
		heights[i/p.cols] = max(heights[i/p.cols], h)
	}
	return heights
}

// Size is as high as the rows need.
func (p *PanelChart) Size() (width, height vg.Length) {
	h := p.around()
	for _, row := range p.rows() {
		h += row
	}
	return p.width, h
}

// Paint is the Drawing's method.
func (p *PanelChart) Paint(c draw.Canvas) {
	c = p.paint(c)
	if len(p.panels) == 0 {
		sayEmpty(c, "no panels")
		return
	}
	rows := p.rows()
	width := (c.Max.X - c.Min.X) / vg.Length(p.cols)
	top := c.Max.Y
	for i, d := range p.panels {
		row, col := i/p.cols, i%p.cols
		if col == 0 && row > 0 {
			top -= rows[row-1]
		}
		left := c.Min.X + vg.Length(col)*width
		d.Paint(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: left, Y: top - rows[row]},
			Max: vg.Point{X: left + width, Y: top},
		}})
	}
}

// Text is the panels' texts, one after the other.
func (p *PanelChart) Text() string {
	texts := make([]string, len(p.panels))
	for i, d := range p.panels {
		texts[i] = d.Text()
	}
	return p.heading() + strings.Join(texts, "\n")
}
