// Package cellstest tests the facts of a chapter: what the essay reports of a
// figure, or a property that a wrong computation would break, checked on the
// numbers and not on the picture.
package cellstest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"oneword/chapters/cells"
	"oneword/labs"
)

// A Fact checks something about a figure.
type Fact = func(t *testing.T, lab labs.Lab)

// lab is shared by the facts of a chapter, so that what takes long is computed
// once.
var lab = labs.New(1)

// Facts checks the facts of a chapter, by the IDs of its figures. Each figure
// must have one.
func Facts(t *testing.T, c cells.Chapter, facts map[string]Fact) {
	// The facts are those of a machine without the large models.
	os.Setenv("HF_HUB_CACHE", filepath.Join(os.TempDir(), "no such cache"))
	left := maps.Clone(facts)
	files, err := fs.Glob(c.Files, "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(c.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			id, _, again := cells.Draws(f.Doc.Text())
			if id == "" || again {
				continue
			}
			check := left[id]
			delete(left, id)
			t.Run(id, func(t *testing.T) {
				if check == nil {
					t.Fatal("no fact is checked")
				}
				if testing.Short() && c.Number > 4 {
					t.Skip("takes long under the race detector; the packages below have tests of their own")
				}
				check(t, lab)
			})
		}
	}
	if len(left) > 0 {
		t.Errorf("facts of no figure: %v", slices.Sorted(maps.Keys(left)))
	}
}

// Run runs a cell.
func Run(t *testing.T, lab labs.Lab, cell cells.Cell) cells.Result {
	t.Helper()
	r, err := cells.Run(cell, lab)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Drawn is the picture of a cell in words.
func Drawn(t *testing.T, lab labs.Lab, cell cells.Cell) string {
	t.Helper()
	picture := Run(t, lab, cell).Picture()
	if picture == nil {
		t.Fatalf("%s shows no drawing", cells.Name(cell))
	}
	return picture.Text()
}

// Prose is Drawn without its first line, the title.
func Prose(t *testing.T, lab labs.Lab, cell cells.Cell) string {
	t.Helper()
	_, text, _ := strings.Cut(Drawn(t, lab, cell), "\n")
	return text
}
