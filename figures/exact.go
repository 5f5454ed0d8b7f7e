package figures

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"

	"oneword/internal/simd"
)

// exact are the figures of chapters 5 to 12 that are counts, diagrams, or
// records of a training.
var exact = []string{
	"05-printed-digits", "05-sample-digits", "06-lenet", "06-ones-twos", "06-attractors", "06-three-points", "06-activations", "06-neuron-counts",
	"07-target", "08-array-sizes", "08-monitor", "08-irreducible", "09-fill-in", "09-training",
	"10-tokens", "10-embedding-diagram", "10-block-diagram", "10-architecture",
	"11-learning-curve", "11-samples", "11-cost", "11-parse-tree", "11-parentheses", "11-paren-training", "11-feedback",
}

// Exact says whether the picture has the same bytes on every kind of processor.
// Behind the others stands a net, whose sums differ in their last bits with the
// order in which a processor's instructions add; of them the facts are the same.
func (f Figure) Exact() bool {
	return f.Chapter >= 2 && f.Chapter <= 4 || slices.Contains(exact, f.ID)
}

// Processor names the instructions that figures are drawn with here, such as
// "amd64, AVX-512". A gallery's pages have it as their generator.
func Processor() string { return runtime.GOARCH + ", " + simd.Level() }

var generator = regexp.MustCompile(`<meta name="generator" content="oneword: ([^"]*)">`)

// Comparable says which figures must have, drawn here, the bytes that a gallery
// folder has: all if it was drawn with the same instructions, else those that
// are exact.
func Comparable(dir string) (func(id string) bool, error) {
	page, err := os.ReadFile(filepath.Join(dir, pages["en"]))
	if err != nil {
		return nil, err
	}
	if m := generator.FindSubmatch(page); m != nil && string(m[1]) == Processor() {
		return func(string) bool { return true }, nil
	}
	same := map[string]bool{}
	for _, f := range All() {
		same[f.ID] = f.Exact()
	}
	return func(id string) bool { return same[id] }, nil
}
