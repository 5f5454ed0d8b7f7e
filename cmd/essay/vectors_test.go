package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNear(t *testing.T) {
	glove := write(t, "glove.txt", "man 1 0 0\nwoman 0 1 0\nking 1 0 1\nqueen 0 1 1\n")
	broken := write(t, "broken.txt", "man 1 0 0\nwoman 0 1\n")
	for _, c := range []struct {
		args   string
		status int
		want   string
	}{
		{"near alligator -n 40", 0, "crocodile"},
		{"near man king woman -n 1", 0, "queen"},
		{"near -vectors " + glove + " man king woman -n 1", 0, "queen"},
		{"near -vectors " + glove + " king -n 1 -json", 0, `"word": "`},
		{"near -vectors " + glove + " kings", 1, "king"},
		{"near -vectors " + broken + " king", 1, "broken.txt:2: 2 numbers, want 3"},
		{"near -vectors " + glove + " -score", 0, "left out"},
		{"near crocodil", 1, `no vector of "crocodil"; near it: crocodile`},
		{"near", 2, "one word or three"},
		{"near a b", 2, "one word or three"},
		{"near king -n 0", 2, "-n 1"},
	} {
		status, out, stderr := essay(t, strings.Fields(c.args)...)
		if status != c.status || !strings.Contains(out+stderr, c.want) {
			t.Errorf("%s: status %d, %s%s", c.args, status, out, stderr)
		}
	}
}

func TestTrainVectors(t *testing.T) {
	corpus := write(t, "corpus.txt", strings.Repeat("The king and the queen sat in the house. A man and a woman sat in the garden. ", 3000))
	out := filepath.Join(t.TempDir(), "vectors")
	args := []string{"train", "vectors", "-corpus", corpus, "-out", out, "-dim", "8", "-epochs", "5"}
	status, said, stderr := essay(t, args...)
	if status != 0 || !strings.Contains(said, "words/s") || !strings.Contains(said, "left out") {
		t.Fatalf("status %d, %s%s", status, said, stderr)
	}
	first, err := os.ReadFile(filepath.Join(out, "vectors.byte"))
	if err != nil {
		t.Fatal(err)
	}
	essay(t, args...)
	if second, _ := os.ReadFile(filepath.Join(out, "vectors.byte")); string(second) != string(first) {
		t.Error("the same corpus gave other bytes")
	}
	if status, said, stderr := essay(t, "near", "-vectors", filepath.Join(out, "vectors.byte"), "king", "-n", "3"); status != 0 || strings.Count(said, "\n") != 3 {
		t.Errorf("status %d, %s%s", status, said, stderr)
	}
	for _, bad := range [][]string{{"-dim", "0"}, {"-rate", "-1"}, {"-epochs", "0"}} {
		if status, _, _ := essay(t, append(args, bad...)...); status == 0 {
			t.Errorf("%v passed", bad)
		}
	}
}

func TestTrainParens(t *testing.T) {
	out := filepath.Join(t.TempDir(), "parens")
	status, said, stderr := essay(t, "train", "parens", "-steps", "8", "-out", out)
	if status != 0 || !strings.Contains(said, "1 blocks:") || !strings.Contains(said, "2 blocks:") {
		t.Fatalf("status %d, %s%s", status, said, stderr)
	}
	for _, name := range []string{"parens-1.safetensors", "parens-2.safetensors", "training.json"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
	if status, _, _ := essay(t, "train", "parens", "-steps", "0", "-out", out); status != 2 {
		t.Errorf("no steps: status %d", status)
	}
}

func TestTrainFeedback(t *testing.T) {
	if os.Getenv("ONEWORD_LONG") == "" {
		t.Skip("set ONEWORD_LONG to let the small GPT write and be tuned")
	}
	held, out := write(t, "held.txt", strings.Repeat("The cat sat on the mat. ", 40)), filepath.Join(t.TempDir(), "feedback.json")
	args := []string{"train", "feedback", "-heldout", held, "-out", out, "-texts", "150", "-steps", "2", "-batch", "2", "-length", "10"}
	if status, said, stderr := essay(t, args...); status != 0 || !strings.Contains(said, "before") {
		t.Fatalf("status %d, %s%s", status, said, stderr)
	}
	if file, err := os.ReadFile(out); err != nil || !strings.Contains(string(file), `"agreement"`) {
		t.Errorf("%v", err)
	}
	if status, _, _ := essay(t, append(args, "-texts", "2")...); status != 2 {
		t.Errorf("two texts: status %d", status)
	}
}
