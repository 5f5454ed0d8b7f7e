package ngram

import (
	"fmt"
	"math"

	"oneword/lm"
)

// AddK returns the simplest smoothed model of order n: every token that could
// follow a context is counted k times more than it was seen (Laplace's rule
// for k = 1), so that nothing is impossible.
//
//	P(w | context) = (count(context w) + k) / (count(context ·) + k·V)
func AddK(t *Table, n int, k float64) (lm.Scorer, error) {
	if n < 1 || n > t.Order() {
		return nil, fmt.Errorf("ngram: order %d: this table has 1 to %d", n, t.Order())
	}
	if !(k > 0) || math.IsInf(k, 1) {
		return nil, fmt.Errorf("ngram: k = %v: want a number above 0", k)
	}
	a := addK{table: t, order: n, k: k, total: make([][]float64, n+1)}
	for order := 1; order <= n; order++ {
		l := &t.levels[order]
		a.total[order] = make([]float64, len(l.first)-1)
		for c := range a.total[order] {
			for _, count := range l.count[l.first[c]:l.first[c+1]] {
				a.total[order][c] += float64(count)
			}
		}
	}
	return a, nil
}

type addK struct {
	table *Table
	order int
	k     float64
	total [][]float64 // by order of the n-gram and place of its context
}

func (a addK) Vocab() int { return a.table.Vocab() }

// suffix is as much of the end of a context as the model looks at, and the
// sum that its counts are divided by.
func (a addK) suffix(context []int) ([]int, float64) {
	used := min(a.order-1, len(context))
	context = context[len(context)-used:]
	sum := a.k * float64(a.Vocab())
	if c, ok := a.table.find(context); ok {
		sum += a.total[used+1][c]
	}
	return context, sum
}

func (a addK) Next(context []int, p []float64) {
	context, sum := a.suffix(context)
	for i := range p {
		p[i] = a.k / sum
	}
	tokens, counts := a.table.Followers(context...)
	for i, t := range tokens {
		p[t] = (float64(counts[i]) + a.k) / sum
	}
}

func (a addK) Prob(context []int, token int) float64 {
	context, sum := a.suffix(context)
	var gram [MaxOrder]int
	return (float64(a.table.Count(append(append(gram[:0], context...), token)...)) + a.k) / sum
}

// discounted is the interpolated model with absolute discounting: a little is
// taken from every count, and what was taken in a context is shared out by
// the model of the next shorter context. Kneser-Ney is the same with other
// counts for the shorter contexts.
//
//	P(w | c) = max(count(c w) − D, 0) / total(c) + left(c) · P(w | shorter c)
//
// left(c) is whatever makes the sum 1, so it also holds what was pruned.
type discounted struct {
	table    *Table
	order    int
	discount []float64   // D of each order
	counts   [][]float64 // by order and place in the level
	total    [][]float64 // by order of the n-gram and place of its context
	left     [][]float64 // the same
}

// AbsoluteDiscount returns the interpolated model of order n that takes the
// same amount from all counts of an order, estimated as n1/(n1+2·n2) from how
// many n-grams occurred once and twice (Ney, Essen and Kneser 1994).
func AbsoluteDiscount(t *Table, n int) (lm.Scorer, error) {
	if n < 1 || n > t.Order() {
		return nil, fmt.Errorf("ngram: order %d: this table has 1 to %d", n, t.Order())
	}
	counts := make([][]float64, n+1)
	for k := 1; k <= n; k++ {
		counts[k] = make([]float64, t.Len(k))
		for i, c := range t.levels[k].count {
			counts[k][i] = float64(c)
		}
	}
	return newDiscounted(t, n, counts), nil
}

func newDiscounted(t *Table, n int, counts [][]float64) *discounted {
	d := &discounted{table: t, order: n, counts: counts,
		discount: make([]float64, n+1), total: make([][]float64, n+1), left: make([][]float64, n+1)}
	for k := 1; k <= n; k++ {
		once, twice := 0.0, 0.0
		for _, c := range counts[k] {
			switch c {
			case 1:
				once++
			case 2:
				twice++
			}
		}
		d.discount[k] = 0.5 // where there are no rare n-grams to estimate it from
		if once > 0 {
			d.discount[k] = once / (once + 2*twice)
		}
		l := &t.levels[k]
		contexts := len(l.first) - 1
		d.total[k], d.left[k] = make([]float64, contexts), make([]float64, contexts)
		for c := range contexts {
			sum, kept := 0.0, 0.0
			for i := l.first[c]; i < l.first[c+1]; i++ {
				sum += counts[k][i]
				kept += math.Max(counts[k][i]-d.discount[k], 0)
			}
			// In a pruned table more followed the context than is left.
			if pruned := t.minCount[k] > 1; pruned && k > 1 {
				sum = math.Max(sum, counts[k-1][c])
			}
			d.total[k][c], d.left[k][c] = sum, 1
			if sum > 0 {
				d.left[k][c] = 1 - kept/sum
			}
		}
	}
	return d
}

func (d *discounted) Vocab() int { return d.table.Vocab() }

func (d *discounted) Next(context []int, p []float64) {
	for i := range p {
		p[i] = 1 / float64(len(p))
	}
	for k := 1; k <= min(d.order, len(context)+1); k++ {
		c, ok := d.table.find(context[len(context)-k+1:])
		if !ok {
			return // a longer context, which ends in this one, was not seen either
		}
		left := d.left[k][c]
		for i := range p {
			p[i] *= left
		}
		l := &d.table.levels[k]
		for i := l.first[c]; i < l.first[c+1]; i++ {
			p[l.token[i]] += math.Max(d.counts[k][i]-d.discount[k], 0) / d.total[k][c]
		}
	}
}

func (d *discounted) Prob(context []int, token int) float64 {
	p := 1 / float64(d.Vocab())
	var gram [MaxOrder]int
	for k := 1; k <= min(d.order, len(context)+1); k++ {
		suffix := context[len(context)-k+1:]
		c, ok := d.table.find(suffix)
		if !ok {
			return p
		}
		p *= d.left[k][c]
		if i, ok := d.table.find(append(append(gram[:0], suffix...), token)); ok {
			p += math.Max(d.counts[k][i]-d.discount[k], 0) / d.total[k][c]
		}
	}
	return p
}
