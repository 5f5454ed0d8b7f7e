package pets

import (
	_ "embed"
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"oneword/internal/lazy"

	"oneword/internal/simd"
	"oneword/lm"
	"oneword/nn"
)

// A Net tells cats from dogs. Its layers are "conv1", "relu1", "pool1", the same
// with 2 and 3, "flatten", "linear1", "relu4", "linear2" and "softmax". It may be
// used by several goroutines at once.
type Net struct{ nn.Classifier }

// New returns a net with random weights.
func New(rng *rand.Rand) *Net {
	return &Net{nn.Classifier{
		Input: []int{3, Size, Size},
		Layers: nn.Chain{
			nn.NewConv(rng, 3, 12, 5), nn.ReLU, nn.MaxPool, // [B][12][60][60], twice, [B][12][30][30]
			nn.NewConv(rng, 12, 24, 3), nn.ReLU, nn.MaxPool, // [B][24][28][28], twice, [B][24][14][14]
			nn.NewConv(rng, 24, 32, 3), nn.ReLU, nn.MaxPool, // [B][32][12][12], twice, [B][32][6][6]
			nn.Flatten, nn.NewDense(rng, 32*6*6, 64), nn.ReLU, // [B][1152], [B][64], twice
			nn.NewDense(rng, 64, 2), // [B][2]
		},
		Names: []string{"conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "conv3", "relu3", "pool3", "flatten", "linear1", "relu4", "linear2"},
	}}
}

// NewLinear returns the simplest net there is for pictures: two sums of all
// pixels with a weight each (logistic regression), to compare with.
func NewLinear() *Net {
	return &Net{nn.Classifier{
		Input:  []int{3, Size, Size},
		Layers: nn.Chain{nn.Flatten, &nn.Dense{W: nn.NewParam(3*Size*Size, 2), B: nn.NewParam(2)}}, // [B][12288], [B][2]
		Names:  []string{"flatten", "linear"},
	}}
}

//go:embed catsdogs.safetensors
var weights []byte

// Trained returns the net with the weights that `essay train catsdogs` found on
// drawings.
func Trained() (*Net, error) {
	return trained.Get(func() (*Net, error) {
		n := New(rand.New(rand.NewPCG(0, 0)))
		if err := nn.Load("catsdogs.safetensors (embedded)", weights, n.Params()); err != nil {
			return nil, err
		}
		return n, nil
	})
}

var trained lazy.Value[*Net]

// Pictures makes a tensor [B][3][64][64] of pictures. Each is brought to a mean
// of 0 and a standard deviation of 1, so that it does not matter how bright
// it is. A picture of another size is scaled to the nearest pixel.
func Pictures(pictures ...image.Image) *nn.Tensor {
	t := nn.NewTensor(len(pictures), 3, Size, Size)
	for i, p := range pictures {
		fill(t.Data[i*3*Size*Size:(i+1)*3*Size*Size], p)
	}
	return t
}

func fill(dst []float32, p image.Image) {
	b := p.Bounds()
	sum, square := 0.0, 0.0
	for y := range Size {
		for x := range Size {
			r, g, bl, _ := p.At(b.Min.X+x*b.Dx()/Size, b.Min.Y+y*b.Dy()/Size).RGBA()
			for c, v := range [3]uint32{r, g, bl} {
				u := float64(v) / 65535
				dst[(c*Size+y)*Size+x] = float32(u)
				sum, square = sum+u, square+float64(u*u)
			}
		}
	}
	n := float64(len(dst))
	mean := sum / n
	deviation := math.Sqrt(max(square/n-float64(mean*mean), 1e-6))
	for i, v := range dst {
		dst[i] = float32((float64(v) - mean) / deviation)
	}
}

// Classify says what a picture shows, and how probable the net finds it.
func (n *Net) Classify(picture image.Image) (Class, float64) {
	p := n.Probabilities(Pictures(picture)).Data // [1][2]
	class := lm.ArgMax(p)
	return Class(class), float64(p[class])
}

// A Dataset is a numbered set of pictures with what they show. Its function may
// be called by several goroutines at once.
type Dataset struct {
	Len     int
	Picture func(i int) (*image.RGBA, Class)
}

// Drawings are the first n drawings of a seed.
func Drawings(seed uint64, n int) Dataset {
	return Dataset{n, func(i int) (*image.RGBA, Class) { return Drawn(seed, i) }}
}

// examples are the pictures as numbers, and what they show.
func (d Dataset) examples() nn.Examples {
	const pixels = 3 * Size * Size
	return nn.Examples{Len: d.Len, Batch: func(numbers []int, x []float32, classes []int) {
		simd.Parallel(len(numbers), 1, func(lo, hi int) {
			for r := lo; r < hi; r++ {
				picture, class := d.Picture(numbers[r])
				fill(x[r*pixels:(r+1)*pixels], picture)
				classes[r] = int(class)
			}
		})
	}}
}

// Accuracy is the share of pictures that the net is right about.
func (n *Net) Accuracy(d Dataset) (float64, error) {
	if d.Len < 1 {
		return 0, fmt.Errorf("pets: a dataset without pictures")
	}
	return n.Classifier.Accuracy(d.examples()), nil
}

// The recipe of the shipped weights: how often each picture was shown, at which
// learning rate.
const (
	Epochs = 3
	Rate   = 0.002
)

// TrainingSet has the 30,000 drawings that the net of a seed learns from.
func TrainingSet(seed uint64) Dataset { return Drawings(seed<<32, 30_000) }

// Trainer prepares the training of the net on a dataset.
func (n *Net) Trainer(d Dataset, rate float64, epochs int, seed uint64) *nn.Trainer {
	return &nn.Trainer{
		Params: n.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(rate, 0, 100),
		Examples: d.Len, Batch: 64, Epochs: epochs, Seed: seed,
		Loss: n.Loss(d.examples(), (*nn.Graph).CrossEntropy),
	}
}
