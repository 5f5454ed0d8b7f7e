// Package letters is chapter 2 of the essay: Where probabilities come from: letters.
package letters

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 2, Notebook: "02-letters", Package: "letterfreq", Files: files,
		Cells: []cells.Cell{
			CatLetters, DogLetters, Distances, EnglishLetters, Convergence, RandomLetters, RandomSpaces, RandomLengths, Exercise,
		},
		Solutions: []cells.Cell{AnotherLanguage, HowManyLetters, GuessLanguage},
	}
}
