// Package cells says what a chapter of the essay is made of: cells, and the
// text around them.
//
// A cell is a function; what stands between its braces is, word for word, the
// cell of the notebook:
//
//	// Loss is figure 07-loss.
//	func Loss(lab labs.Lab, show labs.Show) {
//		rng := lab.Rand("07-loss")
//		…
//		show(chart.Plot().Title("The loss falls").…)
//	}
//
// Run runs one, for a book, a program or a test, and keeps what it has shown.
package cells

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
)

// A Cell computes something and shows it. It panics with an error if it can't.
type Cell = func(lab labs.Lab, show labs.Show)

// A Chapter is a folder of cells, of definitions that cells show, and of the
// text around them: en.md and zh.md, with marks where cells stand, and the same
// for the solutions of its exercises, solutions.en.md and solutions.zh.md.
type Chapter struct {
	Number    int
	Notebook  string // its file, without .ipynb
	Package   string // the package to read with it
	Files     fs.FS  // the folder
	Cells     []Cell // all that the text has, in any order
	Solutions []Cell // all that the text of the solutions has
}

// drawsFigure is what the comment of a cell says that draws a figure.
var drawsFigure = regexp.MustCompile(`\bis figure (\d\d-[a-z0-9-]+)( as one that responds|, which responds)?`)

// Draws reads the comment of a cell: which figure it draws, if any; whether the
// figure responds; and whether it is another form of one that a cell before draws.
func Draws(comment string) (id string, responds, again bool) {
	m := drawsFigure.FindStringSubmatch(strings.Join(strings.Fields(comment), " "))
	if m == nil {
		return "", false, false
	}
	return m[1], m[2] != "", strings.HasPrefix(m[2], " as")
}

// An Output is one thing that a cell has shown.
type Output struct {
	Drawing chart.Drawing // a picture, and of a live figure the still one
	Live    *live.Figure  // a figure that responds, or nil
	Moving  bool          // the drawing, or the text, is what a live view ended with
	Text    string        // what was printed, if there is no drawing
}

// A Result is what a cell has shown.
type Result struct {
	Outputs []Output
	Values  labs.Values // for captions
}

// Picture is the last drawing that was shown, or nil.
func (r Result) Picture() chart.Drawing {
	for i := len(r.Outputs) - 1; i >= 0; i-- {
		if d := r.Outputs[i].Drawing; d != nil {
			return d
		}
	}
	return nil
}

// Live is the last figure that responds, or nil.
func (r Result) Live() *live.Figure {
	for i := len(r.Outputs) - 1; i >= 0; i-- {
		if f := r.Outputs[i].Live; f != nil {
			return f
		}
	}
	return nil
}

// Text is all of it in words.
func (r Result) Text() string {
	var text string
	for _, o := range r.Outputs {
		if o.Drawing != nil {
			text += o.Drawing.Text() + "\n"
		} else {
			text += o.Text
		}
	}
	return text
}

// Run runs a cell and returns what it has shown. Its panic is the error.
func Run(cell Cell, lab labs.Lab) (r Result, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case runtime.Error: // a mistake of the cell's: where?
			err = fmt.Errorf("%w (%s)", p, place())
		case error:
			err = p
		default:
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	cell(lab, r.keep)
	return r, nil
}

// place is the file and line of the chapter that a panic came from.
func place() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "oneword/chapters/") && !strings.HasPrefix(f.Function, "oneword/chapters/cells") {
			return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
		}
		if !more {
			return "in no chapter"
		}
	}
}

// A view is a live view whose last state can be had.
type view interface {
	Record(put func(d chart.Drawing, text string))
}

func (r *Result) keep(things ...any) {
	for _, t := range things {
		switch t := t.(type) {
		case nil:
			panic(errors.New("a cell shows nil"))
		case view:
			at := len(r.Outputs) // the view keeps its place among what comes after
			r.Outputs = append(r.Outputs, Output{Moving: true})
			t.Record(func(d chart.Drawing, text string) {
				r.Outputs[at] = Output{Drawing: d, Text: text, Moving: true}
			})
		case *live.Figure:
			still, err := t.Still()
			if err != nil {
				panic(err)
			}
			r.Outputs = append(r.Outputs, Output{Drawing: still, Live: t})
		case chart.Drawing:
			r.Outputs = append(r.Outputs, Output{Drawing: t})
		case labs.Values:
			if r.Values == nil {
				r.Values = labs.Values{}
			}
			maps.Copy(r.Values, t)
		case string:
			r.print(t)
		default:
			r.print(fmt.Sprintln(t))
		}
	}
}

// print adds to the text that was printed last, as a terminal would.
func (r *Result) print(text string) {
	if text == "" {
		return
	}
	if n := len(r.Outputs) - 1; n >= 0 && r.Outputs[n].Drawing == nil && !r.Outputs[n].Moving {
		r.Outputs[n].Text += text
		return
	}
	r.Outputs = append(r.Outputs, Output{Text: text})
}

// Name is the name of a cell's function.
func Name(cell Cell) string {
	_, name := named(cell)
	return name
}

// Folder is where the cell's package stands in the repository.
func Folder(cell Cell) string {
	path, _ := named(cell)
	return strings.TrimPrefix(path, "oneword/")
}

func named(cell Cell) (path, name string) {
	full := runtime.FuncForPC(reflect.ValueOf(cell).Pointer()).Name()
	dot := strings.LastIndexByte(full, '.')
	return full[:dot], full[dot+1:]
}
