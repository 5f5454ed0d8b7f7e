package labs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"oneword/labs"
	"oneword/lm"
	"oneword/transformer"
)

// With another GPT in the first line, all cells have it; it is opened once, when
// it is asked for, and what was kept of the other one is not.
func TestAnotherGPT(t *testing.T) {
	opened := 0
	lab := labs.New(1)
	small := lab.GPT()
	tiny := lab.WithGPT(func() (*transformer.Model, error) {
		opened++
		return transformer.Load("../transformer/testdata/gpt2-tiny", transformer.F32)
	})
	if opened != 0 {
		t.Error("it is opened before it is asked for")
	}
	if a, b := tiny.GPT(), tiny.GPT(); a != b || a == small || opened != 1 || a.Config.Width == small.Config.Width {
		t.Errorf("asked for twice, it is opened %d times", opened)
	}
	if lab.GPT() != small {
		t.Error("the other lab has changed")
	}
	failing := lab.WithGPT(func() (*transformer.Model, error) { return nil, os.ErrNotExist })
	defer func() {
		if err, ok := recover().(error); !ok || err != os.ErrNotExist {
			t.Errorf("a model that does not open panics with %v", err)
		}
	}()
	failing.GPT()
}

func TestSeeds(t *testing.T) {
	draw := func(seed uint64, purpose string) uint64 { return labs.New(seed).Rand(purpose).Uint64() }
	if draw(1, "a") != lm.Rand(1, "a").Uint64() || draw(1, "a") == draw(2, "a") || draw(1, "a") == draw(1, "b") {
		t.Error("a stream depends on the seed and the purpose")
	}
}

func TestOnce(t *testing.T) {
	lab, n := labs.New(1), 0
	count := func() int { n++; return n }
	first, again, other := labs.Once(lab, "n", count), labs.Once(lab, "n", count), labs.Once(labs.New(1), "n", count)
	if first != 1 || again != 1 || other != 2 {
		t.Error("computed again for the same lab, or not for another")
	}
}

func ExampleNotebook() {
	show := labs.Notebook() // outside a notebook, text is printed
	show.Printf("%.2f\n", 1.0/3)
	show("and", " more\n", labs.Values{"worst": 0.123456}) // for a caption
	// Output:
	// 0.33
	// and more
}

// cell is what GoNB makes of the first cell of a notebook and one other.
const cell = `package main

import (
	IMPORTS
	"oneword/chart"
	"oneword/labs"
)

var lab = labs.New(1)
var show = labs.Notebook()

func main() {
	CELL
	_ = chart.Plot
}
`

// A cell links what it uses: one about letters has no net, no vectors and no GPT
// in it, one with the GPT that comes with the program nothing that fetches
// another.
func TestCellsLinkWhatTheyUse(t *testing.T) {
	if testing.Short() {
		t.Skip("links programs")
	}
	repo, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, imports, cell string
		has, hasNot         []string
		largest             int64 // bytes, without symbols
	}{
		{"letters", `"oneword/letterfreq"`, `show(chart.Bars(letterfreq.FromMap(lab.Letters().LetterCounts())))`,
			[]string{"ngram/tables.letters"}, []string{"ngram/tables.words", "embedding/vectors.file", "transformer/small.", "nn/digits.weights", "nn/pets.weights", "net/http.", "transformer.(*Model)"}, 14 << 20},
		{"GPT", ``, `show(len(lab.GPT().Vocabulary.Encode("a")))`,
			[]string{"transformer/small."}, []string{"oneword/data/hub.", "net/http.", "embedding/vectors.file", "ngram/tables.words"}, 36 << 20},
	} {
		dir := t.TempDir()
		source := strings.NewReplacer("IMPORTS", tt.imports, "CELL", tt.cell).Replace(cell)
		if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
		program := filepath.Join(dir, "cell")
		build := func(flags ...string) {
			t.Helper()
			c := exec.Command("go", append(append([]string{"build", "-o", program}, flags...), filepath.Join(dir, "main.go"))...)
			c.Dir = repo
			if out, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", tt.name, err, out)
			}
		}
		build()
		symbols, err := exec.Command("go", "tool", "nm", program).Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range tt.has {
			if !strings.Contains(string(symbols), s) {
				t.Errorf("%s: %s is not linked; is this test still of use?", tt.name, s)
			}
		}
		for _, s := range tt.hasNot {
			if strings.Contains(string(symbols), s) {
				t.Errorf("%s: %s is linked", tt.name, s)
			}
		}
		build("-ldflags=-s")
		info, err := os.Stat(program)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %.1f MB", tt.name, float64(info.Size())/1e6)
		if info.Size() > tt.largest {
			t.Errorf("%s: the program has %d bytes, want %d at most", tt.name, info.Size(), tt.largest)
		}
	}
}
