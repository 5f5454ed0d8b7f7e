package labs

import (
	"fmt"

	"oneword/chart"
)

// Show takes what a cell has made, and brings it to whoever reads it:
// drawings (chart.Drawing), live views (package chart/live), text to print,
// and Values for the caption. A cell writes to nothing else, so that it can be
// run by a notebook, by a program that draws all figures, and by a test.
type Show func(things ...any)

// Values are numbers that the caption of a figure says, by the names by which
// it calls for them: {worst|%.3f}. A notebook shows nothing of them.
type Values map[string]any

// Printf shows text, as fmt.Printf prints it.
func (s Show) Printf(format string, args ...any) { s(fmt.Sprintf(format, args...)) }

// Println shows text, as fmt.Println prints it.
func (s Show) Println(args ...any) { s(fmt.Sprintln(args...)) }

// Notebook shows things below the cell of the notebook that runs this program.
// Outside a notebook it prints their text forms.
func Notebook() Show {
	return func(things ...any) {
		for _, t := range things {
			switch t := t.(type) {
			case chart.Drawing:
				chart.Show(t)
			case interface{ Show() }: // a live view
				t.Show()
			case string:
				fmt.Print(t)
			case Values: // the caption stands in the text
			default:
				fmt.Println(t)
			}
		}
	}
}
