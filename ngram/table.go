package ngram

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Table holds the counts of all n-grams of order 1 … Order as a tree: below
// the root the tokens, below each token those that followed it, and so on. It
// never changes, so it may be shared.
type Table struct {
	symbols   []string
	separator string // between tokens written out; "" means they are letters
	unknown   int    // the id of Unknown, or -1
	levels    []level
	minCount  []uint64         // minCount[n]: n-grams of order n that occurred less often were left out
	encode    func() Tokenizer // for words, whose vocabulary is shared
}

// Unknown stands for all words outside a restricted vocabulary.
const Unknown = "<unk>"

// A level holds the n-grams of one order, sorted by their tokens. Those that
// extend the same context stand together:
// token[first[c]:first[c+1]] are the tokens that followed context c.
type level struct {
	token []uint32
	count []uint64
	first []uint32
}

// Table sorts what was counted into a Table. Words are numbered by falling
// count, letters as in their alphabet. Nothing counted is an error.
func (c *Counter) Table(tok Tokenizer) (*Table, error) {
	levels := c.store.grams()
	symbols := tok.Symbols()
	total := uint64(0)
	for _, g := range levels[1] {
		if int(g.token) >= len(symbols) {
			return nil, fmt.Errorf("ngram: token %d was counted, but there are only %d symbols", g.token, len(symbols))
		}
		total += g.count
	}
	if total == 0 {
		return nil, fmt.Errorf("ngram: the text has no %s", map[bool]string{true: "letters", false: "words"}[tok.Separator() == ""])
	}
	rename := make([]uint32, len(symbols))
	for i := range rename {
		rename[i] = uint32(i)
	}
	if !tok.Closed() {
		order := slices.Clone(levels[1])
		slices.SortFunc(order, func(a, b gram) int {
			return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(symbols[a.token], symbols[b.token]))
		})
		sorted := make([]string, len(symbols))
		for rank, g := range order {
			rename[g.token] = uint32(rank)
			sorted[rank] = symbols[g.token]
		}
		symbols = sorted
	}
	t := newTable(symbols, tok.Separator(), make([]uint64, len(levels)))
	t.fill(levels, rename)
	return t, nil
}

func newTable(symbols []string, separator string, minCount []uint64) *Table {
	t := &Table{symbols: symbols, separator: separator, unknown: -1, minCount: minCount}
	if n := len(symbols); separator != "" && n > 0 && symbols[n-1] == Unknown {
		t.unknown = n - 1
	}
	t.encode = sync.OnceValue(t.tokenizer)
	return t
}

// fill sorts the grams, by order, into levels. rename maps old ids to new
// ones; where it maps two to one, their counts are added.
func (t *Table) fill(grams [][]gram, rename []uint32) {
	vocab := uint64(len(t.symbols))
	type item struct{ key, count uint64 }
	t.levels = make([]level, len(grams))
	place := []uint32{0} // of each gram of the order before, in its level
	contexts := 1
	for n := 1; n < len(grams); n++ {
		items := make([]item, len(grams[n]))
		for i, g := range grams[n] {
			items[i] = item{uint64(place[g.context])*vocab + uint64(rename[g.token]), g.count}
		}
		sorted := slices.Clone(items)
		slices.SortFunc(sorted, func(a, b item) int { return cmp.Compare(a.key, b.key) })
		l := level{first: make([]uint32, contexts+1)}
		var keys []uint64
		for _, it := range sorted {
			if k := len(keys); k > 0 && keys[k-1] == it.key {
				l.count[k-1] += it.count
				continue
			}
			keys = append(keys, it.key)
			l.token = append(l.token, uint32(it.key%vocab))
			l.count = append(l.count, it.count)
			l.first[it.key/vocab+1]++
		}
		for c := range contexts {
			l.first[c+1] += l.first[c]
		}
		if n+1 < len(grams) {
			place = make([]uint32, len(items))
			for i, it := range items {
				k, _ := slices.BinarySearch(keys, it.key)
				place[i] = uint32(k)
			}
		}
		t.levels[n] = l
		contexts = len(keys)
	}
}

// Order is the length of the longest n-grams.
func (t *Table) Order() int { return len(t.levels) - 1 }

// Symbols lists the tokens by id. The caller must not change it.
func (t *Table) Symbols() []string { return t.symbols }

// Vocab is the number of tokens.
func (t *Table) Vocab() int { return len(t.symbols) }

// Len is the number of different n-grams of order n; 0 for orders it does not have.
func (t *Table) Len(n int) int {
	if n < 1 || n > t.Order() {
		return 0
	}
	return len(t.levels[n].token)
}

// Total is the number of tokens that were counted.
func (t *Table) Total() uint64 {
	sum := uint64(0)
	for _, c := range t.levels[1].count {
		sum += c
	}
	return sum
}

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

// MinCount is the count below which n-grams of order n were left out, 0 or 1
// if none were.
func (t *Table) MinCount(n int) uint64 {
	if n < 1 || n > t.Order() {
		return 0
	}
	return t.minCount[n]
}

// Count is how often the n-gram occurred; 0 if never, or if it was left out.
func (t *Table) Count(gram ...int) uint64 {
	if i, ok := t.find(gram); ok && len(gram) > 0 {
		return t.levels[len(gram)].count[i]
	}
	return 0
}

// find walks down the tree to the place of an n-gram in its level.
func (t *Table) find(gram []int) (place int, ok bool) {
	if len(gram) > t.Order() {
		return 0, false
	}
	for n, id := range gram {
		l := &t.levels[n+1]
		lo, hi := int(l.first[place]), int(l.first[place+1])
		i, found := slices.BinarySearch(l.token[lo:hi], uint32(id))
		if !found || id < 0 {
			return 0, false
		}
		place = lo + i
	}
	return place, true
}

// Followers lists the tokens that followed a context, by id, with their
// counts; nothing if the context was never seen or is too long for the table.
// The caller must not change the slices.
func (t *Table) Followers(context ...int) (tokens []uint32, counts []uint64) {
	c, ok := t.find(context)
	if !ok || len(context) >= t.Order() {
		return nil, nil
	}
	l := &t.levels[len(context)+1]
	lo, hi := l.first[c], l.first[c+1]
	return l.token[lo:hi], l.count[lo:hi]
}

// ID is the number of a symbol.
func (t *Table) ID(symbol string) (int, bool) {
	if t.separator != "" {
		if id := t.encode().(*Words).lookup([]byte(symbol)); id != unknown {
			return int(id), true
		}
		return 0, false
	}
	i := slices.Index(t.symbols, symbol)
	return i, i >= 0
}

// Encode cuts text into the table's tokens. Words outside its vocabulary
// become Unknown where the table has it, and are an error where not.
func (t *Table) Encode(text string) ([]int, error) {
	var tok Tokenizer
	if t.separator == "" {
		tok = t.tokenizer() // keeps track of spaces, so each text needs its own
	} else {
		w := *t.encode().(*Words) // shares the vocabulary, not the room for spelling
		w.spell = nil
		tok = &w
	}
	ids, _ := tok.Tokenize(nil, []byte(text), true)
	out := make([]int, 0, len(ids))
	for i, id := range ids {
		switch {
		case id == Break:
		case id != unknown:
			out = append(out, int(id))
		case t.unknown >= 0:
			out = append(out, t.unknown)
		default:
			return nil, fmt.Errorf("ngram: word %d of the text is not among the table's %d words", i+1, len(t.symbols))
		}
	}
	return out, nil
}

func (t *Table) tokenizer() Tokenizer {
	if t.separator == "" {
		if l, err := NewLetters(strings.Join(t.symbols, "")); err == nil {
			return l
		}
	}
	return newClosedWords(t.symbols)
}

// Decode writes tokens out. Ids that the table does not have are written as �.
func (t *Table) Decode(ids []int) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteString(t.separator)
		}
		if id < 0 || id >= len(t.symbols) {
			b.WriteString("�")
			continue
		}
		b.WriteString(t.symbols[id])
	}
	return b.String()
}

// Prune leaves out the n-grams that occurred fewer than min[n-1] times.
// Orders beyond the end of min are dropped altogether. The bounds must not
// fall from one order to the next: then no n-gram is left without its context.
// Single tokens are all kept whatever min[0] is; see Restrict.
func (t *Table) Prune(min ...uint64) (*Table, error) {
	if len(min) < 1 || len(min) > t.Order() {
		return nil, fmt.Errorf("ngram: %d bounds for a table of order %d", len(min), t.Order())
	}
	for n := 2; n < len(min); n++ {
		if min[n] < min[n-1] {
			return nil, fmt.Errorf("ngram: the bound falls from %d at order %d to %d at order %d", min[n-1], n, min[n], n+1)
		}
	}
	p := newTable(t.symbols, t.separator, append([]uint64{0}, min...))
	p.levels = make([]level, len(min)+1)
	p.levels[1] = t.levels[1]
	p.minCount[1] = t.minCount[1]
	kept := make([]uint32, t.Len(1)) // contexts that are left, as places in t
	for i := range kept {
		kept[i] = uint32(i)
	}
	for n := 2; n <= len(min); n++ {
		if p.minCount[n] < t.minCount[n] {
			p.minCount[n] = t.minCount[n]
		}
		old := &t.levels[n]
		l := level{first: make([]uint32, 1, len(kept)+1)}
		var next []uint32
		for _, c := range kept {
			for i := old.first[c]; i < old.first[c+1]; i++ {
				if old.count[i] >= min[n-1] {
					l.token = append(l.token, old.token[i])
					l.count = append(l.count, old.count[i])
					next = append(next, i)
				}
			}
			l.first = append(l.first, uint32(len(l.token)))
		}
		p.levels[n], kept = l, next
	}
	return p, nil
}

// Restrict keeps the vocab most frequent words and counts all others as
// Unknown, one more token at the end. Letters are not restricted.
func (t *Table) Restrict(vocab int) (*Table, error) {
	if t.separator == "" || t.unknown >= 0 {
		return nil, fmt.Errorf("ngram: only a full table of words can be restricted")
	}
	if vocab < 1 || vocab > len(t.symbols) {
		return nil, fmt.Errorf("ngram: %d words of %d: want 1 or more, and no more than there are", vocab, len(t.symbols))
	}
	rename := make([]uint32, len(t.symbols))
	for i := range rename {
		rename[i] = uint32(min(i, vocab))
	}
	grams := make([][]gram, len(t.levels))
	for n := 1; n < len(t.levels); n++ {
		l := &t.levels[n]
		grams[n] = make([]gram, 0, len(l.token))
		for c := range len(l.first) - 1 {
			for i := l.first[c]; i < l.first[c+1]; i++ {
				grams[n] = append(grams[n], gram{uint32(c), l.token[i], l.count[i]})
			}
		}
	}
	symbols := append(slices.Clone(t.symbols[:vocab]), Unknown)
	r := newTable(symbols, t.separator, t.minCount)
	if vocab == len(t.symbols) { // nothing is unknown yet: a place for it all the same
		grams[1] = append(grams[1], gram{0, uint32(vocab), 0})
		rename = append(rename, uint32(vocab))
	}
	r.fill(grams, rename)
	return r, nil
}
