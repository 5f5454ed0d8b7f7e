package nn

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func randomParam(rng *rand.Rand, shape ...int) *Tensor {
	t := NewParam(shape...)
	normal(t, 1, rng)
	return t
}

// Every operation: its back-propagated gradient against central differences.
func TestGradients(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	p := func(shape ...int) *Tensor { return randomParam(rng, shape...) }
	one := func(f func(g *Graph, x *Tensor) *Tensor, shape ...int) []any { return []any{f, p(shape...)} }
	for name, c := range map[string][]any{
		"MatMul":     {func(g *Graph, x []*Tensor) *Tensor { return g.MatMul(x[0], x[1]) }, p(3, 4), p(4, 5)},
		"MatMul 3":   {func(g *Graph, x []*Tensor) *Tensor { return g.MatMul(x[0], x[1]) }, p(2, 3, 4), p(4, 5)},
		"Add":        {func(g *Graph, x []*Tensor) *Tensor { return g.Add(x[0], x[1]) }, p(3, 4), p(3, 4)},
		"Add rows":   {func(g *Graph, x []*Tensor) *Tensor { return g.Add(x[0], x[1]) }, p(3, 4), p(4)},
		"Linear":     {func(g *Graph, x []*Tensor) *Tensor { return g.Linear(x[0], x[1], x[2]) }, p(3, 4), p(4, 2), p(2)},
		"Mul":        {func(g *Graph, x []*Tensor) *Tensor { return g.Mul(x[0], x[1]) }, p(3, 4), p(3, 4)},
		"MatMulT":    {func(g *Graph, x []*Tensor) *Tensor { return g.MatMulT(x[0], x[1]) }, p(3, 4), p(5, 4)},
		"Attention":  {func(g *Graph, x []*Tensor) *Tensor { return g.Attention(x[0], 2) }, p(2, 5, 12)},
		"Mul itself": {func(g *Graph, x []*Tensor) *Tensor { return g.Mul(x[0], x[0]) }, p(3, 4)},
		"ReLU":       one((*Graph).ReLU, 5, 5),
		"Tanh":       one((*Graph).Tanh, 5, 5),
		"Sigmoid":    one((*Graph).Sigmoid, 5, 5),
		"GELU":       one((*Graph).GELU, 5, 5),
		"Softmax":    one((*Graph).Softmax, 3, 5),
		"LayerNorm":  {func(g *Graph, x []*Tensor) *Tensor { return g.LayerNorm(x[0], x[1], x[2], 1e-5) }, p(3, 6), p(6), p(6)},
		"Embedding":  {func(g *Graph, x []*Tensor) *Tensor { return g.Embedding(x[0], []int{2, 0, 2}) }, p(4, 3)},
		"Reshape":    {func(g *Graph, x []*Tensor) *Tensor { return g.Reshape(x[0], 2, 6) }, p(3, 4)},
		"Conv2D":     {func(g *Graph, x []*Tensor) *Tensor { return g.Conv2D(x[0], x[1], x[2]) }, p(10, 2, 6, 5), p(3, 2, 3, 3), p(3)},
		"MaxPool":    one((*Graph).MaxPool, 2, 3, 4, 6),
		"WeightedCrossEntropy": {func(g *Graph, x []*Tensor) *Tensor {
			return g.WeightedCrossEntropy(x[0], []int{1, 0, 4}, []float32{0.5, -2, 0})
		}, p(3, 5)},
		"CrossEntropy": {func(g *Graph, x []*Tensor) *Tensor { return g.CrossEntropy(x[0], []int{1, 0, 4}) }, p(3, 5)},
		"SquaredLoss":  {func(g *Graph, x []*Tensor) *Tensor { return g.SquaredLoss(x[0], x[1]) }, p(3, 4), p(3, 4)},
		"AbsoluteLoss": {func(g *Graph, x []*Tensor) *Tensor { return g.AbsoluteLoss(x[0], x[1]) }, p(3, 4), p(3, 4)},
	} {
		t.Run(name, func(t *testing.T) {
			var xs []*Tensor
			for _, x := range c[1:] {
				xs = append(xs, x.(*Tensor))
				for i, v := range x.(*Tensor).Data { // away from 0, where a ramp has no slope
					x.(*Tensor).Data[i] = v + float32(math.Copysign(0.1, float64(v)))
				}
			}
			f, ok := c[0].(func(*Graph, []*Tensor) *Tensor)
			if !ok {
				single := c[0].(func(*Graph, *Tensor) *Tensor)
				f = func(g *Graph, x []*Tensor) *Tensor { return single(g, x[0]) }
			}
			checkGradient(t, xs, f)
		})
	}
}

// checkGradient makes one number of a result by weighing its numbers at
// random, and compares its derivatives.
func checkGradient(t *testing.T, xs []*Tensor, f func(g *Graph, x []*Tensor) *Tensor) {
	t.Helper()
	g := NewGraph()
	y := f(g, xs)
	weights := randomParam(rand.New(rand.NewPCG(8, 8)), len(y.Data), 1)
	weights.Grad = nil
	total := func(g *Graph) *Tensor {
		y := f(g, xs)
		return g.Reshape(g.MatMul(g.Reshape(y, 1, len(y.Data)), weights), 1)
	}
	g.Reset()
	g.Backward(total(g))
	const h = 1e-2
	for k, x := range xs {
		for i, v := range x.Data {
			at := func(v float32) float64 {
				x.Data[i] = v
				return float64(total(&Graph{NoGrad: true}).Data[0])
			}
			want := (8*(at(v+h)-at(v-h)) - (at(v+2*h) - at(v-2*h))) / (12 * h) // error of order h⁴
			x.Data[i] = v
			if got := float64(x.Grad[i]); math.Abs(got-want) > 5e-3*(1+math.Abs(want)) {
				t.Errorf("input %d, number %d: gradient %v, by differences %v", k, i, got, want)
			}
		}
	}
}

func TestForwardByHand(t *testing.T) {
	g := &Graph{NoGrad: true}
	conv := g.Conv2D(From([]float32{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3), From([]float32{1, 0, 0, -1}, 1, 1, 2, 2), From([]float32{10}, 1))
	if want := []float32{6, 6, 6, 6}; !slices.Equal(conv.Data, want) { // 1-5+10 …
		t.Errorf("Conv2D: %v, want %v", conv.Data, want)
	}
	soft := g.Softmax(From([]float32{1000, 1000, -1000}, 1, 3))
	if want := []float32{0.5, 0.5, 0}; !slices.Equal(soft.Data, want) {
		t.Errorf("Softmax of large numbers: %v, want %v", soft.Data, want)
	}
	// GELU at 1, from the formula worked out in double precision.
	if v := g.GELU(From([]float32{1}, 1)).Data[0]; math.Abs(float64(v)-0.8411919906082768) > 1e-6 {
		t.Errorf("GELU(1) = %v", v)
	}
	if v := g.CrossEntropy(From([]float32{0, 1000}, 1, 2), []int{0}).Data[0]; v != 1000 {
		t.Errorf("CrossEntropy of what was held impossible: %v, want 1000", v)
	}
}

func TestMistakesAreNamed(t *testing.T) {
	g := NewGraph()
	x := func(shape ...int) *Tensor { return NewParam(shape...) }
	for want, f := range map[string]func(){
		"MatMul of shapes [2 3] and [4 5]":        func() { g.MatMul(x(2, 3), x(4, 5)) },
		"Add of shapes [2 3] and [2]":             func() { g.Add(x(2, 3), x(2)) },
		"Conv2D of shapes [1 2 4 4] and [1 3 2 2": func() { g.Conv2D(x(1, 2, 4, 4), x(1, 3, 2, 2), x(1)) },
		"Attention of shape [1 2 8]":              func() { g.Attention(x(1, 2, 8), 2) },
		"MatMulT of shapes [2 3]":                 func() { g.MatMulT(x(2, 3), x(4, 2)) },
		"MaxPool of shape [1 1 3 4]":              func() { g.MaxPool(x(1, 1, 3, 4)) },
		"id 7 in a table of shape [4 2]":          func() { g.Embedding(x(4, 2), []int{7}) },
		"class 5 of logits of shape [1 3]":        func() { g.CrossEntropy(x(1, 3), []int{5}) },
		"shape [2] to [3]":                        func() { g.Reshape(x(2), 3) },
		"not from one number":                     func() { g.Backward(g.Add(x(2), x(2))) },
		"a second time": func() {
			g.Reset()
			y := g.Mul(x(1), x(1))
			g.Backward(y)
			g.Backward(y)
		},
	} {
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.Contains(p, want) {
					t.Errorf("panic %q, want %q", p, want)
				}
			}()
			f()
		}()
	}
}

// classify is a small task: is a point inside the circle?
func classify(seed uint64) (*Trainer, Chain) {
	rng := rand.New(rand.NewPCG(seed, 1))
	net := NewMLP(rng, 2, 32, 32, 2)
	const n = 512
	xs, classes := NewTensor(n, 2), make([]int, n)
	for i := range n {
		x, y := rng.Float64()*2-1, rng.Float64()*2-1
		xs.Data[2*i], xs.Data[2*i+1] = float32(x), float32(y)
		if x*x+y*y < 0.5 {
			classes[i] = 1
		}
	}
	t := &Trainer{Params: net.Params(), Optimizer: NewAdam(), Rate: Cosine(0.01, 0, 10), Examples: n, Batch: 64, Epochs: 20, Seed: seed}
	t.Loss = func(g *Graph, batch []int) *Tensor {
		x, c := NewTensor(len(batch), 2), make([]int, len(batch))
		for r, i := range batch {
			copy(x.Data[2*r:], xs.Data[2*i:2*i+2])
			c[r] = classes[i]
		}
		return g.CrossEntropy(net.Apply(g, x), c)
	}
	return t, net
}

func weights(c Chain) (w []float32) {
	for _, p := range c.Params() {
		w = append(w, p.Data...)
	}
	return w
}

func TestTrainingLearnsAndIsTheSameOnAnyThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first []float32
	for _, threads := range []int{1, 2, 4} {
		runtime.GOMAXPROCS(threads)
		tr, net := classify(3)
		var last Step
		for s, err := range tr.Steps(context.Background()) {
			if last = s; err != nil {
				t.Fatal(err)
			}
		}
		if last.Loss > 0.15 || last.Number != 160 || last.Epoch != 20 || last.Left != 0 {
			t.Errorf("the last step: %+v", last)
		}
		if first == nil {
			first = weights(net)
		} else if !slices.Equal(first, weights(net)) {
			t.Errorf("other weights on %d threads", threads)
		}
	}
	tr, net := classify(4)
	if err := tr.Run(context.Background()); err != nil || slices.Equal(first, weights(net)) {
		t.Errorf("another seed, the same weights (%v)", err)
	}
}

func TestLossThatIsNotANumberStops(t *testing.T) {
	tr, net := classify(3)
	tr.Rate = Constant(1e30)
	before := 0
	var err error
	for s, failed := range tr.Steps(context.Background()) {
		if err = failed; err == nil {
			before = s.Number
		}
	}
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("step %d of 160", before+1)) {
		t.Errorf("error %v after step %d", err, before)
	}
	_ = net
	if err := (&Trainer{}).Run(context.Background()); err == nil {
		t.Error("trained on no examples")
	}
}

func TestOptimizers(t *testing.T) {
	// Worked out by hand: gradient 2 twice, rate 0.1.
	for name, tt := range map[string]struct {
		o    Optimizer
		want float64
	}{
		"SGD":      {NewSGD(0), 1 - 0.4},
		"momentum": {NewSGD(0.5), 1 - 0.1*2 - 0.1*3},
		"Adam":     {NewAdam(), 1 - 0.2}, // the corrected means are 2 and 4: steps of rate·2/√4
	} {
		w := NewParam(1)
		w.Data[0] = 1
		for range 2 {
			w.Grad[0] = 2
			tt.o.Step([]Param{{"w", w}}, 0.1)
		}
		if math.Abs(float64(w.Data[0])-tt.want) > 1e-5 || w.Grad[0] != 0 {
			t.Errorf("%s: %v, want %v; gradient %v", name, w.Data[0], tt.want, w.Grad[0])
		}
	}
	decayed, bias := NewParam(1, 1), NewParam(1)
	decayed.Data[0], bias.Data[0] = 1, 1
	NewAdamW(0.1).Step([]Param{{"w", decayed}, {"b", bias}}, 0.5)
	if decayed.Data[0] != 0.95 || bias.Data[0] != 1 {
		t.Errorf("decayed to %v, bias %v", decayed.Data[0], bias.Data[0])
	}
	p := NewParam(2)
	p.Grad[0], p.Grad[1] = 3, 4
	if n := ClipGrad([]Param{{"p", p}}, 1); n != 5 || math.Abs(float64(p.Grad[0])-0.6) > 1e-6 {
		t.Errorf("clipped from %v to %v", n, p.Grad)
	}
	c := Cosine(1, 0.1, 10)
	if c(0, 110) != 0.1 || c(9, 110) != 1 || math.Abs(c(60, 110)-0.55) > 1e-12 || math.Abs(c(110, 110)-0.1) > 1e-12 {
		t.Errorf("cosine schedule: %v %v %v %v", c(0, 110), c(9, 110), c(60, 110), c(110, 110))
	}
}

// In its steady state a graph allocates next to nothing.
func TestGraphReusesItsMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector makes sync.Pool drop what it is given")
	}
	rng := rand.New(rand.NewPCG(1, 1))
	net := NewMLP(rng, 100, 100, 10)
	x, classes := randomParam(rng, 64, 100), make([]int, 64)
	g := NewGraph()
	step := func() {
		g.Reset()
		g.Backward(g.CrossEntropy(net.Apply(g, x), classes))
	}
	step()
	if bytes := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			step()
		}
	}).AllocedBytesPerOp(); bytes > 8000 {
		t.Errorf("%d bytes are allocated a step", bytes)
	}
}

// Training that only learns noise by heart stops when the held-out loss rises,
// also if it was interrupted on the way.
func TestStopsEarly(t *testing.T) {
	build := func() (*Trainer, *int) {
		rng := rand.New(rand.NewPCG(5, 5))
		net := NewMLP(rng, 10, 50, 2)
		x, held := randomParam(rng, 32, 10), randomParam(rng, 32, 10)
		x.Grad, held.Grad = nil, nil
		classes := make([]int, 32)
		for i := range classes {
			classes[i] = rng.IntN(2)
		}
		epochs := 0
		tr := &Trainer{Params: net.Params(), Optimizer: NewAdam(), Rate: Constant(0.01), Examples: 32, Batch: 32, Epochs: 500, Patience: 3,
			Loss: func(g *Graph, _ []int) *Tensor { return g.CrossEntropy(net.Apply(g, x), classes) }}
		tr.Validate = func() float64 {
			epochs++
			g := &Graph{NoGrad: true}
			return float64(g.CrossEntropy(net.Apply(g, held), classes).Data[0])
		}
		return tr, &epochs
	}
	whole, epochs := build()
	if err := whole.Run(context.Background()); err != nil || *epochs > 100 || *epochs < 4 {
		t.Fatalf("%d epochs, %v", *epochs, err)
	}
	first, _ := build()
	upTo(t, first, *epochs-2)
	var b bytes.Buffer
	if err := first.Checkpoint(&b); err != nil {
		t.Fatal(err)
	}
	second, _ := build()
	if err := second.Resume("checkpoint", b.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := second.Run(context.Background()); err != nil || second.step != whole.step || !slices.Equal(second.Params[0].Data, whole.Params[0].Data) {
		t.Errorf("resumed, it stops after %d steps, else after %d (%v)", second.step, whole.step, err)
	}
}

// No place sees what comes after it.
func TestAttentionIsCausal(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	x := randomParam(rng, 1, 6, 24)
	g := &Graph{NoGrad: true}
	before := slices.Clone(g.Attention(x, 4).Data)
	for i := 4 * 24; i < 6*24; i++ {
		x.Data[i] += 1
	}
	after := g.Attention(x, 4).Data
	if !slices.Equal(before[:4*8], after[:4*8]) || slices.Equal(before[4*8:], after[4*8:]) {
		t.Error("a change at place 4 changes places before it, or none after")
	}
}
