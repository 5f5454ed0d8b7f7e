package chart

import (
	"image"
	"image/color"
	stddraw "image/draw"
	"math"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ImageGrid shows small pictures in rows, each with a line of text below.
type ImageGrid struct {
	frame
	cols   int
	images []image.Image
	labels []string
	marked []bool
}

// Images begins a grid of so many columns.
func Images(cols int) *ImageGrid { return &ImageGrid{frame: newFrame(0), cols: max(1, cols)} }

// Title sets the line above the grid.
func (g *ImageGrid) Title(s string) *ImageGrid { g.title = s; return g }

// Add adds a picture. The label, which may be empty, stands below it.
func (g *ImageGrid) Add(img image.Image, label string) *ImageGrid {
	g.images, g.labels, g.marked = append(g.images, img), append(g.labels, label), append(g.marked, false)
	return g
}

// Mark writes the label of the picture added last in red: it is wrong.
func (g *ImageGrid) Mark() *ImageGrid {
	if n := len(g.marked); n > 0 {
		g.marked[n-1] = true
	}
	return g
}

// Gray is a picture of magnitudes from 0, shown white, to 1, shown black, in
// rows of a width.
func Gray(values []float32, width int) image.Image {
	width = max(width, 1)
	img := image.NewGray(image.Rect(0, 0, width, len(values)/width))
	for i := range img.Pix {
		v := math.Min(math.Max(float64(values[i]), 0), 1)
		img.Pix[i] = uint8(math.Round(255 * (1 - v)))
	}
	return img
}

// Signs is a picture of a matrix of numbers of both signs: red above 0, blue
// below. The scale ends at three times their root mean square, so that single
// large ones do not leave the rest pale.
func Signs(m Matrix) image.Image {
	rows, cols := m.Dims()
	square := 0.0
	for r := range rows {
		for c := range cols {
			if v := m.At(r, c); finite(v) {
				square += v * v
			}
		}
	}
	top := 3 * math.Sqrt(square/math.Max(1, float64(rows*cols)))
	if top == 0 {
		top = 1
	}
	img := image.NewNRGBA(image.Rect(0, 0, cols, rows))
	for r := range rows {
		for c := range cols {
			img.SetNRGBA(c, r, Signed(m.At(r, c)/top))
		}
	}
	return img
}

// Stretched repeats each pixel of a picture so often in both directions.
func Stretched(img image.Image, kx, ky int) image.Image {
	kx, ky = max(kx, 1), max(ky, 1)
	b := img.Bounds()
	small := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	stddraw.Draw(small, small.Rect, img, b.Min, stddraw.Src)
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx()*kx, b.Dy()*ky))
	for y := range b.Dy() * ky {
		for x := range b.Dx() * kx {
			out.SetNRGBA(x, y, small.NRGBAAt(x/kx, y/ky))
		}
	}
	return out
}

// Strip is a picture of a row of numbers of both signs, as [Signs] has them,
// each as wide and high as said, in pixels.
func Strip(numbers []float64, wide, high int) image.Image {
	return Stretched(Signs(row(numbers)), wide, high)
}

type row []float64

func (r row) Dims() (rows, cols int) { return 1, len(r) }
func (r row) At(_, col int) float64  { return r[col] }

// Bytes is a picture of so many bytes in a row, 0 white and 255 black.
func Bytes(pixels []byte, width int) image.Image {
	values := make([]float32, len(pixels))
	for i, v := range pixels {
		values[i] = float32(v) / 255
	}
	return Gray(values, width)
}

// Below puts one picture below another, both in the middle, a little apart.
func Below(above, below image.Image) image.Image {
	a, b := above.Bounds(), below.Bounds()
	gap := max(a.Dy()/20, 1)
	out := image.NewNRGBA(image.Rect(0, 0, max(a.Dx(), b.Dx()), a.Dy()+gap+b.Dy()))
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	stddraw.Draw(out, a.Sub(a.Min).Add(image.Pt((out.Rect.Dx()-a.Dx())/2, 0)), above, a.Min, stddraw.Over)
	stddraw.Draw(out, b.Sub(b.Min).Add(image.Pt((out.Rect.Dx()-b.Dx())/2, a.Dy()+gap)), below, b.Min, stddraw.Over)
	return out
}

// Ink is the reverse of Gray: how dark each pixel of a picture is, from 0, white,
// to 1, black, row by row.
func Ink(img image.Image) []float32 {
	b := img.Bounds()
	var values []float32
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			values = append(values, 1-float32(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)/255)
		}
	}
	return values
}

// Printed draws a few characters in the house's font, black on white, in a
// square of so many pixels.
func Printed(text string, size int) image.Image {
	size = min(max(size, 1), 4096)
	img := image.NewGray(image.Rect(0, 0, size, size))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	face := fonts.Lookup(textStyle(vg.Length(size)*0.9, ink).Font, vg.Length(size)*0.9)
	d := stdfont.Drawer{Dst: img, Src: image.Black, Face: face.FontFace(72)}
	bounds, _ := d.BoundString(text)
	d.Dot = fixed.Point26_6{
		X: (fixed.I(size) - bounds.Max.X - bounds.Min.X) / 2,
		Y: (fixed.I(size) - bounds.Max.Y - bounds.Min.Y) / 2,
	}
	d.DrawString(text)
	return img
}

const imageGap = vg.Length(8)

// layout is the size of a picture and the height of a row, in a room of a width.
func (g *ImageGrid) layout(width vg.Length) (side, row vg.Length) {
	side = (width - imageGap*vg.Length(g.cols-1)) / vg.Length(g.cols)
	highest := vg.Length(0)
	for _, img := range g.images {
		if b := img.Bounds(); b.Dx() > 0 {
			highest = max(highest, side*min(1, vg.Length(b.Dy())/vg.Length(b.Dx())))
		}
	}
	row = highest + imageGap
	for _, l := range g.labels {
		if l != "" {
			return side, row + smallSize*1.4
		}
	}
	return side, row
}

// Size is as high as the rows need.
func (g *ImageGrid) Size() (width, height vg.Length) {
	_, row := g.layout(g.width - 2*margin)
	return g.width, g.around() + row*g.rows()
}

func (g *ImageGrid) rows() vg.Length { return vg.Length(max(1, (len(g.images)+g.cols-1)/g.cols)) }

// Paint is the Drawing's method.
func (g *ImageGrid) Paint(c draw.Canvas) {
	c = g.paint(c)
	if len(g.images) == 0 {
		sayEmpty(c, "no images")
		return
	}
	width, height := c.Max.X-c.Min.X, c.Max.Y-c.Min.Y
	side, row := g.layout(width)
	if need := row * g.rows(); need > height+1 { // a room lower than Size asks for
		side, row = g.layout(width * height / need)
	}
	for i, img := range g.images {
		x := c.Min.X + vg.Length(i%g.cols)*(side+imageGap)
		top := c.Max.Y - vg.Length(i/g.cols)*row
		r := vg.Rectangle{Min: vg.Point{X: x, Y: top - side}, Max: vg.Point{X: x + side, Y: top}}
		if b := img.Bounds(); b.Dx() > 0 && b.Dy() > 0 {
			if b.Dx() < b.Dy() {
				r.Max.X = r.Min.X + side*vg.Length(b.Dx())/vg.Length(b.Dy())
			} else {
				r.Min.Y = r.Max.Y - side*vg.Length(b.Dy())/vg.Length(b.Dx())
			}
			c.DrawImage(r, sharp(img))
			c.StrokeLines(lineStyle(rule, 0.5), []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}, r.Min})
		}
		sty := textStyle(smallSize, ink)
		if g.marked[i] {
			sty.Color = Category(1)
		}
		sty.XAlign, sty.YAlign = draw.XCenter, draw.YTop
		c.FillText(sty, vg.Point{X: x + side/2, Y: r.Min.Y - 2}, g.labels[i])
	}
}

// sharp enlarges a small picture, so that whoever scales it keeps its edges.
func sharp(img image.Image) image.Image {
	b := img.Bounds()
	k := max(1, 112/max(b.Dx(), b.Dy()))
	return Stretched(img, k, k)
}

// Text lists the labels.
func (g *ImageGrid) Text() string {
	s := g.heading()
	for i, l := range g.labels {
		if s += l; i%g.cols == g.cols-1 || i == len(g.labels)-1 {
			s += "\n"
		} else {
			s += "  "
		}
	}
	return s
}
