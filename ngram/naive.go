package ngram

import "strings"

// CountNaive counts the n-grams of order 1 … order in the plainest way: each is
// written out and looked up in a map. It is what Counter is tested against,
// and timed against.
func CountNaive(tokens []string, separator string, order int) map[string]int {
	counts := map[string]int{}
	for i := range tokens {
		for n := 1; n <= order && n <= i+1; n++ {
			counts[strings.Join(tokens[i+1-n:i+1], separator)]++
		}
	}
	return counts
}
