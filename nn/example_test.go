package nn_test

import (
	"bytes"
	"context"
	"fmt"

	"oneword/lm"
	"oneword/nn"
)

// y = (a·b + b)², a diamond: b is used twice.
func ExampleGraph() {
	a, b := nn.NewParam(1), nn.NewParam(1)
	a.Data[0], b.Data[0] = 2, 3
	g := nn.NewGraph()
	s := g.Add(g.Mul(a, b), b)
	y := g.Mul(s, s)
	g.Backward(y)
	fmt.Println(y.Data[0], a.Grad[0], b.Grad[0]) // 9², 2·9·b, 2·9·(a+1)
	// Output: 81 54 54
}

// Two neurons with three inputs, for a batch of one example: x·w + b.
func ExampleGraph_Linear() {
	x := nn.From([]float32{1, 2, 3}, 1, 3)           // [B][in]
	w := nn.From([]float32{1, 0, 0, 1, 1, -1}, 3, 2) // [in][out]
	b := nn.From([]float32{10, 20}, 2)               // [out]
	g := nn.NewGraph()
	y := g.Linear(x, w, b)                 // [B][out]
	fmt.Println(y.Data, g.ReLU(y).Data[1]) // 1 + 3 + 10, 2 - 3 + 20
	// Output: [14 19] 19
}

// A filter that finds where it gets lighter from left to right.
func ExampleGraph_Conv2D() {
	image := nn.From([]float32{
		0, 0, 1, 1,
		0, 0, 1, 1,
		0, 0, 1, 1,
	}, 1, 1, 3, 4) // [B][C][H][W]
	edge := nn.From([]float32{-1, 1, -1, 1}, 1, 1, 2, 2) // [F][C][K][K]
	y := nn.NewGraph().Conv2D(image, edge, nn.NewTensor(1))
	fmt.Println(y.Shape, y.Data)
	// Output: [1 1 2 3] [0 2 0 0 2 0]
}

// The largest of each four; on the way back only that one gets the gradient.
func ExampleGraph_MaxPool() {
	x := nn.NewParam(1, 1, 2, 4)
	copy(x.Data, []float32{
		1, 2, 5, 0,
		4, 3, 0, 0,
	})
	g := nn.NewGraph()
	y := g.MaxPool(x) // [1][1][1][2]
	fmt.Println(y.Data)
	sum := g.MatMul(g.Reshape(y, 1, 2), nn.From([]float32{1, 1}, 2, 1)) // [1][1]
	g.Backward(sum)
	fmt.Println(x.Grad)
	// Output:
	// [4 5]
	// [0 0 1 0 1 0 0 0]
}

// Each place is a weighted mean of the values up to it: here, where all queries
// and keys are 0, a plain mean.
func ExampleGraph_Attention() {
	qkv := nn.From([]float32{
		0, 0, 3,
		0, 0, 5,
		0, 0, 1,
	}, 1, 3, 3) // [B][T][query, key, value]
	fmt.Println(nn.NewGraph().Attention(qkv, 1).Data)
	// Output: [3 4 3]
}

// The loss for classes: how surprised the net is at what is right.
func ExampleGraph_CrossEntropy() {
	g := nn.NewGraph()
	for _, logits := range [][]float32{{0, 0}, {3, 0}, {0, 3}} {
		loss := g.CrossEntropy(nn.From(logits, 1, 2), []int{0})
		fmt.Printf("%.3f ", loss.Data[0])
	}
	// Output: 0.693 0.049 3.049
}

// The loss for numbers, and its slope.
func ExampleGraph_SquaredLoss() {
	y, want := nn.NewParam(2), nn.From([]float32{1, 1}, 2)
	y.Data[0], y.Data[1] = 4, 1
	g := nn.NewGraph()
	loss := g.SquaredLoss(y, want)
	g.Backward(loss)
	fmt.Println(loss.Data[0], y.Grad) // (3² + 0²)/2, 2·3/2
	// Output: 4.5 [3 0]
}

// Layers, one after the other, and what comes out of each.
func ExampleChain() {
	rng := lm.Rand(1, "example")
	net := nn.Chain{nn.NewConv(rng, 1, 4, 3), nn.ReLU, nn.MaxPool, nn.Flatten, nn.NewDense(rng, 4*5*5, 10)}
	for _, x := range net.Activations(&nn.Graph{NoGrad: true}, nn.NewTensor(2, 1, 12, 12)) {
		fmt.Println(x.Shape)
	}
	fmt.Println(net.Neurons(1, 12, 12), "neurons,", nn.Count(net.Params()), "weights")
	// Output:
	// [2 1 12 12]
	// [2 4 10 10]
	// [2 4 10 10]
	// [2 4 5 5]
	// [2 100]
	// [2 10]
	// 410 neurons, 1050 weights
}

// A net written out.
func ExampleFormula() {
	net := nn.NewMLP(lm.Rand(1, "example"), 1, 1, 1)
	for _, p := range net.Params() {
		p.Data[0] = map[string]float32{"0.weight": 2, "0.bias": -1, "2.weight": 3, "2.bias": 0.5}[p.Name]
	}
	tex, code, err := nn.Formula(net, []string{"x"}, 3)
	fmt.Println(tex[0], err)
	fmt.Println(code[0])
	// Output:
	// 3\,R(2\,x - 1) + 0.5 <nil>
	// 3*max(0, 2*x - 1) + 0.5
}

// A net that learns on which side of a line a point lies.
func ExampleClassifier() {
	const n = 200
	rng := lm.Rand(1, "example")
	points := nn.Examples{Len: n, Batch: func(numbers []int, x []float32, classes []int) {
		for r, i := range numbers { // the points are 0, 0.01, 0.02 … in both directions
			x[2*r], x[2*r+1] = float32(i*37%n)/n, float32(i)/n
			if classes[r] = 0; x[2*r] > x[2*r+1] {
				classes[r] = 1
			}
		}
	}}
	net := &nn.Classifier{Input: []int{2}, Layers: nn.NewMLP(rng, 2, 8, 2), Names: []string{"hidden", "relu", "logits"}}
	t := &nn.Trainer{Params: net.Params(), Optimizer: nn.NewAdam(), Rate: nn.Constant(0.02), Examples: n, Epochs: 60,
		Loss: net.Loss(points, (*nn.Graph).CrossEntropy)}
	if err := t.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
	p := net.Probabilities(nn.From([]float32{0.9, 0.1}, 1, 2)) // [1][2]
	hidden, err := net.Activation("relu", nn.NewTensor(1, 2))  // [1][8]
	fmt.Println(net.Accuracy(points) > 0.95, p.Data[1] > 0.9, hidden.Shape, err)
	// Output: true true [1 8] <nil>
}

// Steps downhill on w². The optimizer sets the gradient back to 0.
func ExampleSGD() {
	w := nn.NewParam(1)
	w.Data[0] = 1
	params, sgd := []nn.Param{{Name: "w", Tensor: w}}, nn.NewSGD(0)
	for range 3 {
		g := nn.NewGraph()
		g.Backward(g.Mul(w, w))
		sgd.Step(params, 0.1)
		fmt.Printf("%.3f ", w.Data[0]) // w - 0.1·2w
	}
	// Output: 0.800 0.640 0.512
}

// Adam makes steps of about the rate, however steep or flat it is.
func ExampleAdam() {
	steep, flat := nn.NewParam(1), nn.NewParam(1)
	params, adam := []nn.Param{{Name: "steep", Tensor: steep}, {Name: "flat", Tensor: flat}}, nn.NewAdam()
	steep.Grad[0], flat.Grad[0] = 1000, 0.001
	adam.Step(params, 0.1)
	fmt.Printf("%.3f %.3f", steep.Data[0], flat.Data[0])
	// Output: -0.100 -0.100
}

// A warm-up of ten steps, then half a cosine down to a tenth.
func ExampleCosine() {
	rate := nn.Cosine(1, 0.1, 10)
	for _, step := range []int{0, 4, 9, 10, 60, 109} {
		fmt.Printf("%.2f ", rate(step, 110))
	}
	// Output: 0.10 0.50 1.00 1.00 0.55 0.10
}

// xor is a training of a small net on exclusive or.
func xor() (*nn.Trainer, nn.Chain) {
	net := nn.NewMLP(lm.Rand(3, "xor"), 2, 8, 1)
	x := nn.From([]float32{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2) // [B][2]
	want := nn.From([]float32{0, 1, 1, 0}, 4, 1)          // [B][1]
	return &nn.Trainer{Params: net.Params(), Optimizer: nn.NewAdam(), Rate: nn.Constant(0.02), Examples: 4, Epochs: 400,
		Loss: func(g *nn.Graph, _ []int) *nn.Tensor { return g.SquaredLoss(net.Apply(g, x), want) }}, net
}

func ExampleTrainer() {
	t, net := xor()
	if err := t.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
	for _, x := range [][]float32{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
		y := net.Apply(&nn.Graph{NoGrad: true}, nn.From(x, 1, 2))
		fmt.Println(x[0], "xor", x[1], "is", y.Data[0] > 0.5)
	}
	// Output:
	// 0 xor 0 is false
	// 0 xor 1 is true
	// 1 xor 0 is true
	// 1 xor 1 is false
}

// Watching a training: a point of the record after every quarter.
func ExampleTrainer_Steps() {
	t, _ := xor()
	for step, err := range t.Steps(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if step.Ends(4) {
			t.Note(map[string]float64{"rate": step.Rate})
		}
	}
	fmt.Println(t.Record.Column("step"), t.Record.Column("rate"))
	fmt.Println("the loss falls:", t.Record.Last().Loss < t.Record[0].Loss/10)
	// Output:
	// [100 200 300 400] [0.02 0.02 0.02 0.02]
	// the loss falls: true
}

// A training that is broken off goes on from its checkpoint, to the same result.
func ExampleTrainer_Resume() {
	whole, want := xor()
	if err := whole.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
	first, _ := xor()
	for step, err := range first.Steps(context.Background()) {
		if err != nil || step.Number == 150 {
			break
		}
	}
	var file bytes.Buffer
	if err := first.Checkpoint(&file); err != nil {
		fmt.Println(err)
	}
	second, got := xor()
	if err := second.Resume("checkpoint", file.Bytes()); err != nil {
		fmt.Println(err)
	}
	for step, err := range second.Steps(context.Background()) {
		if err != nil || step.Number == 151 {
			fmt.Println("goes on with step", step.Number, err)
		}
	}
	fmt.Println("the same weights:", want.Params()[0].Data[0] == got.Params()[0].Data[0])
	// Output:
	// goes on with step 151 <nil>
	// the same weights: true
}

// The points of a record at which twice as much was seen as at the one before.
func ExampleRecord_Stages() {
	var r nn.Record
	for step := 100; step <= 1000; step += 100 {
		r = append(r, nn.Point{Step: step, Seen: float64(32 * step)})
	}
	fmt.Println(r.Stages(2).Column("step"))
	// Output: [100 200 400 800 1000]
}

// Parameters as a safetensors file, and back.
func ExampleSave() {
	net, other := nn.NewMLP(lm.Rand(1, "a"), 2, 3, 1), nn.NewMLP(lm.Rand(1, "b"), 2, 3, 1)
	var file bytes.Buffer
	if err := nn.Save(&file, net.Params(), map[string]string{"made by": "an example"}); err != nil {
		fmt.Println(err)
	}
	err := nn.Load("net.safetensors", file.Bytes(), other.Params())
	fmt.Println(err, other.Params()[0].Name, other.Params()[0].Data[0] == net.Params()[0].Data[0])
	err = nn.Load("net.safetensors", file.Bytes(), nn.NewMLP(lm.Rand(1, "c"), 2, 4, 1).Params())
	fmt.Println(err != nil)
	// Output:
	// <nil> 0.weight true
	// true
}
