// Package inside is chapter 10 of the essay: Inside a GPT. It opens the model
// at every stage, from the tokens of a text to the probabilities of the next one.
package inside

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 10, Notebook: "10-inside", Package: "transformer", Files: files,
		Cells: []cells.Cell{
			Tokens, EmbeddingDiagram, HelloBye, BlockDiagram, HeadPatterns, HeadPatternsLive, BlocksAttention,
			WeightMatrix, WeightAverage, BlocksWeights, WeightSizes, Architecture, LogitLens, Exercise,
		},
		Solutions: []cells.Cell{OtherLanguages, LookingBack, BlockByBlock},
	}
}
