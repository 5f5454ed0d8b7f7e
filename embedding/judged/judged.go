// Package judged has what people think of words, to measure vectors by: pairs
// that were judged by how alike they are, and pairs in ten relations for
// analogies. Both were written for this project and have one opinion each: they
// serve to compare vectors with each other, not with those of the literature.
package judged

import (
	_ "embed"

	"oneword/embedding"
	"oneword/internal/lazy"
)

//go:embed similarity.tsv
var similarity []byte

//go:embed analogies.txt
var analogies []byte

// Pairs are pairs of words and a judgement from 0 (nothing alike) to 10 (the
// same).
func Pairs() []embedding.Pair {
	return embedded(&pairs, func() ([]embedding.Pair, error) { return embedding.ParsePairs("similarity.tsv", similarity) })
}

// Relations are relations of words with pairs that stand in them.
func Relations() []embedding.Relation {
	return embedded(&relations, func() ([]embedding.Relation, error) {
		return embedding.ParseRelations("analogies.txt", analogies)
	})
}

//go:embed categories.txt
var categoriesFile []byte

//go:embed nouns.txt
var nounsFile []byte

//go:embed speech.txt
var speechFile []byte

// Categories are words by what they mean: animals, family, feelings and so on.
func Categories() []embedding.Category {
	return embedded(&categories, func() ([]embedding.Category, error) {
		return embedding.ParseCategories("categories.txt", categoriesFile)
	})
}

// Nouns are common nouns.
func Nouns() []string {
	return embedded(&nouns, func() ([]embedding.Category, error) {
		return embedding.ParseCategories("nouns.txt", append([]byte(":nouns\n"), nounsFile...))
	})[0].Words
}

// PartsOfSpeech are nouns, verbs, adjectives and adverbs.
func PartsOfSpeech() []embedding.Category {
	return embedded(&speech, func() ([]embedding.Category, error) { return embedding.ParseCategories("speech.txt", speechFile) })
}

var (
	pairs                     lazy.Value[[]embedding.Pair]
	relations                 lazy.Value[[]embedding.Relation]
	categories, nouns, speech lazy.Value[[]embedding.Category]
)

// embedded is what was read of a file of the program, a test has read before.
func embedded[T any](v *lazy.Value[T], read func() (T, error)) T {
	value, err := v.Get(read)
	if err != nil {
		panic(err)
	}
	return value
}
