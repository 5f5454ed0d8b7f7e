// Package browser lets tests look at pages in a headless Chromium.
package browser

import (
	"context"
	"fmt"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A Page is an open page; its methods fail the test.
type Page struct {
	t     *testing.T
	ctx   context.Context
	close func()

	mu     sync.Mutex
	errors []string
}

// Open opens an address in a window of its own. It skips the test where there
// is no Chromium.
func Open(t *testing.T, address string) *Page {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		t.Skip("there is no Chromium to look at the page with")
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WindowSize(1280, 1000), chromedp.Flag("disable-quic", true))...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx, close: func() { cancel(); stop() }}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	run(p, chromedp.Navigate(address))
	return p
}

// hear keeps what the console reports as an error.
func (p *Page) hear(event any) {
	text := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError {
			return
		}
		for _, arg := range e.Args {
			text += fmt.Sprintf("%s%s ", arg.Value, arg.Description)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError {
			return
		}
		text = e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	p.mu.Lock()
	p.errors = append(p.errors, text)
	p.mu.Unlock()
}

func run[T any](p *Page, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// Close closes the page's window, before the test's end.
func (p *Page) Close() { p.close() }

// Do runs a script.
func (p *Page) Do(script string) {
	p.t.Helper()
	run(p, chromedp.Evaluate[chromedp.Void](script))
}

// Text is the value of a script as text.
func (p *Page) Text(script string) string {
	p.t.Helper()
	return run(p, chromedp.Evaluate[string]("String("+script+")"))
}

// Int is the value of a script as a whole number.
func (p *Page) Int(script string) int {
	p.t.Helper()
	return run(p, chromedp.Evaluate[int]("Number("+script+")"))
}

// Wait waits until a script's value is true.
func (p *Page) Wait(within time.Duration, script string) {
	p.t.Helper()
	for end := time.Now().Add(within); ; time.Sleep(50 * time.Millisecond) {
		if run(p, chromedp.Evaluate[bool]("Boolean("+script+")")) {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("after %v not true: %s", within, script)
		}
	}
}

// Set moves a control, as a person would: the value, then the events.
func (p *Page) Set(control, value string) {
	p.t.Helper()
	if !run(p, chromedp.Evaluate[bool](fmt.Sprintf(`(() => { const e = %s; if (!e) return false; e.value = %q;
		for (const name of ["input", "change"]) e.dispatchEvent(new Event(name, { bubbles: true })); return true; })()`, control, value))) {
		p.t.Fatalf("there is no control %s", control)
	}
}

// Picture is the page as a PNG.
func (p *Page) Picture() []byte {
	p.t.Helper()
	return run(p, chromedp.FullScreenshot(100))
}

// Errors are the errors on the console since the page was opened.
func (p *Page) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.errors...)
}
