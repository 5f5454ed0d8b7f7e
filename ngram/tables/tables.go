// Package tables holds n-gram tables of English, ready to use offline.
//
// They were counted by `essay train ngrams` on 238 MB of English prose (books
// in the public domain, encyclopedia and news articles, textbooks); the cards
// in data/README.md say which, under which licences, and what was pruned.
package tables

import (
	_ "embed"

	"oneword/internal/lazy"
	"oneword/ngram"
)

//go:generate go run oneword/cmd/essay train ngrams -out . -corpus ../../../corpus

//go:embed letters.ngram
var letters []byte

//go:embed words.ngram
var words []byte

// Letters is the table of all runs of one to five letters, the space counted
// as a letter. Single letters and pairs are complete.
func Letters() (*ngram.Table, error) {
	return letterTable.Get(func() (*ngram.Table, error) { return ngram.Parse("letters.ngram (embedded)", letters) })
}

// Words is the table of the 40,000 most frequent words, their pairs and
// triples; rare pairs and triples are left out (Table.MinCount says below
// which count), and all rarer words count as ngram.Unknown.
func Words() (*ngram.Table, error) {
	return wordTable.Get(func() (*ngram.Table, error) { return ngram.Parse("words.ngram (embedded)", words) })
}

var letterTable, wordTable lazy.Value[*ngram.Table]
