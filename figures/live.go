package figures

import (
	"fmt"
	"strconv"
	"strings"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/lm"
	"oneword/ngram"
	"oneword/nn/curve"
	"oneword/nn/digits"
	"oneword/nn/fit"
	"oneword/nn/plane"
	"oneword/transformer"
)

// responding are the figures that one can also move, by the ID of the figure
// that they belong to.
var responding = map[string]func(*Lab) (*live.Figure, error){
	"01-temperature":   liveTemperature,
	"03-ngram-words":   liveLetters,
	"03-cat-pairs":     liveWords,
	"04-knobs":         liveDegree,
	"05-blurred-two":   liveBlur,
	"06-bigger-nets":   livePlane,
	"07-stages":        liveStages,
	"09-digit-space":   turning(digitSpace),
	"10-head-patterns": liveAttention,
	"12-fan":           liveFan,
	"12-trajectory-3d": turning(trajectory3D),
}

// Live is the figure as one that responds, or nil if there is none.
func (f Figure) Live(lab *Lab) (*live.Figure, error) {
	if draw := responding[f.ID]; draw != nil {
		return draw(lab)
	}
	return nil, nil
}

func liveTemperature(lab *Lab) (*live.Figure, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, err
	}
	guesses, err := m.Guesses(prompt, 0)
	if err != nil {
		return nil, err
	}
	var words []string
	var p []float64
	for _, g := range guesses {
		words, p = append(words, transformer.Visible(g.Text)), append(p, g.P)
	}
	return live.Sampling(words, p), nil
}

func liveLetters(lab *Lab) (*live.Figure, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, err
	}
	return live.Frames(func(at ...int) (chart.Drawing, error) {
		words, err := ngram.DrawWords(table, at[0], 60, lab.Rand(fmt.Sprint("live letters ", at)))
		return chart.Prose(strings.Join(words, " ")).Title(fmt.Sprintf("Words from n-grams of letters, n = %d", at[0])), err
	}, live.Range("n", 0, 5, 1).From(2), live.Again("again", 10)), nil
}

func liveWords(lab *Lab) (*live.Figure, error) {
	table, err := lab.Words()
	if err != nil {
		return nil, err
	}
	cat, err := table.Encode("cat")
	if err != nil {
		return nil, err
	}
	return live.Frames(func(at ...int) (chart.Drawing, error) {
		model, err := ngram.Backoff(table, at[0]+1)
		if err != nil {
			return nil, err
		}
		more := lm.Take(30, lm.Generate(model, cat, lm.Sampling{Temperature: 1}, lab.Rand(fmt.Sprint("live words ", at))))
		return chart.Prose(table.Text(append(cat, more...))).Title(fmt.Sprintf("Text from n-grams of words, n = %d", at[0]+1)), nil
	}, live.Range("n", 1, 3, 1).From(1), live.Again("again", 10)), nil
}

func liveDegree(lab *Lab) (*live.Figure, error) {
	heights, times := fit.Tower()
	times = fit.Stopwatch(times, 0.15, lab.Rand("live degree"))
	return live.Frames(func(at ...int) (chart.Drawing, error) {
		curve, err := fit.Linear(fit.Powers(at[0]), heights, times)
		if err != nil {
			return nil, err
		}
		title := fmt.Sprintf("Degree %d: %.3f s off at the floors", at[0], curve.RMSE())
		return fallPlot(title).Points("by stopwatch", heights, times).Func("polynomial", curve.At, 0, 60).Func("true law", fit.FallTime, 0, 60), nil
	}, live.Range("degree", 0, 7, 1).From(2)), nil
}

func liveBlur(lab *Lab) (*live.Figure, error) {
	net, test, err := lab.Recogniser()
	if err != nil {
		return nil, err
	}
	two := test.Nth(2, 0)
	return live.Frames(func(at ...int) (chart.Drawing, error) {
		image, err := digits.Images(digits.Blur(two, float64(at[0])/4))
		if err != nil {
			return nil, err
		}
		verdict := chart.Pairs{}
		for digit, p := range net.Probabilities(image).Data {
			verdict.Labels, verdict.Values = append(verdict.Labels, strconv.Itoa(digit)), append(verdict.Values, float64(p))
		}
		picture := chart.Images(1).Add(chart.Gray(image.Data, digits.Size), "")
		return chart.Panels(2, picture, chart.Bars(verdict).Labels("what the net sees", "probability").Percent()).Title("A 2, more and more blurred"), nil
	}, live.Range("blur (pixels)", 0, 5.5, 0.25)), nil
}

// planeSteps are the stages at which the plane's nets are shown.
var planeSteps = []int{1, 30, 100, 300, 1000, 3000}

func livePlane(lab *Lab) (*live.Figure, error) {
	size, after := live.Slider("hidden layers"), live.Slider("steps")
	var stages [][]*plane.Net
	for _, hidden := range plane.Sizes {
		nets, err := plane.Stages(plane.Three, hidden, planeSteps, lab.Rand(fmt.Sprint("06-bigger-nets ", hidden)))
		if err != nil {
			return nil, err
		}
		stages, size.Labels = append(stages, nets), append(size.Labels, fmt.Sprint(hidden))
	}
	for _, n := range planeSteps {
		after.Labels = append(after.Labels, strconv.Itoa(n))
	}
	truth := chart.Regions(112, func(x, y float64) int { return plane.Nearest(plane.Three, x, y) })
	return live.Frames(func(at ...int) (chart.Drawing, error) {
		net := stages[at[0]][at[1]]
		return chart.Images(2).Title(fmt.Sprintf("%d neurons, after %d steps", net.Neurons(), planeSteps[at[1]])).
			Add(chart.Regions(112, net.Class), fmt.Sprintf("%.1f %% right", 100*net.Agreement(plane.Three))).Add(truth, "the truth"), nil
	}, size.From(4), after.From(5)), nil
}

func liveStages(lab *Lab) (*live.Figure, error) {
	widths, seen := []int{2, 8, 32}, []int{64, 1000, 3000, 10_000, 30_000, 100_000, 300_000}
	size, after := live.Slider("neurons in each layer"), live.Slider("examples")
	var stages [][]curve.Stage
	for _, w := range widths {
		rng := lab.Rand(fmt.Sprint("live stages ", w))
		list, err := curve.Stages(curve.Target, curve.Net(rng, w, w), everywhere, seen, rng)
		if err != nil {
			return nil, err
		}
		stages, size.Labels = append(stages, list), append(size.Labels, strconv.Itoa(w))
	}
	for _, s := range stages[0] {
		after.Labels = append(after.Labels, strconv.Itoa(s.Examples))
	}
	return live.Frames(func(at ...int) (chart.Drawing, error) {
		s := stages[at[0]][at[1]]
		return curvePlot(fmt.Sprintf("The net after %d examples", s.Examples)).Line("to be learned", everywhere, targetValues(everywhere)).
			Line(fmt.Sprintf("2 layers of %d neurons", widths[at[0]]), everywhere, s.Values), nil
	}, size.From(2), after.From(5)), nil
}

// turning is a figure of points in space as one that turns.
func turning(draw func(*Lab) (chart.Drawing, Caption, error)) func(*Lab) (*live.Figure, error) {
	return func(lab *Lab) (*live.Figure, error) {
		d, _, err := draw(lab)
		if err != nil {
			return nil, err
		}
		s, ok := d.(*chart.SpacePlot)
		if !ok {
			return nil, fmt.Errorf("a %T does not turn", d)
		}
		return live.Space(s), nil
	}
}

// attentionText has words that belong together, and stand apart.
const attentionText = "The cat that chased the mice was tired, so she slept on the warm mat."

func liveAttention(lab *Lab) (*live.Figure, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, err
	}
	ids := m.Vocabulary.Encode(attentionText)
	trace, err := m.Trace(ids)
	if err != nil {
		return nil, err
	}
	var words []string
	for _, id := range ids {
		words = append(words, transformer.Visible(m.Vocabulary.Token(id)))
	}
	return live.Attention(words, trace.Attention), nil
}

func liveFan(lab *Lab) (*live.Figure, error) {
	j, err := travel(lab, "12-fan", prompt, 0, lm.Sampling{}, 3, 1, 12)
	if err != nil {
		return nil, err
	}
	from, places, words, _ := j.branch(0)
	return live.Space(chart.Space().Title("Where the text may go").Path("the prompt", j.places[:j.given], j.words[:j.given]).
		Fan("what might come", from, places, words)), nil
}
