package letterfreq

import "math"

// essay is the share of each letter in English text, in per cent, as the
// essay gives it ("What Is ChatGPT Doing … and Why Does It Work?", 2023, the
// table of letter frequencies in a large sample of English text). The numbers
// are rounded and sum to 99.99 or so.
var essay = map[rune]float64{
	'e': 12.7, 't': 9.06, 'a': 8.17, 'o': 7.51, 'i': 6.97, 'n': 6.75, 's': 6.33,
	'h': 6.09, 'r': 5.99, 'd': 4.25, 'l': 4.03, 'c': 2.78, 'u': 2.76, 'm': 2.41,
	'w': 2.36, 'f': 2.23, 'g': 2.02, 'y': 1.97, 'p': 1.93, 'b': 1.49, 'v': 0.978,
	'k': 0.772, 'j': 0.153, 'x': 0.150, 'q': 0.0950, 'z': 0.0740,
}

// EnglishCounts are the letters of English in the shares that the essay gives,
// counted in units of 1/10,000 of a per cent.
func EnglishCounts() Counts {
	m := make(map[rune]uint64, len(essay))
	for r, percent := range essay {
		m[r] = uint64(math.Round(percent * 10_000))
	}
	return FromMap(m)
}
