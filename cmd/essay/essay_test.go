package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneword/book"
	"oneword/data"
	"oneword/data/texts"
	"oneword/ngram"
)

// essay runs a command line and returns its exit status and what it wrote.
func essay(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(context.Background(), args, &out, &errs)
	return status, out.String(), errs.String()
}

func write(t *testing.T, name, contents string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(contents), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Each mistake gets one clear line, a status other than 0, and leaves nothing.
func TestMistakes(t *testing.T) {
	t.Setenv("ONEWORD_CACHE", t.TempDir())
	t.Setenv("HF_HUB_CACHE", t.TempDir())
	t.Setenv("HF_ENDPOINT", "http://127.0.0.1:1")
	empty, digits := write(t, "empty.txt", ""), write(t, "digits.txt", "1 2 3")
	corpus := write(t, "corpus.txt", "some words to count")
	notXZ := write(t, "not.txt.xz", "this is not xz")
	file := write(t, "file", "")
	for _, tt := range []struct {
		args   string
		status int
		want   string // in the line on standard error
	}{
		{"-nonsense", 2, "nonsense"},
		{"dance", 2, "dance"},
		{"figures -only 99-nothing", 2, "99-nothing"},
		{"figures -only cat-letters", 2, "02-cat-letters"},
		{"figures -chapter 77", 2, "77"},
		{"figures -chapter two", 2, "two"},
		{"figures -format gif", 2, "gif"},
		{"figures -seed -1", 2, "-1"},
		{"figures -out " + filepath.Join(file, "below"), 1, "below"},
		{"data get unicorn", 2, "unicorn"},
		{"data get", 2, "name"},
		{"train", 2, "ngrams"},
		{"train ngrams", 2, "corpus"},
		{"train ngrams -corpus " + filepath.Join(file, "nowhere"), 1, "nowhere"},
		{"train ngrams -corpus " + t.TempDir(), 1, "no text files"},
		{"train ngrams -corpus " + empty, 1, "empty.txt"},
		{"train ngrams -corpus " + digits, 1, "no letters"},
		{"train ngrams -corpus " + notXZ, 1, "not.txt.xz"},
		{"train ngrams -corpus " + corpus + " -letters 9", 2, "order 9"},
		{"train ngrams -corpus " + corpus + " -words 0", 2, "order 0"},
		{"train ngrams -corpus " + corpus + " -vocabulary 0", 2, "vocabulary"},
		{"train ngrams -corpus " + corpus + " -word-min 1,3,2", 1, "falls"},
		{"train ngrams -corpus " + corpus + " -heldout " + digits, 1, "held-out"},
		{"train ngrams -corpus " + corpus + " -out " + filepath.Join(file, "out"), 1, "out"},
		{"bench -text " + filepath.Join(file, "nowhere"), 1, "nowhere"},
		{"jupyter -only 02", 2, "-check"},
		{"build -chapter 77", 2, "77"},
		{"next", 2, "prompt"},
		{"next -prompt x -model unicorn", 1, "unicorn"},
		{"next -prompt x -weights int3", 2, "int3"},
		{"next -prompt x -top 0", 2, "-top 0"},
		{"next -prompt= ", 2, "prompt is empty"},
		{"generate -prompt x -temperature=-1", 2, "temperature -1"},
		{"generate -prompt x -top-p 2", 2, "top-p 2"},
		{"generate -prompt x --tokens=-1", 2, "-n -1"},
		{"verify", 1, "nothing is known of small"},
		{"verify -model " + t.TempDir(), 1, "no model"},
		{"tokens -model " + t.TempDir() + " x", 1, "vocab.json"},
		{"train gpt", 2, "corpus"},
		{"train gpt -corpus " + corpus + " -heldout " + corpus + " -heads 7", 2, "n_head 7"},
		{"train gpt -corpus " + corpus + " -heldout " + corpus + " -vocabulary 100", 1, "100"},
	} {
		args := strings.Fields(tt.args)
		if args[0] == "figures" && !strings.Contains(tt.args, "-out") || args[0] == "train" && !strings.Contains(tt.args, "-out") && len(args) > 2 {
			args = append(args, "-out", filepath.Join(t.TempDir(), "out"))
		}
		status, _, stderr := essay(t, args...)
		lines := strings.Split(strings.TrimSpace(stderr), "\n")
		last := lines[len(lines)-1]
		for _, l := range lines[:len(lines)-1] {
			if !strings.HasSuffix(l, "…") { // what was being done
				t.Errorf("%s: more than one line: %q", tt.args, stderr)
			}
		}
		if status != tt.status || !strings.Contains(last, tt.want) || !strings.HasPrefix(last, "essay: ") {
			t.Errorf("%s: status %d, %q; want %d and %q", tt.args, status, last, tt.status, tt.want)
		}
		for i, a := range args {
			if a == "-out" {
				if left, err := os.ReadDir(args[i+1]); err == nil && len(left) > 0 {
					t.Errorf("%s left %v behind", tt.args, left)
				}
			}
		}
	}
}

func TestList(t *testing.T) {
	status, out, _ := essay(t, "list", "-json")
	var rows []struct {
		ID, Title, Kind string
		Chapter         int
		Needs           []string
	}
	if err := json.Unmarshal([]byte(out), &rows); err != nil || status != 0 {
		t.Fatal(status, err)
	}
	if len(rows) != 111 || rows[0].ID != "01-next-words" || rows[0].Needs == nil {
		t.Errorf("%d rows, the first %+v", len(rows), rows[0])
	}
	if status, out, _ := essay(t, "list"); status != 0 || !strings.Contains(out, "02-cat-letters") {
		t.Error("the plain list lacks a figure")
	}
}

func TestFigures(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	status, out, errs := essay(t, "-only", "04-line,02-random-spaces", "--format=svg,png", "-seed", "3", "-out", dir)
	if status != 0 || !strings.Contains(out, filepath.Join(dir, "index.html")) || errs != "" {
		t.Fatal(status, out, errs)
	}
	var index []book.Entry
	b, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err == nil {
		err = json.Unmarshal(b, &index)
	}
	if err != nil || len(index) != 2 || index[0].ID != "02-random-spaces" || index[0].Seed != 3 || len(index[0].Files) != 2 || !strings.Contains(index[0].Caption, "Seed 3") {
		t.Errorf("index %+v, %v", index, err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 7 {
		t.Errorf("%v in the folder", entries)
	}
}

func TestInterruptIsReported(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	if status := run(ctx, []string{"-only", "04-line", "-out", t.TempDir()}, &out, &errs); status != 1 {
		t.Errorf("called off, the status is %d", status)
	}
}

func TestData(t *testing.T) {
	t.Setenv("ONEWORD_CACHE", t.TempDir())
	status, out, _ := essay(t, "data")
	for _, s := range data.Sources() {
		if !strings.Contains(out, s.Name) {
			t.Errorf("%s is not listed", s.Name)
		}
	}
	if status != 0 || !strings.Contains(out, "not here") {
		t.Error(status, out)
	}
	if status, out, _ := essay(t, "data", "get", "cat"); status != 0 || !strings.Contains(out, "here already") {
		t.Error(status, out)
	}
}

// The same corpus, in any of the formats, gives the same bytes.
func TestTrainNgrams(t *testing.T) {
	text := texts.Cat().Text + "\n" + data.EndOfText + "\n" + texts.Dog().Text
	corpus, held := write(t, "corpus.txt", text), write(t, "held.txt", texts.TomSawyer().Text[:20_000])
	read := func(dir, name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var dirs []string
	for range 2 {
		dir := t.TempDir()
		dirs = append(dirs, dir)
		if status, _, errs := essay(t, "train", "ngrams", "-corpus", corpus, "-heldout", held, "-out", dir, "-vocabulary", "500"); status != 0 {
			t.Fatal(errs)
		}
	}
	for _, name := range []string{"letters.ngram", "words.ngram", "report.json"} {
		if !bytes.Equal(read(dirs[0], name), read(dirs[1], name)) {
			t.Errorf("%s differs from one run to the next", name)
		}
	}
	words, err := ngram.Parse("words.ngram", read(dirs[0], "words.ngram"))
	if err != nil {
		t.Fatal(err)
	}
	if words.Vocab() != 501 || words.Order() != 3 || words.MinCount(3) != 5 {
		t.Errorf("%d words, order %d, least count %d", words.Vocab(), words.Order(), words.MinCount(3))
	}
	if !bytes.Contains(read(dirs[0], "report.json"), []byte(`"perplexity_kneser_ney"`)) {
		t.Error("nothing was measured on the held-out text")
	}
}
