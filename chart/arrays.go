package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ArrayDiagram shows the sizes of the arrays that go through a net: an image is
// a sheet, many channels are a stack of them, a vector is a bar.
type ArrayDiagram struct {
	frame
	names  []string
	shapes [][]int
}

// Arrays begins a diagram of arrays.
func Arrays() *ArrayDiagram { return &ArrayDiagram{frame: newFrame(Height * 0.85)} }

// Title sets the line above the diagram.
func (a *ArrayDiagram) Title(s string) *ArrayDiagram { a.title = s; return a }

// Add adds an array: what made it, and its shape, either channels, height and
// width, or the length of a vector.
func (a *ArrayDiagram) Add(name string, shape ...int) *ArrayDiagram {
	a.names, a.shapes = append(a.names, name), append(a.shapes, shape)
	return a
}

// Paint is the Drawing's method.
func (a *ArrayDiagram) Paint(c draw.Canvas) {
	c = a.paint(c)
	if len(a.names) == 0 {
		sayEmpty(c, "no arrays")
		return
	}
	largest := 1
	for _, s := range a.shapes {
		if len(s) == 3 {
			largest = max(largest, s[1], s[2])
		}
	}
	step := (c.Max.X - c.Min.X) / vg.Length(len(a.names))
	middle := (c.Min.Y+c.Max.Y)/2 + 12
	room := min(step*0.72, (c.Max.Y-c.Min.Y)*0.5)
	box := func(x, y, w, h vg.Length) {
		r := vg.Rectangle{Min: vg.Point{X: x - w/2, Y: y - h/2}, Max: vg.Point{X: x + w/2, Y: y + h/2}}
		c.SetColor(shade)
		c.Fill(r.Path())
		c.StrokeLines(lineStyle(Category(0), 0.8), []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}, r.Min})
	}
	for i, s := range a.shapes {
		x := c.Min.X + step*(vg.Length(i)+0.5)
		switch len(s) {
		case 3:
			// So many sheets that one sees how many there are, but no more than
			// have room.
			sheets := min(s[0], 16)
			h, w := room*0.62*vg.Length(s[1])/vg.Length(largest), room*0.62*vg.Length(s[2])/vg.Length(largest)
			for k := range sheets {
				d := (vg.Length(sheets-1)/2 - vg.Length(k)) * 2.4
				box(x+d, middle+d, w, h)
			}
		case 1:
			box(x, middle, 7, (c.Max.Y-c.Min.Y)*0.6*vg.Length(math.Sqrt(float64(max(s[0], 0))/1000)))
		}
		sty := textStyle(smallSize, ink)
		sty.XAlign, sty.YAlign = draw.XCenter, draw.YBottom
		c.FillText(sty, vg.Point{X: x, Y: c.Min.Y + 13}, a.names[i])
		sty.Color = faint
		c.FillText(sty, vg.Point{X: x, Y: c.Min.Y}, sizeText(s))
	}
}

func sizeText(shape []int) string {
	s := ""
	for i, d := range shape {
		if i > 0 {
			s += "×"
		}
		s += fmt.Sprint(d)
	}
	return s
}

// Text lists the arrays.
func (a *ArrayDiagram) Text() string {
	s := a.heading()
	for i, name := range a.names {
		s += name + "  " + sizeText(a.shapes[i]) + "\n"
	}
	return s
}
