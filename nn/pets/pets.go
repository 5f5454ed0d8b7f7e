package pets

import (
	_ "embed"
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"sync"

	"oneword/internal/simd"
	"oneword/nn"
)

// Layers names the layers of the net, in their order.
var Layers = []string{"convolution, 12 filters of 5×5", "ramp", "pooling, 2×2", "convolution, 24 filters of 3×3", "ramp", "pooling, 2×2",
	"convolution, 32 filters of 3×3", "ramp", "pooling, 2×2", "flatten", "linear, 64", "ramp", "linear, 2", "softmax"}

// A Net tells cats from dogs. It may be used by several goroutines at once.
type Net struct {
	layers nn.Chain // all but the last, softmax
}

// New returns a net with random weights.
func New(rng *rand.Rand) *Net {
	return &Net{nn.Chain{
		nn.NewConv(rng, 3, 12, 5), nn.Ramp, nn.Pool, // [B][12][30][30]
		nn.NewConv(rng, 12, 24, 3), nn.Ramp, nn.Pool, // [B][24][14][14]
		nn.NewConv(rng, 24, 32, 3), nn.Ramp, nn.Pool, // [B][32][6][6]
		nn.Flatten, nn.NewDense(rng, 32*6*6, 64), nn.Ramp, nn.NewDense(rng, 64, 2),
	}}
}

// NewLinear returns the simplest net there is for pictures: two sums of all
// pixels with a weight each (logistic regression), to compare with.
func NewLinear() *Net {
	return &Net{nn.Chain{nn.Flatten, &nn.Dense{W: nn.NewParam(3*Size*Size, 2), B: nn.NewParam(2)}}}
}

//go:embed catsdogs.safetensors
var weights []byte

// Trained returns the net with the weights that `essay train catsdogs` found on
// drawings.
func Trained() (*Net, error) { return trained() }

var trained = sync.OnceValues(func() (*Net, error) {
	n := New(rand.New(rand.NewPCG(0, 0)))
	if err := nn.Load("catsdogs.safetensors (embedded)", weights, n.layers.Params()); err != nil {
		return nil, err
	}
	return n, nil
})

// Params lists the weights and biases.
func (n *Net) Params() []nn.Param { return n.layers.Params() }

// Neurons is how many neurons the net has, see nn.Chain.
func (n *Net) Neurons() int { return n.layers.Neurons(3, Size, Size) }

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

// Logits computes, of pictures [B][3][64][64], the numbers before the softmax:
// [B][2], for cat and dog.
func (n *Net) Logits(g *nn.Graph, pictures *nn.Tensor) *nn.Tensor { return n.layers.Apply(g, pictures) }

// See says what a picture shows, and how probable the net finds it.
func (n *Net) See(picture image.Image) (Kind, float64) {
	g := &nn.Graph{NoGrad: true}
	p := g.Softmax(n.Logits(g, Pictures(picture))).Data
	if p[Dog] > p[Cat] {
		return Dog, float64(p[Dog])
	}
	return Cat, float64(p[Cat])
}

// Taps are the outputs of all layers for a picture, the picture itself first
// and the two probabilities last: len(Layers)+1 tensors.
func (n *Net) Taps(picture image.Image) []*nn.Tensor {
	g := &nn.Graph{NoGrad: true}
	taps := n.layers.Taps(g, Pictures(picture))
	return append(taps, g.Softmax(taps[len(taps)-1]))
}

// An Album is a numbered set of pictures with what they show. Its function may
// be called by several goroutines at once.
type Album struct {
	Len     int
	Picture func(i int) (*image.RGBA, Kind)
}

// DrawnAlbum has the first n drawings of a seed.
func DrawnAlbum(seed uint64, n int) Album {
	return Album{n, func(i int) (*image.RGBA, Kind) { return Drawn(seed, i) }}
}

// batch fills a tensor with the pictures of these numbers.
func (a Album) batch(x *nn.Tensor, kinds []int, numbers []int) {
	const pixels = 3 * Size * Size
	x.Shape[0], x.Data = len(numbers), x.Data[:len(numbers)*pixels]
	simd.Parallel(len(numbers), 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			picture, kind := a.Picture(numbers[i])
			fill(x.Data[i*pixels:(i+1)*pixels], picture)
			kinds[i] = int(kind)
		}
	})
}

// Accuracy is the share of an album's pictures that the net is right about.
func (n *Net) Accuracy(a Album) (float64, error) {
	if a.Len < 1 {
		return 0, fmt.Errorf("pets: an album without pictures")
	}
	const batch = 100
	g := &nn.Graph{NoGrad: true}
	x, kinds, numbers, right := nn.NewTensor(batch, 3, Size, Size), make([]int, batch), make([]int, 0, batch), 0
	for at := 0; at < a.Len; at += batch {
		numbers = numbers[:0]
		for i := at; i < min(at+batch, a.Len); i++ {
			numbers = append(numbers, i)
		}
		a.batch(x, kinds, numbers)
		g.Reset()
		y := n.Logits(g, x)
		for i := range numbers {
			if (y.Data[2*i+1] > y.Data[2*i]) == (Kind(kinds[i]) == Dog) {
				right++
			}
		}
	}
	return float64(right) / float64(a.Len), nil
}

// The recipe of the shipped weights: how often each picture was shown, at which
// learning rate.
const (
	Epochs = 3
	Rate   = 0.002
)

// TrainingAlbum has the 30,000 drawings that the net of a seed learns from.
func TrainingAlbum(seed uint64) Album { return DrawnAlbum(seed<<32, 30_000) }

// Trainer prepares the training of the net on an album.
func (n *Net) Trainer(a Album, rate float64, epochs int, seed uint64) *nn.Trainer {
	const batch = 64
	x, kinds := nn.NewTensor(batch, 3, Size, Size), make([]int, batch)
	return &nn.Trainer{
		Params: n.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(rate, 0, 100),
		Examples: a.Len, Batch: batch, Epochs: epochs, Seed: seed,
		Loss: func(g *nn.Graph, numbers []int) *nn.Tensor {
			a.batch(x, kinds, numbers)
			return g.CrossEntropy(n.Logits(g, x), kinds[:len(numbers)])
		},
	}
}
