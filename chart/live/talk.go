package live

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/comms"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"oneword/chart"
)

// StillVariable is the environment variable that says, when it is set, that
// nobody watches: a Talk then asks for no front end.
const StillVariable = "ONEWORD_STILL"

const (
	answerWithin = 8 * time.Second  // how long a front end may take to answer, on a slow machine as well
	patience     = 10 * time.Minute // after so long without a change a cell ends by itself
)

// A Talk is a cell that computes anew whenever somebody moves one of its
// controls:
//
//	talk := live.NewTalk(live.Field("word", "cat"))
//	talk.Show()
//	for talk.Next() {
//		talk.Draw(draw(talk.Text("word")))
//	}
//
// The first round uses what the controls stand at, and comes at once. The next
// ones need a browser that answers: Jupyter's own front ends do, over http. In
// others, and where no one is there, the loop ends after the first round, and
// its picture stays. It ends as well with the button “Stop”, when the kernel is
// interrupted, or after ten minutes without a change.
type Talk struct {
	knobs   []Knob
	address string
	picture *View
	last    chart.Drawing
	rounds  int
	asked   time.Time
	wake    chan struct{}

	mu       sync.Mutex
	at       []int
	texts    []string
	changed  []bool
	seen     int // the number of the last message
	answered bool
	ended    bool
}

// Field is a control for typed text, for a Talk.
func Field(name, text string) Knob { return Knob{name, []string{text}, "field", 0} }

// NewTalk is a talk with these controls. Until it is shown it has one round.
func NewTalk(knobs ...Knob) *Talk {
	t := &Talk{knobs: knobs, picture: NewView(), wake: make(chan struct{}, 1), ended: true,
		at: make([]int, len(knobs)), texts: make([]string, len(knobs)), changed: make([]bool, len(knobs))}
	for i, k := range knobs {
		if k.At >= 0 && k.At < len(k.Labels) {
			t.at[i], t.texts[i] = k.At, k.Labels[k.At]
		}
	}
	return t
}

// Show shows the controls, where a front end answers.
func (t *Talk) Show() {
	if !gonbui.IsNotebook || os.Getenv(StillVariable) != "" || t.rounds > 0 {
		return
	}
	t.ended, t.asked = false, time.Now()
	t.address = "oneword/" + gonbui.UniqueId()
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	go func() {
		<-interrupted
		t.end()
	}()
	// Never unsubscribed: a message to nobody would block GoNB's dispatcher.
	comms.Subscribe(t.address, func(_ string, message string) { t.hear(message) })
	gonbui.UpdateHTML(t.address, t.controls())
}

// Record gives what would stay in the notebook after one round to a function,
// instead of showing it.
func (t *Talk) Record(put func(d chart.Drawing, text string)) { t.picture.Record(put) }

// controls is the HTML of the controls, with the script that sends what they
// stand at.
func (t *Talk) controls() string {
	numbers, err := json.Marshal(map[string]any{"knobs": t.knobs, "address": t.address})
	if err != nil {
		return ""
	}
	source, err := source("talk")
	if err != nil {
		return ""
	}
	class := "oneword-" + strings.TrimPrefix(t.address, "oneword/")
	return fmt.Sprintf("<div class=\"%s\" style=\"background:#fff;color:#212529;max-width:%.0fpx\"></div>\n%s",
		class, pixels(chart.Width), inline(class, numbers, source))
}

// hear takes a message of the script.
func (t *Talk) hear(message string) {
	var m struct {
		Number int   `json:"number"`
		At     []any `json:"at"`
		Stop   bool  `json:"stop"`
	}
	if json.Unmarshal([]byte(message), &m) != nil || len(m.At) != len(t.knobs) {
		return
	}
	t.mu.Lock()
	t.answered = true
	t.ended = t.ended || m.Stop
	if m.Number > t.seen { // messages may overtake each other
		t.seen = m.Number
		for i, v := range m.At {
			before := t.texts[i]
			switch v := v.(type) {
			case string:
				t.texts[i] = v
			case float64:
				if at := int(v); at >= 0 && at < len(t.knobs[i].Labels) {
					t.changed[i] = t.changed[i] || at != t.at[i]
					t.at[i], t.texts[i] = at, t.knobs[i].Labels[at]
				}
			}
			t.changed[i] = t.changed[i] || t.texts[i] != before
		}
	}
	t.mu.Unlock()
	t.signal()
}

func (t *Talk) end() {
	t.mu.Lock()
	t.ended = true
	t.mu.Unlock()
	t.signal()
}

// signal wakes Next, if it waits.
func (t *Talk) signal() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Next waits for a change, and says whether there is another round.
func (t *Talk) Next() bool {
	if t.rounds++; t.rounds == 1 {
		return true
	}
	idle := time.After(patience)
	silence := time.After(time.Until(t.asked.Add(answerWithin)))
	for {
		t.mu.Lock()
		ended, changed := t.ended, slices.Contains(t.changed, true)
		if changed {
			clear(t.changed)
		}
		t.mu.Unlock()
		switch {
		case ended:
			t.finish()
			return false
		case changed:
			return true
		}
		select {
		case <-t.wake:
		case <-idle:
			t.end()
		case <-silence:
			t.mu.Lock()
			answered := t.answered // by now
			t.mu.Unlock()
			if !answered {
				t.end()
			}
			silence = nil
		}
	}
}

// finish takes the controls away and leaves the last picture.
func (t *Talk) finish() {
	if t.address != "" {
		gonbui.UpdateHTML(t.address, "")
	}
	if t.last != nil && t.rounds > 2 {
		t.picture.Finish(t.last)
	}
	if gonbui.IsNotebook {
		gonbui.Sync()
	}
}

// Changed says whether, in this round, one of these controls has been moved, or
// the talk has ended: long work asks it now and then. With no name it asks for
// all of them.
func (t *Talk) Changed(names ...string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended && (t.address != "") {
		return true
	}
	for i, k := range t.knobs {
		if t.changed[i] && (len(names) == 0 || slices.Contains(names, k.Name)) {
			return true
		}
	}
	return false
}

// Text is what a control stands at: typed text, or the label of a position.
// Controls that do not exist have none.
func (t *Talk) Text(name string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(name); i >= 0 {
		return t.texts[i]
	}
	return ""
}

// At is the position of a control, from 0.
func (t *Talk) At(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.find(name); i >= 0 {
		return t.at[i]
	}
	return 0
}

func (t *Talk) find(name string) int {
	return slices.IndexFunc(t.knobs, func(k Knob) bool { return k.Name == name })
}

// Number is the label of a position as a number, 0 if it is none.
func (t *Talk) Number(name string) float64 {
	v, _ := strconv.ParseFloat(t.Text(name), 64)
	return v
}

// Draw puts a drawing in the talk's place.
func (t *Talk) Draw(d chart.Drawing) {
	switch t.last = d; {
	case t.picture.record != nil:
		t.picture.record(d, "")
	case !gonbui.IsNotebook:
		chart.Show(d)
	case t.rounds == 1:
		t.picture.Finish(d) // it may be the only one
	default:
		t.picture.show(d, 1)
	}
}

// Update is Draw for work that goes on: most calls return at once.
func (t *Talk) Update(draw func() chart.Drawing) {
	if t.address != "" {
		t.picture.Update(func() chart.Drawing {
			t.last = draw()
			return t.last
		})
	}
}

// Say puts text in the talk's place; called again and again, it streams.
func (t *Talk) Say(text string) {
	t.last = nil
	if t.picture.record != nil {
		t.picture.record(nil, text)
		return
	}
	if !gonbui.IsNotebook {
		fmt.Println(text)
		return
	}
	display := Said(text)
	display.DisplayID = t.picture.id
	gonbui.SendData(display)
}

// Said is text that a Talk says, as a notebook is sent it.
func Said(text string) *protocol.DisplayData {
	return &protocol.DisplayData{Data: map[protocol.MIMEType]any{
		protocol.MIMETextHTML:  `<div style="white-space:pre-wrap;max-width:40em">` + html.EscapeString(text) + `</div>`,
		protocol.MIMETextPlain: text,
	}}
}
