package nn

import (
	"bytes"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// upTo trains to the step of this number.
func upTo(t *testing.T, tr *Trainer, number int) {
	t.Helper()
	for s, err := range tr.Steps(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if s.Number >= number {
			return
		}
	}
}

// A step is counted when it is yielded: a checkpoint that is written in the loop
// goes on after it.
func TestCheckpointWithinTheLoop(t *testing.T) {
	whole, net := classify(5)
	var middle bytes.Buffer
	for s, err := range whole.Steps(context.Background()) {
		if err == nil && s.Number == 41 {
			err = whole.Checkpoint(&middle)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	second, resumed := classify(5)
	if err := second.Resume("checkpoint", middle.Bytes()); err != nil {
		t.Fatal(err)
	}
	first := 0
	for s, err := range second.Steps(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if first == 0 {
			first = s.Number
		}
	}
	if first != 42 || !slices.Equal(weights(net), weights(resumed)) {
		t.Errorf("it goes on with step %d, and the weights are the same: %v", first, slices.Equal(weights(net), weights(resumed)))
	}
}

// A checkpoint from before the first step brings back the very beginning, and what
// cannot be written of a record does not keep it from being written.
func TestResumeFromTheBeginning(t *testing.T) {
	tr, net := classify(5)
	var beginning bytes.Buffer
	if err := tr.Checkpoint(&beginning); err != nil {
		t.Fatal(err)
	}
	if err := tr.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	first := slices.Clone(weights(net))
	tr.Note(map[string]float64{"perplexity": math.Inf(1), "share": 0.5})
	if err := tr.Checkpoint(&bytes.Buffer{}); err != nil {
		t.Error(err)
	}
	if err := tr.Resume("checkpoint", beginning.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := tr.Run(context.Background()); err != nil || !slices.Equal(first, weights(net)) {
		t.Errorf("begun again, it ends elsewhere (%v)", err)
	}
}

// A training that its context ends says so, and can go on.
func TestStopped(t *testing.T) {
	whole, net := classify(5)
	if err := whole.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	tr, stopped := classify(5)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var last error
	for s, err := range tr.Steps(ctx) {
		if last = err; s.Number == 7 {
			stop()
		}
	}
	if !errors.Is(last, ErrStopped) || !strings.Contains(last.Error(), "step 7 of 160") {
		t.Errorf("error %v", last)
	}
	if err := tr.Run(context.Background()); err != nil || !slices.Equal(weights(net), weights(stopped)) {
		t.Errorf("going on ends elsewhere (%v)", err)
	}
}

// Training that is broken off and resumed ends with the same weights, to the bit.
func TestResumeIsExact(t *testing.T) {
	for name, optimizer := range map[string]func() Optimizer{"Adam": func() Optimizer { return NewAdam() }, "SGD": func() Optimizer { return NewSGD(0.9) }} {
		whole, net := classify(5)
		whole.Optimizer = optimizer()
		if err := whole.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, stop := range []int{1, 37, 80} {
			first, _ := classify(5)
			first.Optimizer = optimizer()
			upTo(t, first, stop)
			var file bytes.Buffer
			if err := first.Checkpoint(&file); err != nil {
				t.Fatal(err)
			}
			second, resumed := classify(5)
			second.Optimizer = optimizer()
			if err := second.Resume("checkpoint", file.Bytes()); err != nil {
				t.Fatal(err)
			}
			if err := second.Run(context.Background()); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(weights(net), weights(resumed)) {
				t.Errorf("%s, broken off after step %d: other weights", name, stop)
			}
		}
	}
}

func TestForeignCheckpoints(t *testing.T) {
	tr, net := classify(5)
	upTo(t, tr, 3)
	var file bytes.Buffer
	if err := tr.Checkpoint(&file); err != nil {
		t.Fatal(err)
	}
	other, _ := classify(6)
	wider, _ := classify(5)
	wide := NewMLP(rand.New(rand.NewPCG(1, 1)), 2, 40, 2)
	wider.Params = wide.Params()
	before := slices.Clone(weights(wide))
	sgd, _ := classify(5)
	sgd.Optimizer = NewSGD(0.9)
	for want, err := range map[string]error{
		`seed "5"`:       other.Resume("c", file.Bytes()),
		`"0.weight" has`: wider.Resume("c", file.Bytes()),
		"velocity":       sgd.Resume("c", file.Bytes()),
		"not a safet":    sgd.Resume("c", file.Bytes()[:100]),
		"belong to no":   Load("c", append(file.Bytes(), 0), net.Params()),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
	if !slices.Equal(before, weights(wide)) {
		t.Error("a foreign checkpoint changed the weights")
	}
}
