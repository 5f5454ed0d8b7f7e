package ngram

import "math/bits"

// maxDenseBits bounds the array of counts to 2^26 places of four bytes.
const maxDenseBits = 26

// dense keeps a place for every possible n-gram: the ids of its tokens, bits
// wide each, side by side are the index. It counts each position of the text
// once, at the longest order that its history allows. The shorter orders
// follow at the end: what stands before a token is summed out.
type dense struct {
	order, bits int
	counts      [][]uint32 // counts[n][index of n-gram]; only the longest is filled while counting
	index       uint32     // of the last tokens read
	history     int        // how many of them since the last Break, at most order
}

func denseBits(vocab int) int { return max(1, bits.Len(uint(max(vocab-1, 0)))) }

func newDense(order, bits int) *dense {
	d := &dense{order: order, bits: bits, counts: make([][]uint32, order+1)}
	for n := 1; n <= order; n++ {
		d.counts[n] = make([]uint32, 1<<(n*bits))
	}
	return d
}

func (d *dense) add(tokens []uint32) {
	longest, shift := d.counts[d.order], d.bits
	mask := uint32(len(longest) - 1)
	index, history := d.index, d.history
	for _, t := range tokens {
		if t == Break {
			index, history = 0, 0
			continue
		}
		index = (index<<shift | t) & mask
		if history < d.order-1 {
			history++
			d.counts[history][index]++
			continue
		}
		longest[index&mask]++
	}
	d.index, d.history = index, history
}

func (d *dense) undercount() uint64 { return 0 }

// grams lists what is not 0, order by order. An n-gram occurred as often as it
// ends a longer one, whatever stood before it, plus where nothing stood before.
func (d *dense) grams() [][]gram {
	sums := make([][]uint64, d.order+1) // of all orders but the longest, which needs no sum
	for n := d.order - 1; n >= 1; n-- {
		sums[n] = make([]uint64, 1<<(n*d.bits))
		mask := len(sums[n]) - 1
		for i, c := range d.counts[n] {
			sums[n][i] = uint64(c)
		}
		if n == d.order-1 {
			for i, c := range d.counts[n+1] {
				sums[n][i&mask] += uint64(c)
			}
			continue
		}
		for i, c := range sums[n+1] {
			sums[n][i&mask] += c
		}
	}
	out := make([][]gram, d.order+1)
	rank := []uint32{0} // index of a context → its place in the list before
	for n := 1; n <= d.order; n++ {
		next := make([]uint32, 0)
		if n < d.order {
			next = make([]uint32, 1<<(n*d.bits))
		}
		list := func(i int, c uint64) {
			if n < d.order {
				next[i] = uint32(len(out[n]))
			}
			out[n] = append(out[n], gram{rank[i>>d.bits], uint32(i & (1<<d.bits - 1)), c})
		}
		for i, c := range d.counts[n] {
			if n < d.order {
				if s := sums[n][i]; s > 0 {
					list(i, s)
				}
			} else if c > 0 {
				list(i, uint64(c))
			}
		}
		rank = next
	}
	return out
}
