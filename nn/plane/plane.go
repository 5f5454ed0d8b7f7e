// Package plane lets small nets learn functions of two variables.
//
// The essay's question: how can a net divide a space into regions, as
// recognition does when all images of a 2 are to end in the same place? In the
// plane one can watch: three points attract, and every place belongs to the
// nearest of them.
//
//	net, err := plane.Train(plane.Three, []int{16, 16}, 3000, rng)
//	net.Agreement(plane.Three)   // the share of the plane that it labels rightly
package plane

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"oneword/nn"
)

// A Point lies in the square from -1 to 1 in both directions.
type Point struct{ X, Y float64 }

// Three are the attractors of the essay's example.
var Three = []Point{{-0.55, 0.45}, {0.6, 0.4}, {0.05, -0.6}}

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

// New returns a fully connected net for three points with two inputs, hidden
// layers of these widths, one output, and random weights.
func New(hidden []int, rng *rand.Rand) *Net {
	return &Net{nn.NewMLP(rng, append(append([]int{2}, hidden...), 1)...), 3}
}

// Train trains a fully connected net with two inputs, hidden layers of these
// widths and one output, in mini-batches of 256 places drawn at random, for so
// many steps, on the squared difference from the number of the nearest point.
func Train(points []Point, hidden []int, steps int, rng *rand.Rand) (*Net, error) {
	return train(points, hidden, steps, rng, nil)
}

// Stages trains such a net, and returns it as it was after each of these
// numbers of steps, which must rise.
func Stages(points []Point, hidden, steps []int, rng *rand.Rand) ([]*Net, error) {
	if len(steps) == 0 || !slices.IsSorted(steps) || steps[0] < 1 {
		return nil, fmt.Errorf("plane: stages after %v steps: want rising numbers above 0", steps)
	}
	stages := make([]*Net, len(steps))
	_, err := train(points, hidden, steps[len(steps)-1], rng, func(net *Net, step int) {
		for i, s := range steps {
			if s == step {
				stages[i] = New(hidden, rand.New(rand.NewPCG(0, 0)))
				stages[i].points = net.points
				for k, p := range stages[i].Layers.Params() {
					copy(p.Data, net.Layers.Params()[k].Data)
				}
			}
		}
	})
	return stages, err
}

// train is Train; watch, if not nil, sees the net after each step.
func train(points []Point, hidden []int, steps int, rng *rand.Rand, watch func(net *Net, step int)) (*Net, error) {
	if len(points) < 2 || steps < 1 {
		return nil, fmt.Errorf("plane: %d points and %d steps: want two points and a step at the least", len(points), steps)
	}
	for _, w := range hidden {
		if w < 1 {
			return nil, fmt.Errorf("plane: a layer of %d neurons", w)
		}
	}
	net := New(hidden, rng)
	net.points = len(points)
	const batch = 256
	x, want := nn.NewTensor(batch, 2), nn.NewTensor(batch, 1)
	t := &nn.Trainer{Params: net.Layers.Params(), Optimizer: nn.NewAdam(), Rate: nn.Cosine(0.02, 0, steps/20+1),
		Batch: batch, Limit: steps,
		Draw: func(g *nn.Graph, _ int) *nn.Tensor {
			for i := range want.Data {
				px, py := 2*rng.Float64()-1, 2*rng.Float64()-1
				x.Data[2*i], x.Data[2*i+1] = float32(px), float32(py)
				want.Data[i] = float32(Nearest(points, px, py))
			}
			return g.SquaredLoss(net.Layers.Apply(g, x), want)
		}}
	for s, err := range t.Steps(context.Background()) {
		if err != nil {
			return net, err
		}
		if watch != nil {
			watch(net, s.Number)
		}
	}
	return net, nil
}

// Small trains the chapter's example, a net of 2, 4, 3 and 1 neurons.
func Small(rng *rand.Rand) (*Net, error) { return Train(Three, []int{4, 3}, 3000, rng) }

// Weights are the net's weights from layer to layer, [in][out].
func (n *Net) Weights() []nn.Weights { return n.Layers.Weights() }

// Flow is what each neuron holds when (x, y) comes in, by layer, the inputs
// first: sums after the ramp.
func (n *Net) Flow(x, y float64) [][]float64 {
	taps := n.Layers.Taps(&nn.Graph{NoGrad: true}, nn.From([]float32{float32(x), float32(y)}, 1, 2))
	var out [][]float64
	for i := 0; i < len(taps); i += 2 { // every second layer is a ramp
		var values []float64
		for _, v := range taps[i].Data {
			values = append(values, float64(v))
		}
		out = append(out, values)
	}
	values := taps[len(taps)-1].Data
	return append(out, []float64{float64(values[0])})
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

// Agreement is the share of the square that the net labels as Nearest does,
// measured on a grid of 100 × 100 places.
func (n *Net) Agreement(points []Point) float64 {
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

// Neuron is what a single neuron with a ramp computes: the function of the
// plane max(0, a·x + b·y + c).
func Neuron(a, b, c float64) func(x, y float64) float64 {
	return func(x, y float64) float64 { return max(0, float64(a*x)+float64(b*y)+c) }
}

// Split separates the coordinates of points.
func Split(points []Point) (xs, ys []float64) {
	for _, p := range points {
		xs, ys = append(xs, p.X), append(ys, p.Y)
	}
	return xs, ys
}

// Sigmoid is 1/(1+e⁻ˣ), as Graph.Sigmoid computes it.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// GELU is the Gaussian error linear unit, as Graph.GELU computes it.
func GELU(x float64) float64 {
	return x / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
}

// Neurons are the single neurons that the chapter shows: a, b and c of
// max(0, a·x + b·y + c).
var Neurons = [][3]float64{{1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {-1, 2, 0}, {1, 1, 0.7}, {1, 1, -0.7}}

// Sizes are the hidden layers of the nets of growing size that it shows.
var Sizes = [][]int{{1}, {2}, {4}, {4, 3}, {8, 4}, {8, 8}, {16, 16}}
