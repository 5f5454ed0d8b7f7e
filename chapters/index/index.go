package index

import (
	"oneword/chart"
	"oneword/labs"
	"oneword/letterfreq"
)

// YourSentence counts the letters of a sentence.
func YourSentence(lab labs.Lab, show labs.Show) {
	text := "Change me, and press Shift+Enter again!"
	letters := letterfreq.CountFolded(text)
	show(chart.Bars(letters).Title(text).Labels("", "share of letters").Percent())
}
