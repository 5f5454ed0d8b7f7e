package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"oneword/internal/atomicfile"
	"oneword/internal/cache"
)

// jupyterCommand is `essay jupyter`.
type jupyterCommand struct {
	Install bool   `help:"Only install the GoNB kernel for this repository."`
	Venv    bool   `help:"Use a Jupyter of our own, in a virtual environment of Python that is made if it is not there (needs pip and, once, the network)."`
	Lang    string `default:"en" enum:"en,zh" help:"Open the English (en) or the Chinese (zh) edition."`
	Check   bool   `help:"Execute all notebooks without a browser and report the cells that fail."`
	Only    string `placeholder:"NAME" help:"With -check: only notebooks whose name has this in it."`
}

func (j *jupyterCommand) Run(e *env) error {
	if j.Only != "" && !j.Check {
		return usageError{errors.New("-only goes with -check")}
	}
	if runtime.GOOS == "windows" {
		return errors.New("GoNB, the Go kernel for Jupyter, does not run on Windows itself: install Go and Jupyter in WSL (wsl --install) and run this there")
	}
	repo, err := repository()
	if err != nil {
		return err
	}
	dataDir := ""
	if j.Venv {
		if dataDir, err = useVenv(e); err != nil {
			return err
		}
	}
	if _, err := exec.LookPath("jupyter"); err != nil {
		return errors.New(jupyterMissing())
	}
	bin, err := buildTools(e, repo)
	if err != nil {
		return err
	}
	if j.Check {
		return j.check(e, repo, bin)
	}
	if err := installForUser(e, repo, bin, dataDir); err != nil || j.Install {
		return err
	}
	return start(e, repo, j.Lang)
}

// repository finds the folder of this module, from the working folder upwards.
func repository() (string, error) {
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := wd; ; dir = filepath.Dir(dir) {
		if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil && bytes.HasPrefix(mod, []byte("module oneword\n")) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("the notebooks need the repository: %s is not inside it", wd)
		}
	}
}

// jupyterMissing says what to install, exactly.
func jupyterMissing() string {
	how := "python3 -m pip install jupyterlab"
	switch _, debian := os.Stat("/etc/debian_version"); {
	case runtime.GOOS == "darwin":
		how = "brew install jupyterlab"
	case debian == nil:
		how = "sudo apt-get install jupyter-notebook jupyter-nbconvert"
	}
	return "there is no jupyter on the PATH. Install it with `" + how + "`, or let `go run ./cmd/essay jupyter -venv` do it in a folder of its own; nothing has been changed"
}

// buildTools compiles the kernel and the two programs that it calls, in the
// versions of internal/tools/go.mod, into a folder of our cache.
func buildTools(e *env, repo string) (string, error) {
	root, err := cache.Dir()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(root, "jupyter", "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(bin), "build-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	e.step("building the kernel (some 30 s the first time)")
	// A workspace, which may be without it, would keep Go from using this go.mod.
	if err := command(e, filepath.Join(repo, "internal", "tools"), []string{"GOWORK=off"}, "go", "build", "-o", tmp+string(filepath.Separator),
		"github.com/janpfeifer/gonb", "golang.org/x/tools/cmd/goimports", "golang.org/x/tools/gopls"); err != nil {
		return "", err
	}
	// This warms the cache with what cells import.
	if err := command(e, repo, nil, "go", "build", "./..."); err != nil {
		return "", err
	}
	for _, name := range []string{"gonb", "goimports", "gopls"} {
		if err := os.Rename(filepath.Join(tmp, name), filepath.Join(bin, name)); err != nil {
			return "", err
		}
	}
	return bin, nil
}

// command runs a program silently; if it fails, the error has what it wrote.
func command(e *env, dir string, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(e.ctx, name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	cmd.WaitDelay = 5 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, bytes.TrimSpace(out))
	}
	return nil
}

// installKernel puts the kernel into a Jupyter data folder, in one step: it is
// prepared beside its place and then renamed.
func installKernel(e *env, repo, bin, dataDir string, flags ...string) error {
	kernels := filepath.Join(dataDir, "kernels")
	if err := os.MkdirAll(kernels, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(kernels, ".oneword-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	gonb, path := filepath.Join(bin, "gonb"), bin+string(filepath.ListSeparator)+os.Getenv("PATH")
	if err := command(e, repo, []string{"JUPYTER_DATA_DIR=" + tmp, "PATH=" + path}, gonb, "--install", "--go_work="+repo); err != nil {
		return err
	}
	dir := filepath.Join(tmp, "kernels", "gonb")
	file := filepath.Join(dir, "kernel.json")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var spec map[string]any
	if err := json.Unmarshal(text, &spec); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	argv, _ := spec["argv"].([]any)
	if len(argv) == 0 {
		return fmt.Errorf("%s: no argv", file)
	}
	argv[0] = gonb
	for _, f := range flags {
		argv = append(argv, f)
	}
	spec["argv"] = argv
	// Jupyter may be started from a desktop that knows nothing of Go.
	goTool, err := exec.LookPath("go")
	if err != nil {
		return err
	}
	spec["env"] = map[string]string{"PATH": strings.Join([]string{bin, filepath.Dir(goTool), "${PATH}"}, string(filepath.ListSeparator))}
	if text, err = json.MarshalIndent(spec, "", "  "); err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(file, append(text, '\n')); err != nil {
		return err
	}
	os.Remove(filepath.Join(dir, "gonb")) // its copy of itself; ours is in bin
	target := filepath.Join(kernels, "gonb")
	old := filepath.Join(tmp, "old")
	if err := os.Rename(target, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(dir, target); err != nil {
		os.Rename(old, target) // as it was
		return err
	}
	return nil
}

// installForUser installs the kernel where Jupyter looks for it: in the data
// folder given, or in the user's.
func installForUser(e *env, repo, bin, dir string) error {
	if dir == "" {
		dir = os.Getenv("JUPYTER_DATA_DIR")
	}
	if dir == "" {
		out, err := exec.CommandContext(e.ctx, "jupyter", "--data-dir").Output()
		if err != nil {
			return fmt.Errorf("jupyter --data-dir: %w", err)
		}
		dir = strings.TrimSpace(string(out))
	}
	if err := installKernel(e, repo, bin, dir); err != nil {
		return err
	}
	e.say("The kernel “Go (gonb)” for %s is in %s.", repo, filepath.Join(dir, "kernels", "gonb"))
	return nil
}

// start opens the index notebook in JupyterLab, or else in Jupyter Notebook.
func start(e *env, repo, lang string) error {
	program := ""
	for _, name := range []string{"lab", "notebook"} {
		if exec.CommandContext(e.ctx, "jupyter", name, "--version").Run() == nil {
			program = name
			break
		}
	}
	if program == "" {
		return errors.New("there is a jupyter on the PATH, but neither JupyterLab nor Jupyter Notebook: `jupyter lab --version` and `jupyter notebook --version` fail. The kernel is installed; `go run ./cmd/essay jupyter -venv` makes a Jupyter of its own")
	}
	index := "00-index.ipynb"
	if lang != "en" {
		index = filepath.Join(lang, index)
	}
	args := []string{program, index}
	if os.Getuid() == 0 {
		args = append(args, "--allow-root")
	}
	cmd := exec.CommandContext(e.ctx, "jupyter", args...)
	cmd.Dir = filepath.Join(repo, "notebooks")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, e.out, e.stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Run(); err != nil && e.ctx.Err() == nil {
		return fmt.Errorf("jupyter %s: %w", program, err)
	}
	return nil
}
