package atomicfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"oneword/internal/atomicfile"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new", "file")
	if err := atomicfile.WriteBytes(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := atomicfile.Write(path, func(w io.Writer) error {
		w.Write([]byte("half of"))
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want the writer's", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "one" {
		t.Errorf("a failed write left %q", got)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	// A file where a folder should be.
	if err := atomicfile.WriteBytes(filepath.Join(path, "below"), nil); err == nil {
		t.Error("wrote below a file")
	}
	if err := atomicfile.Writable(filepath.Join(path, "below")); err == nil {
		t.Error("a folder below a file is writable")
	}
	if err := atomicfile.Writable(dir); err != nil {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}
