package practice

import (
	"context"
	"fmt"
	"math/rand/v2"

	"oneword/lm"
	"oneword/nn"
	"oneword/nn/digits"
)

// Side is the width and height of an image, Pixels how many it has.
const (
	Side   = 28
	Pixels = Side * Side
)

// Examples are images and what they show.
type Examples struct {
	X      []float32 // Pixels numbers each: 0 for paper, 1 for ink
	Labels []int
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

// gather fills a tensor with some of the examples.
func (e Examples) gather(x *nn.Tensor, classes []int, numbers []int) {
	width := len(e.X) / max(e.Len(), 1)
	x.Shape[0], x.Data = len(numbers), x.Data[:len(numbers)*width]
	for r, i := range numbers {
		copy(x.Data[r*width:(r+1)*width], e.X[i*width:(i+1)*width])
		classes[r] = e.Labels[i]
	}
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
	// change, if set, is applied to each image before it is shown.
	change func(image []float32, rng *rand.Rand)
}

// train shows a net the examples; shape is that of one of them.
func train(net nn.Chain, e Examples, shape []int, r recipe) error {
	batch := min(r.batch, e.Len())
	x, classes := nn.NewTensor(append([]int{batch}, shape...)...), make([]int, batch)
	if r.loss == nil {
		r.loss = func(g *nn.Graph, logits *nn.Tensor, classes []int) *nn.Tensor { return g.CrossEntropy(logits, classes) }
	}
	if r.opt == nil {
		r.opt = nn.NewAdam()
	}
	rng := lm.Rand(r.seed, "practice: changes of images")
	t := &nn.Trainer{
		Params: net.Params(), Optimizer: r.opt, Rate: nn.Cosine(r.rate, 0, 10),
		Examples: e.Len(), Batch: batch, Epochs: r.epochs, Seed: r.seed,
		Loss: func(g *nn.Graph, numbers []int) *nn.Tensor {
			e.gather(x, classes, numbers)
			if r.change != nil {
				for i := range numbers {
					r.change(x.Data[i*Pixels:(i+1)*Pixels], rng)
				}
			}
			return r.loss(g, net.Apply(g, x), classes[:len(numbers)])
		},
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

// test says how a net does on examples: the share that it is right about, and
// the mean cross-entropy in nats.
func test(net nn.Chain, e Examples, shape []int) (accuracy, loss float64) {
	const batch = 500
	g := &nn.Graph{NoGrad: true}
	x, classes := nn.NewTensor(append([]int{batch}, shape...)...), make([]int, batch)
	var numbers []int
	for at := 0; at < e.Len(); at += batch {
		numbers = numbers[:0]
		for i := at; i < min(at+batch, e.Len()); i++ {
			numbers = append(numbers, i)
		}
		e.gather(x, classes, numbers)
		g.Reset()
		y := net.Apply(g, x)
		loss += float64(g.CrossEntropy(y, classes[:len(numbers)]).Data[0]) * float64(len(numbers))
		for r := range numbers {
			if digits.Best(y.Data[r*y.Cols():(r+1)*y.Cols()]) == classes[r] {
				accuracy++
			}
		}
	}
	n := float64(max(e.Len(), 1))
	return accuracy / n, loss / n
}

// flat is the shape of an image for a fully connected net, square for filters.
var (
	flat   = []int{Pixels}
	square = []int{1, Side, Side}
)

// small is a net of filters for few examples, quick to train.
func small(rng *rand.Rand, classes int) nn.Chain {
	return nn.Chain{nn.NewConv(rng, 1, 8, 5), nn.Ramp, nn.Pool, nn.NewConv(rng, 8, 16, 5), nn.Ramp, nn.Pool,
		nn.Flatten, nn.NewDense(rng, 16*4*4, classes)}
}
