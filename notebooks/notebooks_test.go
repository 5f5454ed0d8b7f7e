// Package notebooks holds no code: these are the tests of the notebooks that
// need no Jupyter. `essay jupyter -check` executes them.
package notebooks_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"oneword/figures"
	"oneword/internal/notebook"
)

func all(t *testing.T) map[string]*notebook.Notebook {
	paths, err := filepath.Glob("*.ipynb")
	if err != nil || len(paths) == 0 {
		t.Fatal("no notebooks", err)
	}
	out := map[string]*notebook.Notebook{}
	for _, p := range paths {
		n, err := notebook.Read(p)
		if err != nil {
			t.Fatal(err)
		}
		out[p] = n
	}
	return out
}

// Each figure stands in its chapter's notebook, once, and shows what the
// gallery has.
func TestEveryFigureHasItsCell(t *testing.T) {
	notebooks := all(t)
	for _, c := range figures.Chapters() {
		n, ok := notebooks[c.Notebook]
		if !ok {
			t.Errorf("chapter %d: no notebook %s", c.Number, c.Notebook)
			continue
		}
		for _, problem := range n.Compare(filepath.Join("..", "gallery")) {
			t.Errorf("%s: %s", c.Notebook, problem)
		}
		shown := n.Figures()
		for _, f := range c.Figures {
			if _, ok := shown[f.ID]; !ok {
				t.Errorf("%s: no cell is marked // figure: %s", c.Notebook, f.ID)
			}
			delete(shown, f.ID)
		}
		for id := range shown {
			t.Errorf("%s: a cell is marked %s, which is not a figure of chapter %d", c.Notebook, id, c.Number)
		}
	}
}

var imports = regexp.MustCompile(`(?m)^\s*"((?:oneword|github\.com|gonum\.org)/[^"]+)"`)

// Cells are short, run without errors, use only the packages of the chapters,
// and are committed with outputs and without traces of the run.
func TestCellsKeepTheHouseRules(t *testing.T) {
	for name, n := range all(t) {
		for _, f := range n.Failures() {
			t.Errorf("%s, cell %d: %s", name, f.Cell, f.Reason)
		}
		for i, c := range n.Cells {
			if c.Type != "code" {
				continue
			}
			_, body, _ := strings.Cut(string(c.Source), "%%\n")
			if lines := strings.Count(body, "\n") + 1; lines > 15 {
				t.Errorf("%s, cell %d: %d lines, want 15 at most", name, i+1, lines)
			}
			if len(c.Outputs) == 0 {
				t.Errorf("%s, cell %d: committed without outputs", name, i+1)
			}
			if c.ExecutionCount != nil || len(c.Metadata) > 0 {
				t.Errorf("%s, cell %d: not cleaned; `essay jupyter -check -write` does it", name, i+1)
			}
			for _, m := range imports.FindAllStringSubmatch(string(c.Source), -1) {
				if !strings.HasPrefix(m[1], "oneword/") || m[1] == "oneword/figures" || strings.Contains(m[1], "internal") {
					t.Errorf("%s, cell %d imports %s", name, i+1, m[1])
				}
			}
		}
	}
}
