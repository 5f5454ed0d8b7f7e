package live

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"oneword/chart"
)

//go:embed *.js
var scripts embed.FS

// A Figure is a still picture with controls over it.
type Figure struct {
	kind  string // the script that draws it
	knobs []Knob
	still func() (chart.Drawing, error)
	data  func() (map[string]any, error)
	title string
}

// A Knob is a control with a number of positions.
type Knob struct {
	Name   string   `json:"name"`
	Labels []string `json:"labels"` // a label for each position
	Kind   string   `json:"kind"`
	At     int      `json:"at"` // where it stands at first
}

// Slider is a knob for what has an order.
func Slider(name string, labels ...string) Knob { return Knob{name, labels, "slider", 0} }

// Range is a slider for numbers, from lo to hi in steps.
func Range(name string, lo, hi, step float64) Knob {
	k := Slider(name)
	if step > 0 && (hi-lo)/step < 1000 {
		for i := range int(math.Round((hi-lo)/step)) + 1 {
			// To nine digits: 0.1 three times is 0.3.
			text := strconv.FormatFloat(lo+float64(i)*step, 'f', 9, 64)
			k.Labels = append(k.Labels, strings.TrimSuffix(strings.TrimRight(text, "0"), "."))
		}
	}
	return k
}

// Choice is a knob for what has names.
func Choice(name string, labels ...string) Knob { return Knob{name, labels, "choice", 0} }

// Again is a button that goes to the next of n positions, and from the last to
// the first: another draw, another example.
func Again(name string, n int) Knob { return Knob{name, make([]string, max(n, 0)), "again", 0} }

// From is the knob at another position at first.
func (k Knob) From(at int) Knob { k.At = at; return k }

// Title is what the figure is called where it cannot be seen.
func (f *Figure) Title(s string) *Figure { f.title = s; return f }

// Still is the picture with all knobs where they stand at first.
func (f *Figure) Still() (still chart.Drawing, err error) {
	defer recovered(&err)
	for _, k := range f.knobs {
		if len(k.Labels) == 0 || k.At < 0 || k.At >= len(k.Labels) {
			return nil, fmt.Errorf("live: knob %q stands at %d of %d", k.Name, k.At, len(k.Labels))
		}
	}
	still, err = f.still()
	if err == nil && still == nil {
		err = errNothing
	}
	return still, err
}

// HTML is the figure as a fragment that can stand anywhere in a page. The same
// figure gives the same bytes.
func (f *Figure) HTML() ([]byte, error) {
	still, err := f.Still()
	if err != nil {
		return nil, err
	}
	png, err := chart.PNG(still, 2)
	if err != nil {
		return nil, err
	}
	return f.html(still, png)
}

func (f *Figure) html(still chart.Drawing, png []byte) (fragment []byte, err error) {
	defer recovered(&err)
	data, err := f.data()
	if err != nil {
		return nil, err
	}
	data["knobs"] = f.knobs
	numbers, err := json.Marshal(data) // with < > & escaped, so nothing in it can end the script
	if err != nil {
		return nil, fmt.Errorf("live: %w", err)
	}
	source, err := source(f.kind)
	if err != nil {
		return nil, err
	}
	w, h := still.Size()
	// The name tells scripts of several figures on a page apart.
	sum := sha256.Sum256(append(slices.Concat(png, numbers), source...))
	id := fmt.Sprintf("oneword-%x", sum[:6])
	title := f.title
	if title == "" {
		title, _, _ = strings.Cut(still.Text(), "\n")
	}
	return fmt.Appendf(nil, `<div class="%s" style="background:#fff;color:#212529;max-width:%.0fpx"><img alt="%s" width="%.0f" height="%.0f" style="max-width:100%%;height:auto;display:block" src="data:image/png;base64,%s"></div>
%s`, id, pixels(w), html.EscapeString(title), pixels(w), pixels(h), base64.StdEncoding.EncodeToString(png), inline(id, numbers, source)), nil
}

// source is the script of a kind of figure, or of a talk.
func source(kind string) (string, error) {
	var all strings.Builder
	for _, name := range []string{"base.js", kind + ".js", "start.js"} {
		text, err := scripts.ReadFile(name)
		if err != nil {
			return "", err
		}
		all.Write(text)
	}
	return all.String(), nil
}

// inline is the script for the element of a class, with its data as JSON.
func inline(class string, data []byte, source string) string {
	return fmt.Sprintf("<script>(() => {\n\"use strict\";\nconst id = %q, data = %s;\n%s})();</script>\n", class, data, source)
}

// pixels is a length in the pixels of a web page.
func pixels[T ~float64](points T) float64 { return float64(points) / 72 * 96 }

// Page is the figure as a page of its own.
func (f *Figure) Page(title string) ([]byte, error) {
	fragment, err := f.HTML()
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>body { margin: 0; background: #fff; }</style>
<script>
// A page that shows this one in a frame is told how high it is.
const tell = () => parent.postMessage({ height: document.body.offsetHeight }, "*");
addEventListener("load", () => new ResizeObserver(tell).observe(document.body));
</script>
</head>
<body>
%s</body>
</html>
`, html.EscapeString(title), fragment), nil
}

// Show displays the figure in a notebook, as HTML and as a still picture for
// those that show no HTML; the output's metadata has, beside what chart.Show
// says, the fragment's SHA-256 as "oneword", "live". Elsewhere the text form of
// the still picture is printed.
func (f *Figure) Show() {
	if err := f.show(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func (f *Figure) show() error {
	still, err := f.Still()
	if err != nil {
		return err
	}
	if !gonbui.IsNotebook {
		fmt.Println(still.Text())
		return nil
	}
	display, err := f.Display()
	if err != nil {
		return err
	}
	gonbui.SendData(display)
	gonbui.Sync() // what is sent while the process ends would be lost
	return nil
}

// Display is the figure as a notebook is sent it.
func (f *Figure) Display() (*protocol.DisplayData, error) {
	still, err := f.Still()
	if err != nil {
		return nil, err
	}
	display, err := chart.Display(still)
	if err != nil {
		return nil, err
	}
	fragment, err := f.html(still, display.Data[protocol.MIMEImagePNG].([]byte))
	if err != nil {
		return nil, err
	}
	display.Data[protocol.MIMETextHTML] = string(fragment)
	display.Metadata["oneword"].(map[string]string)["live"] = fmt.Sprintf("%x", sha256.Sum256(fragment))
	return display, nil
}

// recovered makes an error of a panic: what draws a figure is the caller's, and
// one figure's mistake must not cost the others.
func recovered(err *error) {
	switch p := recover().(type) {
	case nil:
	case error:
		*err = fmt.Errorf("live: drawing: %w", p)
	default:
		*err = fmt.Errorf("live: drawing: %v", p)
	}
}

var errNothing = errors.New("live: nothing to show")
