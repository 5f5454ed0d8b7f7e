// Package frontends holds the tests of what the repository makes where people
// see it: in Jupyter's front ends, and in pages in a browser.
package frontends_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"oneword/internal/tools/browser"
)

// root is the folder of the repository.
var root = filepath.Join("..", "..", "..")

// needLong skips a test that takes long.
func needLong(t *testing.T) {
	if os.Getenv("ONEWORD_LONG") == "" {
		t.Skip("set ONEWORD_LONG to test in Jupyter and in a browser")
	}
}

func needJupyter(t *testing.T) {
	if _, err := exec.LookPath("jupyter"); err != nil {
		t.Skip("there is no Jupyter")
	}
}

// command runs a program in a folder, with more in its environment.
func command(t *testing.T, dir string, env []string, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// install puts the kernel into a Jupyter data folder, with the program that its
// users have.
func install(t *testing.T, home string) {
	t.Helper()
	essay := filepath.Join(t.TempDir(), "essay")
	command(t, root, nil, "go", "build", "-o", essay, "./cmd/essay")
	command(t, root, []string{"JUPYTER_DATA_DIR=" + home}, essay, "jupyter", "-install")
}

// elsewhere are complaints about what exported pages fetch from the network,
// which tests do not have.
var elsewhere = regexp.MustCompile(`https?://[^ ]*(cloudflare|jsdelivr|mathjax|unpkg)|nbextensions/widgets|require is not defined|ERR_(INTERNET|NAME|CONNECTION|TUNNEL|PROXY)`)

func complaints(p *browser.Page) (list []string) {
	for _, text := range p.Errors() {
		if !elsewhere.MatchString(text) {
			list = append(list, text)
		}
	}
	return list
}

// moves moves the first control of a figure, and wants another picture.
func moves(t *testing.T, p *browser.Page, figure, name string) {
	t.Helper()
	picture := figure + ".firstElementChild.outerHTML"
	before := p.Text(picture)
	p.Set(figure+".querySelector('input, select')", "1")
	for end := time.Now().Add(2 * time.Second); p.Text(picture) == before; {
		if time.Now().After(end) {
			t.Errorf("%s: the slider is moved, and the picture stays the same", name)
			return
		}
	}
}
