package frontends_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"oneword/internal/notebook"
	"oneword/internal/tools/browser"
)

// In the HTML that nbconvert makes of the notebooks, without a server, each
// figure that responds has its controls, and changes when they are moved.
func TestExportedNotebooksRespond(t *testing.T) {
	needLong(t)
	needJupyter(t)
	dir := t.TempDir()
	paths, _ := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	tested := 0
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, c := range n.Cells {
			if c.Type == "code" && slices.Contains(c.Tags(), "live") {
				want++
			}
		}
		if want == 0 {
			continue
		}
		command(t, ".", nil, "jupyter", "nbconvert", "--to", "html", "--output-dir", dir, path)
		name := strings.TrimSuffix(filepath.Base(path), ".ipynb")
		p := browser.Open(t, "file://"+filepath.Join(dir, name+".html"))
		p.Wait(20*time.Second, fmt.Sprintf("document.querySelectorAll('[data-live]').length == %d", want))
		for i := range want {
			figure := fmt.Sprintf("document.querySelectorAll('[data-live]')[%d]", i)
			moves(t, p, figure, name)
			tested++
		}
		if list := complaints(p); len(list) > 0 {
			t.Errorf("%s, on the console: %q", name, list)
		}
	}
	if tested < 8 {
		t.Errorf("only %d figures respond", tested)
	}
}

// So does each page of the gallery that says it responds.
func TestGalleryResponds(t *testing.T) {
	needLong(t)
	pages, _ := filepath.Glob(filepath.Join(root, "gallery", "??-*.html"))
	if len(pages) < 11 {
		t.Errorf("only %d pages respond", len(pages))
	}
	for _, path := range pages {
		path, err := filepath.Abs(path)
		if err != nil {
			t.Fatal(err)
		}
		p := browser.Open(t, "file://"+path)
		p.Wait(5*time.Second, `document.querySelector("[data-live]")`)
		moves(t, p, `document.querySelector("[data-live]")`, filepath.Base(path))
		if list := p.Errors(); len(list) > 0 {
			t.Errorf("%s, on the console: %q", filepath.Base(path), list)
		}
	}
}

// Of the examples of package chart/live, each knob changes the picture; nothing
// is said on the console; hostile text stays text.
func TestExamplesRespond(t *testing.T) {
	dir := t.TempDir()
	command(t, root, []string{"LIVE_PAGES=" + dir}, "go", "test", "-count=1", "-run=^TestHTML$", "./chart/live")
	pages, _ := filepath.Glob(filepath.Join(dir, "*.html"))
	if len(pages) < 4 {
		t.Errorf("only %d pages", len(pages))
	}
	for _, path := range pages {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
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
