package ngram

// sparse keeps only the n-grams that occur, one hash table an order. Contexts
// are interned: an n-gram is the number of its context, an (n-1)-gram, and its
// last token, which fit one 64-bit key whatever n is.
type sparse struct {
	order  int
	limit  int
	first  []uint64    // counts of single tokens, by id
	tables []hashTable // tables[n] for n ≥ 2
	prev   [][]uint32  // prev[n][i]: number of the n-gram that ends just before token i of the block; lost where there is none
	shed   uint64
}

const lost = ^uint32(0)

// block is how many tokens pass through the orders together. The look-ups of
// one order do not wait for each other, so the memory serves many at a time.
const block = 1 << 11

func newSparse(order, limit int) *sparse {
	s := &sparse{order: order, limit: limit, tables: make([]hashTable, order+1), prev: make([][]uint32, order+1)}
	for n := 1; n <= order; n++ {
		if n > 1 {
			s.tables[n].init(1 << 12)
		}
		s.prev[n] = make([]uint32, block+1)
		s.prev[n][0] = lost
	}
	return s
}

func (s *sparse) add(tokens []uint32) {
	for len(tokens) > 0 {
		n := min(block, len(tokens))
		s.addBlock(tokens[:n])
		tokens = tokens[n:]
	}
}

func (s *sparse) addBlock(tokens []uint32) {
	here := s.prev[1]
	for i, t := range tokens {
		here[i+1] = t
		if t == Break {
			continue // Break and lost are the same number: no n-gram goes on from here
		}
		for int(t) >= len(s.first) {
			s.first = append(s.first, 0)
		}
		s.first[t]++
	}
	for n := 2; n <= s.order; n++ {
		table := &s.tables[n]
		table.reserve(len(tokens))
		shorter, here := s.prev[n-1][:len(tokens)], s.prev[n][1:len(tokens)+1]
		table.touch(shorter, tokens)
		for i, t := range tokens {
			if shorter[i] == lost || t == Break {
				here[i] = lost
				continue
			}
			here[i] = table.bump(uint64(shorter[i])<<32 | uint64(t))
		}
	}
	full := false
	for n := 1; n <= s.order; n++ {
		s.prev[n][0] = s.prev[n][len(tokens)]
		full = full || n > 1 && len(s.tables[n].entries) > s.limit
	}
	if full {
		s.forget()
	}
}

func (s *sparse) undercount() uint64 { return s.shed }

// forget drops the rarest n-grams of all orders from 2 up, so many that each
// order is at most half full again. A longer n-gram never counts more than its
// context, so none is left without one.
func (s *sparse) forget() {
	threshold := uint32(0) // counts up to this go
	for n := 2; n <= s.order; n++ {
		var hist [1 << 10]int
		for _, e := range s.tables[n].entries {
			hist[min(e.count, 1<<10-1)]++
		}
		left := len(s.tables[n].entries)
		for t := uint32(1); left > s.limit/2; t++ {
			left -= hist[t]
			threshold = max(threshold, t)
			if t == 1<<10-1 {
				break
			}
		}
	}
	s.shed += uint64(threshold) + 1 // one more: the n-gram now being read may lose its context
	var renumber []uint32
	for n := 2; n <= s.order; n++ {
		old := s.tables[n].entries
		s.tables[n].init(s.limit)
		next := make([]uint32, len(old))
		for i, e := range old {
			next[i] = lost
			context := uint32(e.key >> 32)
			if n > 2 {
				context = renumber[context]
			}
			if e.count > threshold && context != lost {
				next[i] = s.tables[n].bump(uint64(context)<<32 | e.key&0xffffffff)
				s.tables[n].entries[next[i]].count = e.count
			}
		}
		if last := s.prev[n][0]; last != lost {
			s.prev[n][0] = next[last]
		}
		renumber = next
	}
}

func (s *sparse) grams() [][]gram {
	out := make([][]gram, s.order+1)
	for i, c := range s.first {
		out[1] = append(out[1], gram{0, uint32(i), c})
	}
	for n := 2; n <= s.order; n++ {
		for _, e := range s.tables[n].entries {
			out[n] = append(out[n], gram{uint32(e.key >> 32), uint32(e.key), uint64(e.count)})
		}
	}
	return out
}

// hashTable maps keys to counts, and numbers the keys in order of arrival.
// The entries stand by number, so the frequent ones, met early, share few
// lines of the cache. Open addressing with linear probing finds the number.
type hashTable struct {
	entries []entry
	slots   []uint64 // upper half of the hash, then the number and one; 0 for a free slot
	shift   uint8    // 64 - log2 len(slots)

	touched uint32 // keeps the compiler from dropping touch
}

type entry struct {
	key   uint64
	count uint32 // stays at its largest value once there
}

// golden is 2^64 over the golden ratio: Fibonacci hashing multiplies by it to
// spread the keys, and the top bits choose the place.
const golden = 0x9e3779b97f4a7c15

func (h *hashTable) init(capacity int) {
	size, shift := 1<<12, uint8(64-12)
	for size < 2*capacity {
		size, shift = 2*size, shift-1
	}
	*h = hashTable{slots: make([]uint64, size), shift: shift}
}

// reserve makes room for extra more keys at a load of at most one half: fuller
// tables make longer walks, and guesses that go wrong.
func (h *hashTable) reserve(extra int) {
	if need := len(h.entries) + extra; need > cap(h.entries) {
		h.entries = append(make([]entry, 0, 2*need), h.entries...)
	}
	if 2*(len(h.entries)+extra) <= len(h.slots) {
		return
	}
	old := h.slots
	h.slots = make([]uint64, 2*len(old))
	h.shift--
	mask := uint64(len(h.slots) - 1)
	for _, s := range old {
		if s == 0 {
			continue
		}
		i := s >> (h.shift & 63)
		for h.slots[i&mask] != 0 {
			i++
		}
		h.slots[i&mask] = s
	}
}

// touch reads what bump will need for the n-grams of a block, so that it is in
// the cache by then. It decides nothing, so the processor need not guess and
// keeps many reads under way.
func (h *hashTable) touch(contexts, tokens []uint32) {
	if len(h.entries) == 0 {
		return
	}
	slots, shift := h.slots, h.shift&63
	mask := uint64(len(slots) - 1)
	var likely [block]uint32 // number and one of the entry in the first place looked at
	for i, t := range tokens {
		key := uint64(contexts[i])<<32 | uint64(t)
		likely[i] = uint32(slots[key*golden>>shift&mask])
	}
	sum := uint32(0)
	for _, number := range likely[:len(tokens)] {
		sum += h.entries[max(number, 1)-1].count
	}
	h.touched = sum
}

// bump counts a key once more and returns its number.
func (h *hashTable) bump(key uint64) uint32 {
	slots, hash := h.slots, key*golden
	mask := uint64(len(slots) - 1)
	for i := hash >> (h.shift & 63); ; i++ {
		s := slots[i&mask]
		if s == 0 {
			slots[i&mask] = hash&^0xffffffff | uint64(len(h.entries)+1)
			h.entries = append(h.entries, entry{key, 1})
			return uint32(len(h.entries) - 1)
		}
		if (s^hash)>>32 == 0 {
			number := uint32(s) - 1
			if e := &h.entries[number]; e.key == key {
				if e.count != ^uint32(0) {
					e.count++
				}
				return number
			}
		}
	}
}
