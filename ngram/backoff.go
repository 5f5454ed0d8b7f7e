package ngram

import (
	"fmt"

	"oneword/lm"
)

// backoff predicts by the counts alone: what followed this context in the
// text, and how often? See [Backoff].
type backoff struct {
	table *Table
	order int
}

// Backoff returns the model that looks at the last n-1 tokens and answers
// with the relative frequencies of what followed them. Where they were never
// seen, or only at the end of a text, it backs off to the last n-2, and so on.
// Order 0 knows no counts: every token is as likely as any other. Unknown is
// never predicted.
func Backoff(t *Table, n int) (lm.Model, error) {
	if n < 0 || n > t.Order() {
		return nil, fmt.Errorf("ngram: order %d: this table has 0 to %d", n, t.Order())
	}
	return backoff{t, n}, nil
}

func (b backoff) Vocab() int { return b.table.Vocab() }

func (b backoff) Next(context []int, p []float64) {
	clear(p)
	if b.order > 0 {
		for used := min(b.order-1, len(context)); used >= 0; used-- {
			tokens, counts := b.table.Followers(context[len(context)-used:]...)
			sum := 0.0
			for i, t := range tokens {
				if int(t) != b.table.unknown {
					sum += float64(counts[i])
				}
			}
			if sum == 0 {
				continue
			}
			for i, t := range tokens {
				if int(t) != b.table.unknown {
					p[t] = float64(counts[i]) / sum
				}
			}
			return
		}
	}
	for i := range p { // order 0
		p[i] = 1 / float64(len(p))
	}
	if u := b.table.unknown; u >= 0 && len(p) > 1 {
		for i := range p {
			p[i] = 1 / float64(len(p)-1)
		}
		p[u] = 0
	}
}
