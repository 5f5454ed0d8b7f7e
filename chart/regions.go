package chart

import (
	"image"
	"image/color"
	"math"
)

// Plane views: pictures of functions over the square from -1 to 1, to be shown
// by Images. y rises upwards.

// Regions colours each place by its category, in pale tones of the palette.
func Regions(side int, category func(x, y float64) int) image.Image {
	return plane(side, func(x, y float64) color.NRGBA { return pale(Category(category(x, y))) })
}

// Heights colours each place by a magnitude, from lo to hi.
func Heights(side int, lo, hi float64, f func(x, y float64) float64) image.Image {
	return plane(side, func(x, y float64) color.NRGBA { return Magnitude((f(x, y) - lo) / (hi - lo)) })
}

// WithPoints marks places, each in the full tone of its category.
func WithPoints(img image.Image, xs, ys []float64) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(b)
	side := float64(b.Dx())
	radius := math.Max(side/45, 1.5)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := img.At(x, y)
			for i := range min(len(xs), len(ys)) {
				dx, dy := float64(x)+0.5-(xs[i]+1)/2*side, float64(y)+0.5-(1-ys[i])/2*side
				switch d := math.Hypot(dx, dy); {
				case d < radius:
					c = Category(i)
				case d < radius+1.5:
					c = color.White
				}
			}
			out.Set(x, y, c)
		}
	}
	return out
}

func plane(side int, f func(x, y float64) color.NRGBA) image.Image {
	side = min(max(side, 1), 4096)
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for row := range side {
		for col := range side {
			img.SetNRGBA(col, row, f((float64(col)+0.5)/float64(side)*2-1, 1-(float64(row)+0.5)/float64(side)*2))
		}
	}
	return img
}

// pale mixes a colour with white.
func pale(c color.NRGBA) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8((int(v)*45 + 255*55) / 100) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}
