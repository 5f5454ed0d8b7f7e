package digits_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"oneword/data/mnist"
	"oneword/lm"
	"oneword/nn/digits"
)

func Example() {
	_, test, _ := mnist.Load()
	net, _ := digits.Trained()
	images, _ := digits.Images(test.Image(0), test.Image(1), test.Image(2))
	p := net.Probabilities(images)
	for i := range 3 {
		fmt.Print(lm.ArgMax(p.Data[i*10:(i+1)*10]), " ")
	}
	// Output: 7 2 1
}

// What an image is before the answer: 500 numbers, then ten.
func ExampleNet_Features() {
	_, test, _ := mnist.Load()
	net, _ := digits.Trained()
	hidden, _ := net.Features("relu3", test.Image(0))
	logits, _ := net.Features("linear2", test.Image(0))
	fmt.Println(len(hidden[0]), len(logits[0]), lm.ArgMax(logits[0]))
	// Output: 500 10 7
}

// Recognising without a net: the most similar of a thousand images.
func ExampleNearestNeighbour() {
	train, test, _ := mnist.Load()
	stored, _ := digits.NewNearestNeighbour(train.Images[:1000*digits.Pixels], train.Labels[:1000])
	accuracy, _ := stored.Accuracy(test.Images[:100*digits.Pixels], test.Labels[:100])
	fmt.Printf("%.2f\n", accuracy)
	// Output: 0.83
}

func TestTheShippedNet(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector")
	}
	_, test, err := mnist.Load()
	if err != nil {
		t.Fatal(err)
	}
	net, err := digits.Trained()
	if err != nil {
		t.Fatal(err)
	}
	accuracy, err := net.Accuracy(test.Images, test.Labels)
	if err != nil || accuracy < 0.991 {
		t.Errorf("%v of the 10,000 test images are recognised (%v), want 99.1 %%", accuracy, err)
	}
	images, err := digits.Images(test.Image(0), test.Image(5))
	if err != nil {
		t.Fatal(err)
	}
	shapes := map[string]string{"conv1": "[2 20 24 24]", "pool1": "[2 20 12 12]", "conv2": "[2 50 8 8]", "pool2": "[2 50 4 4]",
		"flatten": "[2 800]", "relu3": "[2 500]", "softmax": "[2 10]"}
	for layer, want := range shapes {
		x, err := net.Activation(layer, images)
		if err != nil || fmt.Sprint(x.Shape) != want {
			t.Errorf("%s: shape %v, want %s (%v)", layer, x.Shape, want, err)
		}
	}
	if _, err := net.Activation("conv3", images); err == nil {
		t.Error("there is no layer conv3, and yet an activation")
	}
	all := net.Activations(images)
	if len(all) != 12 {
		t.Fatalf("%d activations of eleven layers and the images", len(all))
	}
	sum := 0.0
	for _, p := range all[11].Data[:10] {
		sum += float64(p)
	}
	if math.Abs(sum-1) > 1e-5 {
		t.Errorf("the probabilities sum to %v", sum)
	}
	n := 0
	for _, p := range net.Params() {
		n += len(p.Data)
	}
	if n != 431_080 {
		t.Errorf("%d weights and biases", n)
	}
}

// A little training on few images is enough to see that it learns.
func TestTrainingLearns(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector")
	}
	train, test, err := mnist.Load()
	if err != nil {
		t.Fatal(err)
	}
	net := digits.New(lm.Rand(1, "test"))
	const n = 2000
	tr, err := net.Trainer(train.Images[:n*digits.Pixels], train.Labels[:n], 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := tr.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	accuracy, err := net.Accuracy(test.Images[:1000*digits.Pixels], test.Labels[:1000])
	if err != nil || accuracy < 0.85 {
		t.Errorf("after four looks at 2,000 images, %v are recognised (%v)", accuracy, err)
	}
}

func TestNearestNeighbour(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector")
	}
	train, test, err := mnist.Load()
	if err != nil {
		t.Fatal(err)
	}
	last := 0.0
	for _, n := range []int{10, 100, 2000} {
		m, err := digits.NewNearestNeighbour(train.Images[:n*digits.Pixels], train.Labels[:n])
		if err != nil {
			t.Fatal(err)
		}
		a, err := m.Accuracy(test.Images[:500*digits.Pixels], test.Labels[:500])
		if err != nil || a <= last {
			t.Errorf("with %d examples %v are matched, %v with fewer (%v)", n, a, last, err)
		}
		last = a
		if own, _ := m.Accuracy(train.Images[:n*digits.Pixels], train.Labels[:n]); own != 1 {
			t.Errorf("of its own examples, %v are matched", own)
		}
	}
	means, err := digits.NewNearestMean(train.Images, train.Labels)
	if err != nil {
		t.Fatal(err)
	}
	// A mean of ten digits each: better than guessing, worse than many examples.
	if a, err := means.Accuracy(test.Images[:500*digits.Pixels], test.Labels[:500]); err != nil || a < 0.7 || a > last {
		t.Errorf("the means match %v (%v)", a, err)
	}
}

func TestBlur(t *testing.T) {
	dot := make([]byte, digits.Pixels)
	dot[14*digits.Size+14] = 255
	blurred := digits.Blur(dot, 1.5)
	// A Gaussian bell in two dimensions: 255/(2π·1.5²) in the middle, and even.
	if mid := blurred[14*digits.Size+14]; math.Abs(float64(mid)-255/(2*math.Pi*2.25)) > 1 {
		t.Errorf("the middle is %d", mid)
	}
	if l, r, u := blurred[14*digits.Size+12], blurred[14*digits.Size+16], blurred[12*digits.Size+14]; l != r || l != u || l == 0 {
		t.Errorf("two pixels off: %d, %d, %d", l, r, u)
	}
	if same := digits.Blur(dot, 0); string(same) != string(dot) {
		t.Error("a blur of 0 changes the image")
	}
	digits.Blur(nil, 1e9) // must not panic, nor take for ever
}

func TestBadInput(t *testing.T) {
	if _, err := digits.Images(make([]byte, 3)); err == nil {
		t.Error("an image of three pixels passed")
	}
	net := digits.New(lm.Rand(1, "test"))
	if _, err := net.Accuracy(make([]byte, 10), make([]byte, 1)); err == nil {
		t.Error("ten pixels for a label passed")
	}
	if _, err := net.Trainer(nil, nil, 1, 1); err == nil {
		t.Error("training on nothing passed")
	}
	if _, err := digits.NewNearestNeighbour(nil, nil); err == nil {
		t.Error("a nearest neighbour of nothing passed")
	}
}
