package digits

import (
	_ "embed"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"oneword/internal/simd"
	"oneword/nn"
)

// Size is the width and height of an image; Pixels is how many it has.
const (
	Size   = 28
	Pixels = Size * Size
)

// Layers names the layers, in their order.
var Layers = []string{"convolution, 20 filters of 5×5", "ramp", "pooling, 2×2", "convolution, 50 filters of 5×5", "ramp", "pooling, 2×2",
	"flatten", "linear, 500", "ramp", "linear, 10", "softmax"}

// Stages are the layers after which the array has another size: a short name,
// and the number of the tap.
var Stages = []struct {
	Name string
	Tap  int
}{{"image", 0}, {"filters", 1}, {"pooled", 3}, {"filters", 4}, {"pooled", 6}, {"flat", 7}, {"linear", 8}, {"digits", 11}}

// A Net recognises digits. It may be used by several goroutines at once.
type Net struct {
	layers nn.Chain // all but the last, softmax
}

// New returns a net with random weights.
func New(rng *rand.Rand) *Net {
	return &Net{nn.Chain{
		nn.NewConv(rng, 1, 20, 5), nn.Ramp, nn.Pool, // [B][20][12][12]
		nn.NewConv(rng, 20, 50, 5), nn.Ramp, nn.Pool, // [B][50][4][4]
		nn.Flatten, nn.NewDense(rng, 800, 500), nn.Ramp, nn.NewDense(rng, 500, 10),
	}}
}

//go:embed lenet.safetensors
var weights []byte

// Trained returns the net with the weights that were trained on MNIST's 60,000
// training images by `essay train lenet`.
func Trained() (*Net, error) { return trained() }

var trained = sync.OnceValues(func() (*Net, error) {
	n := New(rand.New(rand.NewPCG(0, 0)))
	if err := nn.Load("lenet.safetensors (embedded)", weights, n.layers.Params()); err != nil {
		return nil, err
	}
	return n, nil
})

// Clone returns a net of its own with the same weights, to be changed.
func (n *Net) Clone() *Net {
	c := New(rand.New(rand.NewPCG(0, 0)))
	for i, p := range c.Params() {
		copy(p.Data, n.Params()[i].Data)
	}
	return c
}

// Params lists the weights and biases.
func (n *Net) Params() []nn.Param { return n.layers.Params() }

// Neurons is how many neurons the net has, see nn.Chain.
func (n *Net) Neurons() int { return n.layers.Neurons(1, Size, Size) }

// Logits computes the ten numbers before the softmax, of images [B][1][28][28].
func (n *Net) Logits(g *nn.Graph, images *nn.Tensor) *nn.Tensor { return n.layers.Apply(g, images) }

// Images makes a tensor [B][1][28][28] of images of 784 bytes, with 0 for paper
// and 1 for ink. An image of another size is an error.
func Images(images ...[]byte) (*nn.Tensor, error) {
	t := nn.NewTensor(len(images), 1, Size, Size)
	for i, image := range images {
		if len(image) != Pixels {
			return nil, fmt.Errorf("digits: image %d has %d pixels, want %d", i, len(image), Pixels)
		}
		for k, v := range image {
			t.Data[i*Pixels+k] = float32(v) / 255
		}
	}
	return t, nil
}

// Probabilities says, of each image, how likely each digit is: [B][10].
func (n *Net) Probabilities(images *nn.Tensor) *nn.Tensor {
	g := &nn.Graph{NoGrad: true}
	return g.Softmax(n.Logits(g, images))
}

// Taps are the outputs of all layers for some images, the images themselves
// first and the probabilities last: len(Layers)+1 tensors.
func (n *Net) Taps(images *nn.Tensor) []*nn.Tensor {
	g := &nn.Graph{NoGrad: true}
	taps := n.layers.Taps(g, images)
	return append(taps, g.Softmax(taps[len(taps)-1]))
}

// Shapes are those of Taps for one image: [1][28][28] first, [10] last.
func (n *Net) Shapes() [][]int {
	var shapes [][]int
	for _, tap := range n.Taps(nn.NewTensor(1, 1, Size, Size)) {
		shapes = append(shapes, tap.Shape[1:])
	}
	return shapes
}

// Layer is the output of one layer, counted from 0, the images themselves, for
// each image: a row of numbers.
func (n *Net) Layer(tap int, images ...[]byte) ([][]float64, error) {
	t, err := Images(images...)
	if err != nil {
		return nil, err
	}
	taps := n.Taps(t)
	if tap < 0 || tap >= len(taps) {
		return nil, fmt.Errorf("digits: layer %d, want 0 to %d", tap, len(taps)-1)
	}
	rows, size := make([][]float64, len(images)), len(taps[tap].Data)/max(len(images), 1)
	for i := range rows {
		for _, v := range taps[tap].Data[i*size : (i+1)*size] {
			rows[i] = append(rows[i], float64(v))
		}
	}
	return rows, nil
}

// Recognised are the first images of a digit, count of them, that the net
// recognises.
func (n *Net) Recognised(images, labels []byte, digit byte, count int) [][]byte {
	var found [][]byte
	for i, label := range labels {
		if label != digit || len(found) == count || len(images) < (i+1)*Pixels {
			continue
		}
		image := images[i*Pixels : (i+1)*Pixels]
		if p, err := n.Layer(len(Layers), image); err == nil && Best(p[0]) == int(digit) {
			found = append(found, image)
		}
	}
	return found
}

// Clearest is, of images of a digit, the one whose number for it, before
// softmax, is farthest above all others.
func (n *Net) Clearest(digit byte, images ...[]byte) ([]byte, error) {
	rows, err := n.Layer(len(Layers)-1, images...)
	if err != nil {
		return nil, err
	}
	best, lead := 0, math.Inf(-1)
	for i, row := range rows {
		own := row[digit]
		row[digit] = math.Inf(-1)
		if d := own - row[Best(row)]; d > lead {
			best, lead = i, d
		}
	}
	return images[best], nil
}

// Accuracy is the share of images that the net recognises. Images are Pixels
// bytes each, one after the other, with a label each.
func (n *Net) Accuracy(images, labels []byte) (float64, error) {
	if len(images) != len(labels)*Pixels || len(labels) == 0 {
		return 0, fmt.Errorf("digits: %d pixels for %d labels", len(images), len(labels))
	}
	right := 0
	g := &nn.Graph{NoGrad: true}
	const group = 100
	for at := 0; at < len(labels); at += group {
		end := min(at+group, len(labels))
		g.Reset()
		x := nn.NewTensor(end-at, 1, Size, Size)
		for i, v := range images[at*Pixels : end*Pixels] {
			x.Data[i] = float32(v) / 255
		}
		y := n.Logits(g, x)
		for r, label := range labels[at:end] {
			if Best(y.Data[r*10:(r+1)*10]) == int(label) {
				right++
			}
		}
	}
	return float64(right) / float64(len(labels)), nil
}

// Best is the place of the largest number: of the net's ten, the digit it sees.
func Best[T float32 | float64](p []T) int {
	best := 0
	for i, v := range p {
		if v > p[best] {
			best = i
		}
	}
	return best
}

// batch is how many images the trainer shows at once.
const batch = 64

// Epochs is how often the shipped net was shown each image.
const Epochs = 7

// Trainer prepares the training of the net on images and labels: the recipe of
// the shipped weights, with Epochs. Images are shifted by
// up to two pixels at random, so that the net does not learn places by heart.
func (n *Net) Trainer(images, labels []byte, epochs int, seed uint64) (*nn.Trainer, error) {
	if len(images) != len(labels)*Pixels || len(labels) == 0 {
		return nil, fmt.Errorf("digits: %d pixels for %d labels", len(images), len(labels))
	}
	t := &nn.Trainer{
		Params: n.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(0.002, 0, 100),
		Examples: len(labels), Batch: batch, Epochs: epochs, Seed: seed,
	}
	x := nn.NewTensor(batch, 1, Size, Size)
	classes := make([]int, batch)
	t.Loss = func(g *nn.Graph, numbers []int) *nn.Tensor {
		// The shifts belong to the batch, not to how far training has come, so
		// that a resumed training sees the same.
		rng := rand.New(rand.NewPCG(seed^0x5eed, uint64(numbers[0])<<32|uint64(numbers[len(numbers)-1])))
		x.Shape[0], x.Data = len(numbers), x.Data[:len(numbers)*Pixels]
		shifts := make([][2]int, len(numbers))
		for r := range shifts {
			shifts[r] = [2]int{rng.IntN(5) - 2, rng.IntN(5) - 2}
		}
		simd.Parallel(len(numbers), 16, func(lo, hi int) {
			for r := lo; r < hi; r++ {
				i := numbers[r]
				shift(x.Data[r*Pixels:(r+1)*Pixels], images[i*Pixels:(i+1)*Pixels], shifts[r][0], shifts[r][1])
			}
		})
		for r, i := range numbers {
			classes[r] = int(labels[i])
		}
		return g.CrossEntropy(n.Logits(g, x), classes[:len(numbers)])
	}
	return t, nil
}

// shift copies an image, moved by (dx, dy), paper coming in at the edges.
func shift(dst []float32, image []byte, dx, dy int) {
	for y := range Size {
		for x := range Size {
			v := float32(0)
			if sx, sy := x-dx, y-dy; sx >= 0 && sx < Size && sy >= 0 && sy < Size {
				v = float32(image[sy*Size+sx]) / 255
			}
			dst[y*Size+x] = v
		}
	}
}
