package book

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"

	"oneword/internal/simd"
)

// Processor names the instructions that figures are drawn with here, such as
// "amd64, AVX-512". A gallery's pages have it as their generator.
func Processor() string { return runtime.GOARCH + ", " + simd.Level() }

var generator = regexp.MustCompile(`<meta name="generator" content="oneword: ([^"]*)">`)

// Comparable says which figures must have, drawn here, the bytes that a gallery
// folder has: all if it was drawn with the same instructions, else those that
// are exact.
func (b *Book) Comparable(dir string) (func(id string) bool, error) {
	page, err := os.ReadFile(filepath.Join(dir, pages["en"]))
	if err != nil {
		return nil, err
	}
	if m := generator.FindSubmatch(page); m != nil && string(m[1]) == Processor() {
		return func(string) bool { return true }, nil
	}
	same := map[string]bool{}
	for _, f := range b.Figures() {
		same[f.ID] = f.Exact
	}
	return func(id string) bool { return same[id] }, nil
}
