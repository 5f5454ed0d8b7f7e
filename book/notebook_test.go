package book

import (
	"crypto/sha256"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"oneword/internal/notebook"
)

// The notebooks that are kept are those that the chapters build: every cell has
// the text that it has there, pictures are those of the gallery, and no file is
// there that no chapter has.
func TestNotebooksAreBuilt(t *testing.T) {
	built, err := open1(t).notebooks(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, b := range built {
		want[b.Path] = true
		kept, err := notebook.Read(filepath.Join("..", "notebooks", b.Path))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, problem := range kept.Differences(b.Notebook, func(notebook.Cell) bool { return false }) {
			if !strings.Contains(problem, "outputs, want 0") { // none were computed
				t.Errorf("%s: %s; `essay build` makes it anew", b.Path, problem)
			}
		}
		for _, f := range kept.Failures() {
			t.Errorf("%s, cell %d: %s", b.Path, f.Cell, f.Reason)
		}
		for i, c := range kept.Cells {
			if c.ExecutionCount != nil {
				t.Errorf("%s, cell %d: traces of a run", b.Path, i+1)
			}
			if strings.HasPrefix(string(c.Source), "%%") && len(c.Outputs) == 0 {
				t.Errorf("%s, cell %d: kept without outputs", b.Path, i+1)
			}
			for _, problem := range likeGallery(c) {
				t.Errorf("%s, cell %d: %s", b.Path, i+1, problem)
			}
		}
	}
	for _, pattern := range []string{"*.ipynb", "*/*.ipynb", "*/*/*.ipynb"} {
		files, _ := filepath.Glob(filepath.Join("..", "notebooks", pattern))
		for _, path := range files {
			if name, _ := filepath.Rel(filepath.Join("..", "notebooks"), path); !want[name] {
				t.Errorf("no chapter builds %s", name)
			}
		}
	}
}

// likeGallery compares what a figure's cell shows with the gallery.
func likeGallery(c notebook.Cell) (problems []string) {
	tags := c.Tags()
	if len(tags) == 0 {
		return nil
	}
	for _, o := range c.Outputs {
		own, ok := o.Metadata["oneword"].(map[string]any)
		if !ok {
			continue
		}
		if file, err := os.ReadFile(filepath.Join("..", "gallery", tags[0]+".svg")); err != nil || len(tags) == 1 && fmt.Sprintf("%x", sha256.Sum256(file)) != own["svg"] {
			problems = append(problems, fmt.Sprintf("another picture of %s than in the gallery (%v)", tags[0], err))
		}
		if own["live"] == nil {
			continue
		}
		page, err := os.ReadFile(filepath.Join("..", "gallery", tags[0]+".html"))
		_, fragment, _ := strings.Cut(string(page), "<body>\n")
		fragment, _, _ = strings.Cut(fragment, "</body>")
		if err != nil || fmt.Sprintf("%x", sha256.Sum256([]byte(fragment))) != own["live"] {
			problems = append(problems, fmt.Sprintf("another %s that responds than in the gallery (%v)", tags[0], err))
		}
	}
	return problems
}

var (
	headings = regexp.MustCompile(`(?m)^#+ `)
	links    = regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`)
	numbered = regexp.MustCompile(`(?m)^\d\. `)
)

// The two editions tell the same: heading by heading, in their languages; links
// lead somewhere; and every exercise has a solution.
func TestEditions(t *testing.T) {
	for _, c := range open1(t).Chapters {
		for _, part := range []map[string]*text{c.text, c.solutions} {
			if part["en"] == nil {
				continue
			}
			for _, language := range languages {
				if part[language] == nil {
					t.Errorf("chapter %d is not in %s", c.Number, language)
				}
			}
			en, zh := markdown(part["en"]), markdown(part["zh"])
			if a, b := len(headings.FindAllString(en, -1)), len(headings.FindAllString(zh, -1)); a != b {
				t.Errorf("chapter %d: %d headings in English, %d in Chinese", c.Number, a, b)
			}
			for _, p := range part["zh"].pieces {
				if p.names == nil && !chineseText(p.markdown) {
					t.Errorf("chapter %d: no Chinese: %q", c.Number, p.markdown)
				}
			}
		}
		if c.Number > 0 {
			_, list, _ := strings.Cut(markdown(c.text["en"]), "## Exercises")
			exercises := len(numbered.FindAllString(list, -1))
			if exercises < 2 || exercises > 4 || len(c.Solutions) < exercises {
				t.Errorf("chapter %d: %d exercises, %d solutions", c.Number, exercises, len(c.Solutions))
			}
		}
	}
	built, err := open1(t).notebooks(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range built {
		for i, c := range n.Cells {
			for _, m := range links.FindAllStringSubmatch(string(c.Source), -1) {
				if c.Type != "markdown" || strings.HasPrefix(m[1], "http") {
					continue
				}
				path := filepath.Join(filepath.Dir(n.Path), m[1])
				if slices.ContainsFunc(built, func(b Notebook) bool { return b.Path == path }) {
					continue
				}
				if _, err := os.Stat(filepath.Join("..", "notebooks", path)); err != nil {
					t.Errorf("%s, cell %d: a link to nowhere: %s", n.Path, i+1, m[1])
				}
			}
		}
	}
}

func markdown(t *text) string {
	var all string
	for _, p := range t.pieces {
		all += p.markdown + "\n\n"
	}
	return all
}

// Cells fit a projector, are as gofmt writes them, and use what readers may
// use; no two of the packages have one name, nor a name that a notebook declares.
func TestCellsKeepTheHouseRules(t *testing.T) {
	packages := map[string]string{}
	for _, c := range open1(t).Chapters {
		for _, d := range c.source.declared {
			for _, path := range d.imports {
				name := packageName(path)
				if other, twice := packages[name]; twice && other != path {
					t.Errorf("cells import %s and %s, which have one name", other, path)
				}
				packages[name] = path
				if strings.Contains(path, "internal") || !strings.HasPrefix(path, "oneword/") && strings.Contains(path, ".") {
					t.Errorf("%s: %s imports %s", d.at, d.name, path)
				}
			}
		}
		for _, part := range []map[string]*text{c.text, c.solutions} {
			if part["en"] == nil {
				continue
			}
			for _, name := range names(marks(part["en"])) {
				d := c.source.declared[name]
				if d == nil {
					continue
				}
				if lines := strings.Count(d.text, "\n") + 1; lines > 30 {
					t.Errorf("%s: %s has %d lines, want 30 at most", d.at, name, lines)
				}
				if b, err := format.Source([]byte(d.text)); err != nil || string(b) != d.text {
					t.Errorf("%s: %s is not as gofmt writes it (%v)", d.at, name, err)
				}
				if !d.cell && packages[name] != "" {
					t.Errorf("%s: %s is also the name of a package", d.at, name)
				}
				if strings.Contains(d.text, "os.Stdout") || strings.Contains(d.text, "fmt.Print") {
					t.Errorf("%s: %s prints", d.at, name)
				}
			}
		}
	}
}
