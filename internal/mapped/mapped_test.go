package mapped_test

import (
	"os"
	"path/filepath"
	"testing"

	"oneword/internal/mapped"
)

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{"some": "contents", "none": ""} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		got, close, err := mapped.Open(path)
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if err := close(); err != nil {
			t.Error(err)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "missing")} {
		if _, _, err := mapped.Open(path); err == nil {
			t.Errorf("%s was opened", path)
		}
	}
}
