package ngrams

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/letterfreq"
	"oneword/must"
	"oneword/ngram"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"03-letter-plot": func(t *testing.T, lab labs.Lab) {
		letters := letterfreq.FromMap(lab.Letters().LetterCounts()).Without(' ')
		for _, letter := range "etaoin" {
			if r := letters.Rank(letter); r == 0 || r > 7 {
				t.Errorf("%c is number %d, want it among the first 7", letter, r)
			}
		}
	},
	"03-letter-pairs": func(t *testing.T, lab labs.Lab) {
		table := lab.Letters()
		p := table.Bigrams(must.Get(table.Encode("abcdefghijklmnopqrstuvwxyz"))...)
		for row := range 26 {
			if x := p.At(row, 'q'-'a'); row == 'u'-'a' && x < 0.97 || row != 'u'-'a' && x > 0.01 {
				t.Errorf("after q comes %c with probability %v", 'a'+row, x)
			}
			sum := 0.0
			for second := range 26 {
				sum += p.At(second, row)
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("what follows %c sums to %v", 'a'+row, sum)
			}
		}
	},
	"03-pair-words": func(t *testing.T, lab labs.Lab) {
		words := strings.Fields(cellstest.Prose(t, lab, PairWords))
		if known := ngram.KnownShare(strings.Join(words, " "), lab.Words()); len(words) != 60 || !(known > 0.05 && known < 0.7) {
			t.Errorf("%d words, %v of them real; want some, not all", len(words), known)
		}
	},
	"03-ngram-words": func(t *testing.T, lab labs.Lab) {
		table := cellstest.Drawn(t, lab, NgramWords)
		rows := regexp.MustCompile(`(?m)^ *(\d) .* (\S+) %$`).FindAllStringSubmatch(table, -1)
		last := math.Inf(-1)
		for n, row := range rows {
			var percent float64
			if _, err := fmt.Sscan(row[2], &percent); err != nil {
				t.Fatal(err)
			}
			if row[1] != fmt.Sprint(n) || !(percent > last+1.1) { // rounded, hence the .1
				t.Errorf("n = %s: %v %% of the words are real, %v %% before", row[1], percent, last)
			}
			last = percent
		}
		if len(rows) != 6 || last < 60 {
			t.Errorf("with the last of %d n, %v %% of the words are real, want most", len(rows), last)
		}
	},
	"03-word-frequency": func(t *testing.T, lab labs.Lab) {
		words := lab.Words()
		if first := words.Symbols()[0]; first != "the" {
			t.Errorf("the most frequent word is %q", first)
		}
		at := func(rank int) float64 { return math.Log(float64(words.Count(rank - 1))) }
		if slope := (at(5000) - at(10)) / math.Log(500); !(math.Abs(slope+1) <= 0.1) {
			t.Errorf("from rank 10 to 5,000 the frequency falls with exponent %v, want about -1", slope)
		}
	},
	"03-independent-words": func(t *testing.T, lab labs.Lab) {
		ids, err := lab.Words().Encode(cellstest.Prose(t, lab, IndependentWords))
		if err != nil || len(ids) < 68 {
			t.Errorf("%d words, %v", len(ids), err)
		}
	},
	"03-cat-pairs": func(t *testing.T, lab labs.Lab) {
		words, seen := lab.Words(), map[string]bool{}
		for _, line := range strings.Split(cellstest.Drawn(t, lab, CatPairs), "\n")[2:] {
			_, text, found := strings.Cut(strings.TrimSpace(line), "cat ")
			if !found {
				continue
			}
			ids, err := words.Encode("cat " + text)
			if err != nil || len(ids) != 20 || seen[text] {
				t.Errorf("%q: %d words, or the same twice (%v)", text, len(ids), err)
			}
			seen[text] = true
			for i := range ids[1:] {
				if words.Count(ids[i], ids[i+1]) == 0 {
					t.Errorf("the pair %q was never counted", words.Decode(ids[i:i+2]))
				}
			}
		}
		if len(seen) != 5 {
			t.Errorf("%d texts begin with “cat”, want five", len(seen))
		}
	},
	"03-combinatorics": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, Combinatorics)
		for _, want := range []string{"1.6·10⁹", "6.4·10¹³", "1.1·10⁹²"} {
			if !strings.Contains(text, want) {
				t.Errorf("the table lacks %s", want)
			}
		}
		if pairs := 1.6e9 / float64(lab.Measured().DistinctPairs); pairs < 180 || pairs > 230 {
			t.Errorf("one pair in %.0f was met, the text says two hundred", pairs)
		}
		if math.Pow(40_000, 20) < 1e80 || float64(lab.Measured().DistinctTriples) > 6.4e13/1e6 {
			t.Error("20 words should exceed the particles, and hardly any triple be seen")
		}
	},
	"03-unseen": func(t *testing.T, lab labs.Lab) {
		if m := lab.Measured(); math.Abs(float64(m.Words)/39e6-1) > 0.02 || m.HeldOut.Unseen[2] < 0.45 || m.HeldOut.Unseen[2] > 0.5 {
			t.Errorf("%d words read, %v unseen", m.Words, m.HeldOut.Unseen)
		}
		text := cellstest.Drawn(t, lab, Unseen)
		large := fmt.Sprintf("%.0f million words read", float64(lab.Measured().Words)/1e6)
		for _, name := range []string{"nine tenths of a novel read", large} {
			unseen := points(t, text, name, 5)
			for n := 1; n < 5; n++ {
				if unseen[n] <= unseen[n-1] {
					t.Errorf("unseen shares %v do not rise", unseen)
				}
			}
			if unseen[0] > 0.1 || unseen[4] < 0.9 {
				t.Errorf("unseen shares %v, want from nearly none to nearly all", unseen)
			}
		}
		add, discount := points(t, text, "add 0.01", 3), points(t, text, "absolute discount", 3)
		kneserNey := points(t, text, "Kneser–Ney", 3)
		if !(kneserNey[1] < discount[1] && discount[1] < add[1] && kneserNey[2] < kneserNey[0]) {
			t.Errorf("perplexities: %v, %v, %v", add, discount, kneserNey)
		}
	},
}

// points are the n heights of a curve in what a plot says in words.
func points(t *testing.T, plot, curve string, n int) []float64 {
	t.Helper()
	_, line, _ := strings.Cut(plot, fmt.Sprintf("\n%s (%d points):", curve, n))
	line, _, _ = strings.Cut(line, "\n")
	var heights []float64
	for _, m := range regexp.MustCompile(`\d+: (\S+)`).FindAllStringSubmatch(line, -1) {
		var y float64
		if _, err := fmt.Sscan(m[1], &y); err != nil {
			t.Fatalf("%s: %q: %v", curve, m[0], err)
		}
		heights = append(heights, y)
	}
	if len(heights) != n {
		t.Fatalf("%s has %v, want %d points", curve, heights, n)
	}
	return heights
}
