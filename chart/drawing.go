package chart

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Drawing is a picture that can be painted, and said in plain text.
type Drawing interface {
	// Size is its natural size, in points of which 96 make 128 pixels.
	Size() (width, height vg.Length)
	// Paint draws it into the whole of the canvas.
	Paint(c draw.Canvas)
	// Text is its plain form, for terminals and for those who cannot see it.
	Text() string
}

// frame is what all kinds have around their picture: a size and a title.
type frame struct {
	title         string
	width, height vg.Length
}

func newFrame(height vg.Length) frame { return frame{width: Width, height: height} }

func (f *frame) Size() (width, height vg.Length) {
	return f.width, f.height
}

const margin = vg.Length(8)

// paint fills the background, writes the title, and returns what is left.
func (f *frame) paint(c draw.Canvas) draw.Canvas {
	c.SetColor(background)
	c.Fill(c.Rectangle.Path())
	c = draw.Crop(c, margin, -margin, margin, -margin)
	if f.title == "" {
		return c
	}
	sty := titleStyle()
	sty.YAlign = draw.YTop
	for _, line := range wrap(f.title, sty, c.Max.X-c.Min.X) {
		c.FillText(sty, vg.Point{X: c.Min.X, Y: c.Max.Y}, line)
		c.Max.Y -= titleGap
	}
	c.Max.Y -= 4
	return c
}

const titleGap = titleSize * 1.25

func titleStyle() draw.TextStyle {
	sty := textStyle(titleSize, ink)
	sty.Font.Weight = bold
	return sty
}

// around is the height of all that paint puts around a picture.
func (f *frame) around() vg.Length {
	if f.title == "" {
		return 2 * margin
	}
	return 2*margin + 4 + titleGap*vg.Length(len(wrap(f.title, titleStyle(), f.width-2*margin)))
}

// heading is the title as the first line of a text form.
func (f *frame) heading() string {
	if f.title == "" {
		return ""
	}
	return f.title + "\n"
}

// sayEmpty writes into the middle of a picture why there is nothing in it.
func sayEmpty(c draw.Canvas, why string) {
	sty := textStyle(baseSize, faint)
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
	c.FillText(sty, c.Center(), why)
}

// wrap breaks text into lines that fit a width. Words longer than a line are
// broken where they reach its end.
func wrap(s string, sty draw.TextStyle, width vg.Length) []string {
	var lines []string
	for _, paragraph := range strings.Split(s, "\n") {
		line := ""
		for _, word := range strings.Split(paragraph, " ") {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if sty.Width(next) <= width {
				line = next
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			line = word
			for sty.Width(line) > width {
				head, rest := fitting(line, sty, width)
				if rest == "" {
					break
				}
				lines = append(lines, head)
				line = rest
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// fitting splits a word so that its head, of at least one character, fits.
func fitting(word string, sty draw.TextStyle, width vg.Length) (head, rest string) {
	runes := []rune(word)
	n := 1
	for n < len(runes) && sty.Width(string(runes[:n+1])) <= width {
		n++
	}
	return string(runes[:n]), string(runes[n:])
}
