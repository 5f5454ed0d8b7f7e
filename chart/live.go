package chart

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// A LiveView is one place in a notebook whose picture changes while a cell
// runs. Outside a notebook it shows nothing until Finish.
type LiveView struct {
	id   string
	last time.Time
}

// Live opens a place for pictures that change.
func Live() *LiveView { return &LiveView{id: "live_" + gonbui.UniqueId()} }

// liveEvery is how often the picture changes at most: more often one cannot
// see, and drawing would slow down what is watched.
const liveEvery = 200 * time.Millisecond

// Update puts the drawing that draw makes in the place of the last one. It is
// cheap to call it often: most calls return at once, without drawing.
func (l *LiveView) Update(draw func() Drawing) {
	if gonbui.IsNotebook && time.Since(l.last) > liveEvery {
		l.show(draw())
		l.last = time.Now()
	}
}

// Finish puts the last drawing there.
func (l *LiveView) Finish(d Drawing) {
	if !gonbui.IsNotebook {
		Show(d)
		return
	}
	l.show(d)
	gonbui.Sync()
}

func (l *LiveView) show(d Drawing) {
	png, err := PNG(d, 2)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	w, h := d.Size()
	gonbui.SendData(&protocol.DisplayData{
		Data:      map[protocol.MIMEType]any{protocol.MIMEImagePNG: png, protocol.MIMETextPlain: d.Text()},
		Metadata:  map[string]any{"image/png": map[string]int{"width": int(w / 72 * 96), "height": int(h / 72 * 96)}},
		DisplayID: l.id,
	})
}

// Training shows how a training goes, against the number of examples seen: the
// loss, examples a second, and the seconds left.
func Training(examples, loss, perSecond, left []float64) *PanelChart {
	panel := func(label string, ys []float64) *LinePlot {
		p := Plot().Labels("examples seen", label).Line("", examples, ys)
		if len(ys) > 0 {
			p.RangeY(0, 1.15*slices.Max(ys))
		}
		return p
	}
	return Panels(3, Plot().Labels("examples seen", "loss").LogY().Line("", examples, loss), panel("examples a second", perSecond), panel("seconds left", left)).Wide()
}
