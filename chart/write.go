package chart

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/color"
	"math"
	"path/filepath"
	"regexp"
	"strings"

	xdraw "golang.org/x/image/draw"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"oneword/internal/atomicfile"
)

// SVG renders a drawing. The same drawing gives the same bytes; coordinates
// are rounded to five digits, so small differences between processors vanish.
// Text stays text, in a font from a list that browsers choose from.
func SVG(d Drawing) ([]byte, error) {
	w, h := d.Size()
	c := vgsvg.NewWith(vgsvg.UseWH(w, h))
	if err := paint(d, draw.New(c)); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("chart: writing SVG: %w", err)
	}
	s := b.String()
	if i := strings.Index(s, "<svg"); i > 0 {
		s = s[i:] // without prologue and comment it can stand in a page of HTML
	}
	s = svgFonts.ReplaceAllStringFunc(s, func(m string) string {
		weight := ""
		if strings.Contains(m, "font-weight:bold") {
			weight = ";font-weight:bold"
		}
		if strings.Contains(m, "Mono") {
			return "font-family:Liberation Mono,Menlo,Consolas,Courier New,monospace" + weight
		}
		return "font-family:Liberation Sans,Arial,Helvetica,Noto Sans,PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif" + weight
	})
	s = svgSize.ReplaceAllString(s, `<svg role="img" aria-label="`+html.EscapeString(title(d))+`" width="$1pt" height="$2pt" `)
	s = svgTidy.Replace(s)
	return []byte(s), nil
}

var (
	svgFonts = regexp.MustCompile(`font-family:[^;"]*;font-variant:[^;"]*;font-weight:[^;"]*;font-style:[^;"]*`)
	svgSize  = regexp.MustCompile(`<svg width="([0-9.]+)pt" height="([0-9.]+)pt" `)
	svgTidy  = strings.NewReplacer(
		"data:image/jpg;base64", "data:image/png;base64", // what vgsvg writes is PNG
		"<image ", `<image preserveAspectRatio="none" style="image-rendering:pixelated" `,
		"\n\t", " ", "xlink:href", "href", ` xmlns:xlink="http://www.w3.org/1999/xlink"`, "",
	)
)

func title(d Drawing) string {
	text := d.Text()
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// PNG renders a drawing; at scale 1 a drawing of the usual width has 640
// pixels, at scale 2, for screens with fine pixels and for projectors, 1280.
func PNG(d Drawing, scale float64) ([]byte, error) {
	if !(scale > 0 && scale <= 16) {
		return nil, fmt.Errorf("chart: scale %v: want more than 0, and 16 at most", scale)
	}
	w, h := d.Size()
	c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(int(96*scale)), vgimg.UseBackgroundColor(color.White))
	if err := paint(d, draw.New(sharpCanvas{c})); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: c}).WriteTo(&b); err != nil {
		return nil, fmt.Errorf("chart: writing PNG: %w", err)
	}
	return b.Bytes(), nil
}

// A sharpCanvas enlarges pictures without smoothing, as browsers do with those
// in our SVG: one sees the numbers, each a square, and the file is smaller.
type sharpCanvas struct{ *vgimg.Canvas }

func (c sharpCanvas) DrawImage(r vg.Rectangle, img image.Image) {
	at := func(v vg.Length) int { return int(math.Round(v.Dots(c.DPI()))) }
	high := c.Image().Bounds().Dy()
	to := image.Rect(at(r.Min.X), high-at(r.Max.Y), at(r.Max.X), high-at(r.Min.Y))
	xdraw.NearestNeighbor.Scale(c.Image(), to, img, img.Bounds(), xdraw.Over, nil)
}

// paint calls Paint and turns a panic of the plotting library, which reports
// some of its errors so, into an error.
func paint(d Drawing, c draw.Canvas) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("chart: drawing %q: %v", title(d), p)
		}
	}()
	d.Paint(c)
	return nil
}

// WriteFile renders a drawing into a file, in the format that its name ends
// with: .svg, or .png at scale 2. The file is written whole or not at all.
func WriteFile(path string, d Drawing) error {
	var contents []byte
	var err error
	switch ext := filepath.Ext(path); ext {
	case ".svg":
		contents, err = SVG(d)
	case ".png":
		contents, err = PNG(d, 2)
	default:
		return fmt.Errorf("chart: %s: a picture is written as .svg or .png, not %q", path, ext)
	}
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(path, contents)
}
