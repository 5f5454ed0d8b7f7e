package data_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ulikunitz/xz"

	"oneword/data"
	"oneword/data/texts"
)

func TestTexts(t *testing.T) {
	for _, tt := range []struct {
		text  texts.Text
		words int
	}{{texts.Cat(), 1500}, {texts.Dog(), 1500}, {texts.TomSawyer(), 60_000}} {
		if n := len(strings.Fields(tt.text.Text)); n < tt.words {
			t.Errorf("%s has %d words, want %d or more", tt.text.Title, n, tt.words)
		}
		if !utf8.ValidString(tt.text.Text) || tt.text.Source == "" || tt.text.Licence == "" {
			t.Errorf("%s: not valid UTF-8, or without source or licence", tt.text.Title)
		}
	}
}

func TestSources(t *testing.T) {
	t.Setenv("ONEWORD_CACHE", t.TempDir())
	names := map[string]bool{}
	for _, s := range data.Sources() {
		if names[s.Name] || s.What == "" || s.From == "" || s.Licence == "" {
			t.Errorf("%+v: stands twice, or is not described", s)
		}
		names[s.Name] = true
		if s.Present() != (s.Fetch == nil) {
			t.Errorf("%s: what is embedded is present, and with an empty cache nothing else", s.Name)
		}
	}
	if _, err := data.Find("cat"); err != nil {
		t.Error(err)
	}
	if _, err := data.Find("unicorn"); err == nil || !strings.Contains(err.Error(), "unicorn") {
		t.Errorf("an unknown name gives %v", err)
	}
}

func TestOpenText(t *testing.T) {
	dir := t.TempDir()
	// Marks at the beginning, at the end, in a row, and cut by a block's end.
	text := data.EndOfText + "\none" + strings.Repeat("x", 1<<16-8) + data.EndOfText + data.EndOfText + "<|endo two <" + strings.Repeat("y", 1<<16) + data.EndOfText
	want := strings.ReplaceAll(text, data.EndOfText, "\f")
	var gz, x bytes.Buffer
	zw := gzip.NewWriter(&gz)
	io.WriteString(zw, text)
	zw.Close()
	xw, err := xz.NewWriter(&x)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(xw, text)
	xw.Close()
	for name, contents := range map[string][]byte{"a.txt": []byte(text), "b.txt.gz": gz.Bytes(), "c.txt.xz": x.Bytes()} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, contents, 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := data.OpenText(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := io.ReadAll(r)
		r.Close()
		if err != nil || string(got) != want {
			t.Errorf("%s: %d bytes and error %v, want %d bytes", name, len(got), err, len(want))
		}
		if strings.Contains(name, "z") { // cut short
			os.WriteFile(path, contents[:len(contents)-9], 0o644)
			if r, err := data.OpenText(path); err == nil {
				_, err = io.Copy(io.Discard, r)
				r.Close()
				if err == nil || !strings.Contains(err.Error(), name) {
					t.Errorf("%s cut short: error %v, want one that names the file", name, err)
				}
			}
		}
	}
	files, err := data.CorpusFiles(dir, filepath.Join(dir, "a.txt"))
	if err != nil || len(files) != 4 {
		t.Errorf("the folder and a file: %v, %v", files, err)
	}
	for _, bad := range []string{filepath.Join(dir, "missing"), t.TempDir()} {
		if _, err := data.CorpusFiles(bad); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("%s: error %v, want one that names it", bad, err)
		}
	}
}

const answer = `{"batchcomplete":true,"query":{"pages":[{"pageid":6678,"ns":0,"title":"Cat","extract":"The cat …","fullurl":"https://en.wikipedia.org/wiki/Cat","revisions":[{"revid":1234,"parentid":1}]}]}}`

func TestWikipedia(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if !strings.Contains(r.Header.Get("User-Agent"), "oneword") {
			t.Error("no User-Agent")
		}
		q := r.URL.Query()
		if q.Get("explaintext") != "1" || q.Get("action") != "query" {
			t.Errorf("asked for %v", q)
		}
		switch q.Get("titles") {
		case "Cat":
			io.WriteString(w, answer)
		case "Nothing":
			io.WriteString(w, `{"query":{"pages":[{"title":"Nothing","missing":true}]}}`)
		case "Refused":
			io.WriteString(w, `{"error":{"code":"ratelimited","info":"slow down"}}`)
		case "Cut":
			io.WriteString(w, answer[:60])
		default:
			http.Error(w, "broken", http.StatusBadGateway)
		}
	}))
	defer server.Close()
	e := data.Encyclopedia{API: server.URL, Cache: t.TempDir()}
	for range 2 {
		text, err := e.Article(context.Background(), "Cat")
		if err != nil || text.Text != "The cat …" || text.Source != "“Cat”, Wikipedia, revision 1234" || !strings.Contains(text.Licence, "CC BY-SA") {
			t.Errorf("got %+v, %v", text, err)
		}
	}
	if asked != 1 {
		t.Errorf("asked the server %d times, want once", asked)
	}
	for title, want := range map[string]string{"Nothing": "no such article", "Refused": "slow down", "Cut": "not whole", "Broken": "502", "": "title"} {
		if _, err := e.Article(context.Background(), title); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", title, err, want)
		}
	}
	if files, _ := os.ReadDir(e.Cache); len(files) != 1 {
		t.Errorf("the cache has %d files, want only the article", len(files))
	}
	os.WriteFile(filepath.Join(e.Cache, "Cat.json"), []byte(`{"text":`), 0o644)
	if _, err := e.Article(context.Background(), "Cat"); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged cache gives %v", err)
	}
	server.Close()
	if _, err := e.Article(context.Background(), "Dog"); err == nil || !strings.Contains(err.Error(), "offline") {
		t.Errorf("without a server: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Article(ctx, "Owl"); err == nil {
		t.Error("went on after it was called off")
	}
}

func ExampleCat() {
	cat := texts.Cat()
	fmt.Println(cat.Source)
	fmt.Println(strings.SplitAfter(cat.Text, ".")[0])
	// Output:
	// “Cat”, an article written for this project
	// The cat is a small carnivorous mammal that lives with people on every continent except Antarctica.
}
