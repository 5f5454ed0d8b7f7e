package hub_test

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
	"strconv"
	"strings"
	"testing"
	"time"

	"oneword/data/hub"
)

const (
	repo   = "openai-community/gpt2"
	commit = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
)

var (
	small = []byte(`{"n_layer": 12}`)
	large = []byte(strings.Repeat("weights ", 10_000))
)

func sha(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func git(b []byte) string {
	s := sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(b)), b...))
	return hex.EncodeToString(s[:])
}

// A world is a Hub and the place where it keeps large files, both on this
// machine.
type world struct {
	hub.Hub
	heads, gets int
	ranges      []string
	tokens      map[string]string // by host
	storage     func(w http.ResponseWriter, r *http.Request)
}

func newWorld(t *testing.T) *world {
	w := &world{tokens: map[string]string{}}
	w.storage = func(rw http.ResponseWriter, r *http.Request) {
		http.ServeContent(rw, r, "", time.Time{}, strings.NewReader(string(large)))
	}
	storage := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.tokens["storage"] = r.Header.Get("Authorization")
		w.ranges = append(w.ranges, r.Header.Get("Range"))
		w.storage(rw, r)
	}))
	t.Cleanup(storage.Close)
	front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.tokens["front"] = r.Header.Get("Authorization")
		if r.Method == http.MethodHead {
			w.heads++
		} else {
			w.gets++
		}
		rw.Header().Set("X-Repo-Commit", commit)
		switch r.URL.Path {
		case "/" + repo + "/resolve/main/config.json":
			rw.Header().Set("Etag", `"`+git(small)+`"`)
			rw.Write(small)
		case "/" + repo + "/resolve/main/model.safetensors":
			rw.Header().Set("X-Linked-Etag", `"`+sha(large)+`"`)
			rw.Header().Set("X-Linked-Size", strconv.Itoa(len(large)))
			http.Redirect(rw, r, storage.URL+"/blob", http.StatusFound)
		default:
			http.NotFound(rw, r)
		}
	}))
	t.Cleanup(front.Close)
	w.Hub = hub.Hub{Endpoint: front.URL, Cache: t.TempDir(), Token: "secret"}
	return w
}

func (w *world) fetch() (string, error) {
	return w.Fetch(context.Background(), repo, "config.json", "model.safetensors")
}

func TestFetch(t *testing.T) {
	w := newWorld(t)
	seen := map[string]int64{}
	w.Progress = func(file string, have, _ int64) { seen[file] = have }
	if _, ok := w.Cached(repo, "config.json"); ok {
		t.Error("an empty cache has the file")
	}
	dir, err := w.fetch()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"config.json": small, "model.safetensors": large} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(want) || seen[name] != int64(len(want)) {
			t.Errorf("%s: %d bytes, %d reported, %v", name, len(got), seen[name], err)
		}
	}
	if w.tokens["front"] != "Bearer secret" || w.tokens["storage"] != "" {
		t.Errorf("the token went to %v", w.tokens)
	}
	// The layout is the one that other programs read.
	folder := filepath.Join(w.Cache, "models--openai-community--gpt2")
	if ref, _ := os.ReadFile(filepath.Join(folder, "refs", "main")); string(ref) != commit {
		t.Errorf("refs/main is %q", ref)
	}
	if link, _ := os.Readlink(filepath.Join(folder, "snapshots", commit, "model.safetensors")); link != "../../blobs/"+sha(large) {
		t.Errorf("the snapshot links to %q", link)
	}
	if left, _ := os.ReadDir(filepath.Join(folder, "blobs")); len(left) != 2 {
		t.Errorf("%d blobs", len(left))
	}
	// From now on there is no network.
	heads, gets := w.heads, w.gets
	if again, err := w.fetch(); err != nil || again != dir || w.heads != heads || w.gets != gets {
		t.Errorf("from the cache: %q, %v, after %d more requests", again, err, w.heads+w.gets-heads-gets)
	}
	if _, ok := w.Cached(repo, "config.json", "merges.txt"); ok {
		t.Error("a file that was never fetched is there")
	}
}

// What went wrong with another library must not go wrong here.
func TestTransferBreaksOff(t *testing.T) {
	w := newWorld(t)
	cut := func(rw http.ResponseWriter, r *http.Request) {
		from := 0
		if v := r.Header.Get("Range"); v != "" {
			fmt.Sscanf(v, "bytes=%d-", &from)
			rw.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(large)-1, len(large)))
		}
		rw.Header().Set("Content-Length", strconv.Itoa(len(large)-from))
		if from > 0 {
			rw.WriteHeader(http.StatusPartialContent)
		}
		rw.Write(large[from:min(from+30_000, len(large))])
	}
	w.storage = cut
	if dir, err := w.fetch(); err != nil {
		t.Fatal(err)
	} else if got, _ := os.ReadFile(filepath.Join(dir, "model.safetensors")); string(got) != string(large) {
		t.Errorf("%d bytes of %d", len(got), len(large))
	}
	if fmt.Sprint(w.ranges) != "[ bytes=30000- bytes=60000-]" {
		t.Errorf("asked for %q", w.ranges)
	}
}

func TestRefused(t *testing.T) {
	for want, storage := range map[string]func(http.ResponseWriter, *http.Request){
		"SHA-256 is":               func(rw http.ResponseWriter, _ *http.Request) { rw.Write([]byte(strings.ToUpper(string(large)))) },
		"says that it has 3 bytes": func(rw http.ResponseWriter, _ *http.Request) { rw.Write([]byte("abc")) },
		"410 Gone":                 func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusGone) },
	} {
		w := newWorld(t)
		w.storage = storage
		_, err := w.fetch()
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "is not in the cache") {
			t.Errorf("want %q: %v", want, err)
		}
		if _, ok := w.Cached(repo, "model.safetensors"); ok {
			t.Errorf("%s: the file is in the cache", want)
		}
	}
	w := newWorld(t)
	if _, err := w.Fetch(context.Background(), repo, "nothing.bin"); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("a file that does not exist: %v", err)
	}
	w.Endpoint = "http://127.0.0.1:1"
	if _, err := w.fetch(); err == nil || !strings.Contains(err.Error(), "could not be fetched") {
		t.Errorf("without a network: %v", err)
	}
	plain := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { rw.Write(small) }))
	defer plain.Close()
	w.Endpoint = plain.URL
	if _, err := w.fetch(); err == nil || !strings.Contains(err.Error(), "is "+plain.URL+" a Hub?") {
		t.Errorf("a server that is no Hub: %v", err)
	}
}

func TestDefault(t *testing.T) {
	for _, name := range []string{"HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "HF_ENDPOINT", "HF_TOKEN"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", "/home/me")
	if h := hub.Default(); h.Cache != "/home/me/.cache/huggingface/hub" || h.Endpoint != "https://huggingface.co" {
		t.Errorf("%+v", h)
	}
	t.Setenv("XDG_CACHE_HOME", "/xdg")
	if h := hub.Default(); h.Cache != "/xdg/huggingface/hub" {
		t.Errorf("%+v", h)
	}
	t.Setenv("HF_HOME", "/hf")
	if h := hub.Default(); h.Cache != "/hf/hub" {
		t.Errorf("%+v", h)
	}
	t.Setenv("HF_HUB_CACHE", "/cache")
	t.Setenv("HF_ENDPOINT", "https://mirror.example/")
	if h := hub.Default(); h.Cache != "/cache" || h.Endpoint != "https://mirror.example" {
		t.Errorf("%+v", h)
	}
}
