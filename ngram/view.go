package ngram

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"unicode/utf8"

	"oneword/lm"
)

// LetterCounts are the counts of the single letters of a table of letters, as
// letterfreq.FromMap takes them. For a table of words it is empty.
func (t *Table) LetterCounts() map[rune]uint64 {
	m := map[rune]uint64{}
	if t.separator == "" {
		l := &t.levels[1]
		for i, id := range l.token {
			r, _ := utf8.DecodeRuneInString(t.symbols[id])
			m[r] = l.count[i]
		}
	}
	return m
}

// Pairs is the matrix of which token follows which: At(row, col) is the share
// of the token of the row among those that follow the token of the column.
type Pairs struct {
	table *Table
	ids   []int
	total []float64 // by column
}

// Pairs looks at the pairs of some tokens, which stand in this order across
// and down; shares are among these tokens only.
func (t *Table) Pairs(ids ...int) Pairs {
	p := Pairs{t, ids, make([]float64, len(ids))}
	for col, first := range ids {
		for _, second := range ids {
			p.total[col] += float64(t.Count(first, second))
		}
	}
	return p
}

// Dims is the number of rows and of columns.
func (p Pairs) Dims() (rows, cols int) { return len(p.ids), len(p.ids) }

// At is the share of the second token, down, after the first, across.
func (p Pairs) At(row, col int) float64 {
	if p.total[col] == 0 {
		return 0
	}
	return float64(p.table.Count(p.ids[col], p.ids[row])) / p.total[col]
}

// Names are the tokens themselves.
func (p Pairs) Names() []string {
	names := make([]string, len(p.ids))
	for i, id := range p.ids {
		names[i] = p.table.symbols[id]
	}
	return names
}

// SplitWords yields the words of a sequence of letters: the runs between two
// spaces, where space is the id of the space. Empty runs are left out, and
// runs are cut at maxLen letters, as a model that knows nothing of spaces may
// go on for long.
func SplitWords(letters iter.Seq[int], space, maxLen int) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		var word []int
		for id := range letters {
			if id != space {
				word = append(word, id)
			}
			if len(word) > 0 && (id == space || len(word) == maxLen) {
				if !yield(word) {
					return
				}
				word = nil
			}
		}
	}
}

// longestWord cuts words that end too late: English has few longer ones.
const longestWord = 30

// DrawWords draws words letter by letter, each letter from the last n-1 as
// Backoff has it, the space being one more letter.
func DrawWords(t *Table, n, words int, rng *rand.Rand) ([]string, error) {
	space, ok := t.ID(" ")
	if !ok || t.separator != "" {
		return nil, fmt.Errorf("ngram: drawing words needs a table of letters with the space among them")
	}
	model, err := Backoff(t, n)
	if err != nil {
		return nil, err
	}
	letters := lm.Generate(model, []int{space}, lm.Sampling{Temperature: 1}, rng)
	var out []string
	for _, word := range lm.Take(words, SplitWords(letters, space, longestWord)) {
		out = append(out, t.Text(word))
	}
	return out, nil
}

// Known is the share of words, 0 to 1, that a table of words has. Only words
// of minLen letters or more are judged: in a large text nearly every pair of
// letters stands for something. It is NaN if there are none.
func (t *Table) Known(words []string, minLen int) float64 {
	known, judged := 0, 0
	for _, w := range words {
		if utf8.RuneCountInString(w) < minLen {
			continue
		}
		judged++
		if id, ok := t.ID(w); ok && id != t.unknown {
			known++
		}
	}
	return float64(known) / float64(judged)
}
