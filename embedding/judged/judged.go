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

//go:embed kinds.txt
var kinds []byte

//go:embed nouns.txt
var nouns []byte

//go:embed speech.txt
var speech []byte

// Kinds are words by what they mean: animals, family, feelings and so on.
var Kinds = sync.OnceValue(func() []embedding.Kind { return mustKinds("kinds.txt", kinds) })

// Nouns are common nouns.
var Nouns = sync.OnceValue(func() []string { return mustKinds("nouns.txt", append([]byte(":nouns\n"), nouns...))[0].Words })

// PartsOfSpeech are nouns, verbs, adjectives and adverbs.
var PartsOfSpeech = sync.OnceValue(func() []embedding.Kind { return mustKinds("speech.txt", speech) })

func mustKinds(name string, file []byte) []embedding.Kind {
	list, err := embedding.ParseKinds(name, file)
	if err != nil {
		panic(err)
	}
	return list
}
