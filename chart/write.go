package chart

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math"
	"path/filepath"
	"regexp"
	"slices"
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
	if !(scale >= 0.05 && scale <= 16) {
		return nil, fmt.Errorf("chart: scale %v: want 0.05 to 16", scale)
	}
	w, h := d.Size()
	c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(int(96*scale)), vgimg.UseBackgroundColor(color.White))
	if err := paint(d, draw.New(sharpCanvas{c})); err != nil {
		return nil, err
	}
	var img image.Image = c.Image()
	if few := paletted(img); few != nil {
		img = few
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("chart: writing PNG: %w", err)
	}
	return b.Bytes(), nil
}

// paletted is the picture with a byte a pixel, in at most 256 colours: its own,
// or, if soft edges make them more, those of its areas as they are and the others,
// single pixels of the edges, rounded, which no eye tells apart. A picture with more
// colours in its areas, such as a photograph or a shaded surface, has none.
func paletted(img image.Image) *image.Paletted {
	from, ok := img.(*image.RGBA)
	if !ok {
		return nil
	}
	area := map[[4]byte]int{} // of each colour, the pixels in runs of three or more
	for at, next := 0, 0; at < len(from.Pix); at = next {
		c := [4]byte(from.Pix[at : at+4])
		for next = at + 4; next < len(from.Pix) && [4]byte(from.Pix[next:next+4]) == c; next += 4 {
		}
		if run := (next - at) / 4; run >= 3 {
			area[c] += run
		} else {
			area[c] += 0
		}
	}
	colours := slices.SortedFunc(maps.Keys(area), func(a, b [4]byte) int {
		return cmp.Or(cmp.Compare(area[b], area[a]), slices.Compare(a[:], b[:]))
	})
	areas := 0
	for areas < len(colours) && area[colours[areas]] >= 12 {
		areas++
	}
	for grid := 1; grid <= 32 && areas <= 256; grid *= 2 {
		if palette, numbers := rounded(colours, areas, grid); palette != nil {
			to := image.NewPaletted(from.Bounds(), palette)
			for i := range to.Pix {
				if c := [4]byte(from.Pix[4*i : 4*i+4]); i > 0 && c == [4]byte(from.Pix[4*i-4:4*i]) {
					to.Pix[i] = to.Pix[i-1]
				} else {
					to.Pix[i] = numbers[c]
				}
			}
			return to
		}
	}
	return nil
}

// rounded is a palette for colours, of which all but the first few are rounded to
// a grid; nil if it would have more than 256.
func rounded(colours [][4]byte, exact, grid int) (color.Palette, map[[4]byte]byte) {
	round := func(v uint8) uint8 { return uint8(min(255, (int(v)+grid/2)/grid*grid)) }
	var palette color.Palette
	places, numbers := map[[4]byte]byte{}, make(map[[4]byte]byte, len(colours))
	for i, c := range colours {
		to := c
		if i >= exact {
			to = [4]byte{round(c[0]), round(c[1]), round(c[2]), c[3]}
		}
		n, known := places[to]
		if !known {
			if len(palette) == 256 {
				return nil, nil
			}
			n = byte(len(palette))
			places[to] = n
			palette = append(palette, color.RGBA{to[0], to[1], to[2], to[3]})
		}
		numbers[c] = n
	}
	return palette, numbers
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
