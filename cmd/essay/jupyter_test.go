package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"oneword/internal/notebook"
)

// needJupyter skips a test that takes long, or where there is no Jupyter.
func needJupyter(t *testing.T) {
	if os.Getenv("ONEWORD_LONG") == "" {
		t.Skip("set ONEWORD_LONG to test in Jupyter")
	}
	if _, err := exec.LookPath("jupyter"); err != nil {
		t.Skip("there is no Jupyter")
	}
}

func testEnv(t *testing.T) *env {
	return &env{ctx: t.Context(), in: strings.NewReader(""), out: os.Stderr, stderr: os.Stderr}
}

// Where no browser answers, a cell that would go on running ends by itself.
func TestTalkEndsWithoutABrowser(t *testing.T) {
	needJupyter(t)
	e, dir := testEnv(t), t.TempDir()
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	bin, err := buildTools(e, repo)
	if err != nil {
		t.Fatal(err)
	}
	if err := installKernel(e, repo, bin, dir); err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Read("../../notebooks/09-embeddings.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	var cells []notebook.Cell
	for _, c := range n.Cells {
		if source := string(c.Source); strings.Contains(source, "var lab = ") || strings.Contains(source, "live.NewTalk") {
			c.Outputs = nil
			cells = append(cells, c)
		}
	}
	n.Cells = cells
	if err := n.Write(filepath.Join(dir, "talk.ipynb")); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := command(e, dir, []string{"JUPYTER_PATH=" + dir, "JUPYTER_DATA_DIR=" + dir}, "jupyter", "nbconvert", "--to", "notebook", "--execute",
		"--ExecutePreprocessor.timeout=60", "--ExecutePreprocessor.kernel_name=gonb", "--output", "done.ipynb", "talk.ipynb"); err != nil {
		t.Fatal(err)
	}
	t.Logf("it took %v", time.Since(start))
	done, err := notebook.Read(filepath.Join(dir, "done.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	still := false
	for _, o := range done.Cells[len(done.Cells)-1].Outputs {
		still = still || o.Data["image/png"] != ""
	}
	if failures := done.Failures(); !still || len(failures) > 0 {
		t.Errorf("a still picture: %v; failures %v", still, failures)
	}
}

// wheel writes a Python package without contents but a program.
func wheel(t *testing.T, dir, name, version, program string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%s-%s-py3-none-any.whl", name, version)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	info := fmt.Sprintf("%s-%s.dist-info/", name, version)
	for path, text := range map[string]string{
		info + "METADATA": fmt.Sprintf("Metadata-Version: 2.1\nName: %s\nVersion: %s\n", name, version),
		info + "WHEEL":    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
		info + "RECORD":   "",
		fmt.Sprintf("%s-%s.data/scripts/%s", name, version, program): "#!python\nimport os, sys\nopen(os.environ['ONEWORD_TEST_LOG'], 'a').write(os.getcwd() + ' ' + ' '.join(sys.argv[1:]) + '\\n')\n",
	} {
		header := &zip.FileHeader{Name: path}
		header.SetMode(0o755)
		w, err := z.CreateHeader(header)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// With -venv Jupyter is installed by pip, here from a folder of packages that
// stand in for Jupyter's, then given the kernel, and started; if pip fails,
// the error says so in a line, and nothing is left.
func TestVenv(t *testing.T) {
	needJupyter(t)
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("there is no Python")
	}
	cache, wheels := t.TempDir(), t.TempDir()
	log := filepath.Join(cache, "log")
	for name, value := range map[string]string{"ONEWORD_CACHE": cache, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "ONEWORD_TEST_LOG": log, "PATH": os.Getenv("PATH"), "JUPYTER_DATA_DIR": ""} {
		t.Setenv(name, value)
	}
	err := (&jupyterCommand{Venv: true, Lang: "en"}).Run(testEnv(t))
	if err == nil || !strings.Contains(err.Error(), "nothing is left behind") || strings.Contains(err.Error(), "\n") {
		t.Errorf("without packages: %v", err)
	}
	if _, err := os.Stat(filepath.Join(cache, "jupyter", "venv")); err == nil {
		t.Error("without packages, an environment is left")
	}
	wheel(t, wheels, "jupyterlab", "4.2.0", "jupyter")
	wheel(t, wheels, "notebook", "7.2.0", "jupyter-notebook")
	wheel(t, wheels, "nbconvert", "7.16.0", "jupyter-nbconvert")
	if err := (&jupyterCommand{Venv: true, Lang: "zh"}).Run(testEnv(t)); err != nil {
		if strings.Contains(err.Error(), "venv") {
			t.Skip(err) // a Python without the module
		}
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(cache, "jupyter", "venv", "share", "jupyter", "kernels", "gonb", "kernel.json")); err != nil {
		t.Error(err)
	}
	said, _ := os.ReadFile(log)
	if !strings.Contains(string(said), "/notebooks lab zh/00-index.ipynb") {
		t.Errorf("Jupyter was called so:\n%s", said)
	}
}
