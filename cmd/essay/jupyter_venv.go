package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"oneword/internal/cache"
)

// useVenv puts a virtual environment with JupyterLab first on the PATH, and
// makes it if it is not there. It returns its Jupyter data folder.
func useVenv(e *env) (dataDir string, err error) {
	root, err := cache.Dir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(root, "jupyter", "venv")
	bin := filepath.Join(dir, "bin")
	if _, err := os.Stat(filepath.Join(bin, "jupyter")); err != nil {
		python, err := exec.LookPath("python3")
		if err != nil {
			return "", errors.New("there is no python3 on the PATH: Jupyter is written in Python, install that first")
		}
		e.step("making a virtual environment with JupyterLab in %s", dir)
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return "", err
		}
		// What was not finished has no bin/jupyter, and is begun anew.
		if err := command(e, "", nil, python, "-m", "venv", "--clear", dir); err != nil {
			return "", fmt.Errorf("%w\nPython's module venv is missing (Debian: sudo apt-get install python3-venv)", err)
		}
		pip := exec.CommandContext(e.ctx, filepath.Join(bin, "python3"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "jupyterlab>=4,<5", "notebook>=7,<8", "nbconvert>=7")
		if out, err := pip.CombinedOutput(); err != nil {
			os.RemoveAll(dir)
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			return "", fmt.Errorf("JupyterLab could not be installed, and nothing is left behind. This needs the network, once. pip says: %s (%w)", lines[len(lines)-1], err)
		}
	}
	return filepath.Join(dir, "share", "jupyter"), os.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
}
