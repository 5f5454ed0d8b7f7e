package tables_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"oneword/ngram"
	"oneword/ngram/tables"
)

func ExampleWords() {
	words, _ := tables.Words()
	the, _ := words.Encode("in the middle of")
	tokens, counts := words.Followers(the[len(the)-2:]...)
	best := 0
	for i := range counts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	fmt.Println("in the middle of", words.Symbols()[tokens[best]])
	// Output: in the middle of the
}

func TestTables(t *testing.T) {
	letters, err := tables.Letters()
	if err != nil {
		t.Fatal(err)
	}
	words, err := tables.Words()
	if err != nil {
		t.Fatal(err)
	}
	m, err := tables.Measured()
	if err != nil {
		t.Fatal(err)
	}
	if letters.Vocab() != 27 || letters.Order() != 5 || letters.Len(2) < 700 || letters.MinCount(3) > 1 {
		t.Errorf("letters: %d symbols, order %d, %d pairs", letters.Vocab(), letters.Order(), letters.Len(2))
	}
	if words.Vocab() != 40_001 || words.Symbols()[40_000] != ngram.Unknown || words.Total() != m.Words {
		t.Errorf("words: %d, the last %q; %d counted, the report has %d", words.Vocab(), words.Symbols()[40_000], words.Total(), m.Words)
	}
	sum := 0.0
	for _, share := range m.WordLengths {
		sum += share
	}
	if sum < 0.999999 || sum > 1.000001 || m.HeldOut == nil || len(m.HeldOut.Unseen) != 5 {
		t.Errorf("report: word lengths sum to %v, held out %+v", sum, m.HeldOut)
	}
}

// The embedded files stay small, and the card of data/README.md tells their numbers.
func TestCard(t *testing.T) {
	card, err := os.ReadFile("../../data/README.md")
	if err != nil {
		t.Fatal(err)
	}
	letters, _ := tables.Letters()
	words, _ := tables.Words()
	size := int64(0)
	for _, name := range []string{"letters.ngram", "words.ngram", "report.json"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if size > 12<<20 {
		t.Errorf("%d bytes are embedded, want under 12 MB", size)
	}
	for _, n := range []int{letters.Len(3), letters.Len(5), words.Len(2), words.Len(3), int(letters.Total()), int(words.Total())} {
		s := fmt.Sprint(n)
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + "," + s[i:]
		}
		if !strings.Contains(string(card), s) {
			t.Errorf("the card does not have the number %s", s)
		}
	}
}
