// Package house holds the tests of the architecture: who may import whom.
package house_test

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors are the packages by height, the ground first. A folder stands for all
// below it. Imports go down, or stay within one folder.
var floors = []struct {
	floor  int
	folder string
}{
	{0, "must"}, {0, "data"}, {0, "lm"}, {0, "internal"},
	{1, "letterfreq"}, {1, "ngram"}, {1, "nn"}, {1, "chart"},
	{2, "embedding"}, {2, "transformer"},
	{3, "labs"},
	{4, "chapters"},
	{5, "book"},
	{6, "cmd"},
}

func floor(pkg string) (n int, folder string, ok bool) {
	top, _, _ := strings.Cut(pkg, "/")
	for _, f := range floors {
		if f.folder == top {
			return f.floor, f.folder, true
		}
	}
	return 0, "", false
}

// each calls f with the folder of every Go file of the module and the paths
// that the file imports.
func each(t *testing.T, tests bool, f func(file, pkg string, imports []string)) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && d.Name() == "tools" {
			return filepath.SkipDir // a module of its own
		}
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") && !tests {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, name)
		}
		files++
		f(rel, filepath.ToSlash(filepath.Dir(rel)), imports)
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("%d Go files found, %v", files, err)
	}
}

func TestImportsGoDownwards(t *testing.T) {
	each(t, false, func(file, pkg string, imports []string) {
		from, home, ok := floor(pkg)
		if !ok {
			t.Errorf("%s: the folder is on no floor", file)
		}
		for _, name := range imports {
			local, ours := strings.CutPrefix(name, "oneword/")
			if !ours {
				continue
			}
			to, target, ok := floor(local)
			if !ok || to > from || to == from && target != home && to > 0 {
				t.Errorf("%s, on floor %d, imports %s, on floor %d", file, from, name, to)
			}
		}
	})
}

// readers are the files in which a chapter meets the disk: a model is a folder,
// and large. All else takes bytes.
var readers = map[string]bool{
	"transformer/load.go": true, "transformer/save.go": true, "transformer/models/models.go": true, "transformer/token/files.go": true,
	"nn/pets/photographs.go": true, // the form of CIFAR-10's files, not the files
}

// Drawing and files are others' work: a package of a chapter neither plots nor
// opens, and only chart knows the notebook.
func TestChaptersNeitherDrawNorOpenFiles(t *testing.T) {
	each(t, false, func(file, pkg string, imports []string) {
		n, folder, _ := floor(pkg)
		chapter := (n == 1 || n == 2) && folder != "chart"
		for _, name := range imports {
			switch {
			case chapter && (strings.HasPrefix(name, "gonum.org/v1/plot") || name == "oneword/chart"):
				t.Errorf("%s draws: it imports %s", file, name)
			case chapter && !readers[file] && (name == "os" || name == "net/http" || strings.HasPrefix(name, "oneword/data")):
				t.Errorf("%s reaches outside: it imports %s", file, name)
			case folder != "chart" && strings.HasPrefix(name, "github.com/janpfeifer/gonb"):
				t.Errorf("%s imports %s; only chart does", file, name)
			}
		}
	})
}

// A cell is linked each time that it runs: what cells import stays light.
func TestLightPackagesStayLight(t *testing.T) {
	heavy := []string{"github.com/ulikunitz", "github.com/alecthomas", "github.com/schollz", "golang.org/x/tools"}
	each(t, false, func(file, pkg string, imports []string) {
		if n, folder, _ := floor(pkg); n > 2 || folder == "data" {
			return
		}
		for _, name := range imports {
			for _, h := range heavy {
				if strings.HasPrefix(name, h) {
					t.Errorf("%s imports %s", file, name)
				}
			}
		}
	})
}

// The global generator has no seed of ours, and math/rand (without v2) none at all.
func TestRandomnessComesFromSeeds(t *testing.T) {
	each(t, true, func(file, pkg string, imports []string) {
		for _, name := range imports {
			if name == "math/rand" {
				t.Errorf("%s imports math/rand; use lm.Rand", file)
			}
		}
	})
}

// module is what a go.mod says, as far as it is asked for here.
type module struct {
	Require []struct{ Path, Version string }
	Tool    []struct{ Path string }
}

func readModule(t *testing.T, file string) (m module, versions map[string]string) {
	text, err := exec.Command("go", "mod", "edit", "-json", file).Output()
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	versions = map[string]string{}
	for _, r := range m.Require {
		versions[r.Path] = r.Version
	}
	return m, versions
}

// What only developers need stands in the module internal/tools, so that users
// need not fetch it; both have the same GoNB, as the kernel and the cells talk
// to each other.
func TestToolsHaveTheirOwnModule(t *testing.T) {
	root := filepath.Join("..", "..")
	ours, version := readModule(t, filepath.Join(root, "go.mod"))
	tools, toolVersion := readModule(t, filepath.Join(root, "internal", "tools", "go.mod"))
	if len(ours.Tool) > 0 || len(tools.Tool) == 0 {
		t.Errorf("go.mod has the tools %v, internal/tools/go.mod %v", ours.Tool, tools.Tool)
	}
	for _, path := range []string{"github.com/chromedp/chromedp", "github.com/mmcloughlin/avo", "golang.org/x/tools/gopls", "golang.org/x/vuln", "honnef.co/go/tools"} {
		if version[path] != "" || toolVersion[path] == "" {
			t.Errorf("%s: go.mod requires %q, internal/tools/go.mod %q", path, version[path], toolVersion[path])
		}
	}
	const gonb = "github.com/janpfeifer/gonb"
	if version[gonb] == "" || version[gonb] != toolVersion[gonb] {
		t.Errorf("%s: go.mod requires %q, internal/tools/go.mod %q", gonb, version[gonb], toolVersion[gonb])
	}
}
