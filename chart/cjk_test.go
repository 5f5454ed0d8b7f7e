package chart_test

import (
	"bytes"
	"image/png"
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
