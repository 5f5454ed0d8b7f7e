package nn

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Training that is broken off and resumed ends with the same weights, to the bit.
func TestResumeIsExact(t *testing.T) {
	for name, optimizer := range map[string]func() Optimizer{"Adam": func() Optimizer { return NewAdam() }, "SGD": func() Optimizer { return NewSGD(0.9) }} {
		whole, net := classify(5)
		whole.Optimizer = optimizer()
		if err := whole.Run(); err != nil {
			t.Fatal(err)
		}
		for _, stop := range []int{1, 37, 80} {
			first, _ := classify(5)
			first.Optimizer = optimizer()
			first.Progress = func(s Step) bool { return s.Number < stop }
			if err := first.Run(); err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			if err := first.Checkpoint(&file); err != nil {
				t.Fatal(err)
			}
			second, resumed := classify(5)
			second.Optimizer = optimizer()
			if err := second.Resume("checkpoint", file.Bytes()); err != nil {
				t.Fatal(err)
			}
			if err := second.Run(); err != nil {
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
	tr.Progress = func(s Step) bool { return s.Number < 3 }
	if err := tr.Run(); err != nil {
		t.Fatal(err)
	}
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
