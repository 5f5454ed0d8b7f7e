package figures

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/nn"
	"oneword/nn/curve"
)

var chapter7 = []Figure{
	{"07-target", 7, "The function to be learned", "plot", nil, target},
	{"07-one-in-one-out", 7, "A net with one input and one output", "diagram", nil, oneInOneOut},
	{"07-random-weights", 7, "Nets with random weights", "plot", nil, randomWeights},
	{"07-stages", 7, "The net after more and more examples", "plot", nil, stages},
	{"07-loss", 7, "The loss falls", "plot", nil, lossCurve},
	{"07-landscape", 7, "The loss as a landscape over two weights", "3d", nil, landscape},
	{"07-descent", 7, "Two ways downhill", "plot", nil, descent},
	{"07-gradient-check", 7, "Slopes by back-propagation and by trying out", "table", nil, gradientCheck},
	{"07-many-solutions", 7, "Five trainings, five solutions", "plot", nil, manySolutions},
	{"07-extrapolation", 7, "The same five outside of what they saw", "plot", nil, extrapolation},
}

// everywhere are the places at which nets of this chapter are drawn.
var everywhere = curve.Places(-1, 1, 200)

func curvePlot(title string) *chart.LinePlot {
	return chart.Plot().Title(title).Labels("x", "value").RangeY(-1.3, 1.3)
}

func targetValues(xs []float64) []float64 {
	ys := make([]float64, len(xs))
	for i, x := range xs {
		ys[i] = curve.Target(x)
	}
	return ys
}

func target(*Lab) (chart.Drawing, Caption, error) {
	return curvePlot("The function to be learned").Line("", everywhere, targetValues(everywhere)),
		say("Three steps: a function of one variable that no simple formula follows. No randomness."), nil
}

func oneInOneOut(lab *Lab) (chart.Drawing, Caption, error) {
	w := curve.Net(lab.Rand("07-one-in-one-out"), 5, 4).Weights()
	return chart.Network(w[0], w[1], w[2]).Title("A net with one input and one output"),
		say("A net of 1, 5, 4 and 1 neurons with random weights (red above 0, blue below). Seed %d.", lab.Seed), nil
}

func randomWeights(lab *Lab) (chart.Drawing, Caption, error) {
	p := curvePlot("Nets with random weights")
	for i := range 5 {
		net := curve.Net(lab.Rand(fmt.Sprint("07-random-weights ", i)), 16, 16)
		p.Line(fmt.Sprint("net ", i+1), everywhere, curve.Values(net, everywhere))
	}
	return p, say("What five nets of two hidden layers of 16 neurons compute before any training. Seed %d.", lab.Seed), nil
}

func stages(lab *Lab) (chart.Drawing, Caption, error) {
	rng := lab.Rand("07-stages")
	list, err := curve.Stages(curve.Target, curve.Net(rng, 32, 32), everywhere, []int{1000, 10_000, 100_000, 300_000}, rng)
	if err != nil {
		return nil, Caption{}, err
	}
	p := curvePlot("The net after more and more examples").Line("to be learned", everywhere, targetValues(everywhere))
	for _, s := range list {
		p.Line(fmt.Sprintf("%d examples", s.Examples), everywhere, s.Values)
	}
	return p, say("What a net of two hidden layers of 32 neurons computes after so many examples, in batches of %d. Seed %d.", curve.Batch, lab.Seed), nil
}

func lossCurve(lab *Lab) (chart.Drawing, Caption, error) {
	rng := lab.Rand("07-loss")
	examples, losses, err := curve.Losses(curve.Target, curve.Net(rng, 32, 32), 4000, rng)
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Plot().Title("The loss falls").Labels("examples seen", "mean squared error").LogY().Line("", examples, losses),
		say("Loss while a net of two hidden layers of 32 neurons learns the three steps, mean of 20 batches at a time. Seed %d.", lab.Seed), nil
}

// levels are the heights at which the lines of the landscape are drawn.
var levels = []float64{0.02, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8}

func landscape(*Lab) (chart.Drawing, Caption, error) {
	xs, ys := chart.Contours(curve.Wave.Loss, 0, 9, -1, 1.2, 80, levels...)
	return chart.Panels(2, chart.Surface(curve.Wave.Loss, 0, 9, -1, 1.2).Labels("weight a", "weight b"),
			chart.Plot().Labels("weight a", "weight b").Grey("lines of equal loss", xs, ys)).Wide().Title("The loss as a landscape over two weights"),
		say("Mean squared error of the model b·sin(a·x) for forty points of a wave, over its two weights: a deep valley and shallow ones, as a surface and as lines of equal height, as on a map. No randomness."), nil
}

func descent(*Lab) (chart.Drawing, Caption, error) {
	xs, ys := chart.Contours(curve.Wave.Loss, 0, 9, -1, 1.2, 80, levels...)
	deep, shallow := curve.Wave.Descend(1.5, -0.4, 0.3, 300), curve.Wave.Descend(8.3, 0.7, 0.3, 300)
	return chart.Plot().Title("Two ways downhill").Labels("weight a", "weight b").Grey("lines of equal loss", xs, ys).
			LinePoints(fmt.Sprintf("ends at a loss of %.3f", deep.Loss[len(deep.Loss)-1]), deep.A, deep.B).
			LinePoints(fmt.Sprintf("ends at a loss of %.3f", shallow.Loss[len(shallow.Loss)-1]), shallow.A, shallow.B),
		say("Steepest descent on that landscape from two places: one path ends in the deep valley, the other in a shallow one, a local minimum. No randomness."), nil
}

func gradientCheck(lab *Lab) (chart.Drawing, Caption, error) {
	rows, err := curve.CheckGradients(curve.Net(lab.Rand("07-gradient-check"), 8, 8))
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("weight", "back-propagation", "trying out", "difference").Right(1, 2, 3).Title("Slopes by back-propagation and by trying out")
	for _, r := range rows {
		t.Row(r.Name, fmt.Sprintf("%+.5f", r.Back), fmt.Sprintf("%+.5f", r.Tried), fmt.Sprintf("%.0e", math.Abs(r.Back-r.Tried)))
	}
	return t, say("How much the loss of a net with random weights changes with some of its weights: by back-propagation, and by making the weight a little larger and smaller. Seed %d.", lab.Seed), nil
}

// five trains the five nets of the last two figures.
func five(lab *Lab) ([]nn.Chain, error) {
	return remember(lab, "07-many-solutions", func() (nets []nn.Chain, err error) {
		for i := range 5 {
			rng := lab.Rand(fmt.Sprint("07-many-solutions ", i))
			net := curve.Net(rng, 32, 32)
			if err := curve.Train(curve.Target, net, 3000, rng, nil); err != nil {
				return nil, err
			}
			nets = append(nets, net)
		}
		return nets, nil
	})
}

func manySolutions(lab *Lab) (chart.Drawing, Caption, error) {
	nets, err := five(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	p := curvePlot("Five trainings, five solutions")
	worst := 0.0
	for i, net := range nets {
		p.Line(fmt.Sprint("net ", i+1), everywhere, curve.Values(net, everywhere))
		worst = math.Max(worst, curve.Error(net, curve.Target))
	}
	return p, say("Five nets of two hidden layers of 32 neurons, from other random weights and other examples, 192,000 each. All fit: the worst is %.3f off (root mean square). Seed %d.", worst, lab.Seed), nil
}

func extrapolation(lab *Lab) (chart.Drawing, Caption, error) {
	nets, err := five(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	p := chart.Plot().Title("The same five outside of what they saw").Labels("x", "value").RangeY(-2.5, 2.5)
	outside := curve.Places(-3, 3, 300)
	for i, net := range nets {
		p.Line(fmt.Sprint("net ", i+1), outside, curve.Values(net, outside))
	}
	return p, say("The same nets from -3 to 3; they were trained from -1 to 1. Seed %d.", lab.Seed), nil
}
