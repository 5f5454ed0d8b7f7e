// Package practice is chapter 8 of the essay: what people have found out about
// training nets by trying.
package practice

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 8, Notebook: "08-practice", Package: "nn/practice", Files: files,
		Cells: []cells.Cell{
			ArraySizes, SmallNets, Perceptron, Monitor, WatchTraining, LossFunctions, StepSize,
			Augmentation, Transfer, PowerLaws, Precision, Irreducible, Exercise,
		},
		Solutions: []cells.Cell{MoreSteps, LargestRate, Mirror, Rule90},
	}
}
