package chart_test

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"oneword/chart"
)

var update = flag.Bool("update", false, "rewrite the golden pictures in testdata")

func ExampleBars() {
	fruit := chart.Pairs{Labels: []string{"apples", "pears"}, Values: []float64{3, 1.5}}
	fmt.Print(chart.Bars(fruit).Title("Fruit").Text())
	// Output:
	// Fruit
	// apples          3  ██████████████████████████████
	// pears         1.5  ███████████████
}

func ExamplePlot() {
	xs := []float64{1, 10, 100}
	p := chart.Plot().Labels("size", "error").LogX().Points("measured", xs, []float64{3, 2, 1})
	fmt.Print(p.Text())
	// Output:
	// error against size
	// measured (3 points):  1: 3  10: 2  100: 1
}

func ExampleHeat() {
	fmt.Print(chart.Heat(mat.NewDense(2, 3, []float64{0, 1, 2, 3, 4, 5})).Title("A matrix").Text())
	// Output:
	// A matrix
	// 2 × 3
	//  :=
	// *%@
}

func ExampleTable() {
	t := chart.Table("n", "word").Right(0)
	t.Row(0, "xqzj").Row(10, "then")
	fmt.Print(t.Text())
	// Output:
	//  n  word
	//  0  xqzj
	// 10  then
}

func ExampleProse() {
	fmt.Println(chart.Prose("the cat sat").Title("Said the model:").Text())
	// Output:
	// Said the model:
	// the cat sat
}

func ExampleSurface() {
	fmt.Print(chart.Surface(func(x, y float64) float64 { return x * y }, 0, 2, 0, 1).Labels("width", "height").Text())
	// Output: heights from 0 to 2 over width from 0 to 2 and height from 0 to 1
}

func ExampleNetwork() {
	fmt.Print(chart.Network(mat.NewDense(2, 3, nil), mat.NewDense(3, 1, nil)).Text())
	// Output:
	// layer 0: 2 neurons
	// layer 1: 3 neurons
	// layer 2: 1 neurons
}

func ExampleLayers() {
	fmt.Print(chart.Layers().Add("ramp", "20 × 24 × 24").Text())
	// Output: ramp  20 × 24 × 24
}

func ExampleImages() {
	g := chart.Images(2).Add(chart.Printed("4", 28), "4").Add(chart.Printed("8", 28), "8")
	fmt.Print(g.Text())
	// Output: 4  8
}

func ExamplePanels() {
	fmt.Println(chart.Panels(2, chart.Prose("left"), chart.Prose("right")).Text())
	// Output:
	// left
	// right
}

var nan, inf = math.NaN(), math.Inf(1)

// drawings has each kind as it is meant to be used, and with input that is
// hard on it.
func drawings() map[string]chart.Drawing {
	letters := chart.Pairs{}
	for i := range 52 {
		letters.Labels = append(letters.Labels, string("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[i]))
		letters.Values = append(letters.Values, 0.12*math.Exp(-float64(i)/8))
	}
	few := chart.Pairs{Labels: []string{"one", "two", " ", "vier"}, Values: []float64{1, -0.5, 2, 0.25}}
	xs, ys, zs := []float64{}, []float64{}, []float64{}
	for x := 1.0; x < 2000; x *= 1.5 {
		xs, ys, zs = append(xs, x), append(ys, 3/math.Sqrt(x)), append(zs, 2.8/math.Sqrt(x)+0.1*math.Sin(x))
	}
	wave := mat.NewDense(20, 30, nil)
	for i := range 20 {
		for j := range 30 {
			wave.Set(i, j, math.Sin(float64(i)/3)*math.Cos(float64(j)/4))
		}
	}
	names := make([]string, 6)
	for i := range names {
		names[i] = string(rune('a' + i))
	}
	small := mat.NewDense(6, 6, nil)
	for i := range 6 {
		for j := range 6 {
			small.Set(i, j, math.Pow(0.4, math.Abs(float64(i-j))))
		}
	}
	table := chart.Table("n", "words", "share").Right(0, 2).Mono(1).Title("Random words")
	for n := range 4 {
		table.Row(n, strings.Repeat("lorem ipsum dolor ", 3*n+1), float64(n)/7)
	}
	lines := chart.Plot().Title("Distance from the truth").Labels("letters", "distance").LogX().LogY().
		LinePoints("measured", xs, zs).Dashed("3/√n", xs, ys)
	cx, cy := chart.Contours(math.Hypot, -1, 1, -1, 1, 40, 0.3, 0.6, 0.9)
	return map[string]chart.Drawing{
		"bars":        chart.Bars(letters).Title("Letters, upper and lower case").Labels("", "share").Percent(),
		"bars-group":  chart.Bars(few).Name("first").Beside("second", chart.Pairs{Labels: []string{"two", "one"}, Values: []float64{1, 2}}).Labels("number", "value"),
		"plot":        chart.Plot().Title("Two waves").Labels("x", "y").Func("sine", math.Sin, -3, 9).Func("cosine", math.Cos, -3, 9).Points("zeros", []float64{0, math.Pi, 2 * math.Pi}, []float64{0, 0, 0}),
		"plot-log":    lines,
		"heat":        chart.Heat(small).Names(names, names).Title("Which letter follows which").Labels("first letter", "second letter").Percent().Root(),
		"heat-signed": chart.Heat(wave).Signed().Title("A wave"),
		"table":       table,
		"prose":       chart.Prose(strings.Repeat("rronoitadatcaeaesaotdoysaroiyiinnbantoioestlhddeocneooewceseciselnodrtrdgriscsatsepesdcniouhoetsedeyhedslernevstothindtbmnaohngotannbthrdthtonsipieldn", 2)).Title("Letters drawn at random"),
		"panels":      chart.Panels(2, lines, chart.Bars(few).Title("Few"), chart.Heat(small), chart.Prose("text")).Title("Four kinds").Wide(),
		"images":      chart.Images(4).Title("Small pictures").Add(chart.Printed("7", 28), "printed").Add(chart.Gray([]float32{0, 0.5, 1, 0.25}, 2), "grey").Add(chart.Gray([]float32{0, 1, 2, -1}, 4), "wrong").Mark().Add(chart.Printed("", 5), "").Add(chart.Printed("2", 28), "second row"),
		"surface":     chart.Surface(func(x, y float64) float64 { return math.Cos(3*x) * math.Exp(-y*y) }, -2, 2, -2, 2).Title("A surface").Labels("x", "y"),
		"network":     chart.Network(small.Slice(0, 2, 0, 3), wave.Slice(0, 3, 4, 5)).Values([]float64{1, -0.5}, []float64{0, 2, 3}).Title("A net"),
		"layers":      chart.Layers().Title("Layers").Add("first", "3 × 4").Add("second", "12"),
		"arrays":      chart.Arrays().Title("Arrays").Add("image", 3, 20, 30).Add("filters", 40, 16, 26).Add("flat", 700).Add("odd", 1, 2),
		"flow":        flow(),
		"signs":       chart.Images(1).Title("Signs").Add(chart.Signs(mat.NewDense(2, 3, []float64{-1, 0, 1, 2, -2, 0.5})), ""),
		"cells":       chart.Heat(mat.NewDense(1, 2, []float64{0, 1})).Cells([][]string{{"low", "high"}}).Title("Cells"),
		"contour":     chart.Plot().Title("Contours").Line("", cx, cy),
		"cjk":         chart.Bars(chart.Pairs{Labels: []string{"猫", "狗", "naïve"}, Values: []float64{3, 2, 1}}).Title("汉字 and Latin in one title").Labels("字母", "share"),
		"map": chart.Map().Title("A map").Group("near", [][]float64{{0, 0}, {0.1, 0}, {0, 0.1}, {3, 2}}, []string{"one", "two", "three", "far away"}).
			Path("a path", [][]float64{{1, 1}, {2, 1}, {2, 2}}, []string{"from", "over", "to"}).Fan("a fan", []float64{2, 2}, [][]float64{{3, 0}, {2.5, 0.5}}, []float64{0.8, 0.1}, []string{"likely", "unlikely"}).Arrow([]float64{0, 2}, []float64{1, 2}),
		"space":  chart.Space().Title("In space").Group("points", [][]float64{{0, 0, 0}, {1, 0, 1}, {0, 1, 2}, {1, 1, 3}}, []string{"low", "", "", "high"}).Path("a path", [][]float64{{0, 0, 3}, {1, 0, 2}, {1, 1, 1}}, nil).Turn(0.3, 0.6),
		"strip":  chart.Images(1).Title("A strip below an image").Add(chart.Below(chart.Stretched(chart.Bytes([]byte{0, 255, 128, 64}, 2), 20, 20), chart.Strip([]float64{-1, 0, 1}, 10, 10)), ""),
		"escape": chart.Prose(`<script>alert("&")</script>`).Title(`"><b>`),

		"hard-bars-empty":    chart.Bars(chart.Pairs{}).Title("empty"),
		"hard-bars-nan":      chart.Bars(chart.Pairs{Labels: []string{"a", "b", "c"}, Values: []float64{nan, inf, 1}}),
		"hard-bars-zero":     chart.Bars(chart.Pairs{Labels: []string{"a"}, Values: []float64{0}}).Percent(),
		"hard-plot-empty":    chart.Plot(),
		"hard-plot-nan":      chart.Plot().Line("gap", []float64{0, 1, 2, 3, 4}, []float64{0, 1, nan, 1, inf}).Points("", []float64{nan}, []float64{1}),
		"hard-plot-zero-log": chart.Plot().LogX().LogY().LinePoints("from 0", []float64{0, 1, 10}, []float64{5, 0, 1}),
		"hard-plot-one":      chart.Plot().Points("one", []float64{3}, []float64{3}),
		"hard-plot-one-log":  chart.Plot().LogX().LogY().Points("one", []float64{3}, []float64{3}),
		"hard-plot-lengths":  chart.Plot().Line("more x than y", []float64{1, 2, 3}, []float64{1, 2}),
		"hard-heat-empty":    chart.Heat(&mat.Dense{}),
		"hard-heat-nan":      chart.Heat(mat.NewDense(1, 3, []float64{nan, 1, inf})).Root(),
		"hard-heat-flat":     chart.Heat(mat.NewDense(2, 2, nil)).Signed(),
		"hard-table-empty":   chart.Table(),
		"hard-table-narrow":  chart.Panels(2, chart.Table("a").Narrow().Row(strings.Repeat("word ", 60)), chart.Table("b").Narrow()).Wide(),
		"hard-table-ragged":  chart.Table("a", "b").Row(1).Row(1, 2, 3).Row(nan, -0.00001),
		"hard-prose-empty":   chart.Prose(""),
		"hard-prose-long":    chart.Prose(strings.Repeat("x", 500)),
		"hard-panels-empty":  chart.Panels(0),
		"hard-surface-nan":   chart.Surface(func(x, y float64) float64 { return nan }, 0, 1, 0, 1),
		"hard-surface-flat":  chart.Surface(func(x, y float64) float64 { return 0 }, 0, 1, 0, 1),
		"hard-surface-none":  chart.Surface(math.Hypot, 1, 1, 0, 1),
		"hard-network-empty": chart.Network(),
		"hard-network-nan":   chart.Network(mat.NewDense(1, 1, []float64{nan})),
		"hard-layers-empty":  chart.Layers(),
		"hard-flow-empty":    chart.Flow(),
		"hard-flow-nowhere":  chart.Flow().Arrow(0, 5).Arrow(-1, 0),
		"hard-signs-zero":    chart.Images(1).Add(chart.Signs(mat.NewDense(1, 1, []float64{0})), ""),
		"hard-cells-many":    chart.Heat(mat.NewDense(1, 1, nil)).Cells([][]string{{"a", "b"}, {"c"}}),
		"hard-arrays-empty":  chart.Arrays(),
		"hard-arrays-zero":   chart.Arrays().Add("", 0, 0, 0).Add("", -1).Add(""),
		"hard-map-empty":     chart.Map(),
		"hard-map-nan":       chart.Map().Group("", [][]float64{{nan, 1}, {1}, nil, {2, inf}}, []string{"a", "b"}).Arrow(nil, []float64{1, 2}).Path("", [][]float64{{1, 1}, {nan, 1}, {2, 2}}, nil),
		"hard-map-one":       chart.Map().Group("", [][]float64{{5, 5}}, []string{"alone"}).Fan("", []float64{5, 5}, [][]float64{{5, 5}}, nil, nil),
		"hard-space-empty":   chart.Space().Colour(chart.Category(1)),
		"hard-space-nan":     chart.Space().Group("", [][]float64{{nan, 1, 2}, {1, 2}}, nil).Path("", [][]float64{{1, 1, 1}, {inf, 0, 0}, {1, 1, 1}}, []string{"same"}),
		"hard-images-empty":  chart.Images(0).Mark(),
		"hard-images-nan":    chart.Images(3).Add(chart.Gray([]float32{float32(nan), 1}, 0), "").Add(chart.Gray(nil, 3), "none"),
	}
}

func flow() chart.Drawing {
	f := chart.Flow().Title("Flow")
	a, b, plus := f.Box(0, 0, "from here", "a note"), f.Box(1, 1, "to there", ""), f.Sign(0, 2, "+")
	return f.Arrow(a, b).Arrow(b, plus).Arrow(a, plus)
}

func TestGolden(t *testing.T) {
	for name, d := range drawings() {
		svg, err := chart.SVG(d)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, _ := chart.SVG(d); !bytes.Equal(svg, again) {
			t.Errorf("%s: drawn twice, the bytes differ", name)
		}
		picture, err := chart.PNG(d, 1)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(picture))
		w, h := d.Size()
		if err != nil || math.Abs(float64(img.Bounds().Dx())-float64(w)*96/72) > 1 || math.Abs(float64(img.Bounds().Dy())-float64(h)*96/72) > 1 {
			t.Errorf("%s: PNG of %v for %v × %v points, %v", name, img.Bounds(), w, h, err)
		}
		if strings.HasPrefix(name, "hard-") {
			continue
		}
		path := filepath.Join("testdata", name+".svg")
		if *update {
			if err := chart.WriteFile(path, d); err != nil {
				t.Error(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(svg, want) {
			t.Errorf("%s: not as in %s; if it is meant to be, run the test with -update and look at the picture", name, path)
		}
	}
}

func TestNothingUnescapedInSVG(t *testing.T) {
	svg, err := chart.SVG(drawings()["escape"])
	if err != nil {
		t.Fatal(err)
	}
	if s := string(svg); strings.Contains(s, "<script") || strings.Contains(s, "<b>") {
		t.Error("text reached the SVG as markup")
	}
}

func TestHardInputSaysWhatIsMissing(t *testing.T) {
	for name, want := range map[string]string{"hard-plot-zero-log": "2 points", "hard-plot-empty": "no values", "hard-prose-empty": "no text", "hard-heat-empty": "no values"} {
		svg, err := chart.SVG(drawings()[name])
		if err != nil || !strings.Contains(string(svg), want) {
			t.Errorf("%s: the picture does not say %q (%v)", name, want, err)
		}
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	d := chart.Prose("x")
	for _, name := range []string{"a.svg", "b.png"} {
		if err := chart.WriteFile(filepath.Join(dir, "new", name), d); err != nil {
			t.Error(err)
		}
	}
	if err := chart.WriteFile(filepath.Join(dir, "c.gif"), d); err == nil || !strings.Contains(err.Error(), "c.gif") {
		t.Errorf("a format that is not written: %v", err)
	}
	if _, err := chart.PNG(d, nan); err == nil {
		t.Error("a PNG of no scale")
	}
}

func TestColours(t *testing.T) {
	// Ends and quarter points as published (matplotlib's _cm_listed.py).
	for x, want := range map[float64]string{0: "440154", 0.25: "3b528b", 0.5: "21918c", 0.75: "5ec962", 1: "fde725"} {
		c := chart.Magnitude(x)
		if got := fmt.Sprintf("%02x%02x%02x", c.R, c.G, c.B); got != want {
			t.Errorf("viridis at %v is %s, want %s", x, got, want)
		}
	}
	if chart.Category(-1) != chart.Category(6) {
		t.Error("categories do not repeat")
	}
}
