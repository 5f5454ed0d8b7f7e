package chart

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// TableChart is a table of short texts.
type TableChart struct {
	frame
	header []string
	rows   [][]string
	right  map[int]bool // columns of numbers
	mono   map[int]bool // columns of raw text
}

// Table begins a table with the headings of its columns.
func Table(header ...string) *TableChart {
	return &TableChart{frame: newFrame(0), header: header, right: map[int]bool{}, mono: map[int]bool{}}
}

// Title sets the line above the table.
func (t *TableChart) Title(s string) *TableChart { t.title = s; return t }

// Row adds a row. Strings are written as they are, floating-point numbers
// briefly, and everything else as fmt.Sprint has it. Missing cells stay empty.
func (t *TableChart) Row(cells ...any) *TableChart {
	row := make([]string, len(t.header))
	for i := range row {
		switch {
		case i >= len(cells):
		case isFloat(cells[i]):
			row[i] = number(cells[i].(float64))
		default:
			row[i] = fmt.Sprint(cells[i])
		}
	}
	t.rows = append(t.rows, row)
	return t
}

func isFloat(v any) bool { _, ok := v.(float64); return ok }

// Right aligns columns, counted from 0, at their right edge: numbers.
func (t *TableChart) Right(columns ...int) *TableChart {
	for _, c := range columns {
		t.right[c] = true
	}
	return t
}

// Mono writes columns, counted from 0, in a typewriter font: raw text.
func (t *TableChart) Mono(columns ...int) *TableChart {
	for _, c := range columns {
		t.mono[c] = true
	}
	return t
}

// Narrow makes the table half as wide as panels that are Wide, to stand in one.
func (t *TableChart) Narrow() *TableChart { t.width = (1.6*Width - 2*margin) / 2; return t }

const (
	cellGap = vg.Length(14)
	lineGap = vg.Length(13.5)
	rowPad  = vg.Length(5)
)

func (t *TableChart) style(column int) draw.TextStyle {
	if t.mono[column] {
		return monoStyle(baseSize, ink)
	}
	return textStyle(baseSize, ink)
}

// layout finds the columns' widths and the lines of each cell. The widest
// column gives way where the table would be too wide.
func (t *TableChart) layout() (widths []vg.Length, lines [][][]string) {
	head := textStyle(baseSize, ink)
	head.Font.Weight = bold
	widths = make([]vg.Length, len(t.header))
	for c, h := range t.header {
		widths[c] = head.Width(h)
		for _, row := range t.rows {
			sty := t.style(c)
			for _, line := range strings.Split(row[c], "\n") {
				widths[c] = max(widths[c], sty.Width(line))
			}
		}
	}
	room := t.width - 2*margin - cellGap*vg.Length(max(len(widths)-1, 0))
	for range widths {
		sum, widest := vg.Length(0), 0
		for c, w := range widths {
			sum += w
			if w > widths[widest] {
				widest = c
			}
		}
		if sum <= room {
			break
		}
		widths[widest] = max(widths[widest]-(sum-room), 60)
	}
	for _, row := range t.rows {
		cells := make([][]string, len(row))
		for c, s := range row {
			cells[c] = wrap(s, t.style(c), widths[c]+0.01)
		}
		lines = append(lines, cells)
	}
	return widths, lines
}

func height(cells [][]string) vg.Length {
	n := 1
	for _, c := range cells {
		n = max(n, len(c))
	}
	return vg.Length(n)*lineGap + rowPad
}

// Size is as high as the rows need.
func (t *TableChart) Size() (w, h vg.Length) {
	_, lines := t.layout()
	h = t.around() + lineGap + rowPad
	for _, cells := range lines {
		h += height(cells)
	}
	return t.width, h
}

// Paint is the Drawing's method.
func (t *TableChart) Paint(c draw.Canvas) {
	c = t.paint(c)
	if len(t.header) == 0 {
		sayEmpty(c, "no columns")
		return
	}
	widths, lines := t.layout()
	y := c.Max.Y
	cell := func(x vg.Length, column int, s string, sty draw.TextStyle, y vg.Length) {
		sty.YAlign = draw.YTop
		if t.right[column] {
			sty.XAlign = draw.XRight
			x += widths[column]
		}
		c.FillText(sty, vg.Point{X: x, Y: y}, s)
	}
	head := textStyle(baseSize, ink)
	head.Font.Weight = bold
	for col, x := 0, c.Min.X; col < len(widths); col++ {
		cell(x, col, t.header[col], head, y)
		x += widths[col] + cellGap
	}
	y -= lineGap + 2
	c.StrokeLine2(lineStyle(faint, 0.75), c.Min.X, y, c.Max.X, y)
	y -= 2
	for r, cells := range lines {
		h := height(cells)
		if r%2 == 1 {
			c.SetColor(shade)
			c.Fill(vg.Rectangle{Min: vg.Point{X: c.Min.X, Y: y - h}, Max: vg.Point{X: c.Max.X, Y: y}}.Path())
		}
		for col, x := 0, c.Min.X; col < len(widths); col++ {
			for i, line := range cells[col] {
				cell(x, col, line, t.style(col), y-rowPad/2-vg.Length(i)*lineGap)
			}
			x += widths[col] + cellGap
		}
		y -= h
	}
}

// Text is the table in plain text, columns aligned.
func (t *TableChart) Text() string {
	widths := make([]int, len(t.header))
	for _, row := range append([][]string{t.header}, t.rows...) {
		for c, s := range row {
			widths[c] = max(widths[c], utf8.RuneCountInString(s))
		}
	}
	var b strings.Builder
	b.WriteString(t.heading())
	for _, row := range append([][]string{t.header}, t.rows...) {
		for c, s := range row {
			pad := strings.Repeat(" ", widths[c]-utf8.RuneCountInString(s))
			if t.right[c] {
				s = pad + s
			} else if c < len(row)-1 {
				s += pad
			}
			if c > 0 {
				b.WriteString("  ")
			}
			b.WriteString(s)
		}
		b.WriteString("\n")
	}
	return b.String()
}
