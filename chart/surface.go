package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// SurfacePlot shows a function of two variables as a surface in space, seen
// from above at an angle, without perspective.
type SurfacePlot struct {
	frame
	f                  func(x, y float64) float64
	xlo, xhi, ylo, yhi float64
	xlabel, ylabel     string
	turn, tilt         float64
}

// Surface draws f over a rectangle.
func Surface(f func(x, y float64) float64, xlo, xhi, ylo, yhi float64) *SurfacePlot {
	return &SurfacePlot{frame: newFrame(Height * 1.1), f: f, xlo: xlo, xhi: xhi, ylo: ylo, yhi: yhi, turn: -2.2, tilt: 0.75}
}

// Title sets the line above the surface.
func (s *SurfacePlot) Title(t string) *SurfacePlot { s.title = t; return s }

// Labels names the two directions.
func (s *SurfacePlot) Labels(x, y string) *SurfacePlot { s.xlabel, s.ylabel = x, y; return s }

// Turn sets from where one looks, in radians: the turn about the vertical, and
// the tilt, 0 from the side to π/2 from above.
func (s *SurfacePlot) Turn(turn, tilt float64) *SurfacePlot { s.turn, s.tilt = turn, tilt; return s }

const surfaceSteps = 48

// heights are the values on the grid, with their least and largest.
func (s *SurfacePlot) heights() (z [][]float64, lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	z = make([][]float64, surfaceSteps+1)
	for i := range z {
		z[i] = make([]float64, surfaceSteps+1)
		for j := range z[i] {
			v := s.f(s.xlo+(s.xhi-s.xlo)*float64(i)/surfaceSteps, s.ylo+(s.yhi-s.ylo)*float64(j)/surfaceSteps)
			z[i][j] = v
			if finite(v) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	if lo == hi {
		hi = lo + 1
	}
	return z, lo, hi
}

// Paint is the Drawing's method.
func (s *SurfacePlot) Paint(c draw.Canvas) {
	c = s.paint(c)
	z, lo, hi := s.heights()
	if lo > hi || !(s.xhi > s.xlo && s.yhi > s.ylo) {
		sayEmpty(c, "no values")
		return
	}
	sinA, cosA := math.Sincos(s.turn)
	sinT, cosT := math.Sincos(s.tilt)
	// project takes a place in the unit cube to the canvas, and says how far
	// away it is.
	size := min(c.Max.X-c.Min.X, (c.Max.Y-c.Min.Y)*1.35) * 0.62
	project := func(x, y, h float64) (pt vg.Point, depth float64) {
		x, y = x-0.5, y-0.5
		u, w := x*cosA-y*sinA, x*sinA+y*cosA
		return vg.Point{
			X: (c.Min.X+c.Max.X)/2 + size*vg.Length(u),
			Y: (c.Min.Y+c.Max.Y)/2 + size*vg.Length(w*sinT+(h-0.5)*0.55*cosT),
		}, w
	}
	type tile struct {
		corners [4]vg.Point
		depth   float64
		height  float64
	}
	var tiles []tile
	for i := range surfaceSteps {
		for j := range surfaceSteps {
			var t tile
			for k, d := range [4][2]int{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
				h := (z[i+d[0]][j+d[1]] - lo) / (hi - lo)
				var depth float64
				t.corners[k], depth = project(float64(i+d[0])/surfaceSteps, float64(j+d[1])/surfaceSteps, h)
				t.depth += depth
				t.height += h / 4
			}
			if finite(t.height) {
				tiles = append(tiles, t)
			}
		}
	}
	// The farthest first: what is nearer hides it (painter's algorithm).
	slices.SortStableFunc(tiles, func(a, b tile) int { return cmp.Compare(b.depth, a.depth) })
	for _, t := range tiles {
		col := Magnitude(t.height)
		var path vg.Path
		path.Move(t.corners[0])
		for _, p := range t.corners[1:] {
			path.Line(p)
		}
		path.Close()
		c.SetColor(col)
		c.Fill(path)
		c.SetLineWidth(0.25)
		c.Stroke(path)
	}
	sty := textStyle(baseSize, ink)
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YTop
	for _, l := range []struct {
		text string
		x, y float64
	}{{s.xlabel, 0.5, nearer(cosA)}, {s.ylabel, nearer(sinA), 0.5}} {
		at, _ := project(l.x, l.y, 0)
		at.Y -= 10
		c.FillText(sty, at, l.text)
	}
}

// nearer is the side of the unit square, a little outside, on which the depth
// grows less: the one towards the eye.
func nearer(slope float64) float64 {
	if slope > 0 {
		return -0.06
	}
	return 1.06
}

// Text gives the extent of the surface.
func (s *SurfacePlot) Text() string {
	_, lo, hi := s.heights()
	return s.heading() + fmt.Sprintf("heights from %s to %s over %s from %s to %s and %s from %s to %s\n",
		number(lo), number(hi), s.xlabel, number(s.xlo), number(s.xhi), s.ylabel, number(s.ylo), number(s.yhi))
}
