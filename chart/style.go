package chart

import (
	"image/color"
	"math"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The size grid: Width is 640 pixels of a web page.
const (
	Width  = vg.Length(480)
	Height = vg.Length(288)

	titleSize = vg.Length(12)
	baseSize  = vg.Length(10)
	smallSize = vg.Length(8.5)
)

const bold = stdfont.WeightBold

var (
	background  = color.NRGBA{255, 255, 255, 255}
	ink         = color.NRGBA{33, 37, 41, 255}
	faint       = color.NRGBA{96, 104, 112, 255}
	rule        = color.NRGBA{222, 226, 230, 255}
	contourGrey = color.NRGBA{160, 168, 176, 255}
	shade       = color.NRGBA{244, 246, 248, 255}
)

// palette is the colour-blind safe palette of Okabe and Ito (2008), the
// clearest on white first.
var palette = []color.NRGBA{
	{0, 114, 178, 255},   // blue
	{213, 94, 0, 255},    // vermillion
	{0, 158, 115, 255},   // bluish green
	{204, 121, 167, 255}, // reddish purple
	{230, 159, 0, 255},   // orange
	{86, 180, 233, 255},  // sky blue
	{60, 60, 60, 255},    // black
}

// Category is the colour of the i-th category, i from 0; they repeat after seven.
func Category(i int) color.NRGBA {
	n := len(palette)
	return palette[(i%n+n)%n]
}

// viridis has seventeen evenly spaced colours of the map of that name (Smith
// and van der Walt 2015), from which the others are interpolated.
var viridis = []uint32{
	0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
	0x1fa088, 0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725,
}

// Magnitude is the colour of a magnitude from 0 to 1, dark to light.
func Magnitude(x float64) color.NRGBA { return along(viridis, x) }

// signed goes from blue over near white to vermillion, ends of equal lightness.
var signedMap = []uint32{0x0b5394, 0x5b9bd0, 0xb7d4ea, 0xf7f7f7, 0xf6c9ae, 0xe58a55, 0xb8490a}

// Signed is the colour of a value from -1 to 1, blue below 0 and red above.
func Signed(x float64) color.NRGBA { return along(signedMap, (x+1)/2) }

// along interpolates in a row of colours. What is no number is grey.
func along(stops []uint32, x float64) color.NRGBA {
	if math.IsNaN(x) {
		return color.NRGBA{190, 190, 190, 255}
	}
	x = math.Min(math.Max(x, 0), 1) * float64(len(stops)-1)
	i := min(int(x), len(stops)-2)
	f := x - float64(i)
	mix := func(shift uint) uint8 {
		a, b := float64(stops[i]>>shift&255), float64(stops[i+1]>>shift&255)
		return uint8(math.Round(a + f*(b-a)))
	}
	return color.NRGBA{mix(16), mix(8), mix(0), 255}
}

func textStyle(size vg.Length, c color.Color) draw.TextStyle {
	return draw.TextStyle{
		Color:   c,
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		Handler: handler{},
	}
}

func monoStyle(size vg.Length, c color.Color) draw.TextStyle {
	s := textStyle(size, c)
	s.Font.Variant = "Mono"
	return s
}

func lineStyle(c color.Color, width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: width}
}
