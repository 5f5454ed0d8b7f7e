// Package embeddings is chapter 9 of the essay: Meaning as numbers. Words
// become vectors that are alike where the words are used alike, and what a net
// computes inside is such a vector, too.
package embeddings

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 9, Notebook: "09-embeddings", Package: "embedding", Files: files,
		Cells: []cells.Cell{
			FillIn, Training, LearnYourself, Neighbours, Ask, WordMap,
			DigitOutput, DigitSignatures, DigitSpace, RawVectors, Exercise,
		},
		Solutions: []cells.Cell{SurprisingNeighbours, Windows, CountedNeighbours},
	}
}
