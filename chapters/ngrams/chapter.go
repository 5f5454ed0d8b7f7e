// Package ngrams is chapter 3 of the essay: what usually follows what, among
// letters and among words, and why counting it comes to an end.
package ngrams

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 3, Notebook: "03-ngrams", Package: "ngram", Files: files,
		Cells: []cells.Cell{
			LetterPlot, LetterPairs, PairWords, NgramWords, NgramWordsLive, WordFrequency,
			IndependentWords, CatPairs, CatPairsLive, Combinatorics, Unseen, YourText,
		},
		Solutions: []cells.Cell{CatTriples, InventedWords, Quotations},
	}
}
