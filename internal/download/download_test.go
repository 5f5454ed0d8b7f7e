package download

import (
	"context"
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
)

var contents = []byte(strings.Repeat("one word after another. ", 5000))

func digest(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// serve begins a server; the handler is told how many requests came before.
func serve(t *testing.T, f func(n int, w http.ResponseWriter, r *http.Request)) *httptest.Server {
	n := -1
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { n++; f(n, w, r) }))
	t.Cleanup(s.Close)
	return s
}

func fetch(t *testing.T, f File) (string, error) {
	old := wait
	wait = time.Millisecond
	t.Cleanup(func() { wait = old })
	if f.Path == "" {
		f.Path = filepath.Join(t.TempDir(), "sub", "file")
	}
	return f.Path, f.Fetch(context.Background())
}

func TestFetch(t *testing.T) {
	var seen int64
	s := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.Write(contents) })
	path, err := fetch(t, File{URL: s.URL, SHA256: digest(contents), Size: int64(len(contents)), Progress: func(have, of int64) {
		if seen = have; of != int64(len(contents)) {
			t.Errorf("progress of %d", of)
		}
	}})
	if got, _ := os.ReadFile(path); err != nil || string(got) != string(contents) || seen != int64(len(contents)) {
		t.Errorf("%d bytes, %d reported, %v", len(got), seen, err)
	}
}

// A server that breaks off is asked for the rest, and only for the rest.
func TestResumes(t *testing.T) {
	var ranges []string
	s := serve(t, func(n int, w http.ResponseWriter, r *http.Request) {
		ranges = append(ranges, r.Header.Get("Range"))
		from := 0
		if v := r.Header.Get("Range"); v != "" {
			fmt.Sscanf(v, "bytes=%d-", &from)
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(contents)-1, len(contents)))
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(contents)-from))
		if from > 0 {
			w.WriteHeader(http.StatusPartialContent)
		}
		end := min(from+50_000, len(contents))
		w.Write(contents[from:end])
	})
	path, err := fetch(t, File{URL: s.URL, SHA256: digest(contents)})
	if got, _ := os.ReadFile(path); err != nil || string(got) != string(contents) {
		t.Errorf("%d bytes of %d: %v", len(got), len(contents), err)
	}
	if fmt.Sprint(ranges) != "[ bytes=50000- bytes=100000-]" {
		t.Errorf("asked for %q", ranges)
	}
}

// A server that knows no ranges sends everything again.
func TestServerWithoutRanges(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.Write(contents) })
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path+".part", contents[:1000], 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := fetch(t, File{URL: s.URL, Path: path, SHA256: digest(contents)})
	if got, _ := os.ReadFile(path); err != nil || string(got) != string(contents) {
		t.Errorf("%d bytes: %v", len(got), err)
	}
}

func TestRefused(t *testing.T) {
	for want, handle := range map[string]func(int, http.ResponseWriter, *http.Request){
		"SHA-256 is": func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte(strings.ToUpper(string(contents))))
		},
		"says that it has 7 bytes": func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte("nothing"))
		},
		"longer than": func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush() // of unknown length
			w.Write(append(contents, 'x'))
		},
		"404 Not Found":     func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) },
		"503 Service Unava": func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) },
		"broke off after 50": func(_ int, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(contents)))
			w.Write(contents[:50])
		},
	} {
		s := serve(t, handle)
		path, err := fetch(t, File{URL: s.URL, SHA256: digest(contents), Size: int64(len(contents))})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: a file is there", want)
		}
		if _, err := os.Stat(path + ".part"); err == nil && !strings.Contains(want, "broke") && !strings.Contains(want, "50") && !strings.Contains(want, "404") && !strings.Contains(want, "7 bytes") {
			t.Errorf("%s: a spoilt part is kept", want)
		}
	}
}

// A part that was damaged on the disk is noticed, and the next try is clean.
func TestDamagedPart(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "file", time.Time{}, strings.NewReader(string(contents)))
	})
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path+".part", []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	f := File{URL: s.URL, Path: path, SHA256: digest(contents), Size: int64(len(contents))}
	if _, err := fetch(t, f); err == nil || !strings.Contains(err.Error(), "SHA-256") {
		t.Errorf("the damage was not noticed: %v", err)
	}
	if _, err := fetch(t, f); err != nil {
		t.Errorf("the second time: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		w.Write(contents[:1000])
		w.(http.Flusher).Flush()
		cancel()
		<-r.Context().Done()
	})
	path := filepath.Join(t.TempDir(), "file")
	if err := (File{URL: s.URL, Path: path}).Fetch(ctx); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file is there")
	}
}
