package plane

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"oneword/nn"
)

// A Point lies in the square from -1 to 1 in both directions.
type Point struct{ X, Y float64 }

// Three are the attractors of the essay's example.
func Three() []Point { return []Point{{-0.55, 0.45}, {0.6, 0.4}, {0.05, -0.6}} }

// Random draws n points of the square, not too near its edge.
func Random(n int, rng *rand.Rand) []Point {
	points := make([]Point, n)
	for i := range points {
		points[i] = Point{1.8*rng.Float64() - 0.9, 1.8*rng.Float64() - 0.9}
	}
	return points
}

// Nearest is the index of the point nearest to (x, y): the basin of attraction
// that the place lies in (its cell in the Voronoi diagram of the points).
func Nearest(points []Point, x, y float64) int {
	best, least := 0, 0.0
	for i, p := range points {
		d := float64((p.X-x)*(p.X-x)) + float64((p.Y-y)*(p.Y-y))
		if i == 0 || d < least {
			best, least = i, d
		}
	}
	return best
}

// A Net says of every place to which point it belongs, by one number: about 0
// for the first point, 1 for the second, and so on.
type Net struct {
	Layers nn.Chain
	points int
}

// New returns a fully connected net for so many points, with two inputs, hidden
// layers of these widths, one output, and random weights.
func New(points int, hidden []int, rng *rand.Rand) *Net {
	return &Net{nn.NewMLP(rng, append(append([]int{2}, hidden...), 1)...), points} // [B][2] to [B][1]
}

// Train makes such a net and trains it, see Trainer.
func Train(points []Point, hidden []int, steps int, rng *rand.Rand) (*Net, error) {
	if len(points) < 2 || steps < 1 {
		return nil, fmt.Errorf("plane: %d points and %d steps: want two points and a step at the least", len(points), steps)
	}
	for _, w := range hidden {
		if w < 1 {
			return nil, fmt.Errorf("plane: a layer of %d neurons", w)
		}
	}
	net := New(len(points), hidden, rng)
	return net, net.Trainer(points, steps, rng).Run(context.Background())
}

// Trainer prepares a training in mini-batches of 256 places drawn at random, on
// the squared difference from the number of the nearest point.
func (n *Net) Trainer(points []Point, steps int, rng *rand.Rand) *nn.Trainer {
	const batch = 256
	x, want := nn.NewTensor(batch, 2), nn.NewTensor(batch, 1) // [B][2], [B][1]
	return &nn.Trainer{Params: n.Layers.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(0.02, 0, steps/20+1),
		Batch: batch, MaxSteps: steps,
		Draw: func(g *nn.Graph, _ int) *nn.Tensor {
			for i := range want.Data {
				px, py := 2*rng.Float64()-1, 2*rng.Float64()-1
				x.Data[2*i], x.Data[2*i+1] = float32(px), float32(py)
				want.Data[i] = float32(Nearest(points, px, py))
			}
			return g.SquaredLoss(n.Layers.Apply(g, x), want) // [B][1]
		}}
}

// Clone returns a net of its own with the same weights.
func (n *Net) Clone() *Net {
	var hidden []int
	for _, w := range n.Layers.Weights()[1:] {
		hidden = append(hidden, w.Rows())
	}
	c := New(n.points, hidden, rand.New(rand.NewPCG(0, 0)))
	nn.CopyParams(c.Layers.Params(), n.Layers.Params())
	return c
}

// Activations is what each neuron holds when (x, y) comes in, layer by layer, the
// inputs first: bent sums, and a plain one in the end.
func (n *Net) Activations(x, y float64) [][]float64 {
	list := n.Layers.Activations(&nn.Graph{NoGrad: true}, nn.From([]float32{float32(x), float32(y)}, 1, 2)) // [1][D] each
	var out [][]float64
	for i, a := range list {
		if i < len(n.Layers) && i > 0 && len(n.Layers[i-1].Params()) > 0 {
			continue // a sum that will be bent
		}
		var values []float64
		for _, v := range a.Data {
			values = append(values, float64(v))
		}
		out = append(out, values)
	}
	return out
}

// Value is what the net computes at (x, y).
func (n *Net) Value(x, y float64) float64 {
	return float64(n.Layers.Apply(&nn.Graph{NoGrad: true}, nn.From([]float32{float32(x), float32(y)}, 1, 2)).Data[0])
}

// Class is the point to which the net gives the place (x, y): the one whose
// number is nearest to the value there.
func (n *Net) Class(x, y float64) int {
	return int(math.Round(min(max(n.Value(x, y), 0), float64(n.points-1))))
}

// Accuracy is the share of the square that the net labels as Nearest does,
// measured on a grid of 100 × 100 places.
func (n *Net) Accuracy(points []Point) float64 {
	const side = 100
	right := 0
	for i := range side {
		for j := range side {
			x, y := (float64(i)+0.5)/side*2-1, (float64(j)+0.5)/side*2-1
			if n.Class(x, y) == Nearest(points, x, y) {
				right++
			}
		}
	}
	return float64(right) / side / side
}

// Neurons is how many neurons the net has, inputs not counted.
func (n *Net) Neurons() int { return n.Layers.Neurons(2) }
