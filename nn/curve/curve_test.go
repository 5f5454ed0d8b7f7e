package curve_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"oneword/lm"
	"oneword/nn/curve"
)

func ExampleTrain() {
	rng := lm.Rand(1, "example")
	net := curve.Net(rng, 16, 16)
	before := curve.RMSE(net, curve.Target)
	if err := curve.Train(curve.Target, net, 1500, rng); err != nil {
		fmt.Println(err)
	}
	fmt.Println("closer than a fifth of before:", curve.RMSE(net, curve.Target) < before/5)
	// Output: closer than a fifth of before: true
}

// The loss while a net learns: the mean of every 100 steps, from the record.
func ExampleTrainer() {
	rng := lm.Rand(2, "example")
	t := curve.Trainer(curve.Target, curve.Net(rng, 16, 16), 400, rng)
	for step, err := range t.Steps(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if step.Number%100 == 0 {
			t.Note(nil)
		}
	}
	losses := t.Record.Column("loss")
	fmt.Println(len(losses), "points, the last at", t.Record.Last().Seen, "examples; falling:", losses[3] < losses[0]/3)
	// Output: 4 points, the last at 25600 examples; falling: true
}

// From here the path ends in the deep valley.
func ExampleLandscape_Descend() {
	path := curve.Wave().Descend(1.5, 0.3, 1, 300)
	last := len(path.Loss) - 1
	fmt.Printf("%.2f·sin(%.2f·x)\n", path.B[last], path.A[last])
	// Output: 0.80·sin(3.00·x)
}

func TestTrainNeedsSteps(t *testing.T) {
	rng := lm.Rand(2, "test")
	if err := curve.Train(curve.Target, curve.Net(rng, 2), 0, rng); err == nil {
		t.Error("no steps passed")
	}
}

func TestSlopeAndDescent(t *testing.T) {
	rng := lm.Rand(3, "test")
	for range 50 {
		a, b := 8*rng.Float64(), 2*rng.Float64()-1
		da, db := curve.Wave().Gradient(a, b)
		const h = 1e-5
		na := (curve.Wave().Loss(a+h, b) - curve.Wave().Loss(a-h, b)) / (2 * h)
		nb := (curve.Wave().Loss(a, b+h) - curve.Wave().Loss(a, b-h)) / (2 * h)
		if math.Abs(da-na) > 1e-7 || math.Abs(db-nb) > 1e-7 {
			t.Errorf("at (%v, %v) the slope is (%v, %v), by differences (%v, %v)", a, b, da, db, na, nb)
		}
		p := curve.Wave().Descend(a, b, 1, 100)
		for i := 1; i < len(p.Loss); i++ {
			if p.Loss[i] > p.Loss[i-1] {
				t.Fatalf("from (%v, %v) step %d leads uphill", a, b, i)
			}
		}
	}
	deep, shallow := curve.Wave().Descend(1.5, 0.3, 1, 300), curve.Wave().Descend(7.5, 0.3, 1, 300)
	if d, s := deep.Loss[len(deep.Loss)-1], shallow.Loss[len(shallow.Loss)-1]; d > 1e-3 || s < 0.05 {
		t.Errorf("the two paths end at %v and %v, want one in the deep valley and one in a shallow one", d, s)
	}
}
