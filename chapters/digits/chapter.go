// Package digits is chapter 5 of the essay: a task that people do at once, and
// a net that does it, too.
package digits

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 5, Notebook: "05-digits", Package: "nn/digits", Files: files,
		Cells: []cells.Cell{
			PrintedDigits, SampleDigits, PixelMatch, Recognise, BlurredTwo, BlurredTwoLive, Exercise,
		},
		Solutions: []cells.Cell{WrongOnes, FourWays, FourToNine},
	}
}
