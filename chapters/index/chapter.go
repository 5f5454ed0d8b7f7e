// Package index is the notebook with which one begins: what there is to read,
// and how to run a cell. It counts as chapter 0.
package index

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 0, Notebook: "00-index", Package: "", Files: files,
		Cells: []cells.Cell{YourSentence},
	}
}
