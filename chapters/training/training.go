package training

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/nn"
	"oneword/nn/curve"
)

// Target is figure 07-target: what the nets of this chapter learn.
func Target(lab labs.Lab, show labs.Show) {
	xs := curve.Grid(-1, 1, 200)
	var ys []float64
	for _, x := range xs {
		ys = append(ys, curve.Target(x))
	}
	show(chart.Plot().Title("The function to be learned").Labels("x", "value").RangeY(-1.3, 1.3).
		Line("", xs, ys))
}

// OneInOneOut is figure 07-one-in-one-out: a net with its weights.
func OneInOneOut(lab labs.Lab, show labs.Show) {
	w := curve.Net(lab.Rand("07-one-in-one-out"), 5, 4).Weights()
	show(chart.Network(w[0], w[1], w[2]).Title("A net with one input and one output"))
}

// RandomWeights is figure 07-random-weights: what nets compute before any training.
func RandomWeights(lab labs.Lab, show labs.Show) {
	xs := curve.Grid(-1, 1, 200)
	p := chart.Plot().Title("Nets with random weights").Labels("x", "value").RangeY(-1.3, 1.3)
	for i := range 5 {
		net := curve.Net(lab.Rand(fmt.Sprint("07-random-weights ", i)), 16, 16)
		p.Line(fmt.Sprint("net ", i+1), xs, curve.Values(net, xs))
	}
	show(p)
}

// A stage is what a net says after some examples.
type stage struct {
	examples int
	values   []float64
}

// stages trains a net, and keeps what it says at xs after so many examples, in
// whole batches.
func stages(net nn.Chain, xs []float64, rng *rand.Rand, after ...int) (list []stage) {
	steps := (slices.Max(after) + curve.Batch - 1) / curve.Batch
	for s, err := range curve.Trainer(curve.Target, net, steps, rng).Steps(context.Background()) {
		must.Do(err)
		if seen := s.Number * curve.Batch; seen >= after[len(list)] {
			list = append(list, stage{seen, curve.Values(net, xs)})
		}
	}
	return list
}

// Stages is figure 07-stages: a net after more and more examples.
func Stages(lab labs.Lab, show labs.Show) {
	rng, xs := lab.Rand("07-stages"), curve.Grid(-1, 1, 200)
	var ys []float64
	for _, x := range xs {
		ys = append(ys, curve.Target(x))
	}
	p := chart.Plot().Title("The net after more and more examples").Labels("x", "value").RangeY(-1.3, 1.3).
		Line("to be learned", xs, ys)
	net := curve.Net(rng, 32, 32)
	for _, s := range stages(net, xs, rng, 1000, 10_000, 100_000, 300_000) {
		p.Line(fmt.Sprintf("%d examples", s.examples), xs, s.values)
	}
	show(p, labs.Values{"batch": curve.Batch})
}

// learned plots what a net says beside what it should.
func learned(title, name string, xs, ys []float64) chart.Drawing {
	var truth []float64
	for _, x := range xs {
		truth = append(truth, curve.Target(x))
	}
	return chart.Plot().Title(title).Labels("x", "value").RangeY(-1.3, 1.3).
		Line("to be learned", xs, truth).Line(name, xs, ys)
}

// StagesLive is figure 07-stages as one that responds.
func StagesLive(lab labs.Lab, show labs.Show) {
	widths, seen := []int{2, 8, 32}, []int{64, 1000, 3000, 10_000, 30_000, 100_000, 300_000}
	size, after := live.Slider("neurons in each layer", "2", "8", "32"), live.Slider("examples")
	xs, nets := curve.Grid(-1, 1, 200), [][]stage{}
	for _, w := range widths {
		rng := lab.Rand(fmt.Sprint("live stages ", w))
		nets = append(nets, stages(curve.Net(rng, w, w), xs, rng, seen...))
	}
	for _, s := range nets[0] {
		after.Labels = append(after.Labels, fmt.Sprint(s.examples))
	}
	show(live.Frames(func(at ...int) (chart.Drawing, error) {
		s := nets[at[0]][at[1]]
		return learned(fmt.Sprintf("The net after %d examples", s.examples),
			fmt.Sprintf("2 layers of %d neurons", widths[at[0]]), xs, s.values), nil
	}, size.From(2), after.From(5)))
}

// Loss is figure 07-loss: how wrong a net is while it learns.
func Loss(lab labs.Lab, show labs.Show) {
	rng := lab.Rand("07-loss")
	t := curve.Trainer(curve.Target, curve.Net(rng, 32, 32), 4000, rng)
	for step, err := range t.Steps(context.Background()) {
		if must.Do(err); step.Number%20 == 0 {
			t.Note(nil) // the mean of the loss since the note before
		}
	}
	show(chart.Plot().Title("The loss falls").Labels("examples seen", "mean squared error").LogY().
		Line("", t.Record.Column("seen"), t.Record.Column("loss")))
}

// learning plots what a net says while it learns.
func learning(xs, ys []float64) chart.Drawing {
	return chart.Plot().Title("Learning").Labels("x", "value").RangeY(-1.3, 1.3).
		Func("to be learned", curve.Target, -1, 1).Line("the net", xs, ys)
}

// TrainYourself trains a net with the step size that a control stands at, which
// may be moved meanwhile.
func TrainYourself(lab labs.Lab, show labs.Show) {
	xs := curve.Grid(-1, 1, 200)
	sizes := live.Slider("step size", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3")
	talk := live.NewTalk(sizes.From(3), live.Range("layers", 1, 4, 1).From(1), live.Again("begin again", 100))
	show(talk)
	for talk.Next() {
		rng := lm.Rand(uint64(talk.At("begin again")), "talk")
		net := curve.Net(rng, slices.Repeat([]int{24}, talk.At("layers")+1)...)
		picture := func() chart.Drawing { return learning(xs, curve.Values(net, xs)) }
		t := curve.Trainer(curve.Target, net, 5000, lab.Rand("talk"))
		t.Rate = func(int, int) float64 { return talk.Number("step size") }
		for _, err := range t.Steps(context.Background()) {
			if err != nil {
				show.Println(err)
			}
			if talk.Update(picture); talk.Changed("layers", "begin again") {
				break
			}
		}
		talk.Draw(picture())
	}
}

// Landscape is figure 07-landscape: the loss of a model with two weights.
func Landscape(lab labs.Lab, show labs.Show) {
	loss := curve.Wave().Loss
	xs, ys := chart.Contours(loss, 0, 9, -1, 1.2, 80, 0.02, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)
	show(chart.Panels(2, chart.Surface(loss, 0, 9, -1, 1.2).Labels("weight a", "weight b"),
		chart.Plot().Labels("weight a", "weight b").Grey("lines of equal loss", xs, ys)).
		Wide().Title("The loss as a landscape over two weights"))
}

// Descent is figure 07-descent: steepest descent from two places.
func Descent(lab labs.Lab, show labs.Show) {
	valley := curve.Wave()
	xs, ys := chart.Contours(valley.Loss, 0, 9, -1, 1.2, 80, 0.02, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)
	p := chart.Plot().Title("Two ways downhill").Labels("weight a", "weight b").
		Grey("lines of equal loss", xs, ys)
	for _, from := range [][2]float64{{1.5, -0.4}, {8.3, 0.7}} {
		path := valley.Descend(from[0], from[1], 0.3, 300)
		p.LinePoints(fmt.Sprintf("ends at a loss of %.3f", path.Loss[len(path.Loss)-1]), path.A, path.B)
	}
	show(p)
}

// tried is the slope of a loss by one weight: what a little more of it changes,
// and a little less.
func tried(loss func() float64, weight *float32) float64 {
	// Small enough that few neurons bend within it, large enough for 32 bits.
	const little = 1e-3
	old := *weight
	*weight = old + little
	more := loss()
	*weight = old - little
	less := loss()
	*weight = old
	return (more - less) / (2 * little)
}

// GradientCheck is figure 07-gradient-check: slopes found in two ways.
func GradientCheck(lab labs.Lab, show labs.Show) {
	t := chart.Table("weight", "back-propagation", "trying out", "difference").Right(1, 2, 3)
	t.Title("Slopes by back-propagation and by trying out")
	net, xs := curve.Net(lab.Rand("07-gradient-check"), 8, 8), curve.Grid(-1, 1, 100)
	x, want := nn.NewTensor(len(xs), 1), nn.NewTensor(len(xs), 1)
	for i, v := range xs {
		x.Data[i], want.Data[i] = float32(v), float32(curve.Target(v))
	}
	g := nn.NewGraph()
	g.Backward(g.SquaredLoss(net.Apply(g, x), want)) // all slopes at once
	loss := func() float64 {
		g := &nn.Graph{NoGrad: true}
		return float64(g.SquaredLoss(net.Apply(g, x), want).Data[0])
	}
	for _, p := range net.Params() {
		k := 0 // the weight with the steepest slope
		for i, slope := range p.Grad {
			if math.Abs(float64(slope)) > math.Abs(float64(p.Grad[k])) {
				k = i
			}
		}
		back, byTrying := float64(p.Grad[k]), tried(loss, &p.Data[k])
		t.Row(fmt.Sprintf("%s[%d]", p.Name, k), fmt.Sprintf("%+.5f", back), fmt.Sprintf("%+.5f", byTrying),
			fmt.Sprintf("%.0e", math.Abs(back-byTrying)))
	}
	show(t)
}

// fiveNets trains five nets, from other random weights and on other examples.
func fiveNets(lab labs.Lab) []nn.Chain {
	return labs.Once(lab, "07-many-solutions", func() (nets []nn.Chain) {
		for i := range 5 {
			rng := lab.Rand(fmt.Sprint("07-many-solutions ", i))
			net := curve.Net(rng, 32, 32)
			must.Do(curve.Train(curve.Target, net, 3000, rng))
			nets = append(nets, net)
		}
		return nets
	})
}

// ManySolutions is figure 07-many-solutions: what five nets have learned.
func ManySolutions(lab labs.Lab, show labs.Show) {
	xs, worst := curve.Grid(-1, 1, 200), 0.0
	p := chart.Plot().Title("Five trainings, five solutions").Labels("x", "value").RangeY(-1.3, 1.3)
	for i, net := range fiveNets(lab) {
		p.Line(fmt.Sprint("net ", i+1), xs, curve.Values(net, xs))
		worst = max(worst, curve.RMSE(net, curve.Target))
	}
	show(p, labs.Values{"worst": worst})
}

// Extrapolation is figure 07-extrapolation: the five nets where they saw nothing.
func Extrapolation(lab labs.Lab, show labs.Show) {
	xs := curve.Grid(-3, 3, 300)
	p := chart.Plot().Title("The same five outside of what they saw").Labels("x", "value").RangeY(-2.5, 2.5)
	for i, net := range fiveNets(lab) {
		p.Line(fmt.Sprint("net ", i+1), xs, curve.Values(net, xs))
	}
	show(p)
}

// Exercise trains a net on functions with more and more waves.
func Exercise(lab labs.Lab, show labs.Show) {
	for _, waves := range []float64{1, 3, 9} {
		rng := lab.Rand("exercise")
		net := curve.Net(rng, 32, 32)
		f := func(x float64) float64 { return math.Sin(waves * math.Pi * x) }
		must.Do(curve.Train(f, net, 3000, rng))
		show.Printf("%v waves: %.3f off (root mean square)\n", waves, curve.RMSE(net, f))
	}
}
