// Package atomicfile writes files that are there whole or not at all.
package atomicfile

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Write creates or replaces the file at path with what write writes: first
// under a temporary name in the same folder, then renamed. If anything fails
// the temporary file is removed and an old file at path stays as it was.
// Folders that are missing are made.
func Write(path string, write func(io.Writer) error) (err error) {
	f, err := create(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}

// create makes a temporary file in a folder, and the folder if it is missing.
func create(dir, name string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return os.CreateTemp(dir, "."+name+".tmp-*")
}

// Writable says, before work is done whose results go there, whether files can
// be made in a folder. The folder is made if it is missing.
func Writable(dir string) error {
	f, err := create(dir, "writable")
	if err != nil {
		return fmt.Errorf("cannot write to %s: %w", dir, err)
	}
	f.Close()
	return os.Remove(f.Name())
}

// WriteBytes is Write for contents at hand.
func WriteBytes(path string, contents []byte) error {
	return Write(path, func(w io.Writer) error {
		_, err := w.Write(contents)
		return err
	})
}
