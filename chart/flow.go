package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// FlowChart shows boxes on a grid, and arrows between them: what goes where.
type FlowChart struct {
	frame
	boxes  []flowBox
	arrows [][2]int
}

type flowBox struct {
	col, row   float64
	text, note string
	plain      bool
}

// Flow begins a flow chart.
func Flow() *FlowChart { return &FlowChart{frame: newFrame(0)} }

// Title sets the line above the chart.
func (f *FlowChart) Title(s string) *FlowChart { f.title = s; return f }

// Box puts a box at a column and a row, from the top; between whole numbers is
// allowed. The note stands below the text, smaller. It returns the number of the
// box for Arrow.
func (f *FlowChart) Box(col, row float64, text, note string) int {
	f.boxes = append(f.boxes, flowBox{col, row, text, note, false})
	return len(f.boxes) - 1
}

// Sign is Box without a frame, as for "+".
func (f *FlowChart) Sign(col, row float64, text string) int {
	f.boxes = append(f.boxes, flowBox{col, row, text, "", true})
	return len(f.boxes) - 1
}

// Arrow leads from one box to another. Arrows between columns leave sideways.
func (f *FlowChart) Arrow(from, to int) *FlowChart {
	f.arrows = append(f.arrows, [2]int{from, to})
	return f
}

const flowRow, flowBoxHeight = vg.Length(52), vg.Length(34)

func (f *FlowChart) extent() (cols, rows float64) {
	for _, b := range f.boxes {
		cols, rows = math.Max(cols, b.col+1), math.Max(rows, b.row+1)
	}
	return math.Max(cols, 1), math.Max(rows, 1)
}

// Size is as high as the rows need.
func (f *FlowChart) Size() (width, height vg.Length) {
	_, rows := f.extent()
	return f.width, f.around() + flowRow*vg.Length(rows) + 4
}

// Paint is the Drawing's method.
func (f *FlowChart) Paint(c draw.Canvas) {
	c = f.paint(c)
	if len(f.boxes) == 0 {
		sayEmpty(c, "no boxes")
		return
	}
	cols, _ := f.extent()
	step := (c.Max.X - c.Min.X) / vg.Length(cols)
	wide := min(step*0.62, 190)
	half := func(b flowBox) vg.Length {
		if b.plain {
			return 11
		}
		return wide / 2
	}
	at := func(b flowBox) vg.Point {
		return vg.Point{X: c.Min.X + step*vg.Length(b.col+0.5), Y: c.Max.Y - flowRow*vg.Length(b.row+0.5)}
	}
	for _, a := range f.arrows {
		if a[0] < 0 || a[1] < 0 || a[0] >= len(f.boxes) || a[1] >= len(f.boxes) {
			continue
		}
		from, to := f.boxes[a[0]], f.boxes[a[1]]
		p, q := at(from), at(to)
		var path []vg.Point
		switch {
		case math.Abs(from.col-to.col) < 0.01: // straight down or up
			down := vg.Length(1)
			if q.Y > p.Y {
				down = -1
			}
			p.Y, q.Y = p.Y-down*flowBoxHeight/2, q.Y+down*flowBoxHeight/2
			path = []vg.Point{p, q}
		default: // sideways, then along the column of the other
			side := vg.Length(1)
			if to.col < from.col {
				side = -1
			}
			p.X += side * half(from)
			if math.Abs(from.row-to.row) < 0.01 {
				q.X -= side * half(to)
				path = []vg.Point{p, q}
				break
			}
			corner := vg.Point{X: q.X, Y: p.Y}
			if q.Y < p.Y {
				q.Y += flowBoxHeight / 2
			} else {
				q.Y -= flowBoxHeight / 2
			}
			path = []vg.Point{p, corner, q}
		}
		c.StrokeLines(lineStyle(faint, 1.1), path)
		arrowHead(c, path[len(path)-2], path[len(path)-1])
	}
	for _, b := range f.boxes {
		p := at(b)
		sty := textStyle(baseSize, ink)
		sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
		if b.plain {
			dot(c, Category(0), p, 11)
			dot(c, background, p, 10)
		} else {
			r := vg.Rectangle{Min: vg.Point{X: p.X - wide/2, Y: p.Y - flowBoxHeight/2}, Max: vg.Point{X: p.X + wide/2, Y: p.Y + flowBoxHeight/2}}
			c.SetColor(shade)
			c.Fill(r.Path())
			c.StrokeLines(lineStyle(Category(0), 1), []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}, r.Min})
		}
		for sty.Width(b.text) > wide-6 && sty.Font.Size > 6 && !b.plain {
			sty.Font.Size--
		}
		if b.note == "" {
			c.FillText(sty, p, b.text)
			continue
		}
		c.FillText(sty, vg.Point{X: p.X, Y: p.Y + 7}, b.text)
		sty = textStyle(smallSize, faint)
		sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
		c.FillText(sty, vg.Point{X: p.X, Y: p.Y - 8}, b.note)
	}
}

// arrowHead ends a line from p to q.
func arrowHead(c draw.Canvas, p, q vg.Point) {
	dx, dy := q.X-p.X, q.Y-p.Y
	length := vg.Length(math.Hypot(float64(dx), float64(dy)))
	if length == 0 {
		return
	}
	dx, dy = dx/length*6, dy/length*6
	var path vg.Path
	path.Move(q)
	path.Line(vg.Point{X: q.X - dx - dy*0.5, Y: q.Y - dy + dx*0.5})
	path.Line(vg.Point{X: q.X - dx + dy*0.5, Y: q.Y - dy - dx*0.5})
	path.Close()
	c.SetColor(faint)
	c.Fill(path)
}

// Text lists the boxes.
func (f *FlowChart) Text() string {
	s := f.heading()
	for _, b := range f.boxes {
		if s += b.text; b.note != "" {
			s += "  (" + b.note + ")"
		}
		s += "\n"
	}
	return s
}
