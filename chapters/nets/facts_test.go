package nets

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/must"
	"oneword/nn"
	"oneword/nn/pets"
	"oneword/nn/plane"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"06-lenet": func(t *testing.T, lab labs.Lab) {
		want := []string{"convolution, 20 filters of 5×5  20 × 24 × 24", "ramp  20 × 24 × 24", "pooling, 2×2  20 × 12 × 12",
			"convolution, 50 filters of 5×5  50 × 8 × 8", "ramp  50 × 8 × 8", "pooling, 2×2  50 × 4 × 4",
			"flatten  800", "linear, 500  500", "ramp  500", "linear, 10  10", "softmax  10"}
		lines := strings.Split(strings.TrimSpace(cellstest.Drawn(t, lab, Lenet)), "\n")
		if got := lines[len(lines)-11:]; strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("the layers are %q", got)
		}
		// Filters and full layers, each with its biases.
		n := 20*(5*5+1) + 50*(20*5*5+1) + 500*(800+1) + 10*(500+1)
		if got := cellstest.Run(t, lab, Lenet).Values["weights"]; got != n {
			t.Errorf("%v weights, want %d", got, n)
		}
	},
	"06-ones-twos": func(t *testing.T, lab labs.Lab) {
		test := lab.TestDigits()
		ink := func(digit int) (sum int) {
			for i := range 20 {
				for _, v := range test.Nth(digit, i) {
					sum += int(v)
				}
			}
			return sum
		}
		if ink(1)*3/2 > ink(2) {
			t.Errorf("twenty 1s take %d of ink, twenty 2s %d: are they what they are called?", ink(1), ink(2))
		}
	},
	"06-attractors": func(t *testing.T, lab labs.Lab) {
		points := plane.Random(7, lab.Rand("06-attractors"))
		for i, p := range points {
			if plane.Nearest(points, p.X, p.Y) != i {
				t.Errorf("point %d does not lie in its own region", i)
			}
		}
	},
	"06-three-points": func(t *testing.T, lab labs.Lab) {
		var seen [3]int
		for i := range 10_000 {
			seen[plane.Nearest(plane.Three(), float64(i%100)/50-1, float64(i/100)/50-1)]++
		}
		for i, n := range seen {
			if n < 2000 {
				t.Errorf("point %d has %d of 10,000 places, want about a third", i, n)
			}
		}
	},
	"06-network": func(t *testing.T, lab labs.Lab) {
		net := smallNet(lab)
		if right := net.Accuracy(plane.Three()); net.Neurons() != 8 || len(net.Layers.Weights()) != 3 || right < 0.95 {
			t.Errorf("%d neurons, %d layers of weights, %v of the plane right", net.Neurons(), len(net.Layers.Weights()), right)
		}
	},
	"06-evaluate": func(t *testing.T, lab labs.Lab) {
		net := smallNet(lab)
		flow, w, params := net.Activations(0.5, 0.8), net.Layers.Weights(), net.Layers.Params()
		for k := range w { // each neuron by hand from those before it
			rows, cols := w[k].Dims()
			for j := range cols {
				sum := float64(params[2*k+1].Data[j])
				for i := range rows {
					sum += flow[k][i] * w[k].At(i, j)
				}
				if k < len(w)-1 {
					sum = max(sum, 0)
				}
				if math.Abs(sum-flow[k+1][j]) > 1e-4 {
					t.Errorf("layer %d, neuron %d holds %v, its inputs give %v", k+1, j, flow[k+1][j], sum)
				}
			}
		}
		if math.Abs(flow[3][0]-1) > 0.5 {
			t.Errorf("the net says %v, the nearest point is 1", flow[3][0])
		}
	},
	"06-activations": func(t *testing.T, lab labs.Lab) {
		g := &nn.Graph{NoGrad: true}
		for _, x := range []float32{-3, -0.5, 0, 1, 4} {
			in := nn.From([]float32{x}, 1)
			for name, pair := range map[string][2]float64{
				"sigmoid": {float64(g.Sigmoid(in).Data[0]), sigmoid(float64(x))},
				"GELU":    {float64(g.GELU(in).Data[0]), gelu(float64(x))},
				"tanh":    {float64(g.Tanh(in).Data[0]), math.Tanh(float64(x))},
				"ramp":    {float64(g.ReLU(in).Data[0]), max(float64(x), 0)},
			} {
				if math.Abs(pair[0]-pair[1]) > 1e-6 {
					t.Errorf("%s of %v: the net computes %v, the figure shows %v", name, x, pair[0], pair[1])
				}
			}
		}
	},
	"06-formula": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, Formula)
		if n := strings.Count(text, "max(0, "); n != 3*(1+4) {
			t.Errorf("the formula has %d ramps, want one for each of three neurons and of the four below each", n)
		}
	},
	"06-one-neuron": func(t *testing.T, lab labs.Lab) {
		ramp := neuron(-1, 2, 0.5)
		for _, at := range [][3]float64{{-1, -1, 0}, {-0.5, 0.25, 1.5}, {0, 0, 0.5}, {0.75, -1, 0}, {1, 1, 1.5}} {
			if got := ramp(at[0], at[1]); math.Abs(got-at[2]) > 1e-12 {
				t.Errorf("max(0, -x + 2y + 0.5) at (%v, %v) is %v, want %v", at[0], at[1], got, at[2])
			}
		}
		for _, weights := range []string{"1, 0, 0", "-1, 2, 0", "1, 1, -0.7"} {
			if text := cellstest.Drawn(t, lab, OneNeuron); !strings.Contains(text, weights) {
				t.Errorf("no neuron with the weights %s in\n%s", weights, text)
			}
		}
	},
	"06-net-function": func(t *testing.T, lab labs.Lab) {
		net := smallNet(lab)
		for i, p := range plane.Three() {
			if v := net.Value(p.X, p.Y); math.Abs(v-float64(i)) > 0.3 {
				t.Errorf("at point %d the net computes %v", i, v)
			}
		}
	},
	"06-bigger-nets": func(t *testing.T, lab labs.Lab) {
		var neurons []int
		var right []float64 // percent, as the picture says
		for _, m := range regexp.MustCompile(`(\d+) neurons: ([\d.]+) %`).FindAllStringSubmatch(cellstest.Drawn(t, lab, BiggerNets), -1) {
			neurons = append(neurons, must.Get(strconv.Atoi(m[1])))
			right = append(right, must.Get(strconv.ParseFloat(m[2], 64)))
		}
		last := len(sizes) - 1
		if len(right) != last+1 {
			t.Fatalf("%d nets, want %d", len(right), last+1)
		}
		if neurons[last] < 17 {
			t.Errorf("the last net has %d neurons", neurons[last])
		}
		if !(right[0] < right[2] && right[2] < right[last] && right[last] > 97) {
			t.Errorf("nets of growing size label %v %% of the plane rightly", right)
		}
	},
	"06-digit-map": func(t *testing.T, lab labs.Lab) {
		rows := strings.Split(strings.TrimSpace(cellstest.Drawn(t, lab, DigitMap)), "\n")
		rows = rows[len(rows)-9:]
		first, last := strings.Fields(rows[0]), strings.Fields(rows[8])
		if first[0] != "4" || first[8] != "9" || last[0] != "1" || last[8] != "7" {
			t.Errorf("the corners are seen as %s, %s, %s and %s", first[0], first[8], last[0], last[8])
		}
	},
	"06-cats-dogs": func(t *testing.T, lab labs.Lab) {
		said := cellstest.Run(t, lab, CatsDogs).Values
		if right := said["right"].(float64); said["drawings"] != 400 || !(right >= 95 && right <= 100) {
			t.Errorf("%v %% of %v unseen drawings are told rightly", right, said["drawings"])
		}
	},
	"06-cat-first-layer": func(t *testing.T, lab labs.Lab) {
		if f := strings.Fields(cellstest.Drawn(t, lab, CatFirstLayer)); f[len(f)-1] != "12" {
			t.Errorf("the channels are %v, the layer has 12", f)
		}
	},
	"06-cat-deep-layer": func(t *testing.T, lab labs.Lab) {
		if numbers := cellstest.Run(t, lab, CatDeepLayer).Values["numbers"]; numbers != "32 × 12 × 12" {
			t.Errorf("the layer has %v numbers", numbers)
		}
		cat, _ := pets.Drawn(lab.Seed(), 24)
		dog, _ := pets.Drawn(lab.Seed(), 1)
		a := must.Get(lab.Pets().Activation("relu3", pets.Pictures(cat)))
		b := must.Get(lab.Pets().Activation("relu3", pets.Pictures(dog)))
		if fmt.Sprint(a.Shape) != "[1 32 12 12]" {
			t.Errorf("the shape is %v", a.Shape)
		}
		if fmt.Sprint(a.Data) == fmt.Sprint(b.Data) {
			t.Error("a cat and a dog look the same to the layer")
		}
	},
	"06-neuron-counts": func(t *testing.T, lab labs.Lab) {
		text := strings.Join(strings.Fields(cellstest.Drawn(t, lab, NeuronCounts)), " ")
		// 8+8+1 neurons with 2·8+8 + 8·8+8 + 8+1 weights; LeNet has
		// 20·24² + 50·8² + 500 + 10 neurons.
		for _, want := range []string{"17 105", "15230 431080"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	},
}
