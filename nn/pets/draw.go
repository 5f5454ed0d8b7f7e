package pets

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"golang.org/x/image/vector"

	"oneword/lm"
)

// Size is the width and height of an image in pixels.
const Size = 64

// A Class is what an image shows.
type Class int

// The two classes.
const (
	Cat Class = iota
	Dog
)

func (c Class) String() string { return [...]string{"cat", "dog"}[c&1] }

// Draw draws a cat or a dog. Place, size and tilt of the head, colours of fur
// and background, markings, light and noise are drawn at random in the same
// way for both classes, so that no pixel by itself tells them apart. What does
// is how the parts are formed: ears (upright or hanging, and some dogs have
// upright ones), snout, nose, pupils, whiskers, tongue.
func Draw(class Class, rng *rand.Rand) *image.RGBA {
	p := &pen{img: image.NewRGBA(image.Rect(0, 0, Size, Size))}
	background(p, rng)
	fur := furs[rng.IntN(len(furs))].shift(rng, 0.12)
	second := furs[rng.IntN(len(furs))].shift(rng, 0.12)
	if rng.Float64() < 0.5 {
		second = fur.times(0.75)
	}
	// The head's own coordinates: the centre is 0, its radius about 1, y upwards.
	scale := between(rng, 13, 21)
	tilt := 0.32 * rng.NormFloat64()
	p.cx, p.cy = between(rng, 22, 42), between(rng, 24, 38)
	p.cos, p.sin = scale*math.Cos(tilt), scale*math.Sin(tilt)
	if rng.Float64() < 0.5 {
		p.mirror = true
	}
	body(p, fur, rng)
	if class == Cat {
		cat(p, fur, second, rng)
	} else {
		dog(p, fur, second, rng)
	}
	shade(p.img, rng)
	return p.img
}

func cat(p *pen, fur, second rgb, rng *rand.Rand) {
	spread, high, lean := between(rng, 0.42, 0.62), between(rng, 1.35, 1.75), between(rng, 0.05, 0.35)
	inner := rgb{0.9, 0.62, 0.6}.shift(rng, 0.1)
	folded := rng.Float64() < 0.08 // a cat of a breed whose ears are folded
	for _, side := range []float64{-1, 1} {
		if folded {
			p.polygon(fur.times(0.85), side*spread*0.7, 0.75, side*(spread+0.42), 0.55, side*(spread+0.2), 0.95)
			continue
		}
		p.polygon(fur, side*(spread-0.32), 0.75, side*(spread+lean), high, side*(spread+0.38), 0.4)
		p.polygon(inner, side*(spread-0.16), 0.8, side*(spread+lean*0.9), high-0.22, side*(spread+0.24), 0.55)
	}
	wide := between(rng, 0.98, 1.15)
	p.ellipse(fur, 0, 0, wide, between(rng, 0.82, 0.98), 0)
	if rng.Float64() < 0.5 { // stripes on the forehead
		for i := -1; i <= 1; i++ {
			p.line(second, float64(i)*0.22, 0.45, float64(i)*0.28, 0.85, 0.1)
		}
	}
	patch(p, second, rng)
	muzzle := second.mix(rgb{1, 1, 1}, 0.4)
	p.ellipse(muzzle, -0.2, -0.42, 0.3, 0.24, 0)
	p.ellipse(muzzle, 0.2, -0.42, 0.3, 0.24, 0)
	iris := irises[rng.IntN(len(irises))].shift(rng, 0.1)
	slit := between(rng, 0.25, 0.9)
	eyes(p, 0.44, 0.12, between(rng, 0.2, 0.27), iris, slit)
	nose := between(rng, 0.09, 0.14)
	p.polygon(rgb{0.85, 0.5, 0.5}.mix(rgb{0.2, 0.15, 0.15}, rng.Float64()), -nose, -0.22, nose, -0.22, 0, -0.38)
	mouth(p, -0.38, 0.2)
	if rng.Float64() < 0.85 {
		whisker := rgb{1, 1, 1}.mix(rgb{0.1, 0.1, 0.1}, math.Round(rng.Float64()))
		for _, side := range []float64{-1, 1} {
			for i := range 3 {
				dy := (float64(i) - 1) * 0.16
				p.line(whisker, side*0.35, -0.4+dy*0.4, side*between(rng, 1.05, 1.4), -0.38+dy*1.6, 0.035)
			}
		}
	}
}

func dog(p *pen, fur, second rgb, rng *rand.Rand) {
	upright := rng.Float64() < 0.3
	ear := second
	if rng.Float64() < 0.5 {
		ear = fur.times(between(rng, 0.6, 0.95))
	}
	spread, high := between(rng, 0.45, 0.65), between(rng, 1.3, 1.7)
	if upright {
		for _, side := range []float64{-1, 1} {
			p.polygon(ear, side*(spread-0.3), 0.7, side*(spread+0.1), high, side*(spread+0.36), 0.4)
			p.polygon(ear.times(0.7), side*(spread-0.15), 0.78, side*(spread+0.08), high-0.25, side*(spread+0.2), 0.55)
		}
	}
	p.ellipse(fur, 0, 0.05, between(rng, 0.85, 1.1), between(rng, 0.88, 1.02), 0)
	patch(p, second, rng)
	if !upright {
		long, out := between(rng, 0.5, 0.85), between(rng, 0.8, 1.05)
		for _, side := range []float64{-1, 1} {
			p.ellipse(ear, side*out, 0.35-long*0.5, between(rng, 0.24, 0.36), long, side*between(rng, 0.05, 0.4))
		}
	}
	iris := irises[rng.IntN(len(irises))].shift(rng, 0.1).mix(rgb{0.35, 0.2, 0.1}, 0.5)
	eyes(p, between(rng, 0.36, 0.44), 0.22, between(rng, 0.14, 0.2), iris, 1)
	// The snout stands out: it hides what is behind it.
	long := between(rng, 0.38, 0.55)
	snout := second.mix(rgb{1, 1, 1}, 0.3)
	if rng.Float64() < 0.4 {
		snout = fur.times(0.85)
	}
	if rng.Float64() < 0.35 {
		p.ellipse(rgb{0.9, 0.4, 0.45}.shift(rng, 0.1), between(rng, -0.1, 0.1), -0.45-long*0.95, 0.16, between(rng, 0.2, 0.34), 0)
	}
	p.ellipse(snout, 0, -0.38, between(rng, 0.4, 0.52), long, 0)
	dark := rgb{0.12, 0.1, 0.1}.mix(rgb{0.5, 0.35, 0.3}, rng.Float64()*0.6)
	p.ellipse(dark, 0, -0.2, between(rng, 0.19, 0.27), between(rng, 0.13, 0.18), 0)
	mouth(p, -0.36, 0.34)
}

func eyes(p *pen, apart, y, size float64, iris rgb, slit float64) {
	for _, side := range []float64{-1, 1} {
		p.ellipse(rgb{0.97, 0.97, 0.95}, side*apart, y, size, size*0.85, 0)
		p.ellipse(iris, side*apart, y, size*0.82, size*0.8, 0)
		p.ellipse(rgb{0.05, 0.05, 0.05}, side*apart, y, size*0.5*slit, size*0.68, 0)
		p.ellipse(rgb{1, 1, 1}, side*apart+size*0.25, y+size*0.3, size*0.16, size*0.16, 0)
	}
}

func mouth(p *pen, y, width float64) {
	dark := rgb{0.2, 0.12, 0.12}
	p.line(dark, 0, y, 0, y-0.14, 0.05)
	p.line(dark, 0, y-0.14, -width, y-0.26, 0.05)
	p.line(dark, 0, y-0.14, width, y-0.26, 0.05)
}

// patch is a marking over one eye, for some animals of both classes.
func patch(p *pen, colour rgb, rng *rand.Rand) {
	if rng.Float64() < 0.35 {
		p.ellipse(colour, 0.45, between(rng, 0.05, 0.3), between(rng, 0.3, 0.45), between(rng, 0.3, 0.5), between(rng, -0.5, 0.5))
	}
}

// body is the animal below its head, the same for both.
func body(p *pen, fur rgb, rng *rand.Rand) {
	dark := fur.times(between(rng, 0.75, 0.95))
	side := between(rng, -0.7, 0.7)
	p.ellipse(dark, side, -2.1, between(rng, 0.9, 1.5), between(rng, 1.2, 1.7), between(rng, -0.3, 0.3))
	if rng.Float64() < 0.5 {
		p.ellipse(dark.mix(rgb{1, 1, 1}, 0.4), side*0.7, -1.8, between(rng, 0.3, 0.6), between(rng, 0.6, 0.9), 0)
	}
}

// background fills the image with two colours and some shapes.
func background(p *pen, rng *rand.Rand) {
	random := func() rgb { return rgb{rng.Float64(), rng.Float64(), rng.Float64()}.mix(rgb{0.7, 0.75, 0.7}, 0.3) }
	top, low := random(), random()
	for y := range Size {
		c := top.mix(low, float64(y)/Size).colour()
		for x := range Size {
			p.img.SetRGBA(x, y, c)
		}
	}
	p.cos = 1
	for range rng.IntN(6) {
		p.cx, p.cy = between(rng, 0, Size), between(rng, 0, Size)
		if c := random(); rng.Float64() < 0.5 {
			p.ellipse(c, 0, 0, between(rng, 3, 14), between(rng, 3, 14), between(rng, 0, 3))
		} else {
			var corners [6]float64
			for i := range corners {
				corners[i] = between(rng, -16, 16)
			}
			p.polygon(c, corners[:]...)
		}
	}
}

// shade changes brightness and contrast, and adds noise.
func shade(img *image.RGBA, rng *rand.Rand) {
	light, contrast, noise := 25*rng.NormFloat64(), between(rng, 0.7, 1.15), between(rng, 4, 16)
	for i := range img.Pix {
		if i%4 == 3 {
			continue
		}
		v := 128 + contrast*(float64(img.Pix[i])-128) + light + noise*rng.NormFloat64()
		img.Pix[i] = uint8(math.Min(math.Max(v, 0), 255))
	}
}

// A pen fills shapes, given in coordinates of its own.
type pen struct {
	img      *image.RGBA
	cx, cy   float64 // where the origin is
	cos, sin float64 // turn and scale
	mirror   bool
	r        vector.Rasterizer
}

// at takes a place to the image. Go may fuse x*y + z into one instruction with
// one rounding on some processors; the conversions forbid it, so that the
// drawings are the same everywhere.
func (p *pen) at(x, y float64) (float32, float32) {
	if p.mirror {
		x = -x
	}
	return float32(p.cx + float64(p.cos*x) - float64(p.sin*y)), float32(p.cy - float64(p.sin*x) - float64(p.cos*y))
}

func (p *pen) polygon(c rgb, corners ...float64) {
	p.r.Reset(Size, Size)
	p.r.MoveTo(p.at(corners[0], corners[1]))
	for i := 2; i+1 < len(corners); i += 2 {
		p.r.LineTo(p.at(corners[i], corners[i+1]))
	}
	p.r.ClosePath()
	p.r.Draw(p.img, p.img.Bounds(), image.NewUniform(c.colour()), image.Point{})
}

// ellipse has half axes a and b and is turned by an angle.
func (p *pen) ellipse(c rgb, x, y, a, b, turn float64) {
	const corners = 28
	sin, cos := math.Sincos(turn)
	var list [2 * corners]float64
	for i := range corners {
		s, k := math.Sincos(2 * math.Pi * float64(i) / corners)
		u, v := a*k, b*s
		list[2*i], list[2*i+1] = x+float64(u*cos)-float64(v*sin), y+float64(u*sin)+float64(v*cos)
	}
	p.polygon(c, list[:]...)
}

func (p *pen) line(c rgb, x0, y0, x1, y1, width float64) {
	length := math.Hypot(x1-x0, y1-y0)
	dx, dy := (y1-y0)/length*width/2, -(x1-x0)/length*width/2
	p.polygon(c, x0+dx, y0+dy, x1+dx, y1+dy, x1-dx, y1-dy, x0-dx, y0-dy)
}

// rgb is a colour, its parts from 0 to 1.
type rgb [3]float64

func (c rgb) mix(d rgb, share float64) rgb {
	for i := range c {
		c[i] += float64(share * (d[i] - c[i]))
	}
	return c
}

func (c rgb) times(f float64) rgb { return rgb{}.mix(c, f) }

// shift changes a colour a little at random.
func (c rgb) shift(rng *rand.Rand, by float64) rgb {
	for i := range c {
		c[i] += float64(by * (2*rng.Float64() - 1))
	}
	return c
}

func (c rgb) colour() color.RGBA {
	part := func(v float64) uint8 { return uint8(math.Round(255 * math.Min(math.Max(v, 0), 1))) }
	return color.RGBA{part(c[0]), part(c[1]), part(c[2]), 255}
}

var furs = []rgb{{0.25, 0.22, 0.2}, {0.55, 0.38, 0.22}, {0.85, 0.6, 0.32}, {0.92, 0.88, 0.8}, {0.6, 0.6, 0.62}, {0.72, 0.5, 0.3}, {0.4, 0.3, 0.25}}
var irises = []rgb{{0.4, 0.65, 0.25}, {0.85, 0.7, 0.2}, {0.35, 0.6, 0.8}, {0.5, 0.33, 0.15}}

func between(rng *rand.Rand, lo, hi float64) float64 { return lo + float64((hi-lo)*rng.Float64()) }

// Drawn is the i-th picture of an endless set: even numbers are cats, odd
// ones dogs. The same seed and number give the same picture.
func Drawn(seed uint64, i int) (*image.RGBA, Class) {
	class := Class(i & 1)
	return Draw(class, lm.Rand(seed+uint64(i), "pets")), class
}
