// Package notebooks holds no code: these are the tests of the notebooks that
// need no Jupyter. `essay jupyter -check` executes them.
package notebooks_test

import (
	"go/format"
	"os"
	"path/filepath"
	"reflect"
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
		for _, problem := range n.Compare(filepath.Join("..", "gallery"), nil) {
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

// The Chinese edition has the same code and outputs, and tells of them in
// Chinese, heading by heading.
func TestChineseEdition(t *testing.T) {
	editions, err := filepath.Glob("zh/*.ipynb")
	if err != nil || len(editions) != len(all(t)) {
		t.Fatalf("%d notebooks in Chinese, %d in English, %v", len(editions), len(all(t)), err)
	}
	for name, en := range all(t) {
		zh, err := notebook.Read(filepath.Join("zh", name))
		if err != nil {
			t.Error(err)
			continue
		}
		if len(en.Cells) != len(zh.Cells) {
			t.Errorf("%s: %d cells, %d in English", name, len(zh.Cells), len(en.Cells))
			continue
		}
		for i, c := range en.Cells {
			d := zh.Cells[i]
			switch {
			case c.Type != d.Type:
				t.Errorf("%s, cell %d: %s, in English %s", name, i+1, d.Type, c.Type)
			case c.Type == "code":
				if !reflect.DeepEqual(c, d) {
					t.Errorf("%s, cell %d: other code or outputs than in English; `essay jupyter -check -write` mends it", name, i+1)
				}
			case !han.MatchString(string(d.Source)):
				t.Errorf("%s, cell %d: no Chinese", name, i+1)
			case len(headings.FindAllString(string(c.Source), -1)) != len(headings.FindAllString(string(d.Source), -1)):
				t.Errorf("%s, cell %d: not the headings of the English edition", name, i+1)
			}
			for _, m := range links.FindAllStringSubmatch(string(d.Source), -1) {
				if _, err := os.Stat(filepath.Join("zh", m[1])); err != nil && !strings.HasPrefix(m[1], "http") {
					t.Errorf("%s, cell %d: a link to nowhere: %s", name, i+1, m[1])
				}
			}
		}
	}
}

var (
	han      = regexp.MustCompile(`\p{Han}`)
	headings = regexp.MustCompile(`(?m)^#+ `)
	links    = regexp.MustCompile(`\]\(([^)]+)\)`)
)

// Each notebook with exercises has a notebook of solutions, executed without
// errors, that answers all of them.
func TestSolutions(t *testing.T) {
	numbered := regexp.MustCompile(`(?m)^\d\. `)
	for name, n := range all(t) {
		exercises := 0
		for _, c := range n.Cells {
			if _, list, ok := strings.Cut(string(c.Source), "## Exercises"); ok && c.Type == "markdown" {
				exercises = len(numbered.FindAllString(list, -1))
			}
		}
		if name == "00-index.ipynb" {
			continue
		}
		if exercises < 2 || exercises > 4 {
			t.Errorf("%s: %d exercises", name, exercises)
		}
		s, err := notebook.Read(filepath.Join("solutions", name))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, f := range s.Failures() {
			t.Errorf("solutions/%s, cell %d: %s", name, f.Cell, f.Reason)
		}
		solved := 0
		for i, c := range s.Cells {
			if c.Type == "code" {
				if solved++; len(c.Outputs) == 0 {
					t.Errorf("solutions/%s, cell %d: committed without outputs", name, i+1)
				}
			}
		}
		if solved < exercises {
			t.Errorf("solutions/%s: %d solutions of %d exercises", name, solved, exercises)
		}
	}
}

var declared = regexp.MustCompile(`(?m)^(?:func|type|var|const) (\w+)`)

// A cell needs no other to have been run before it: what one declares, no other
// calls.
func TestCellsStandAlone(t *testing.T) {
	for name, n := range all(t) {
		home := map[string]int{} // the cell that declares a name
		for i, c := range n.Cells {
			if head, _, ok := strings.Cut(string(c.Source), "%%\n"); ok && c.Type == "code" {
				for _, m := range declared.FindAllStringSubmatch(head, -1) {
					home[m[1]] = i
				}
			}
		}
		for i, c := range n.Cells {
			for called, from := range home {
				if c.Type == "code" && i != from && strings.Contains(string(c.Source), called+"(") {
					t.Errorf("%s, cell %d calls %s, which cell %d declares", name, i+1, called, from+1)
				}
			}
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
			if b, err := format.Source([]byte(body)); err != nil || string(b) != body {
				t.Errorf("%s, cell %d: not as gofmt writes it (%v)", name, i+1, err)
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
