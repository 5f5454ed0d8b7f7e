package book

import (
	"runtime"

	"oneword/internal/simd"
)

// Processor names the instructions that figures are drawn with here, such as
// "amd64, AVX-512".
func Processor() string { return runtime.GOARCH + ", " + simd.Level() }

// Comparable says which figures must have, drawn here, the bytes that a gallery
// folder has: those that were drawn with the same instructions, and those that
// are exact.
func (b *Book) Comparable(dir string) (func(id string) bool, error) {
	entries, err := readIndex(dir)
	if err != nil {
		return nil, err
	}
	same := map[string]bool{"": len(entries) > 0} // what belongs to no figure, if all are
	for _, e := range entries {
		same[e.ID] = e.Processor == Processor()
		same[""] = same[""] && same[e.ID]
	}
	for _, f := range b.Figures() {
		same[f.ID] = same[f.ID] || f.Exact
	}
	return func(id string) bool { return same[id] }, nil
}
