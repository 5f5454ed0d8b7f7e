package live_test

import (
	"fmt"

	"oneword/chart"
	"oneword/chart/live"
)

func ExampleFrames() {
	squares := live.Frames(func(at ...int) (chart.Drawing, error) {
		n := at[0] + 1
		return chart.Prose(fmt.Sprint(n * n)).Title(fmt.Sprint("The square of ", n)), nil
	}, live.Range("n", 1, 9, 1).From(2))
	squares.Show() // outside a notebook, the still picture in words
	// Output:
	// The square of 3
	// 9
}
