package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"oneword/book"
	"oneword/chart/live"
	"oneword/internal/notebook"
)

// check executes the notebooks, two at a time, in a kernel of their own that
// leaves the user's alone.
func (j *jupyterCommand) check(e *env, repo, bin string) error {
	var paths []string
	for _, folder := range []string{"notebooks", filepath.Join("notebooks", "solutions")} {
		found, err := filepath.Glob(filepath.Join(repo, folder, "*.ipynb"))
		if err != nil {
			return err
		}
		paths = append(paths, found...)
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return !strings.Contains(filepath.ToSlash(path), j.Only) })
	if len(paths) == 0 {
		return fmt.Errorf("no notebooks match %q", j.Only)
	}
	b, err := book.Open()
	if err != nil {
		return err
	}
	asInGallery, err := b.Comparable(filepath.Join(repo, "gallery"))
	if err != nil {
		return err
	}
	// What a cell shows is as exact as its figure; of the others we don't know.
	same := func(c notebook.Cell) bool {
		figure := ""
		if tags := c.Tags(); len(tags) > 0 {
			figure = tags[0]
		}
		return asInGallery(figure)
	}
	tmp, err := os.MkdirTemp("", "oneword-check-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := installKernel(e, repo, bin, tmp, "--raw_error"); err != nil {
		return err
	}
	var wg sync.WaitGroup
	var mu sync.Mutex // of what is said
	failed := make([]bool, len(paths))
	slots := make(chan struct{}, 2)
	for i, path := range paths {
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			start := time.Now()
			problems := j.execute(e, repo, tmp, path, same)
			name, _ := filepath.Rel(filepath.Join(repo, "notebooks"), path)
			mu.Lock()
			defer mu.Unlock()
			if len(problems) == 0 {
				fmt.Fprintf(e.out, "ok    %-32s %5.1f s\n", name, time.Since(start).Seconds())
				return
			}
			failed[i] = true
			fmt.Fprintf(e.out, "FAIL  %-32s %5.1f s\n      %s\n", name, time.Since(start).Seconds(), strings.Join(problems, "\n      "))
		}()
	}
	wg.Wait()
	bad := 0
	for _, f := range failed {
		if f {
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d notebooks failed", bad, len(paths))
	}
	e.say("%d notebooks passed", len(paths))
	return nil
}

// execute runs one notebook and lists what is wrong with it: cells that fail, and
// those that show something else than the notebook has, as far as same says that
// they must not.
func (j *jupyterCommand) execute(e *env, repo, dataDir, path string, same func(notebook.Cell) bool) []string {
	name := filepath.Base(path)
	executed := filepath.Join(dataDir, "executed", filepath.Base(filepath.Dir(path)))
	err := command(e, filepath.Dir(path), []string{"JUPYTER_PATH=" + dataDir, "JUPYTER_DATA_DIR=" + dataDir, live.StillVariable + "=1"},
		"jupyter", "nbconvert", "--to", "notebook", "--execute", "--allow-errors",
		"--ExecutePreprocessor.timeout=300", "--ExecutePreprocessor.kernel_name=gonb",
		"--output-dir", executed, name)
	if err != nil {
		return []string{err.Error()}
	}
	n, err := notebook.Read(filepath.Join(executed, name))
	if err != nil {
		return []string{err.Error()}
	}
	n.Clean()
	var problems []string
	for _, f := range n.Failures() {
		problems = append(problems, fmt.Sprintf("cell %d: %s", f.Cell, f.Reason))
	}
	kept, err := notebook.Read(path)
	if err != nil {
		return append(problems, err.Error())
	}
	return append(problems, n.Differences(kept, same)...)
}
