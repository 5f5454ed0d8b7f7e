package practice

import (
	"fmt"

	"oneword/lm"
	"oneword/nn"
	"oneword/nn/digits"
)

// LetterTask makes a task that the digit net was not trained for: n variations of
// each of some images, which are numbered as they come.
func LetterTask(images [][]float32, n int, seed uint64) (Examples, error) {
	rng := lm.Rand(seed, "practice: letters")
	var e Examples
	for range n {
		for label, image := range images {
			if len(image) != Pixels {
				return Examples{}, fmt.Errorf("practice: image %d has %d pixels, want %d", label, len(image), Pixels)
			}
			at := len(e.X)
			e.X, e.Labels = append(e.X, image...), append(e.Labels, label)
			Augment(e.X[at:], rng)
		}
	}
	return e, nil
}

// Transfer learns a new task from few examples of each class in two ways: a net
// of filters from nothing, and a single layer on what the digit net's layer of
// 500 neurons makes of the images (transfer learning). It returns the share of
// test images recognised against the number of examples of each class.
func Transfer(net *digits.Net, shown, held Examples, classes int, counts []int, seed uint64) ([]Curve, error) {
	features := func(e Examples) (Examples, error) {
		out := Examples{Labels: e.Labels}
		const batch = 200
		for at := 0; at < e.Len(); at += batch {
			end := min(at+batch, e.Len())
			x := nn.From(e.X[at*Pixels:end*Pixels], end-at, 1, Size, Size) // [B][1][28][28]
			y, err := net.Activation("relu3", x)                           // [B][500]
			if err != nil {
				return out, err
			}
			out.X = append(out.X, y.Data...)
		}
		return out, nil
	}
	tested, err := features(held)
	if err != nil {
		return nil, err
	}
	curves := []Curve{{Name: "from nothing"}, {Name: "on the digit net's features"}}
	for _, n := range counts {
		few := shown.First(n)
		fewFeatures, err := features(few)
		if err != nil {
			return nil, err
		}
		layer := nn.NewDense(lm.Rand(seed, "practice: transfer"), 500, classes)
		for k, t := range []struct {
			net         *nn.Classifier
			train, test Examples
		}{
			{cnn(lm.Rand(seed, "practice: transfer"), classes), few, held},
			{&nn.Classifier{Input: []int{500}, Layers: nn.Chain{layer}}, fewFeatures, tested},
		} {
			if err := train(t.net, t.train, recipe{rate: 0.003, batch: 50, epochs: epochs(few, 50, steps), seed: seed}); err != nil {
				return nil, err
			}
			curves[k].X, curves[k].Y = append(curves[k].X, float64(n)), append(curves[k].Y, accuracy(t.net, t.test))
		}
	}
	return curves, nil
}
