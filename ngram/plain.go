package ngram

import "strings"

// Plain counts the n-grams of order 1 … order in the plainest way: each is
// written out and looked up in a map. It is what Counter is tested against,
// and timed against.
func Plain(tokens []string, separator string, order int) map[string]int {
	counts := map[string]int{}
	for i := range tokens {
		for n := 1; n <= order && n <= i+1; n++ {
			counts[strings.Join(tokens[i+1-n:i+1], separator)]++
		}
	}
	return counts
}

// Tidy is how one would prepare an English text for Plain: lower case,
// everything but the letters a to z made into single spaces.
func Tidy(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' }), " ")
}
