package plane_test

import (
	"fmt"
	"math"
	"testing"

	"oneword/lm"
	"oneword/nn/plane"
)

func ExampleNearest() {
	for i, p := range plane.Three {
		fmt.Print(i, " ", plane.Nearest(plane.Three, p.X, p.Y), "  ")
	}
	// Output: 0 0  1 1  2 2
}

func TestTrainLearnsTheRegions(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector")
	}
	last := 0.0
	for _, hidden := range [][]int{{1}, {3}, {16, 16}} {
		net, err := plane.Train(plane.Three, hidden, 2000, lm.Rand(1, "test"))
		if err != nil {
			t.Fatal(err)
		}
		a := net.Agreement(plane.Three)
		if a < last {
			t.Errorf("hidden layers %v label %v rightly, smaller ones %v", hidden, a, last)
		}
		last = a
		want := 1
		for _, h := range hidden {
			want += h
		}
		if net.Neurons() != want {
			t.Errorf("%v: %d neurons, want %d", hidden, net.Neurons(), want)
		}
	}
	if last < 0.97 {
		t.Errorf("the largest net labels %v of the plane rightly", last)
	}
	for _, bad := range []struct {
		points []plane.Point
		hidden []int
		steps  int
	}{{nil, nil, 1}, {plane.Three, []int{0}, 1}, {plane.Three, nil, 0}} {
		if _, err := plane.Train(bad.points, bad.hidden, bad.steps, lm.Rand(1, "bad")); err == nil {
			t.Errorf("%+v passed", bad)
		}
	}
}

func TestNearestByDefinition(t *testing.T) {
	rng := lm.Rand(2, "test")
	points := plane.Random(12, rng)
	for range 1000 {
		x, y := 2*rng.Float64()-1, 2*rng.Float64()-1
		n := points[plane.Nearest(points, x, y)]
		for _, p := range points {
			if math.Hypot(p.X-x, p.Y-y) < math.Hypot(n.X-x, n.Y-y)-1e-12 {
				t.Fatalf("(%v, %v) is nearer to %v than to %v", x, y, p, n)
			}
		}
	}
}

func TestNeuron(t *testing.T) {
	f := plane.Neuron(1, -2, 0.5)
	if f(1, 0.25) != 1 || f(-1, 1) != 0 {
		t.Errorf("%v, %v", f(1, 0.25), f(-1, 1))
	}
}
