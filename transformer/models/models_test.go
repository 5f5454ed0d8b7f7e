package models_test

import (
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"oneword/transformer"
	"oneword/transformer/models"
)

func TestSmall(t *testing.T) {
	for _, width := range []transformer.DType{transformer.F32, transformer.I8} {
		m, err := models.Open(context.Background(), models.Small, width, nil)
		if err != nil || m.Vocabulary == nil || m.Name != "small" {
			t.Fatal(err)
		}
		guesses, err := m.Guesses("Once upon a", 20)
		if err != nil || !slices.ContainsFunc(guesses, func(g transformer.Guess) bool { return g.Text == " time" }) {
			t.Errorf("%v: once upon a %v, %v", width, guesses, err)
		}
	}
	if !models.Present(models.Small) || models.Names()[0] != models.Small || len(models.Names()) != 5 {
		t.Errorf("names %v", models.Names())
	}
}

// A model is fetched from a Hub, kept, and found again without it.
func TestFetched(t *testing.T) {
	files := map[string][]byte{}
	for _, name := range []string{"config.json", "vocab.json", "merges.txt", "model.safetensors"} {
		file, err := os.ReadFile(filepath.Join("../small/model", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := strings.CutPrefix(r.URL.Path, "/openai-community/gpt2/resolve/main/")
		file := files[name]
		if !ok || file == nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("X-Repo-Commit", strings.Repeat("0123456789", 4))
		if strings.HasSuffix(name, "safetensors") {
			sum := sha256.Sum256(file)
			w.Header().Set("X-Linked-Etag", hex.EncodeToString(sum[:]))
		} else {
			sum := sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(file)), file...))
			w.Header().Set("Etag", `"`+hex.EncodeToString(sum[:])+`"`)
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(file)))
		if r.Method == http.MethodGet {
			w.Write(file)
		}
	}))
	t.Setenv("HF_ENDPOINT", server.URL)
	t.Setenv("HF_HUB_CACHE", t.TempDir())
	if models.Present("gpt2") {
		t.Error("an empty cache has gpt2")
	}
	m, err := models.Open(context.Background(), "gpt2", transformer.F32, nil)
	if err != nil || m.Name != "gpt2" || m.Vocabulary == nil {
		t.Fatal(err)
	}
	server.Close()
	if again, err := models.Open(context.Background(), "gpt2", transformer.F32, nil); err != nil || again.Params() != m.Params() || !models.Present("gpt2") {
		t.Errorf("without the Hub: %v", err)
	}
	if err := models.Fetch(context.Background(), "gpt2-xl", nil); err == nil || !strings.Contains(err.Error(), "gpt2-xl is not in the cache") {
		t.Errorf("another size without the Hub: %v", err)
	}
	if _, err := models.Open(context.Background(), "unicorn", transformer.F32, nil); err == nil || !strings.Contains(err.Error(), "there are small, gpt2,") {
		t.Errorf("an unknown name: %v", err)
	}
}

// A folder without a vocabulary is a model without words, unless it has as many
// tokens as GPT-2.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"config.json", "model.safetensors"} {
		file, err := os.ReadFile(filepath.Join("../small/model", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m, err := models.Open(context.Background(), dir, transformer.F32, nil)
	if err != nil || m.Vocabulary != nil {
		t.Fatalf("vocabulary %v, %v", m.Vocabulary, err)
	}
	if _, err := m.Guesses("x", 1); err == nil || !strings.Contains(err.Error(), "no vocabulary") {
		t.Errorf("words without a vocabulary: %v", err)
	}
}
