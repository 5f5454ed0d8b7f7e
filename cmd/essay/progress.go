package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a command has come, on a terminal; elsewhere it is
// silent, so that logs stay readable.
type progress struct{ bar *progressbar.ProgressBar }

func (e *env) progress(n int, what string) progress {
	if f, ok := e.stderr.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		return progress{progressbar.NewOptions(n, progressbar.OptionSetWriter(io.Discard))}
	}
	return progress{progressbar.NewOptions(n, progressbar.OptionSetWriter(e.stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))}
}

// The bar is decoration: if the terminal refuses it, the work goes on.

func (p progress) step(what string)       { p.bar.Describe(what); _ = p.bar.Add(1) }
func (p progress) set(n int, what string) { p.bar.Describe(what); _ = p.bar.Set(n) }
func (p progress) clear()                 { _ = p.bar.Clear() }
func (p progress) finish()                { _ = p.bar.Finish() }
