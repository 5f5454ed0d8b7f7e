package live

import (
	"fmt"
	"testing"

	"oneword/chart"
)

// listening is a talk as if a front end were there.
func listening() *Talk {
	t := NewTalk(Field("word", "cat"), Range("rate", 0, 1, 0.1).From(3), Again("again", 4))
	t.ended, t.address = false, "here"
	return t
}

func ExampleTalk() {
	talk := NewTalk(Field("word", "cat"), Range("times", 1, 5, 1).From(1))
	for talk.Next() { // once, where no front end is
		talk.Draw(chart.Prose(fmt.Sprint(talk.Text("word"), " × ", talk.Number("times"))).Title("Asked for"))
	}
	// Output:
	// Asked for
	// cat × 2
}

func TestTalkHears(t *testing.T) {
	talk := listening()
	if !talk.Next() || talk.Changed() {
		t.Error("the first round comes at once, without a change")
	}
	talk.hear(`{"number": 2, "at": ["dog", 7, 1]}`)
	if !talk.Changed("rate") || !talk.Changed() || talk.Changed("nobody") || talk.Text("word") != "dog" || talk.Number("rate") != 0.7 || talk.At("again") != 1 {
		t.Errorf("heard %q, %v, %d", talk.Text("word"), talk.Number("rate"), talk.At("again"))
	}
	if !talk.Next() || talk.Changed() {
		t.Error("a change begins a round, in which nothing has changed yet")
	}
	talk.hear(`{"number": 1, "at": ["late", 0, 0]}`)
	if talk.Text("word") != "dog" || talk.Changed() {
		t.Error("a message that was overtaken counts")
	}
	for _, bad := range []string{``, `{`, `{"number": 9, "at": ["x"]}`, `{"number": 9, "at": ["dog", 99, -1]}`, `{"number": 10, "at": [null, {}, []]}`} {
		talk.hear(bad)
	}
	if talk.Text("word") != "dog" || talk.Number("rate") != 0.7 || talk.At("again") != 1 || talk.At("nobody") != 0 || talk.Text("nobody") != "" {
		t.Errorf("bad messages change it to %q, %v, %d", talk.Text("word"), talk.Number("rate"), talk.At("again"))
	}
	talk.hear(`{"number": 11, "at": ["dog", 7, 1], "stop": true}`)
	if !talk.Changed() {
		t.Error("long work does not hear of the end")
	}
	if talk.Next() {
		t.Error("it goes on after Stop")
	}
}

func FuzzHear(f *testing.F) {
	f.Add(`{"number": 2, "at": ["dog", 7, 1]}`)
	f.Add(`{"number": 1e99, "at": ["", -7e18, 1.5], "stop": true}`)
	f.Fuzz(func(t *testing.T, message string) {
		talk := listening()
		talk.hear(message)
		if at := talk.At("rate"); at < 0 || at > 10 {
			t.Errorf("%q moves a slider to %d", message, at)
		}
	})
}
