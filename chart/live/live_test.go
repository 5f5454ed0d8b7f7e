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
	"time"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/internal/browser"
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

// In a browser, from a file, each knob changes the picture; nothing is said on
// the console; hostile text stays text.
func TestInBrowser(t *testing.T) {
	for name, f := range examples() {
		t.Run(name, func(t *testing.T) {
			file, err := f.Page(name)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "page.html")
			if err := os.WriteFile(path, file, 0o644); err != nil {
				t.Fatal(err)
			}
			p := browser.Open(t, "file://"+path)
			p.Wait(5*time.Second, `document.querySelector("[data-live] input, [data-live] select")`)
			shot := p.Picture()
			changed := func(what string) {
				t.Helper()
				for end := time.Now().Add(2 * time.Second); ; {
					next := p.Picture()
					if !bytes.Equal(shot, next) {
						shot = next
						return
					}
					if time.Now().After(end) {
						t.Errorf("%s, and the picture stays the same", what)
						return
					}
				}
			}
			for i := range p.Int(`document.querySelectorAll("[data-live] input, [data-live] select").length`) {
				p.Set(fmt.Sprintf(`document.querySelectorAll("[data-live] input, [data-live] select")[%d]`, i), "1")
				changed(fmt.Sprint("knob ", i, " is moved"))
			}
			if name == "frames" {
				p.Do(`document.querySelector("[data-live] button").click()`)
				changed("again is pressed")
			}
			if name == "attention" {
				p.Do(`document.querySelectorAll("[data-live] span")[1].dispatchEvent(new MouseEvent("mouseenter"))`)
				changed("a token is hovered over")
				if text := p.Text(`document.querySelector("[aria-live]").textContent`); !strings.Contains(text, "”") || !strings.Contains(text, "%") {
					t.Errorf("it says %q", text)
				}
			}
			if errors := p.Errors(); len(errors) > 0 {
				t.Errorf("on the console: %q", errors)
			}
			if title := p.Text("document.title"); title == "broken" {
				t.Error("text became HTML")
			}
			if dir := os.Getenv("LIVE_SHOTS"); dir != "" {
				os.WriteFile(filepath.Join(dir, name+".png"), shot, 0o644)
			}
		})
	}
}
