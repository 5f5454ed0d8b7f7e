package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"oneword/transformer"
)

func TestNext(t *testing.T) {
	status, out, stderr := essay(t, "next", "-prompt", "Once upon a", "-top", "3", "-json")
	var rows []nextRow
	if err := json.Unmarshal([]byte(out), &rows); err != nil || status != 0 || len(rows) != 3 || rows[0].P < rows[1].P || rows[0].Text == "" {
		t.Errorf("status %d, %+v, %v, %s", status, rows, err, stderr)
	}
}

func TestGenerate(t *testing.T) {
	run := func(args ...string) (text string, tokens int) {
		status, out, stderr := essay(t, append([]string{"generate", "-prompt", "The king", "-n", "12", "-json"}, args...)...)
		var got struct {
			Text   string
			Tokens []int
			Seed   uint64
			Rate   float64 `json:"tokens_per_second"`
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || status != 0 || got.Rate <= 0 || !strings.HasPrefix(got.Text, "The king") {
			t.Fatalf("status %d, %q, %v, %s", status, out, err, stderr)
		}
		return got.Text, len(got.Tokens)
	}
	one, n := run()
	if again, _ := run(); again != one || n != 12 {
		t.Errorf("%d tokens; the same seed gives %q and %q", n, one, again)
	}
	if other, _ := run("-seed", "2"); other == one {
		t.Errorf("two seeds give %q", one)
	}
	cold, _ := run("-temperature", "0", "-weights", "int8")
	if same, _ := run("-temperature", "0", "-weights", "int8", "-seed", "3"); same != cold {
		t.Errorf("at temperature 0 the seed changes %q to %q", cold, same)
	}
	status, out, _ := essay(t, "generate", "-prompt", "The king", "-n", "3")
	if status != 0 || !strings.HasPrefix(out, "The king") {
		t.Errorf("status %d, %q", status, out)
	}
}

func TestTokens(t *testing.T) {
	status, out, _ := essay(t, "tokens", "-json", "Hello, \xff world")
	var rows []struct {
		ID   int
		Text string
	}
	if err := json.Unmarshal([]byte(out), &rows); err != nil || status != 0 || len(rows) != 4 || rows[0].ID != 15496 {
		t.Errorf("status %d, %+v, %v", status, rows, err)
	}
}

func TestVerify(t *testing.T) {
	const golden = "../../transformer/testdata/gpt2-tiny"
	status, out, stderr := essay(t, "verify", "-model", golden)
	if status != 0 || !strings.Contains(out, "13 checks passed") || strings.Contains(out, "WRONG") {
		t.Errorf("status %d\n%s%s", status, out, stderr)
	}
	// A model that is not the one of the vectors is found out.
	dir := t.TempDir()
	for _, name := range []string{transformer.ConfigFile, transformer.WeightsFile, transformer.GoldenFile} {
		file, err := os.ReadFile(filepath.Join(golden, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == transformer.WeightsFile {
			copy(file[len(file)/2:], make([]byte, 20_000))
		}
		if err := os.WriteFile(filepath.Join(dir, name), file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if status, out, stderr = essay(t, "verify", "-model", dir); status != 1 || !strings.Contains(out, "WRONG") || !strings.Contains(stderr, "checks failed") {
		t.Errorf("spoilt weights: status %d\n%s%s", status, out, stderr)
	}
}

// A small GPT is trained from a text, is interrupted by nothing, and can be used.
func TestTrainGPT(t *testing.T) {
	text := strings.Repeat("The cat sat on the mat, and the dog sat on the cat. ", 200)
	corpus, held := write(t, "corpus.txt", text), write(t, "held.txt", text[:1000])
	out := filepath.Join(t.TempDir(), "gpt")
	args := []string{"train", "gpt", "-corpus", corpus, "-heldout", held, "-out", out, "-vocabulary", "280", "-context", "16", "-width", "32", "-blocks", "1", "-heads", "2", "-steps", "60", "-rate", "0.01", "-batch", "8", "-warmup", "5"}
	if status, said, stderr := essay(t, args...); status != 0 || !strings.Contains(said, "bits a byte") {
		t.Fatalf("status %d, %s%s", status, said, stderr)
	}
	status, said, stderr := essay(t, "generate", "-model", out, "-prompt", "The cat sat", "-n", "6", "-temperature", "0")
	if status != 0 || !strings.HasPrefix(said, "The cat sat on the") {
		t.Errorf("status %d, %q, %s", status, said, stderr)
	}
	// The folder is not taken for that of other texts or sizes, and the model stays.
	for _, other := range [][]string{{"-width", "16"}, {"-seed", "2"}, {"-corpus", held}} {
		if status, _, stderr := essay(t, append(args, other...)...); status != 1 || !strings.Contains(stderr, "begun with other texts or settings") {
			t.Errorf("%v in the same folder: status %d, %s", other, status, stderr)
		}
	}
	short := slices.Clone(args)
	short[5], short[7] = write(t, "short.txt", "The cat."), filepath.Join(t.TempDir(), "short")
	if status, _, stderr := essay(t, short...); status != 1 || !strings.Contains(stderr, "too few for a row of 16") {
		t.Errorf("a short held-out text: status %d, %s", status, stderr)
	}
	status, said, stderr = essay(t, "verify", "-model", out, "-heldout", held)
	if status != 0 || strings.Count(said, "bits a byte") != 4 {
		t.Errorf("one line for each width of weights: status %d, %q, %s", status, said, stderr)
	}
	if _, err := os.Stat(filepath.Join(out, "model.safetensors.checkpoint")); err == nil {
		t.Error("the checkpoint is left")
	}
}

// Without flags a text is drawn as the help says.
func TestGenerateDefaults(t *testing.T) {
	said := func(flags ...string) string {
		t.Helper()
		status, said, stderr := essay(t, append([]string{"generate", "-prompt", "Once upon a time", "-n", "12"}, flags...)...)
		if status != 0 {
			t.Fatal(stderr)
		}
		return said
	}
	defaults := said()
	if explicit := said("-temperature", "0.8", "-top-k", "40"); explicit != defaults {
		t.Errorf("%q, with the settings said %q", defaults, explicit)
	}
	if all := said("-top-k", "0", "-temperature", "2"); all == defaults {
		t.Errorf("other settings write the same: %q", all)
	}
	_, help, _ := essay(t, "generate", "--help")
	help = strings.Join(strings.Fields(help), " ")
	for _, want := range []string{"(default: 0.8)", "(default: 40)"} {
		if !strings.Contains(help, want) {
			t.Errorf("the help does not say %s:\n%s", want, help)
		}
	}
}

// A model is written as a folder, read back, and not written over another.
func TestExport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "small")
	if status, said, stderr := essay(t, "export", "-out", dir); status != 0 || !strings.Contains(said, "24636672 weights as float16") {
		t.Fatalf("status %d, %s%s", status, said, stderr)
	}
	// The same again is no other model.
	if status, _, stderr := essay(t, "export", "-out", dir); status != 0 {
		t.Errorf("written again: %s", stderr)
	}
	if status, said, stderr := essay(t, "next", "-model", dir, "-prompt", "The cat sat on the", "-top", "1"); status != 0 || !strings.Contains(said, "\"") {
		t.Errorf("status %d, %s%s", status, said, stderr)
	}
	status, _, stderr := essay(t, "export", "-weights", "int8", "-out", dir)
	if status != 1 || !strings.Contains(stderr, "another model") || !strings.Contains(stderr, "-force") {
		t.Errorf("over another model: status %d, %s", status, stderr)
	}
	if status, _, stderr := essay(t, "export", "-weights", "int8", "-force", "-out", dir); status != 0 {
		t.Errorf("with -force: %s", stderr)
	}
	if status, _, stderr := essay(t, "export", "-weights", "int4", "-out", dir); status != 2 || !strings.Contains(stderr, "int4") {
		t.Errorf("no such width: status %d, %s", status, stderr)
	}
	if status, _, stderr := essay(t, "export", "-model", "nothing", "-out", dir); status != 1 || !strings.Contains(stderr, "nothing") {
		t.Errorf("no such model: status %d, %s", status, stderr)
	}
}
