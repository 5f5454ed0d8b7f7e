package book

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"oneword/internal/notebook"
)

// Every notebook compiles: as a package of its first cell, its definitions, and a
// function of each cell. What a cell takes for granted, and GoNB would not find, is
// found here.
func TestNotebooksCompile(t *testing.T) {
	built, err := open1(t).notebooks(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	repo, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir, overlay := t.TempDir(), map[string]string{}
	for i, n := range built {
		if strings.HasPrefix(n.Path, "zh") { // the same code
			continue
		}
		file := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(file, []byte(program(n.Notebook, i)), 0o644); err != nil {
			t.Fatal(err)
		}
		// The files are there for the compiler only.
		overlay[filepath.Join(repo, "book", "built", fmt.Sprintf("n%d", i), strings.ReplaceAll(n.Path, "/", "-")+".go")] = file
	}
	text, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("go", "build", "-overlay", file, "./book/built/...")
	c.Dir = repo
	if out, err := c.CombinedOutput(); err != nil || len(out) > 0 { // it warns if there is nothing to compile
		t.Errorf("%v\n%s", err, out)
	}
}

// program is a notebook as a package.
func program(n *notebook.Notebook, number int) string {
	text := fmt.Sprintf("package n%d\n\n", number)
	for _, c := range n.Cells {
		if c.Type != "code" {
			continue
		}
		source := string(c.Source)
		if strings.HasPrefix(source, "%goflags") {
			_, source, _ = strings.Cut(source, "\n")
		}
		definitions, body, ok := strings.Cut("\n"+source, "\n%%\n")
		if text += definitions + "\n\n"; ok {
			text += "func _() {\n" + body + "\n}\n\n"
		}
	}
	return text
}
