package chapters

import (
	"oneword/chapters/cells"
	"oneword/chapters/digits"
	"oneword/chapters/embeddings"
	"oneword/chapters/gpt"
	"oneword/chapters/index"
	"oneword/chapters/inside"
	"oneword/chapters/letters"
	"oneword/chapters/meaning"
	"oneword/chapters/models"
	"oneword/chapters/nets"
	"oneword/chapters/next"
	"oneword/chapters/ngrams"
	"oneword/chapters/practice"
	"oneword/chapters/training"
)

// All are the chapters, in the essay's order, after an introduction without
// figures.
func All() []cells.Chapter {
	return []cells.Chapter{
		index.Chapter(),
		next.Chapter(),
		letters.Chapter(),
		ngrams.Chapter(),
		models.Chapter(),
		digits.Chapter(),
		nets.Chapter(),
		training.Chapter(),
		practice.Chapter(),
		embeddings.Chapter(),
		inside.Chapter(),
		gpt.Chapter(),
		meaning.Chapter(),
	}
}
