// Package next is chapter 1 of the essay: a text is written one word at a time,
// by a model that says how probable each next word is.
package next

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 1, Notebook: "01-next", Package: "transformer", Files: files,
		Cells: []cells.Cell{
			NextWords, GreedySteps, GreedyText, SampledSteps, SampledFive, SampledText,
			RankPowerLaw, Temperature, TemperatureLive, LargerModels, YourBeginning, Exercise,
		},
		Solutions: []cells.Cell{NovelAndFootball, HowHot, HotWithTopK},
	}
}
