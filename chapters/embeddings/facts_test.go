package embeddings

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"

	"oneword/chapters/cells/cellstest"
	"oneword/chart"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/embedding/vectors"
	"oneword/labs"
	"oneword/must"
	"oneword/ngram"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"09-fill-in": func(t *testing.T, lab labs.Lab) {
		runs, shares := fill(lab.Words(), "the ___ cat")
		var words []string
		for _, run := range runs[:min(100, len(runs))] {
			words = append(words, lab.Words().Decode(run[1:2]))
		}
		if !slices.Contains(words, "black") || !slices.Contains(words, "old") {
			t.Errorf("the ___ cat: %q", words)
		}
		if math.Abs(floats.Sum(shares)-1) > 1e-9 || !slices.IsSortedFunc(shares, func(a, b float64) int { return cmp.Compare(b, a) }) {
			t.Errorf("shares %v", shares)
		}
		if text := cellstest.Drawn(t, lab, FillIn); !strings.Contains(text, fmt.Sprintf("%.1f %%", 100*shares[0])) {
			t.Errorf("the share of %q is not in\n%s", words[0], text)
		}
	},
	"09-training": func(t *testing.T, lab labs.Lab) {
		log := must.Get(vectors.Recorded())
		if len(log.Points) < 10 {
			t.Fatalf("%d points", len(log.Points))
		}
		first, last := log.Points[0], log.Points.Last()
		if last.Loss >= first.Loss || last.Measured["similarity"] < 0.38 || last.Measured["analogies"] < 0.72 || first.Measured["similarity"] > 0.2 {
			t.Errorf("from %+v to %+v", first, last)
		}
		for _, p := range log.Points { // likeness first, and then hardly better
			if early, s := p.Seen > 18e6, p.Measured["similarity"]; early && math.Abs(s-last.Measured["similarity"]) > 0.06 {
				t.Errorf("after %v words the similarity is %v, in the end %v", p.Seen, s, last.Measured["similarity"])
			}
			if p.Seen > 18e6 && p.Seen < 40e6 && p.Measured["analogies"] > 0.5 {
				t.Errorf("after %v words %v of the analogies are answered", p.Seen, p.Measured["analogies"])
			}
		}
		questions := embedding.Total(lab.Vectors().EvaluateAnalogies(judged.Relations(), embedding.CosAdd)).Questions
		if said := cellstest.Run(t, lab, Training).Values["analogies"]; said != questions {
			t.Errorf("the caption says %v analogies, there are %d", said, questions)
		}
	},
	"09-neighbours": func(t *testing.T, lab labs.Lab) {
		values := cellstest.Run(t, lab, Neighbours).Values
		together, apart := values["alligatorCrocodile"].(float64), values["turnipEagle"].(float64)
		if together < 0.5 || apart > 0.3 {
			t.Errorf("alligator and crocodile %.2f, turnip and eagle %.2f", together, apart)
		}
		if rank := values["crocodileRank"].(int); rank < 1 || rank > lab.Vectors().Len()/1000 {
			t.Errorf("the crocodile is number %d for the alligator, not among the nearest 0.1 %%", rank)
		}
		for _, q := range [][4]string{{"london", "england", "paris", "france"}, {"paris", "france", "rome", "italy"}, {"paris", "france", "madrid", "spain"}} {
			if got := must.Get(lab.Vectors().Analogy(q[0], q[1], q[2], embedding.CosAdd, 1))[0].Word; got != q[3] {
				t.Errorf("%s is to %s as %s is to %s", q[0], q[1], q[2], got)
			}
		}
	},
	"09-word-map": func(t *testing.T, lab labs.Lab) {
		words, kind := embedding.Flatten(judged.Categories())
		points, drawn := places(cellstest.Drawn(t, lab, WordMap))
		if !slices.Equal(drawn, words) {
			t.Fatalf("drawn are %q, want %q", drawn, words)
		}
		if share := nearestOwn(points, kind); share < 0.85 {
			t.Errorf("like with like: %.2f of the words", share)
		}
	},
	"09-digit-output": func(t *testing.T, lab labs.Lab) {
		net, images := lab.Digits(), recognised(lab, 4, 100)
		if len(images) != 100 {
			t.Fatalf("%d images", len(images))
		}
		before, p := must.Get(net.Features("linear2", images...)), must.Get(net.Features("softmax", images...))
		for i := range p {
			// Softmax: probabilities are exponentials of the numbers before it.
			if got, want := math.Log(p[i][4]/p[i][9]), before[i][4]-before[i][9]; math.Abs(got-want) > 1e-3 {
				t.Errorf("image %d: the logarithm of the ratio is %v, the difference before softmax %v", i, got, want)
			}
		}
		surest := must.Get(net.Features("softmax", clearest(lab, 4, images)))
		rest := slices.Max(append(slices.Clone(surest[0][:4]), surest[0][5:]...))
		if rest > 1e-8 {
			t.Errorf("of a clear 4 the net gives another digit %v", rest)
		}
		if said := cellstest.Run(t, lab, DigitOutput).Values["rest"]; said != chart.Scientific(rest) {
			t.Errorf("the caption says that another digit has %v, it has %v", said, rest)
		}
	},
	"09-digit-signatures": func(t *testing.T, lab labs.Lab) {
		var rows [][]float64
		var digit []int
		for _, d := range []int{4, 8} {
			for _, row := range must.Get(lab.Digits().Features("linear2", recognised(lab, d, 8)...)) {
				rows, digit = append(rows, row), append(digit, d)
			}
		}
		if silhouette, nearest := embedding.Separation(rows, digit); len(rows) != 16 || silhouette < 0.6 || nearest != 1 {
			t.Errorf("%d of 4s alike, unlike 8s: silhouette %.2f, nearest %.2f", len(rows), silhouette, nearest)
		}
	},
	"09-digit-space": func(t *testing.T, lab labs.Lab) {
		var points [][]float64
		var digit []int
		for d := range 10 {
			for _, row := range must.Get(lab.Digits().Features("linear1", recognised(lab, d, 40)...)) {
				points, digit = append(points, row), append(digit, d)
			}
		}
		if len(points) != 400 {
			t.Fatalf("%d points", len(points))
		}
		if _, nearest := embedding.Separation(points, digit); nearest < 0.97 {
			t.Errorf("of %.3f the nearest is the same digit", nearest)
		}
		for _, g := range cellstest.Run(t, lab, DigitSpace).Picture().(*chart.SpacePlot).Groups() {
			if len(g.Points) != 40 {
				t.Errorf("%d points of digit %s", len(g.Points), g.Name)
			}
		}
	},
	"09-raw-vectors": func(t *testing.T, lab labs.Lab) {
		m, r := lab.GPT(), cellstest.Run(t, lab, RawVectors)
		if r.Values["numbers"] != m.Config.Width {
			t.Errorf("the caption says %v numbers, the model has %d", r.Values["numbers"], m.Config.Width)
		}
		for _, w := range []string{" cat", " dog", " chair"} {
			rows, err := m.TokenEmbeddings(w)
			if err != nil || len(rows) == 0 || len(rows[0]) != m.Config.Width {
				t.Errorf("%q: %d vectors, %v", w, len(rows), err)
			}
			if text := r.Picture().Text(); !strings.Contains(text, strings.TrimSpace(w)) {
				t.Errorf("no %q in\n%s", w, text)
			}
		}
	},
}

func TestFill(t *testing.T) {
	text := "the old cat. the old cat. the black cat. the old dog. a black cat"
	table := must.Get(ngram.Count(strings.NewReader(text), ngram.NewWords(), 3))
	for pattern, want := range map[string]string{
		"the ___ cat": "the old cat 0.67, the black cat 0.33, ",
		"the ___":     "the old 0.75, the black 0.25, ",
		"___ black":   "the black 0.50, a black 0.50, ",
		"cat ___ cat": "",
		"the unicorn": "",
		"___ old ___": "the old cat 0.67, the old dog 0.33, ",
	} {
		got := ""
		runs, shares := fill(table, pattern)
		for i, run := range runs {
			got += fmt.Sprintf("%s %.2f, ", table.Decode(run), shares[i])
		}
		if got != want {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
}

// places are the points of a map that have a label, and the labels.
func places(text string) (points [][]float64, labels []string) {
	coordinate := func(s string) (float64, error) {
		if strings.Contains(s, "10⁻") { // less than 0.0001
			return 0, nil
		}
		return strconv.ParseFloat(strings.Replace(s, "−", "-", 1), 64)
	}
	for line := range strings.Lines(text) {
		if field := strings.Fields(line); len(field) == 3 {
			x, err1 := coordinate(field[0])
			y, err2 := coordinate(field[1])
			if err1 == nil && err2 == nil {
				points, labels = append(points, []float64{x, y}), append(labels, field[2])
			}
		}
	}
	return points, labels
}

// nearestOwn is the share of points in the plane whose nearest is of their kind.
func nearestOwn(points [][]float64, kind []int) float64 {
	own := 0.0
	for i, p := range points {
		best, least := -1, math.Inf(1)
		for j, q := range points {
			if d := math.Hypot(p[0]-q[0], p[1]-q[1]); j != i && d < least {
				best, least = j, d
			}
		}
		if kind[best] == kind[i] {
			own += 1 / float64(len(points))
		}
	}
	return own
}
