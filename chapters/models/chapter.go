// Package models is chapter 4 of the essay: what a model is, and how many knobs
// it should have.
package models

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 4, Notebook: "04-models", Package: "nn/fit", Files: files,
		Cells: []cells.Cell{
			Cannonball, Line, Quadratic, WrongForm, PowerLaw, Knobs, KnobsLive, Exercise,
		},
		Solutions: []cells.Cell{BetterStopwatch, RightForm, LowerFloors},
	}
}
