package plane_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"oneword/lm"
	"oneword/nn/plane"
)

func ExampleNearest() {
	for i, p := range plane.Three() {
		fmt.Print(i, " ", plane.Nearest(plane.Three(), p.X, p.Y), "  ")
	}
	// Output: 0 0  1 1  2 2
}

func ExampleTrain() {
	net, err := plane.Train(plane.Three(), []int{8, 8}, 1000, lm.Rand(1, "example"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range plane.Three() {
		fmt.Print(net.Class(p.X, p.Y), " ")
	}
	fmt.Println(net.Neurons(), "neurons,", net.Accuracy(plane.Three()) > 0.9)
	// Output: 0 1 2 17 neurons, true
}

// Three steps of a training, and the net as it was after each.
func ExampleNet_Trainer() {
	rng := lm.Rand(1, "example")
	net := plane.New(3, []int{4}, rng)
	var snapshots []*plane.Net
	for step, err := range net.Trainer(plane.Three(), 3, rng).Steps(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		snapshots = append(snapshots, net.Clone())
		fmt.Println(step.Number, "of", step.Of)
	}
	fmt.Println(snapshots[0].Value(0, 0) != snapshots[2].Value(0, 0), snapshots[2].Value(0, 0) == net.Value(0, 0))
	// Output:
	// 1 of 3
	// 2 of 3
	// 3 of 3
	// true true
}

// What each neuron holds is the weighted sum of those before it, bent.
func ExampleNet_Activations() {
	net := plane.New(3, []int{2}, lm.Rand(1, "example"))
	w, in := net.Layers.Weights()[0], net.Activations(0.5, 0.8)
	for j, held := range in[1] {
		sum := in[0][0]*w.At(0, j) + in[0][1]*w.At(1, j)
		fmt.Println(math.Abs(max(sum, 0)-held) < 1e-6)
	}
	// Output:
	// true
	// true
}

func TestTrainLearnsTheRegions(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector")
	}
	last := 0.0
	for _, hidden := range [][]int{{1}, {3}, {16, 16}} {
		net, err := plane.Train(plane.Three(), hidden, 2000, lm.Rand(1, "test"))
		if err != nil {
			t.Fatal(err)
		}
		a := net.Accuracy(plane.Three())
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
	}{{nil, nil, 1}, {plane.Three(), []int{0}, 1}, {plane.Three(), nil, 0}} {
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
