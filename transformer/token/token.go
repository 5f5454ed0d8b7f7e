package token

import (
	"fmt"
	"sync"
)

// End is the token that stands between texts. Plain text never contains it:
// Encode cuts the characters like any others.
const End = "<|endoftext|>"

// A Vocabulary is a set of tokens, numbered from 0, with the merges that make
// them. It may be used by several goroutines at once.
type Vocabulary struct {
	tokens []string // the bytes of each
	bytes  [256]int32
	merges map[pair]merge
	whole  map[string]int32 // tokens that their own bytes are cut to
	end    int
	states sync.Pool
}

// A pair is two tokens side by side.
type pair struct{ left, right int32 }

// A merge is what becomes of a pair, and how early: lower ranks go first.
type merge struct{ rank, id int32 }

// newVocabulary checks that the tokens hold all bytes, and that each merge makes
// a token.
func newVocabulary(tokens []string, merges []pair) (*Vocabulary, error) {
	v := &Vocabulary{tokens: tokens, merges: make(map[pair]merge, len(merges)), whole: make(map[string]int32, len(tokens)), end: -1}
	v.states.New = func() any { return new(state) }
	ids := make(map[string]int32, len(tokens))
	for id, t := range tokens {
		if other, ok := ids[t]; ok {
			return nil, fmt.Errorf("tokens %d and %d are both %q", other, id, t)
		}
		ids[t] = int32(id)
	}
	for b := range 256 {
		id, ok := ids[string([]byte{byte(b)})]
		if !ok {
			return nil, fmt.Errorf("there is no token for the byte %#02x", b)
		}
		v.bytes[b] = id
	}
	for rank, p := range merges {
		id, ok := ids[tokens[p.left]+tokens[p.right]]
		if !ok {
			return nil, fmt.Errorf("merge %d joins %q and %q to what is no token", rank, tokens[p.left], tokens[p.right])
		}
		if _, twice := v.merges[p]; twice {
			return nil, fmt.Errorf("merge %d, of %q and %q, stands twice", rank, tokens[p.left], tokens[p.right])
		}
		v.merges[p] = merge{int32(rank), id}
	}
	s := v.states.Get().(*state)
	defer v.states.Put(s)
	var out []int
	for id, t := range tokens {
		if out = v.cut(out[:0], []byte(t), s); len(out) == 1 {
			v.whole[t] = int32(id)
		} else if t == End {
			v.end = id
		}
	}
	return v, nil
}

// Len is the number of tokens.
func (v *Vocabulary) Len() int { return len(v.tokens) }

// Token is the text of a token, which may be a part of a character; "" for an
// ID that does not exist.
func (v *Vocabulary) Token(id int) string {
	if id < 0 || id >= len(v.tokens) {
		return ""
	}
	return v.tokens[id]
}

// EndOfText is the ID of End, or -1 if the vocabulary has no such token.
func (v *Vocabulary) EndOfText() int { return v.end }

// Encode cuts text, of any bytes, into tokens.
func (v *Vocabulary) Encode(text string) []int { return v.Append(make([]int, 0, len(text)/4+8), text) }

// Append appends the tokens of text to ids.
func (v *Vocabulary) Append(ids []int, text string) []int {
	s := v.states.Get().(*state)
	defer v.states.Put(s)
	for len(text) > 0 {
		n := next(text)
		if id, ok := v.whole[text[:n]]; ok {
			ids = append(ids, int(id))
		} else {
			s.piece = append(s.piece[:0], text[:n]...)
			ids = v.cut(ids, s.piece, s)
		}
		text = text[n:]
	}
	return ids
}

// Decode puts tokens together to text. IDs that do not exist are left out.
func (v *Vocabulary) Decode(ids []int) string {
	n := 0
	for _, id := range ids {
		n += len(v.Token(id))
	}
	out := make([]byte, 0, n)
	for _, id := range ids {
		out = append(out, v.Token(id)...)
	}
	return string(out)
}

// state is room for cutting a piece: its parts as a linked list, and the pairs
// that can be merged as a heap, the earliest merge on top.
type state struct {
	piece      []byte
	ids        []int32
	prev, next []int32
	heap       []candidate
}

// A candidate is a merge of the part at a place with the one after it. It is
// out of date if one of them has changed meanwhile.
type candidate struct {
	merge
	at int32
	pair
}

func (c candidate) before(d candidate) bool {
	return c.rank < d.rank || c.rank == d.rank && c.at < d.at
}

// cut merges the bytes of a piece, always the pair with the lowest rank first,
// and of equal ones the first.
func (v *Vocabulary) cut(out []int, piece []byte, s *state) []int {
	s.ids, s.prev, s.next, s.heap = s.ids[:0], s.prev[:0], s.next[:0], s.heap[:0]
	for i, b := range piece {
		s.ids, s.prev, s.next = append(s.ids, v.bytes[b]), append(s.prev, int32(i-1)), append(s.next, int32(i+1))
	}
	n := int32(len(piece))
	offer := func(at int32) {
		if at < 0 || s.next[at] >= n {
			return
		}
		p := pair{s.ids[at], s.ids[s.next[at]]}
		if m, ok := v.merges[p]; ok {
			s.push(candidate{m, at, p})
		}
	}
	for i := range n - 1 {
		offer(i)
	}
	for len(s.heap) > 0 {
		c := s.pop()
		right := s.next[c.at]
		if s.ids[c.at] != c.left || right >= n || s.ids[right] != c.right {
			continue
		}
		s.ids[c.at], s.ids[right] = c.id, -1
		s.next[c.at] = s.next[right]
		if s.next[right] < n {
			s.prev[s.next[right]] = c.at
		}
		offer(s.prev[c.at])
		offer(c.at)
	}
	for i := int32(0); i < n; i = s.next[i] {
		out = append(out, int(s.ids[i]))
	}
	return out
}

func (s *state) push(c candidate) {
	s.heap = append(s.heap, c)
	h, i := s.heap, len(s.heap)-1
	for i > 0 && c.before(h[(i-1)/2]) {
		h[i], i = h[(i-1)/2], (i-1)/2
	}
	h[i] = c
}

func (s *state) pop() candidate {
	h := s.heap
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	s.heap = h
	i := 0
	for 2*i+1 < len(h) {
		child := 2*i + 1
		if child+1 < len(h) && h[child+1].before(h[child]) {
			child++
		}
		if !h[child].before(last) {
			break
		}
		h[i], i = h[child], child
	}
	if len(h) > 0 {
		h[i] = last
	}
	return top
}
