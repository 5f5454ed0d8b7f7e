// Package judged has what people think of words, to measure vectors by: pairs
// that were judged by how alike they are, and pairs in ten relations for
// analogies. Both were written for this project and have one opinion each: they
// serve to compare vectors with each other, not with those of the literature.
package judged

import (
	_ "embed"
	"sync"

	"oneword/embedding"
)

//go:embed similarity.tsv
var similarity []byte

//go:embed analogies.txt
var analogies []byte

// Pairs are pairs of words and a judgement from 0 (nothing alike) to 10 (the
// same).
var Pairs = sync.OnceValue(func() []embedding.Pair {
	pairs, err := embedding.ParsePairs("similarity.tsv", similarity)
	if err != nil {
		panic(err) // it is part of the program
	}
	return pairs
})

// Relations are relations of words with pairs that stand in them.
var Relations = sync.OnceValue(func() []embedding.Relation {
	relations, err := embedding.ParseRelations("analogies.txt", analogies)
	if err != nil {
		panic(err)
	}
	return relations
})
