package live_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneword/chart"
	"oneword/chart/live"
)

func wave(at ...int) (chart.Drawing, error) {
	return chart.Plot().Title(fmt.Sprint("A wave <b>", at, "</b>")).Func("wave", func(x float64) float64 { return math.Sin(float64(at[0]+1)*x) + float64(at[1]) }, 0, 6), nil
}

const hostile = `</script><img src=x onerror="document.title='broken'">`

// examples are figures of every kind, with text that would do harm as HTML.
func examples() map[string]*live.Figure {
	head := [][]float32{{1, 0, 0}, {0.25, 0.75, 0}, {0.5, 0.25, 0.25}}
	other := [][]float32{{1, 0, 0}, {0.9, 0.1, 0}, {0.1, 0.1, 0.8}}
	points := [][]float64{{0, 0, 0}, {1, 0, 0}, {1, 1, 0.5}, {math.NaN(), 0, 0}, {0, 1, 1}}
	return map[string]*live.Figure{
		"frames":    live.Frames(wave, live.Slider("speed", "1", "2", hostile), live.Again("again", 2)).Title(hostile),
		"sampling":  live.Sampling([]string{"cat", hostile, "dog"}, []float64{0.5, 0.25, 0.125, 0.0625, 0.0625, 0}),
		"attention": live.Attention([]string{"the", hostile, "sat"}, [][][][]float32{{head, other}, {other, head}}),
		"space": live.Space(chart.Space().Title(hostile).Path("way", points, []string{"a", hostile}).
			Group("points", points, nil).Fan("fan", points[0], points[1:], nil)),
	}
}

// With LIVE_PAGES set, the pages are kept in that folder: internal/tools/frontends
// looks at them in a browser.
func TestHTML(t *testing.T) {
	for name, f := range examples() {
		a, err := f.HTML()
		if err != nil {
			t.Fatal(name, err)
		}
		if b, err := examples()[name].HTML(); err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: twice, other bytes (%v)", name, err)
		}
		if n := bytes.Count(a, []byte("</script>")); n != 1 {
			t.Errorf("%s: %d ends of a script", name, n)
		}
		if !bytes.Contains(a, []byte(`src="data:image/png;base64,`)) || bytes.Contains(a, []byte("http://")) && !bytes.Contains(a, []byte("http://www.w3.org/2000/svg")) {
			t.Errorf("%s: no still picture, or something from elsewhere", name)
		}
		if len(a) > 200_000 {
			t.Errorf("%s: %d bytes", name, len(a))
		}
		if dir := os.Getenv("LIVE_PAGES"); dir != "" {
			page, err := f.Page(name)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name+".html"), page, 0o644)
			}
			if err != nil {
				t.Error(err)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	nothing := func(...int) (chart.Drawing, error) { return nil, nil }
	broken := func(...int) (chart.Drawing, error) { return nil, errors.New("live: broken") }
	once := func(at ...int) (chart.Drawing, error) {
		if at[0] > 0 {
			return nil, nil
		}
		return wave(0, 0)
	}
	many := make([]string, 30)
	for name, f := range map[string]*live.Figure{
		"no drawing":          live.Frames(nothing, live.Slider("x", "1")),
		"no second drawing":   live.Frames(once, live.Slider("x", "1", "2")),
		"an error":            live.Frames(broken, live.Slider("x", "1")),
		"a knob of nothing":   live.Frames(wave, live.Slider("x"), live.Slider("y", "1")),
		"beyond its end":      live.Frames(wave, live.Slider("x", "1").From(1), live.Slider("y", "1")),
		"too many":            live.Frames(wave, live.Slider("x", many...), live.Slider("y", many...)),
		"no tokens":           live.Sampling(nil, nil),
		"not sorted":          live.Sampling([]string{"a", "b"}, []float64{0.4, 0.6}),
		"not a number":        live.Sampling([]string{"a", "b"}, []float64{math.NaN(), 0.6}),
		"no number at last":   live.Sampling([]string{"a", "b"}, []float64{0.6, math.NaN()}),
		"below 0":             live.Sampling([]string{"a", "b"}, []float64{0.6, -0.1}),
		"no blocks":           live.Attention([]string{"a"}, nil),
		"fewer rows":          live.Attention([]string{"a", "b"}, [][][][]float32{{{{1, 0}}}}),
		"uneven heads":        live.Attention([]string{"a"}, [][][][]float32{{{{1}}}, {}}),
		"a space without any": live.Space(chart.Space()),
	} {
		if _, err := f.HTML(); err == nil || !strings.HasPrefix(err.Error(), "live: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
