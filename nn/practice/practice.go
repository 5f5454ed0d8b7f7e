package practice

import (
	"context"
	"fmt"
	"math/rand/v2"

	"oneword/lm"
	"oneword/nn"
	"oneword/nn/digits"
)

// Size is the width and height of an image, Pixels is how many it has.
const (
	Size   = digits.Size
	Pixels = digits.Pixels
)

// Examples are images and what they show.
type Examples struct {
	X      []float32 // [N][Pixels]: 0 for paper, 1 for ink
	Labels []int     // [N]
}

// Images makes examples of the first n images of Pixels bytes each. Too few
// are an error.
func Images(images, labels []byte, n int) (Examples, error) {
	if n < 1 || n > len(labels) || len(images) != len(labels)*Pixels {
		return Examples{}, fmt.Errorf("practice: %d examples of %d labels and %d pixels", n, len(labels), len(images))
	}
	e := Examples{make([]float32, n*Pixels), make([]int, n)}
	for i, v := range images[:n*Pixels] {
		e.X[i] = float32(v) / 255
	}
	for i, l := range labels[:n] {
		e.Labels[i] = int(l)
	}
	return e, nil
}

// Len is the number of examples.
func (e Examples) Len() int { return len(e.Labels) }

// First is the first n examples of each class.
func (e Examples) First(n int) Examples {
	var out Examples
	taken := map[int]int{}
	for i, l := range e.Labels {
		if taken[l]++; taken[l] <= n {
			out.X, out.Labels = append(out.X, e.X[i*Pixels:(i+1)*Pixels]...), append(out.Labels, l)
		}
	}
	return out
}

// batches are the examples for a net. augment, if not nil, changes each image
// before it is shown.
func (e Examples) batches(augment func(image []float32)) nn.Examples {
	width := len(e.X) / max(e.Len(), 1)
	return nn.Examples{Len: e.Len(), Batch: func(numbers []int, x []float32, classes []int) {
		for r, i := range numbers {
			copy(x[r*width:(r+1)*width], e.X[i*width:(i+1)*width])
			if classes[r] = e.Labels[i]; augment != nil {
				augment(x[r*width : (r+1)*width])
			}
		}
	}}
}

// A Curve is the outcome of an experiment, to be drawn.
type Curve struct {
	Name string
	X, Y []float64
}

// A recipe says how a net is trained.
type recipe struct {
	loss   func(g *nn.Graph, logits *nn.Tensor, classes []int) *nn.Tensor // nil for cross-entropy
	opt    nn.Optimizer                                                   // nil for Adam
	rate   float64
	batch  int
	epochs int
	seed   uint64
	watch  func(nn.Step) // may be nil
	// augment, if set, is applied to each image before it is shown.
	augment func(image []float32, rng *rand.Rand)
}

// train shows a net the examples.
func train(net *nn.Classifier, e Examples, r recipe) error {
	if r.loss == nil {
		r.loss = (*nn.Graph).CrossEntropy
	}
	if r.opt == nil {
		r.opt = nn.NewAdam()
	}
	shown := e.batches(nil)
	if r.augment != nil {
		rng := lm.Rand(r.seed, "practice: changes of images")
		shown = e.batches(func(image []float32) { r.augment(image, rng) })
	}
	t := &nn.Trainer{
		Params: net.Params(), Optimizer: r.opt, Rate: nn.Cosine(r.rate, 0, 10),
		Examples: e.Len(), Batch: min(r.batch, e.Len()), Epochs: r.epochs, Seed: r.seed,
		Loss: net.Loss(shown, r.loss),
	}
	for s, err := range t.Steps(context.Background()) {
		if err != nil {
			return err
		}
		if r.watch != nil {
			r.watch(s)
		}
	}
	return nil
}

// accuracy is the share of examples that the net is right about.
func accuracy(net *nn.Classifier, e Examples) float64 { return net.Accuracy(e.batches(nil)) }

// mlp is a net with a hidden layer, for images as rows of pixels.
func mlp(rng *rand.Rand, hidden int) *nn.Classifier {
	return &nn.Classifier{Input: []int{Pixels}, Layers: nn.NewMLP(rng, Pixels, hidden, 10)} // [B][784], [B][10]
}

// cnn is a net of filters for few examples, quick to train.
func cnn(rng *rand.Rand, classes int) *nn.Classifier {
	return &nn.Classifier{Input: []int{1, Size, Size}, Layers: nn.Chain{
		nn.NewConv(rng, 1, 8, 5), nn.ReLU, nn.MaxPool, // [B][8][24][24], twice, [B][8][12][12]
		nn.NewConv(rng, 8, 16, 5), nn.ReLU, nn.MaxPool, // [B][16][8][8], twice, [B][16][4][4]
		nn.Flatten, nn.NewDense(rng, 16*4*4, classes), // [B][256], [B][classes]
	}}
}
