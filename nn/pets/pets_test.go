package pets_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"testing"

	"oneword/data/cifar"
	"oneword/lm"
	"oneword/nn/pets"
)

func Example() {
	net, err := pets.Trained()
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range 4 {
		picture, _ := pets.Drawn(1, i)
		seen, _ := net.Classify(picture)
		fmt.Print(seen, " ")
	}
	// Output: cat dog cat dog
}

func TestTheShippedNet(t *testing.T) {
	net, err := pets.Trained()
	if err != nil {
		t.Fatal(err)
	}
	accuracy, err := net.Accuracy(pets.Drawings(99, 500))
	if err != nil || accuracy < 0.97 {
		t.Errorf("%v of 500 drawings are told rightly (%v)", accuracy, err)
	}
	picture, _ := pets.Drawn(1, 0)
	for layer, want := range map[string]string{"conv1": "[1 12 60 60]", "pool2": "[1 24 14 14]", "pool3": "[1 32 6 6]", "softmax": "[1 2]"} {
		x, err := net.Activation(layer, pets.Pictures(picture))
		if err != nil || fmt.Sprint(x.Shape) != want {
			t.Errorf("%s: shape %v, want %s (%v)", layer, x.Shape, want, err)
		}
	}
}

// A linear model on pixels must stay clearly below the net, or the drawings
// would be too easy.
func TestPixelsAloneDoNotTell(t *testing.T) {
	if testing.Short() {
		t.Skip("long under the race detector")
	}
	linear := pets.NewLinear()
	if err := linear.Trainer(pets.Drawings(7<<32, 3000), 0.0005, 2, 1).Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if accuracy, err := linear.Accuracy(pets.Drawings(99, 500)); err != nil || accuracy < 0.6 || accuracy > 0.85 {
		t.Errorf("a linear model tells %v (%v)", accuracy, err)
	}
}

func TestDrawnIsDetermined(t *testing.T) {
	a, class := pets.Drawn(5, 3)
	b, _ := pets.Drawn(5, 3)
	c, _ := pets.Drawn(5, 5)
	if class != pets.Dog || !bytes.Equal(a.Pix, b.Pix) || bytes.Equal(a.Pix, c.Pix) {
		t.Errorf("number 3 is a %v; the same twice: %v; another: %v", class, bytes.Equal(a.Pix, b.Pix), !bytes.Equal(a.Pix, c.Pix))
	}
}

// The path to photographs: records of CIFAR-10 become a dataset that trains.
func TestPhotographs(t *testing.T) {
	var file []byte
	for i := range 200 {
		file = append(file, byte(i%10))
		for p := range 3 * cifar.Size * cifar.Size {
			file = append(file, byte(p*(i%10)))
		}
	}
	set, err := cifar.Parse("file", file)
	if err != nil {
		t.Fatal(err)
	}
	photographs := pets.Photographs(set)
	if _, class := photographs.Picture(1); photographs.Len != 40 || class != pets.Dog {
		t.Errorf("%d cats and dogs, number 1 is a %v", photographs.Len, class)
	}
	net := pets.New(lm.Rand(1, "test"))
	if err := net.Trainer(photographs, 0.002, 4, 1).Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if accuracy, err := net.Accuracy(photographs); err != nil || accuracy != 1 {
		t.Errorf("the net learned %v of two pictures, %v", accuracy, err)
	}
}

func TestOddPictures(t *testing.T) {
	net, _ := pets.Trained()
	for _, r := range []image.Rectangle{image.Rect(0, 0, 0, 0), image.Rect(-3, 5, -2, 6), image.Rect(10, 10, 500, 90)} {
		if _, p := net.Classify(image.NewRGBA(r)); !(p >= 0.5 && p <= 1) {
			t.Errorf("a picture %v is seen with %v", r, p)
		}
	}
	if _, err := net.Accuracy(pets.Dataset{}); err == nil {
		t.Error("an empty dataset passed")
	}
}
