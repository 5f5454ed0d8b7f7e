package chart_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"oneword/chart"
)

// In PNG a Chinese title is drawn, where a font for it is found.
func TestChineseInPNG(t *testing.T) {
	if chart.FallbackFont() == "" {
		t.Skip("no font with Chinese characters on this machine; see chart.FallbackFont")
	}
	dark := func(title string) int {
		b, err := chart.PNG(chart.Prose("x").Title(title), 1)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for y := range 30 {
			for x := range 200 {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
					n++
				}
			}
		}
		return n
	}
	if n := dark("汉字标题"); n < 100 {
		t.Errorf("a title of four Chinese characters has %d dark pixels", n)
	}
}

// What makes a space visible is drawn, whatever fonts there are: in SVG it is a
// line, and in PNG there is ink.
func TestSignsAreDrawn(t *testing.T) {
	for _, sign := range []string{"␣", "⏎"} {
		with, without := chart.Table("a").Row(sign), chart.Table("a").Row("")
		svg, err := chart.SVG(with)
		if err != nil || bytes.Contains(svg, []byte(sign)) {
			t.Errorf("%s is left to fonts (%v)", sign, err)
		}
		a, err1 := chart.PNG(with, 1)
		b, err2 := chart.PNG(without, 1)
		if err1 != nil || err2 != nil || bytes.Equal(a, b) {
			t.Errorf("%s leaves no trace (%v, %v)", sign, err1, err2)
		}
		if !strings.Contains(with.Text(), sign) {
			t.Errorf("%s is lost in the text form", sign)
		}
	}
}
