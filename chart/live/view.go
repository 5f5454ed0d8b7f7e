package live

import (
	"fmt"
	"os"
	"time"

	"github.com/janpfeifer/gonb/gonbui"

	"oneword/chart"
)

// A View is one place in a notebook whose picture changes while a cell runs.
// Outside a notebook it shows nothing until Finish.
type View struct {
	id     string
	last   time.Time
	record func(d chart.Drawing, text string) // see Record
}

// NewView is a place for pictures that change.
func NewView() *View { return &View{id: "live_" + gonbui.UniqueId()} }

// Show says where the place is: here. Its pictures follow.
func (v *View) Show() {}

// Record gives what would stay in the notebook to a function, instead of
// showing it: the last drawing, or the last text.
func (v *View) Record(put func(d chart.Drawing, text string)) { v.record = put }

// every is how often the picture changes at most: more often one cannot see,
// and drawing would slow down what is watched.
const every = 200 * time.Millisecond

// Update puts the drawing that draw makes in the place of the last one. It is
// cheap to call it often: most calls return at once, without drawing.
func (v *View) Update(draw func() chart.Drawing) {
	if gonbui.IsNotebook && v.record == nil && time.Since(v.last) > every {
		v.show(draw(), 1)
		v.last = time.Now()
	}
}

// Finish puts the last drawing there.
func (v *View) Finish(d chart.Drawing) {
	if v.record != nil {
		v.record(d, "")
		return
	}
	if !gonbui.IsNotebook {
		chart.Show(d)
		return
	}
	v.show(d, 2)
	gonbui.Sync()
}

func (v *View) show(d chart.Drawing, scale float64) {
	display, err := chart.Preview(d, scale)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	display.DisplayID = v.id
	gonbui.SendData(display)
}
