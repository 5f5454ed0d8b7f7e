// Package training is chapter 7 of the essay: how nets find their weights, by
// going downhill on the loss.
package training

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 7, Notebook: "07-training", Package: "nn/curve", Files: files,
		Cells: []cells.Cell{
			Target, OneInOneOut, RandomWeights, Stages, StagesLive, Loss, TrainYourself,
			Landscape, Descent, GradientCheck, ManySolutions, Extrapolation, Exercise,
		},
		Solutions: []cells.Cell{FewerExamples, DeepValley, HardFunctions},
	}
}
