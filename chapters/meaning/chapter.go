// Package meaning is chapter 12 of the essay: Meaning space. Words are points,
// a text is a path, and to write is to walk.
package meaning

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 12, Notebook: "12-meaning", Package: "embedding", Files: files,
		Cells: []cells.Cell{
			Nouns, PartsOfSpeech, Crane, Compute, Analogies, Trajectory,
			Fan, FanLive, Fans, Trajectory3D, SemanticGrammar, Exercise,
		},
		Solutions: []cells.Cell{OwnWords, Banks, TwoPaths},
	}
}
