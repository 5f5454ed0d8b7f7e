package digits

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"oneword/internal/lazy"

	"oneword/internal/simd"
	"oneword/nn"
)

// Size is the width and height of an image; Pixels is how many it has.
const (
	Size   = 28
	Pixels = Size * Size
)

// A Net recognises digits: LeNet, with the names "conv1", "relu1", "pool1",
// "conv2", "relu2", "pool2", "flatten", "linear1", "relu3", "linear2" and
// "softmax" for its layers. It may be used by several goroutines at once.
type Net struct{ nn.Classifier }

// New returns a net with random weights.
func New(rng *rand.Rand) *Net {
	return &Net{nn.Classifier{
		Input: []int{1, Size, Size},
		Layers: nn.Chain{
			nn.NewConv(rng, 1, 20, 5), nn.ReLU, nn.MaxPool, // [B][20][24][24], twice, [B][20][12][12]
			nn.NewConv(rng, 20, 50, 5), nn.ReLU, nn.MaxPool, // [B][50][8][8], twice, [B][50][4][4]
			nn.Flatten, nn.NewDense(rng, 800, 500), nn.ReLU, // [B][800], [B][500], twice
			nn.NewDense(rng, 500, 10), // [B][10]
		},
		Names: []string{"conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "linear1", "relu3", "linear2"},
	}}
}

//go:embed lenet.safetensors
var weights []byte

// Trained returns the net with the weights that were trained on MNIST's 60,000
// training images by `essay train lenet`.
func Trained() (*Net, error) {
	return trained.Get(func() (*Net, error) {
		n := New(rand.New(rand.NewPCG(0, 0)))
		if err := nn.Load("lenet.safetensors (embedded)", weights, n.Params()); err != nil {
			return nil, err
		}
		return n, nil
	})
}

var trained lazy.Value[*Net]

// Clone returns a net of its own with the same weights, to be changed.
func (n *Net) Clone() *Net {
	c := New(rand.New(rand.NewPCG(0, 0)))
	nn.CopyParams(c.Params(), n.Params())
	return c
}

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

// Features are what a layer, asked for by its name, makes of each image: a row
// of numbers.
func (n *Net) Features(layer string, images ...[]byte) ([][]float64, error) {
	x, err := Images(images...) // [B][1][28][28]
	if err != nil {
		return nil, err
	}
	y, err := n.Activation(layer, x) // [B][…]
	if err != nil {
		return nil, fmt.Errorf("digits: %w", err)
	}
	rows, size := make([][]float64, len(images)), len(y.Data)/max(len(images), 1)
	for i := range rows {
		for _, v := range y.Data[i*size : (i+1)*size] {
			rows[i] = append(rows[i], float64(v))
		}
	}
	return rows, nil
}

// Accuracy is the share of images that the net recognises. Images are Pixels
// bytes each, one after the other, with a label each.
func (n *Net) Accuracy(images, labels []byte) (float64, error) {
	if err := check(images, labels); err != nil {
		return 0, err
	}
	return n.Classifier.Accuracy(nn.Examples{Len: len(labels), Batch: func(numbers []int, x []float32, classes []int) {
		for r, i := range numbers {
			shift(x[r*Pixels:(r+1)*Pixels], images[i*Pixels:(i+1)*Pixels], 0, 0)
			classes[r] = int(labels[i])
		}
	}}), nil
}

// check refuses images that are not Pixels bytes for each label.
func check(images, labels []byte) error {
	if len(images) != len(labels)*Pixels || len(labels) == 0 {
		return fmt.Errorf("digits: %d pixels for %d labels", len(images), len(labels))
	}
	return nil
}

// batch is how many images the trainer shows at once.
const batch = 64

// Epochs is how often the shipped net was shown each image.
const Epochs = 7

// Trainer prepares the training of the net on images and labels: the recipe of
// the shipped weights, with Epochs. Images are shifted by up to two pixels at
// random, so that the net does not learn places by heart.
func (n *Net) Trainer(images, labels []byte, epochs int, seed uint64) (*nn.Trainer, error) {
	if err := check(images, labels); err != nil {
		return nil, err
	}
	shifted := nn.Examples{Len: len(labels), Batch: func(numbers []int, x []float32, classes []int) {
		// The shifts belong to the batch, not to how far training has come, so
		// that a resumed training sees the same.
		rng := rand.New(rand.NewPCG(seed^0x5eed, uint64(numbers[0])<<32|uint64(numbers[len(numbers)-1])))
		shifts := make([][2]int, len(numbers))
		for r, i := range numbers {
			shifts[r] = [2]int{rng.IntN(5) - 2, rng.IntN(5) - 2}
			classes[r] = int(labels[i])
		}
		simd.Parallel(len(numbers), 16, func(lo, hi int) {
			for r := lo; r < hi; r++ {
				i := numbers[r]
				shift(x[r*Pixels:(r+1)*Pixels], images[i*Pixels:(i+1)*Pixels], shifts[r][0], shifts[r][1])
			}
		})
	}}
	return &nn.Trainer{
		Params: n.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(0.002, 0, 100),
		Examples: len(labels), Batch: batch, Epochs: epochs, Seed: seed,
		Loss: n.Loss(shifted, (*nn.Graph).CrossEntropy),
	}, nil
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
