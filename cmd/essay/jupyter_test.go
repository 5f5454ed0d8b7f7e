package main

import (
	"archive/zip"
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"oneword/internal/browser"
	"oneword/internal/notebook"
)

// needJupyter skips a test that takes long, or where there is no Jupyter.
func needJupyter(t *testing.T) {
	if os.Getenv("ONEWORD_LONG") == "" {
		t.Skip("set ONEWORD_LONG to test in Jupyter and in a browser")
	}
	if _, err := exec.LookPath("jupyter"); err != nil {
		t.Skip("there is no Jupyter")
	}
}

func testEnv(t *testing.T) *env {
	return &env{ctx: t.Context(), in: strings.NewReader(""), out: os.Stderr, err: os.Stderr}
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

// In the HTML that nbconvert makes of the notebooks, without a server, each
// figure that responds has its controls, and changes when they are moved.
func TestExportedNotebooksRespond(t *testing.T) {
	needJupyter(t)
	dir := t.TempDir()
	paths, _ := filepath.Glob("../../notebooks/*.ipynb")
	tested := 0
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		want := len(n.Live())
		if want == 0 {
			continue
		}
		if err := command(testEnv(t), ".", nil, "jupyter", "nbconvert", "--to", "html", "--output-dir", dir, path); err != nil {
			t.Fatal(err)
		}
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

// serve starts Jupyter's classic Notebook with our kernel, and returns its
// address without a path, and its token.
func serve(t *testing.T, flags ...string) (address, token string) {
	e, repo := testEnv(t), "../.."
	repo, err := filepath.Abs(repo)
	if err != nil {
		t.Fatal(err)
	}
	bin, err := buildTools(e, repo)
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	if err := installKernel(e, repo, bin, home); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(home, "notebooks")
	if err := os.CopyFS(folder, os.DirFS("../../notebooks")); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	ctx, cancel := context.WithCancel(context.Background())
	token = "oneword"
	args := append([]string{"notebook", "--no-browser", "--allow-root", fmt.Sprint("--port=", port), "--port-retries=0", "--NotebookApp.token=" + token}, flags...)
	cmd := exec.CommandContext(ctx, "jupyter", args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "JUPYTER_DATA_DIR="+home, "JUPYTER_CONFIG_DIR="+home, "JUPYTER_RUNTIME_DIR="+home, "IPYTHONDIR="+home)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make(chan bool, 1)
	go func() {
		for lines := bufio.NewScanner(log); lines.Scan(); {
			if strings.Contains(lines.Text(), "is running at") {
				ready <- true
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		cmd.Wait()
	})
	select {
	case <-ready:
	case <-time.After(time.Minute):
		t.Fatal("Jupyter does not start")
	}
	return fmt.Sprint("http://localhost:", port), token
}

// run runs the code cell that has a text in it, and returns its number.
func runCell(p *browser.Page, text string) int {
	cell := p.Int(fmt.Sprintf(`Jupyter.notebook.get_cells().findIndex(c => c.cell_type === "code" && c.get_text().includes(%q))`, text))
	p.Do(fmt.Sprintf(`Jupyter.notebook.get_cell(%d).clear_output(); Jupyter.notebook.execute_cells([%d])`, cell, cell))
	return cell
}

const idle = `Jupyter.notebook.get_cells().every(c => c.cell_type !== "code" || !c.element.hasClass("running")) && !Jupyter.notebook.kernel_busy`

// In Jupyter, figures respond, and so do cells that go on running: within a
// fifth of a second, until they are stopped or interrupted.
func TestNotebooksRespondInJupyter(t *testing.T) {
	needJupyter(t)
	address, token := serve(t)
	open := func(name string) *browser.Page {
		p := browser.Open(t, fmt.Sprintf("%s/notebooks/%s.ipynb?token=%s", address, name, token))
		p.Wait(time.Minute, `globalThis.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()`)
		return p
	}

	p := open("04-models")
	cell := runCell(p, "// live: 04-knobs")
	output := fmt.Sprintf(`Jupyter.notebook.get_cell(%d).output_area.element[0]`, cell)
	p.Wait(2*time.Minute, output+`.querySelector("[data-live] input")`)
	moves(t, p, output+`.querySelector("[data-live]")`, "04-models")
	if list := complaints(p); len(list) > 0 {
		t.Errorf("on the console: %q", list)
	}

	p = open("09-embeddings")
	cell = runCell(p, "live.NewTalk")
	output = fmt.Sprintf(`Jupyter.notebook.get_cell(%d).output_area.element[0]`, cell)
	p.Wait(2*time.Minute, output+`.querySelector("[data-live] input")`)
	picture := output + `.querySelector("img")?.src`
	p.Wait(time.Minute, picture)
	time.Sleep(4 * time.Second) // until it is sure that somebody answers
	var slowest time.Duration
	for i, word := range []string{"dog", "king", "london"} {
		before, start := p.Text(picture), time.Now()
		p.Set(output+`.querySelector("[data-live] input")`, word)
		p.Wait(10*time.Second, fmt.Sprintf("%s !== %q", picture, before))
		if took := time.Since(start); i > 0 {
			slowest = max(slowest, took)
		}
	}
	t.Logf("a word is answered within %v", slowest)
	if slowest > time.Second { // a fifth of it on an idle machine; tests run beside others
		t.Errorf("a word is answered after %v", slowest)
	}
	before := p.Text(picture)
	p.Do(`[...` + output + `.querySelectorAll("button")].find(b => b.textContent === "Stop").click()`)
	p.Wait(20*time.Second, idle)
	if after := p.Text(picture); after == "undefined" || before == "" {
		t.Error("once stopped, there is no picture")
	}
	if n := p.Int(output + `.querySelectorAll("[data-live] input").length`); n != 0 {
		t.Error("once stopped, the controls stay")
	}

	runCell(p, "live.NewTalk")
	p.Wait(2*time.Minute, output+`.querySelector("[data-live] input")`)
	time.Sleep(5 * time.Second)
	p.Do(`Jupyter.notebook.kernel.interrupt()`)
	p.Wait(20*time.Second, idle)
	if text := p.Text(output + ".textContent"); strings.Contains(text, "rror") || strings.Contains(text, "panic") {
		t.Errorf("interrupted, the cell says %q", text)
	}
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
		if strings.Contains(string(c.Source), "live.NewTalk") {
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
	for _, o := range done.Cells[0].Outputs {
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
