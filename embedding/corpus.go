package embedding

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"oneword/ngram"
)

// A Corpus is text as numbers of words: what vectors are learned from.
type Corpus struct {
	Words  []string // the most frequent first
	Counts []uint64 // how often each occurs
	Text   []int32  // places in Words; Break ends a document. Other words are left out.
	Tokens int      // how many words the text had, those left out included
}

// Break stands in a Text between documents: no word sees another beyond it.
const Break int32 = -1

// NewCorpus reads texts and keeps their most frequent words, at most vocab of
// them, that occur minCount times or more. Words are runs of letters, in lower
// case, as in package ngram; form feeds part documents.
func NewCorpus(vocab, minCount int, texts ...io.Reader) (*Corpus, error) {
	tok := ngram.NewWords()
	var counts []uint64
	c := &Corpus{}
	for _, text := range texts {
		for tokens, err := range ngram.Tokens(text, tok) {
			if err != nil {
				return nil, fmt.Errorf("embedding: %w", err)
			}
			for _, id := range tokens {
				if id == ngram.Break {
					c.Text = append(c.Text, Break)
					continue
				}
				for int(id) >= len(counts) {
					counts = append(counts, 0)
				}
				counts[id]++
				c.Tokens++
				c.Text = append(c.Text, int32(id))
			}
		}
	}
	symbols := tok.Symbols()
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(symbols[a], symbols[b]))
	})
	place := make([]int32, len(counts))
	for i := range place {
		place[i] = Break
	}
	for _, id := range order[:min(vocab, len(order))] {
		if counts[id] < uint64(max(minCount, 1)) {
			break
		}
		place[id] = int32(len(c.Words))
		c.Words = append(c.Words, symbols[id])
		c.Counts = append(c.Counts, counts[id])
	}
	if len(c.Words) < 2 {
		return nil, fmt.Errorf("embedding: %d different words of the %d read occur %d times or more, want 2 at the least", len(c.Words), c.Tokens, minCount)
	}
	kept := c.Text[:0]
	for _, id := range c.Text {
		if id == Break || place[id] != Break {
			if id != Break {
				id = place[id]
			}
			kept = append(kept, id)
		}
	}
	c.Text = kept
	return c, nil
}
