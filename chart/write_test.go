package chart

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// A picture with a byte a pixel looks as it did: what there is most of keeps its
// colour, and no pixel moves by more than half a step of the coarsest grid. A
// photograph keeps all its colours.
func TestPaletted(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	for i := range 200 * 100 {
		c := color.RGBA{255, 255, 255, 255}
		switch {
		case i < 3000:
			c = color.RGBA{33, 37, 41, 255}
		case i < 5000: // the soft edges of lines in two colours
			if s := uint8(rng.IntN(120)); i%2 == 0 {
				c = color.RGBA{255 - s, 255 - s/2, 255, 255}
			} else {
				c = color.RGBA{255, 255 - s, 255 - 2*s, 255}
			}
		}
		img.SetRGBA(i%200, i/200, c)
	}
	few := paletted(img)
	if few == nil {
		t.Fatal("some 240 colours do not fit a byte")
	}
	for i := range 200 * 100 {
		x, y := i%200, i/200
		a, b := img.RGBAAt(x, y), color.RGBAModel.Convert(few.At(x, y)).(color.RGBA)
		far := max(int(a.R)-int(b.R), int(b.R)-int(a.R), int(a.G)-int(b.G), int(b.G)-int(a.G), int(a.B)-int(b.B), int(b.B)-int(a.B))
		if far > 16 || (i < 3000 || i >= 5000) && far > 0 {
			t.Fatalf("pixel %d is %v, was %v", i, b, a)
		}
	}
	// A shaded area keeps its colours, be they too many for a byte or not.
	for _, shades := range []int{64, 300} {
		area := image.NewRGBA(image.Rect(0, 0, 900, 6))
		for i := range 900 * 6 {
			s := i % 900 * shades / 900
			area.SetRGBA(i%900, i/900, color.RGBA{uint8(s), uint8(s / 2), uint8(255 - s/3), 255})
		}
		few := paletted(area)
		if (few == nil) != (shades > 256) {
			t.Errorf("%d shades: in a byte: %v", shades, few != nil)
		}
		for i := range 900 * 6 {
			if few != nil && few.At(i%900, i/900) != color.Color(area.RGBAAt(i%900, i/900)) {
				t.Fatalf("of %d shades, one is %v, was %v", shades, few.At(i%900, i/900), area.RGBAAt(i%900, i/900))
			}
		}
	}
	for i := range img.Pix {
		img.Pix[i] |= uint8(rng.IntN(256))
	}
	if paletted(img) != nil {
		t.Error("a photograph fits a byte")
	}
}
