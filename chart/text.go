package chart

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// TextBlock is text as a model wrote it, in a typewriter font.
type TextBlock struct {
	frame
	body string
}

// Prose draws a text, broken into lines as the width needs.
func Prose(text string) *TextBlock { return &TextBlock{newFrame(0), text} }

// Title sets the line above the text.
func (t *TextBlock) Title(s string) *TextBlock { t.title = s; return t }

const proseGap = vg.Length(15)

func (t *TextBlock) lines() []string {
	return wrap(t.body, monoStyle(baseSize, ink), t.width-2*margin-16)
}

// Size is as high as the lines need.
func (t *TextBlock) Size() (width, height vg.Length) {
	return t.width, t.around() + 14 + proseGap*vg.Length(len(t.lines()))
}

// Paint is the Drawing's method.
func (t *TextBlock) Paint(c draw.Canvas) {
	c = t.paint(c)
	c.SetColor(shade)
	c.Fill(c.Rectangle.Path())
	if strings.TrimSpace(t.body) == "" {
		sayEmpty(c, "no text")
		return
	}
	sty := monoStyle(baseSize, ink)
	sty.YAlign = draw.YTop
	for i, line := range t.lines() {
		c.FillText(sty, vg.Point{X: c.Min.X + 8, Y: c.Max.Y - 7 - vg.Length(i)*proseGap}, line)
	}
}

// Text is the text, below its title.
func (t *TextBlock) Text() string { return t.heading() + t.body }
