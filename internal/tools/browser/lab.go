package browser

import (
	"embed"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

//go:embed lab/main.js lab/page.html lab/package.json lab/package-lock.json
var lab embed.FS

// Lab makes, by npm and with the network, a folder with a page that is
// JupyterLab's notebook: page.html?token=…&notebook=…, to be served by a Jupyter
// server as its own. It skips the test where there is no npm.
func Lab(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"npm", "node"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("there is no npm to get JupyterLab's notebook with")
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, lab); err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(dir, "lab")
	out := filepath.Join(dir, "page")
	bundle := []string{"node_modules/.bin/esbuild", "main.js", "--bundle", "--minify", "--outfile=" + filepath.Join(out, "lab.js"), "--log-level=error",
		"--loader:.svg=text", "--define:process.env.NODE_ENV=\"production\"", "--define:global=globalThis"}
	for _, ending := range []string{"png", "gif", "woff", "woff2", "ttf", "eot"} {
		bundle = append(bundle, "--loader:."+ending+"=dataurl")
	}
	for _, args := range [][]string{{"npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"}, bundle} {
		command := exec.Command(args[0], args[1:]...)
		command.Dir = dir
		if message, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", args[0], err, message)
		}
	}
	if err := os.Rename(filepath.Join(dir, "page.html"), filepath.Join(out, "page.html")); err != nil {
		t.Fatal(err)
	}
	return out
}
