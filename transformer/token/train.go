package token

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"
)

// Count adds the pieces of a text to counts, as Train wants them.
func Count(counts map[string]int, text string) {
	for len(text) > 0 {
		n := next(text)
		counts[text[:n]]++
		text = text[n:]
	}
}

// Train learns a vocabulary of so many tokens from the pieces of a text and how
// often each occurs: the 256 bytes, the merges, and End. Of pairs that are
// equally frequent, the one whose tokens are older goes first, so that the
// same counts give the same vocabulary. If the text has fewer pairs than that,
// the vocabulary is smaller.
func Train(counts map[string]int, size int) (*Vocabulary, error) {
	const least = 256 + 1
	if size < least {
		return nil, fmt.Errorf("token: a vocabulary of %d, want %d or more: a token for each byte and one for the end", size, least)
	}
	t := newTrainer(counts)
	var merges []pair
	for len(t.tokens) < size-1 {
		p, ok := t.best()
		if !ok {
			break
		}
		merges = append(merges, p)
		t.merge(p)
	}
	return newVocabulary(append(t.tokens, End), merges)
}

// A trainer keeps, while pairs are merged one after the other, how often each
// pair occurs, and in which pieces, so that a merge touches only those.
type trainer struct {
	tokens []string
	pieces [][]int32
	count  []int // of each piece
	pairs  map[pair]*pairInfo
	queue  pairQueue
}

type pairInfo struct {
	count int
	where map[int32]struct{} // pieces
}

func newTrainer(counts map[string]int) *trainer {
	t := &trainer{pairs: map[pair]*pairInfo{}}
	for b := range 256 {
		t.tokens = append(t.tokens, string([]byte{byte(b)}))
	}
	texts := make([]string, 0, len(counts))
	for text, n := range counts {
		if n > 0 && len(text) > 1 {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	for i, text := range texts {
		piece := make([]int32, len(text))
		for k := range len(text) {
			piece[k] = int32(text[k])
		}
		t.pieces, t.count = append(t.pieces, piece), append(t.count, counts[text])
		t.add(int32(i), 1)
	}
	for p, info := range t.pairs {
		t.queue = append(t.queue, queued{p, info.count})
	}
	heap.Init(&t.queue)
	return t
}

// add counts the pairs of a piece, times sign.
func (t *trainer) add(i int32, sign int) {
	piece := t.pieces[i]
	for k := range len(piece) - 1 {
		p := pair{piece[k], piece[k+1]}
		info := t.pairs[p]
		if info == nil {
			info = &pairInfo{where: map[int32]struct{}{}}
			t.pairs[p] = info
		}
		info.count += sign * t.count[i]
		if sign > 0 {
			info.where[i] = struct{}{}
		}
	}
}

// best is the most frequent pair. Entries of the queue may be out of date: they
// are then put back with the count of today.
func (t *trainer) best() (pair, bool) {
	for t.queue.Len() > 0 {
		q := heap.Pop(&t.queue).(queued)
		info := t.pairs[q.pair]
		if info == nil || info.count <= 0 {
			continue
		}
		if info.count == q.count {
			return q.pair, true
		}
		heap.Push(&t.queue, queued{q.pair, info.count})
	}
	return pair{}, false
}

// merge makes a token of a pair, in all pieces.
func (t *trainer) merge(p pair) {
	id := int32(len(t.tokens))
	t.tokens = append(t.tokens, t.tokens[p.left]+t.tokens[p.right])
	touched := make([]int32, 0, len(t.pairs[p].where))
	for i := range t.pairs[p].where {
		touched = append(touched, i)
	}
	slices.Sort(touched)
	grown := map[pair]struct{}{}
	for _, i := range touched {
		if !contains(t.pieces[i], p) {
			continue // it had the pair once, before another merge
		}
		t.add(i, -1)
		piece, kept := t.pieces[i], t.pieces[i][:0]
		for k := 0; k < len(piece); k++ {
			if k+1 < len(piece) && piece[k] == p.left && piece[k+1] == p.right {
				kept = append(kept, id)
				k++
			} else {
				kept = append(kept, piece[k])
			}
		}
		t.pieces[i] = kept
		t.add(i, 1)
		for k := range len(kept) - 1 {
			if kept[k] == id || kept[k+1] == id {
				grown[pair{kept[k], kept[k+1]}] = struct{}{}
			}
		}
	}
	delete(t.pairs, p)
	for q := range grown {
		heap.Push(&t.queue, queued{q, t.pairs[q].count})
	}
}

func contains(piece []int32, p pair) bool {
	for k := range len(piece) - 1 {
		if piece[k] == p.left && piece[k+1] == p.right {
			return true
		}
	}
	return false
}

type queued struct {
	pair
	count int
}

type pairQueue []queued

func (q pairQueue) Len() int { return len(q) }
func (q pairQueue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[j].count, q[i].count), cmp.Compare(q[i].left, q[j].left), cmp.Compare(q[i].right, q[j].right)) < 0
}
func (q pairQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *pairQueue) Push(x any)   { *q = append(*q, x.(queued)) }
func (q *pairQueue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
