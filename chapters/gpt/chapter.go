// Package gpt is chapter 11 of the essay: Training a GPT; grammar. It shows how
// a model learned from text, what nets find out about the rules of a language,
// and how one is tuned by ratings.
package gpt

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 11, Notebook: "11-training", Package: "transformer", Files: files,
		Cells: []cells.Cell{
			LearningCurve, Samples, Cost, InContext, ParseTree, Parentheses,
			ParenTraining, ParenNext, ParenLimits, Feedback, Exercise,
		},
		Solutions: []cells.Cell{Backwards, ThreeReadings, TinyGPT},
	}
}
