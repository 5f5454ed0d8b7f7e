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
	for i := range img.Pix {
		img.Pix[i] |= uint8(rng.IntN(256))
	}
	if paletted(img) != nil {
		t.Error("a photograph fits a byte")
	}
}
