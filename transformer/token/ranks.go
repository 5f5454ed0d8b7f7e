package token

import "fmt"

// FromRanks makes a vocabulary of tokens in the order in which merging made
// them, the bytes first, and End behind: of such a list the merges can be
// found again. The pair that makes a token is what remains of its bytes when
// all earlier merges are done.
func FromRanks(tokens []string) (*Vocabulary, error) {
	v, err := newVocabulary(tokens[:min(256, len(tokens))], nil)
	if err != nil {
		return nil, err
	}
	var merges []pair
	var s state
	for id := 256; id < len(tokens); id++ {
		parts := v.cut(nil, []byte(tokens[id]), &s)
		if len(parts) != 2 {
			return nil, fmt.Errorf("token %d, %q, is not made of two earlier ones", id, tokens[id])
		}
		p := pair{int32(parts[0]), int32(parts[1])}
		v.merges[p] = merge{int32(len(merges)), int32(id)}
		merges = append(merges, p)
	}
	return newVocabulary(append(tokens[:len(tokens):len(tokens)], End), merges)
}
