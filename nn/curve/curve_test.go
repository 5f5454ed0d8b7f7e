package curve_test

import (
	"fmt"
	"math"
	"testing"

	"oneword/lm"
	"oneword/nn/curve"
)

func ExampleTrain() {
	rng := lm.Rand(1, "example")
	net := curve.Net(rng, 16, 16)
	before := curve.Error(net, curve.Target)
	if err := curve.Train(curve.Target, net, 1500, rng, nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println("closer than a fifth of before:", curve.Error(net, curve.Target) < before/5)
	// Output: closer than a fifth of before: true
}

func TestStagesAndLosses(t *testing.T) {
	rng := lm.Rand(2, "test")
	xs := curve.Places(-1, 1, 50)
	stages, err := curve.Stages(curve.Target, curve.Net(rng, 16, 16), xs, []int{0, 640, 64_000}, rng)
	if err != nil || len(stages) != 3 {
		t.Fatalf("%d stages, %v", len(stages), err)
	}
	off := func(s curve.Stage) (sum float64) {
		for i, v := range s.Values {
			sum += math.Abs(v - curve.Target(xs[i]))
		}
		return sum
	}
	if !(off(stages[2]) < off(stages[1]) && off(stages[1]) < off(stages[0])) {
		t.Errorf("the stages are off by %v, %v, %v", off(stages[0]), off(stages[1]), off(stages[2]))
	}
	examples, losses, err := curve.Losses(curve.Target, curve.Net(rng, 16, 16), 400, rng)
	if err != nil || len(losses) != 20 || examples[19] != 400*curve.Batch || losses[19] > losses[0]/3 {
		t.Errorf("losses %v at %v, %v", losses, examples, err)
	}
	if err := curve.Train(curve.Target, curve.Net(rng, 2), 0, rng, nil); err == nil {
		t.Error("no steps passed")
	}
}

func TestSlopeAndDescent(t *testing.T) {
	rng := lm.Rand(3, "test")
	for range 50 {
		a, b := 8*rng.Float64(), 2*rng.Float64()-1
		da, db := curve.Wave.Slope(a, b)
		const h = 1e-5
		na := (curve.Wave.Loss(a+h, b) - curve.Wave.Loss(a-h, b)) / (2 * h)
		nb := (curve.Wave.Loss(a, b+h) - curve.Wave.Loss(a, b-h)) / (2 * h)
		if math.Abs(da-na) > 1e-7 || math.Abs(db-nb) > 1e-7 {
			t.Errorf("at (%v, %v) the slope is (%v, %v), by differences (%v, %v)", a, b, da, db, na, nb)
		}
		p := curve.Wave.Descend(a, b, 1, 100)
		for i := 1; i < len(p.Loss); i++ {
			if p.Loss[i] > p.Loss[i-1] {
				t.Fatalf("from (%v, %v) step %d leads uphill", a, b, i)
			}
		}
	}
	deep, shallow := curve.Wave.Descend(1.5, 0.3, 1, 300), curve.Wave.Descend(7.5, 0.3, 1, 300)
	if d, s := deep.Loss[len(deep.Loss)-1], shallow.Loss[len(shallow.Loss)-1]; d > 1e-3 || s < 0.05 {
		t.Errorf("the two paths end at %v and %v, want one in the deep valley and one in a shallow one", d, s)
	}
}

func TestCheckGradients(t *testing.T) {
	net := curve.Net(lm.Rand(4, "test"), 8, 8)
	rows, err := curve.CheckGradients(net)
	if err != nil || len(rows) != 6 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, r := range rows {
		if r.Back == 0 || math.Abs(r.Back-r.Tried) > 0.02*(0.05+math.Abs(r.Back)) {
			t.Errorf("%s: %v by back-propagation, %v by trying out", r.Name, r.Back, r.Tried)
		}
	}
	if _, err := curve.CheckGradients(nil); err == nil {
		t.Error("a net without weights passed")
	}
}
