package chapters

import (
	"oneword/chapters/cells"
	"oneword/chapters/letters"
)

// All are the chapters, in the essay's order.
func All() []cells.Chapter {
	return []cells.Chapter{letters.Chapter()}
}
