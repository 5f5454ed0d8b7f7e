package chart

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

var fonts = font.NewCache(liberation.Collection())

// handler draws text in the bundled font, and what that lacks in the fallback
// font. Characters of the fallback font are taken to be as wide as they are
// high, as Chinese ones are in every font: so a layout does not depend on
// which font was found.
type handler struct{}

var _ text.Handler = handler{}

func (handler) Cache() *font.Cache { return fonts }

func (handler) Extents(f font.Font) font.Extents {
	face := fonts.Lookup(f, f.Size)
	return face.Extents()
}

func (handler) Lines(s string) []string { return strings.Split(strings.TrimRight(s, "\n"), "\n") }

func (h handler) Box(s string, f font.Font) (width, height, depth vg.Length) {
	ext := h.Extents(f)
	for _, r := range runs(s, f) {
		width += r.width
	}
	return width, ext.Ascent, ext.Descent
}

func (h handler) Draw(c vg.Canvas, s string, sty text.Style, pt vg.Point) {
	s = strings.TrimRight(s, "\n")
	if s == "" {
		return
	}
	c.SetColor(sty.Color)
	if sty.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(sty.Rotation)
		sin64, cos64 := math.Sincos(sty.Rotation)
		sin, cos := vg.Length(sin64), vg.Length(cos64)
		pt.X, pt.Y = pt.Y*sin+pt.X*cos, pt.Y*cos-pt.X*sin
	}
	lines := h.Lines(s)
	pt.Y += sty.Height(s)*vg.Length(sty.YAlign) - h.Extents(sty.Font).Ascent
	for i, line := range lines {
		width, _, _ := h.Box(line, sty.Font)
		at := pt.Add(vg.Point{X: vg.Length(sty.XAlign) * width, Y: vg.Length(len(lines)-i) * sty.Font.Size})
		for _, r := range runs(line, sty.Font) {
			if r.sign != nil {
				c.SetLineWidth(sty.Font.Size * 0.07)
				c.SetLineDash(nil, 0)
				for _, stroke := range r.sign.strokes {
					c.Stroke(stroke.at(at, sty.Font.Size))
				}
			} else {
				c.FillString(r.face, vg.Point{X: at.X, Y: at.Y + r.rise}, r.text)
			}
			at.X += r.width
		}
	}
}

// A run is a piece of text in one font.
type run struct {
	face  font.Face
	text  string
	width vg.Length
	rise  vg.Length // above the line
	sign  *sign     // nil for text
}

// A sign is a character that is drawn with strokes, as fonts lack it: in units
// of the font's size.
type sign struct {
	width   float64
	strokes []stroke
}

// A stroke is the corners of a line, x and y in turn.
type stroke []float64

func (s stroke) at(begin vg.Point, size vg.Length) (p vg.Path) {
	for i := 0; i < len(s); i += 2 {
		corner := begin.Add(vg.Point{X: vg.Length(s[i]) * size, Y: vg.Length(s[i+1]) * size})
		if i == 0 {
			p.Move(corner)
		} else {
			p.Line(corner)
		}
	}
	return p
}

// signs make what cannot be seen visible: a space, the end of a line.
var signs = map[rune]*sign{
	'␣': {0.56, []stroke{{0.07, 0.12, 0.07, -0.06, 0.49, -0.06, 0.49, 0.12}}},
	'⏎': {0.86, []stroke{{0.76, 0.6, 0.76, 0.25, 0.1, 0.25}, {0.28, 0.43, 0.1, 0.25, 0.28, 0.07}}},
}

// Raised digits are drawn as small digits: most fonts lack some of them.
var raised = map[rune]rune{'⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '−', 'ⁿ': 'n'}

func runs(s string, f font.Font) []run {
	main := fonts.Lookup(f, f.Size)
	small := fonts.Lookup(f, f.Size*0.7)
	var buf sfnt.Buffer
	kind := func(r rune) int {
		switch {
		case raised[r] != 0:
			return superscripts
		case signs[r] != nil:
			return drawn
		}
		if i, err := main.Face.GlyphIndex(&buf, r); err != nil || i == 0 {
			return foreign
		}
		return bundled
	}
	var out []run
	add := func(piece string, kind int) {
		switch {
		case piece == "":
		case kind == bundled:
			out = append(out, run{face: main, text: piece, width: main.Width(piece)})
		case kind == superscripts:
			piece = strings.Map(func(r rune) rune { return raised[r] }, piece)
			out = append(out, run{face: small, text: piece, width: small.Width(piece), rise: f.Size * 0.35})
		case kind == drawn:
			for _, r := range piece {
				out = append(out, run{sign: signs[r], width: vg.Length(signs[r].width) * f.Size})
			}
		default:
			face := main
			if fallback := fallbackFont(); fallback != nil {
				face.Face = fallback
			}
			// One at a time, so that their places do not depend on the font.
			for _, r := range piece {
				out = append(out, run{face: face, text: string(r), width: f.Size})
			}
		}
	}
	start, last := 0, bundled
	for i, r := range s {
		if k := kind(r); k != last {
			add(s[start:i], last)
			start, last = i, k
		}
	}
	add(s[start:], last)
	return out
}

// How characters are drawn.
const (
	bundled      = iota // in the font that is part of the program
	foreign             // in the fallback font
	superscripts        // as small digits
	drawn               // with strokes, see signs
)

// FallbackFont is the file of the font for characters that the bundled one
// lacks, Chinese ones above all, in PNG pictures: the environment variable
// ONEWORD_FONT (a .ttf, .otf or .ttc file), else the first that is found, and
// can be read, of the fonts that systems usually have. It is empty if there is
// none; then such characters are left blank, in PNG only.
func FallbackFont() string {
	path, _ := findFallback()
	return path
}

func fallbackFont() *opentype.Font {
	_, f := findFallback()
	return f
}

var findFallback = sync.OnceValues(func() (string, *opentype.Font) {
	for _, pattern := range []string{
		os.Getenv("ONEWORD_FONT"),
		"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",    // Debian: fonts-noto-cjk
		"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", // Debian: fonts-droid-fallback
		"/usr/share/fonts/truetype/wqy/wqy-*.ttc",                   // Debian: fonts-wqy-zenhei
		"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
		"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
		"/System/Library/Fonts/PingFang.ttc", "/System/Library/Fonts/Hiragino Sans GB.ttc",
		"/System/Library/Fonts/STHeiti Light.ttc", "/Library/Fonts/Arial Unicode.ttf",
		`C:\Windows\Fonts\msyh.ttc`, `C:\Windows\Fonts\simsun.ttc`,
	} {
		found, _ := filepath.Glob(pattern)
		for _, path := range found {
			if f := openFont(path); f != nil {
				return path, f
			}
		}
	}
	return "", nil
})

// openFont reads a font that can write Chinese, or returns nil.
func openFont(path string) *opentype.Font {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	collection, err := opentype.ParseCollection(file)
	if err != nil {
		return nil
	}
	f, err := collection.Font(0)
	if err != nil {
		return nil
	}
	if i, err := f.GlyphIndex(nil, '中'); err != nil || i == 0 {
		return nil
	}
	return f
}
