package letterfreq

import (
	"cmp"
	"slices"
	"unicode"
)

// Counts says how often each of some letters occurs. They are sorted, the
// most frequent first, and equally frequent ones by code point (but see
// Alphabetical). The zero value is what an empty text has.
type Counts struct {
	letters []rune
	counts  []uint64
	total   uint64
}

// Count counts the letters of a text: all of Unicode's, upper and lower case
// kept apart. Whatever is not a letter is passed over.
func Count(text string) Counts { return CountFunc(text, unicode.IsLetter) }

// CountFolded is Count with upper case counted as lower case.
func CountFolded(text string) Counts {
	return count(text, unicode.IsLetter, unicode.ToLower)
}

// CountFunc counts the characters (runes) for which keep is true.
func CountFunc(text string, keep func(rune) bool) Counts {
	return count(text, keep, func(r rune) rune { return r })
}

func count(text string, keep func(rune) bool, fold func(rune) rune) Counts {
	// Almost all characters of an English text are ASCII: an array counts them,
	// and a map the others.
	var ascii [128]uint64
	other := map[rune]uint64{}
	for _, r := range text {
		if r < 128 {
			ascii[r]++
		} else {
			other[r]++
		}
	}
	folded := map[rune]uint64{}
	add := func(r rune, n uint64) {
		if n > 0 && keep(r) {
			folded[fold(r)] += n
		}
	}
	for r, n := range ascii {
		add(rune(r), n)
	}
	for r, n := range other {
		add(r, n)
	}
	return FromMap(folded)
}

// FromMap makes Counts of numbers counted elsewhere. Letters with count 0 are kept.
func FromMap(m map[rune]uint64) Counts {
	c := Counts{letters: make([]rune, 0, len(m)), counts: make([]uint64, 0, len(m))}
	for r := range m {
		c.letters = append(c.letters, r)
	}
	slices.SortFunc(c.letters, func(a, b rune) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	for _, r := range c.letters {
		c.counts = append(c.counts, m[r])
		c.total += m[r]
	}
	return c
}

// Len is the number of different letters.
func (c Counts) Len() int { return len(c.letters) }

// Total is the number of letters counted.
func (c Counts) Total() uint64 { return c.total }

// Letters lists the letters, most frequent first.
func (c Counts) Letters() []rune { return slices.Clone(c.letters) }

// Label is the i-th most frequent letter, i from 0. With Len and Value it lets
// Counts be drawn as a bar chart.
func (c Counts) Label(i int) string { return string(c.letters[i]) }

// Value is the share of the i-th most frequent letter, 0 to 1.
func (c Counts) Value(i int) float64 {
	if c.total == 0 {
		return 0
	}
	return float64(c.counts[i]) / float64(c.total)
}

// Count is how often a letter occurred.
func (c Counts) Count(letter rune) uint64 {
	if i := slices.Index(c.letters, letter); i >= 0 {
		return c.counts[i]
	}
	return 0
}

// Share is the share of a letter among all letters, 0 to 1.
func (c Counts) Share(letter rune) float64 {
	if i := slices.Index(c.letters, letter); i >= 0 {
		return c.Value(i)
	}
	return 0
}

// Rank is the place of a letter, 1 for the most frequent; 0 if it does not occur.
func (c Counts) Rank(letter rune) int { return slices.Index(c.letters, letter) + 1 }

// Without returns the counts of all letters but one.
func (c Counts) Without(letter rune) Counts {
	m := make(map[rune]uint64, c.Len())
	for i, r := range c.letters {
		if r != letter {
			m[r] = c.counts[i]
		}
	}
	return FromMap(m)
}

// Alphabetical returns the same counts in the order of the letters.
func (c Counts) Alphabetical() Counts {
	order := slices.Sorted(slices.Values(c.letters))
	a := Counts{letters: order, counts: make([]uint64, len(order)), total: c.total}
	for i, r := range order {
		a.counts[i] = c.Count(r)
	}
	return a
}
