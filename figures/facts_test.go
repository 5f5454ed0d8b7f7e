package figures

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"oneword/chart"
	"oneword/letterfreq"
	"oneword/lm"
	"oneword/ngram"
	"oneword/nn"
	"oneword/nn/curve"
	"oneword/nn/digits"
	"oneword/nn/fit"
	"oneword/nn/plane"
	"oneword/nn/practice"
	"oneword/transformer"
	"oneword/transformer/models"
	"oneword/transformer/small"
)

// fact is what the essay reports of a figure, or a property that a wrong
// computation would break: checked on the numbers, not on the picture.
type fact func(t *testing.T, lab *Lab)

var facts = map[string]fact{
	"02-cat-letters": func(t *testing.T, lab *Lab) {
		cat, _ := lab.Cat()
		leads(t, letterfreq.Count(cat.Text), "eatisnorhl", 11)
	},
	"02-dog-letters": func(t *testing.T, lab *Lab) {
		cat, _ := lab.Cat()
		dog, _ := lab.Dog()
		c, d := letterfreq.Count(cat.Text), letterfreq.Count(dog.Text)
		if d.Rank('o') >= c.Rank('o') {
			t.Errorf("“o” is number %d for dogs, %d for cats", d.Rank('o'), c.Rank('o'))
		}
		leads(t, d, "eaoitsnrdh", 10)
	},
	"02-english-letters": func(t *testing.T, lab *Lab) {
		counted := letters(t, lab)
		for letter, percent := range letterfreq.English {
			if got := 100 * counted.Share(letter); math.Abs(got-percent) > 0.2+0.1*percent {
				t.Errorf("%c: %.3f %%, the essay has %.3f %%", letter, got, percent)
			}
		}
		if d := letterfreq.TotalVariation(counted, letterfreq.Essay()); d > 0.03 {
			t.Errorf("total variation %v from the essay's table", d)
		}
	},
	"02-convergence": func(t *testing.T, lab *Lab) {
		sizes := []int{100, 10_000}
		d, err := letterfreq.DrawnDistance(letters(t, lab), sizes, 50, lab.Rand("fact"))
		if err != nil || math.Abs(d[0]/d[1]-10) > 1.5 {
			t.Errorf("100 times the letters bring the distance from %v to %v (%v), want a tenth", d[0], d[1], err)
		}
	},
	"02-random-letters": func(t *testing.T, lab *Lab) {
		text := drawn(t, lab, "02-random-letters")
		if len(text) != 300 || strings.Contains(text, " ") {
			t.Errorf("%d characters, spaces among them: %v", len(text), strings.Contains(text, " "))
		}
		if d := letterfreq.TotalVariation(letterfreq.Count(text), letters(t, lab)); d > 0.2 {
			t.Errorf("the letters are %v away from English", d)
		}
	},
	"02-random-spaces": func(t *testing.T, lab *Lab) {
		text := drawn(t, lab, "02-random-spaces")
		if n := strings.Count(text, " "); n < 30 || n > 80 {
			t.Errorf("%d spaces of %d characters, want about 18 %%", n, len(text))
		}
	},
	"02-random-lengths": func(t *testing.T, lab *Lab) {
		sampler, err := letterfreq.NewSampler(letters(t, lab))
		if err != nil {
			t.Fatal(err)
		}
		m, _ := lab.Measured()
		words, err := letterfreq.NewWordSampler(sampler, m.WordLengths)
		if err != nil {
			t.Fatal(err)
		}
		got := letterfreq.WordLengths(words.Text(lab.Rand("fact"), 20_000))
		for n := range 12 {
			if math.Abs(got[n]-m.WordLengths[n]) > 0.015 {
				t.Errorf("share of words of %d letters: %v, English has %v", n, got[n], m.WordLengths[n])
			}
		}
		if n := len(strings.Fields(drawn(t, lab, "02-random-lengths"))); n != 55 {
			t.Errorf("%d words drawn", n)
		}
	},
	"03-letter-plot": func(t *testing.T, lab *Lab) { leads(t, letters(t, lab), "etaoin", 7) },
	"03-letter-pairs": func(t *testing.T, lab *Lab) {
		table, _ := lab.Letters()
		p := table.Pairs(ngram.Alphabet()...)
		for row := range 26 {
			if x := p.At(row, 'q'-'a'); row == 'u'-'a' && x < 0.97 || row != 'u'-'a' && x > 0.01 {
				t.Errorf("after q comes %c with probability %v", 'a'+row, x)
			}
			sum := 0.0
			for second := range 26 {
				sum += p.At(second, row)
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("what follows %c sums to %v", 'a'+row, sum)
			}
		}
	},
	"03-pair-words": func(t *testing.T, lab *Lab) {
		list, _ := lab.Words()
		words := strings.Fields(drawn(t, lab, "03-pair-words"))
		if known := list.Known(words, 2); len(words) != 60 || !(known > 0.05 && known < 0.7) {
			t.Errorf("%d words, %v of them real; want some, not all", len(words), known)
		}
	},
	"03-ngram-words": func(t *testing.T, lab *Lab) {
		letters, _ := lab.Letters()
		list, _ := lab.Words()
		last := -1.0
		for n := 0; n <= 5; n++ {
			words, err := ngram.DrawWords(letters, n, 5000, lab.Rand(fmt.Sprint("03-ngram-words ", n)))
			known := list.Known(words, 3)
			if err != nil || known <= last+0.01 {
				t.Errorf("n = %d: %v of the words are real, %v before (%v)", n, known, last, err)
			}
			last = known
		}
		if last < 0.6 {
			t.Errorf("with n = 5, %v of the words are real, want most", last)
		}
	},
	"03-word-frequency": func(t *testing.T, lab *Lab) {
		words, _ := lab.Words()
		if first := words.Symbols()[0]; first != "the" {
			t.Errorf("the most frequent word is %q", first)
		}
		ranks, shares := words.Ranked(100)
		at := func(rank float64) float64 {
			for i, r := range ranks {
				if r >= rank {
					return math.Log(shares[i])
				}
			}
			return math.NaN()
		}
		if slope := (at(5000) - at(10)) / math.Log(500); math.Abs(slope+1) > 0.1 {
			t.Errorf("from rank 10 to 5,000 the frequency falls with exponent %v, want about -1", slope)
		}
	},
	"03-independent-words": func(t *testing.T, lab *Lab) {
		words, _ := lab.Words()
		if ids, err := words.Encode(drawn(t, lab, "03-independent-words")); err != nil || len(ids) < 68 {
			t.Errorf("%d words, %v", len(ids), err)
		}
	},
	"03-cat-pairs": func(t *testing.T, lab *Lab) {
		words, _ := lab.Words()
		seen := map[string]bool{}
		for _, line := range strings.Split(drawn(t, lab, "03-cat-pairs"), "\n")[2:] {
			_, text, found := strings.Cut(strings.TrimSpace(line), "cat ")
			if !found {
				continue
			}
			ids, err := words.Encode("cat " + text)
			if err != nil || len(ids) != 20 || seen[text] {
				t.Errorf("%q: %d words, or the same twice (%v)", text, len(ids), err)
			}
			seen[text] = true
			for i := range ids[1:] {
				if words.Count(ids[i], ids[i+1]) == 0 {
					t.Errorf("the pair %q was never counted", words.Text(ids[i:i+2]))
				}
			}
		}
		if len(seen) != 5 {
			t.Errorf("%d texts begin with “cat”, want five", len(seen))
		}
	},
	"03-combinatorics": func(t *testing.T, lab *Lab) {
		text := drawn(t, lab, "03-combinatorics")
		for _, want := range []string{"1.6·10⁹", "6.4·10¹³", "1.1·10⁹²"} {
			if !strings.Contains(text, want) {
				t.Errorf("the table lacks %s", want)
			}
		}
		if m, _ := lab.Measured(); math.Pow(40_000, 20) < 1e80 || float64(m.DistinctTriples) > 6.4e13/1e6 {
			t.Error("20 words should exceed the particles, and hardly any triple be seen")
		}
	},
	"03-unseen": func(t *testing.T, lab *Lab) {
		u, err := ngram.HoldOut(lab.Novel().Text, 0.9, 5)
		if err != nil {
			t.Fatal(err)
		}
		m, _ := lab.Measured()
		for _, unseen := range [][]float64{u.Unseen, m.HeldOut.Unseen} {
			for n := 1; n < 5; n++ {
				if unseen[n] <= unseen[n-1] {
					t.Errorf("unseen shares %v do not rise", unseen)
				}
			}
			if unseen[0] > 0.1 || unseen[4] < 0.9 {
				t.Errorf("unseen shares %v, want from nearly none to nearly all", unseen)
			}
		}
		if !(u.KneserNey[1] < u.AbsoluteDiscount[1] && u.AbsoluteDiscount[1] < u.AddK[1] && u.KneserNey[2] < u.KneserNey[0]) {
			t.Errorf("perplexities: %+v", u)
		}
	},
	"04-cannonball": func(t *testing.T, lab *Lab) {
		heights, times := fit.Tower()
		for i, h := range heights {
			if g := 2 * h / (times[i] * times[i]); math.Abs(g-9.80665) > 1e-9 {
				t.Errorf("from %v m the ball falls with %v m/s²", h, g)
			}
		}
	},
	"05-printed-digits": func(t *testing.T, lab *Lab) {
		seen := map[string]bool{}
		for digit := range 10 {
			img := chart.Printed(fmt.Sprint(digit), digits.Size)
			seen[fmt.Sprint(img)] = true
			if b := img.Bounds(); b.Dx() != 28 || b.Dy() != 28 {
				t.Errorf("%d is drawn in %v", digit, b)
			}
		}
		if len(seen) != 10 {
			t.Errorf("%d different images of ten digits", len(seen))
		}
	},
	"05-sample-digits": func(t *testing.T, lab *Lab) {
		net, test, err := lab.Recogniser()
		if err != nil {
			t.Fatal(err)
		}
		right := 0
		for digit := range 10 {
			for row := range 4 {
				x, err := digits.Images(test.Nth(digit, row))
				if err != nil {
					t.Fatal(err)
				}
				if digits.Best(net.Probabilities(x).Data) == digit {
					right++
				}
			}
		}
		if right < 38 {
			t.Errorf("the net sees %d of the 40 samples as what they are said to be", right)
		}
	},
	"05-pixel-match": func(t *testing.T, lab *Lab) {
		last := 0.0
		for _, line := range strings.Split(strings.TrimSpace(drawn(t, lab, "05-pixel-match")), "\n")[2:] {
			fields := strings.Fields(line)
			var percent float64
			if _, err := fmt.Sscan(fields[len(fields)-2], &percent); err != nil {
				t.Fatal(line, err)
			}
			if strings.Contains(line, "average") {
				continue
			}
			if percent <= last {
				t.Errorf("%q is no better than the line before; the net should win", line)
			}
			last = percent
		}
		if last < 98.5 {
			t.Errorf("the net recognises %v %%", last)
		}
	},
	"05-recognise": func(t *testing.T, lab *Lab) {
		net, test, err := lab.Recogniser()
		if err != nil {
			t.Fatal(err)
		}
		if a, err := net.Accuracy(test.Images, test.Labels); err != nil || a < 0.991 {
			t.Errorf("the net recognises %v of the test images (%v), LeNet should 99.1 %%", a, err)
		}
	},
	"05-blurred-two": func(t *testing.T, lab *Lab) {
		labels := strings.Fields(drawn(t, lab, "05-blurred-two"))
		var seen []string
		for _, l := range labels {
			if strings.HasSuffix(l, ":") {
				seen = append(seen, l)
			}
		}
		if len(seen) != 12 || seen[0] != "2:" || seen[1] != "2:" || seen[10] == "2:" || seen[11] == "2:" {
			t.Errorf("the blurred 2 is seen as %v, want 2 at first and no longer at the end", seen)
		}
	},
	"06-lenet": func(t *testing.T, lab *Lab) {
		want := []string{"convolution, 20 filters of 5×5  20 × 24 × 24", "ramp  20 × 24 × 24", "pooling, 2×2  20 × 12 × 12",
			"convolution, 50 filters of 5×5  50 × 8 × 8", "ramp  50 × 8 × 8", "pooling, 2×2  50 × 4 × 4",
			"flatten  800", "linear, 500  500", "ramp  500", "linear, 10  10", "softmax  10"}
		lines := strings.Split(strings.TrimSpace(drawn(t, lab, "06-lenet")), "\n")
		if got := lines[len(lines)-11:]; strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("the layers are %q", got)
		}
	},
	"06-ones-twos": func(t *testing.T, lab *Lab) {
		_, test, err := lab.MNIST()
		if err != nil {
			t.Fatal(err)
		}
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
	"06-attractors": func(t *testing.T, lab *Lab) {
		points := plane.Random(7, lab.Rand("06-attractors"))
		for i, p := range points {
			if plane.Nearest(points, p.X, p.Y) != i {
				t.Errorf("point %d does not lie in its own region", i)
			}
		}
	},
	"06-three-points": func(t *testing.T, lab *Lab) {
		var seen [3]int
		for i := range 10_000 {
			seen[plane.Nearest(plane.Three, float64(i%100)/50-1, float64(i/100)/50-1)]++
		}
		for i, n := range seen {
			if n < 2000 {
				t.Errorf("point %d has %d of 10,000 places, want about a third", i, n)
			}
		}
	},
	"06-network": func(t *testing.T, lab *Lab) {
		net, err := plane.Small(lab.Rand("06-network"))
		if err != nil {
			t.Fatal(err)
		}
		if net.Neurons() != 8 || len(net.Weights()) != 3 || net.Agreement(plane.Three) < 0.95 {
			t.Errorf("%d neurons, %d layers of weights, %v of the plane right", net.Neurons(), len(net.Weights()), net.Agreement(plane.Three))
		}
	},
	"06-evaluate": func(t *testing.T, lab *Lab) {
		net, err := plane.Small(lab.Rand("06-network"))
		if err != nil {
			t.Fatal(err)
		}
		flow, w, params := net.Flow(0.5, 0.8), net.Weights(), net.Layers.Params()
		for k := range w { // each neuron by hand from those before it
			rows, cols := w[k].Dims()
			for j := range cols {
				sum := float64(params[2*k+1].Data[j])
				for i := range rows {
					sum += flow[k][i] * w[k].At(i, j)
				}
				if k < len(w)-1 {
					sum = math.Max(sum, 0)
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
	"06-activations": func(t *testing.T, lab *Lab) {
		g := &nn.Graph{NoGrad: true}
		for _, x := range []float32{-3, -0.5, 0, 1, 4} {
			in := nn.From([]float32{x}, 1)
			for name, pair := range map[string][2]float64{
				"sigmoid": {float64(g.Sigmoid(in).Data[0]), plane.Sigmoid(float64(x))},
				"GELU":    {float64(g.GELU(in).Data[0]), plane.GELU(float64(x))},
				"tanh":    {float64(g.Tanh(in).Data[0]), math.Tanh(float64(x))},
				"ramp":    {float64(g.ReLU(in).Data[0]), math.Max(float64(x), 0)},
			} {
				if math.Abs(pair[0]-pair[1]) > 1e-6 {
					t.Errorf("%s of %v: the net computes %v, the figure shows %v", name, x, pair[0], pair[1])
				}
			}
		}
	},
	"06-formula": func(t *testing.T, lab *Lab) {
		text := drawn(t, lab, "06-formula")
		if n := strings.Count(text, "max(0, "); n != 3*(1+4) {
			t.Errorf("the formula has %d ramps, want one for each of three neurons and of the four below each", n)
		}
	},
	"06-one-neuron": func(t *testing.T, lab *Lab) {
		for _, w := range plane.Neurons {
			f := plane.Neuron(w[0], w[1], w[2])
			if f(-1, -1) < 0 || f(1, 1) <= f(-1, -1) && w[0]+w[1] > 0 && f(1, 1) == 0 {
				t.Errorf("weights %v: %v and %v", w, f(-1, -1), f(1, 1))
			}
		}
	},
	"06-net-function": func(t *testing.T, lab *Lab) {
		net, err := plane.Small(lab.Rand("06-network"))
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range plane.Three {
			if v := net.Value(p.X, p.Y); math.Abs(v-float64(i)) > 0.3 {
				t.Errorf("at point %d the net computes %v", i, v)
			}
		}
	},
	"06-bigger-nets": func(t *testing.T, lab *Lab) {
		var right []float64
		for _, hidden := range [][]int{plane.Sizes[0], plane.Sizes[2], plane.Sizes[len(plane.Sizes)-1]} {
			net, err := plane.Train(plane.Three, hidden, 3000, lab.Rand(fmt.Sprint("06-bigger-nets ", hidden)))
			if err != nil {
				t.Fatal(err)
			}
			right = append(right, net.Agreement(plane.Three))
			if len(right) == 3 && net.Neurons() < 17 {
				t.Errorf("the last net has %d neurons", net.Neurons())
			}
		}
		if !(right[0] < right[1] && right[1] < right[2] && right[2] >= 0.97) {
			t.Errorf("nets of growing size label %v of the plane rightly", right)
		}
	},
	"06-digit-map": func(t *testing.T, lab *Lab) {
		rows := strings.Split(strings.TrimSpace(drawn(t, lab, "06-digit-map")), "\n")
		rows = rows[len(rows)-9:]
		first, last := strings.Fields(rows[0]), strings.Fields(rows[8])
		if first[0] != "4" || first[8] != "9" || last[0] != "1" || last[8] != "7" {
			t.Errorf("the corners are seen as %s, %s, %s and %s", first[0], first[8], last[0], last[8])
		}
	},
	"06-cats-dogs": func(t *testing.T, lab *Lab) {
		net, err := lab.Pets()
		if err != nil {
			t.Fatal(err)
		}
		if accuracy, err := net.Accuracy(lab.newPets()); err != nil || accuracy < 0.95 {
			t.Errorf("%v of unseen drawings are told rightly (%v)", accuracy, err)
		}
	},
	"06-cat-first-layer": func(t *testing.T, lab *Lab) {
		if f := strings.Fields(drawn(t, lab, "06-cat-first-layer")); f[len(f)-1] != "12" {
			t.Errorf("the channels are %v, the layer has 12", f)
		}
	},
	"06-cat-deep-layer": func(t *testing.T, lab *Lab) {
		_, tap, err := catAfter(lab, "", 8, 8)
		if err != nil || fmt.Sprint(tap.Shape) != "[1 32 12 12]" {
			t.Fatalf("%v, %v", tap, err)
		}
		cat, _ := lab.newPets().Picture(24)
		dog, _ := lab.newPets().Picture(1)
		net, _ := lab.Pets()
		if fmt.Sprint(net.Taps(cat)[8].Data) == fmt.Sprint(net.Taps(dog)[8].Data) {
			t.Error("a cat and a dog look the same to the layer")
		}
	},
	"06-neuron-counts": func(t *testing.T, lab *Lab) {
		text := drawn(t, lab, "06-neuron-counts")
		// 8+8+1 neurons with 2·8+8 + 8·8+8 + 8+1 weights; LeNet has
		// 20·24² + 50·8² + 500 + 10 neurons.
		for _, want := range []string{"17 105", "15230 431080"} {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	},
	"07-target": func(t *testing.T, lab *Lab) {
		levels := map[float64]bool{}
		for _, y := range targetValues(everywhere) {
			levels[y] = true
		}
		if len(levels) != 3 {
			t.Errorf("%d levels, want three steps", len(levels))
		}
	},
	"07-one-in-one-out": func(t *testing.T, lab *Lab) {
		if text := drawn(t, lab, "07-one-in-one-out"); !strings.Contains(text, "layer 0: 1 neurons") || !strings.Contains(text, "layer 3: 1 neurons") {
			t.Errorf("the net is %q", text)
		}
	},
	"07-random-weights": func(t *testing.T, lab *Lab) {
		var at []float64
		for i := range 5 {
			at = append(at, curve.Value(curve.Net(lab.Rand(fmt.Sprint("07-random-weights ", i)), 16, 16), 0.5))
			for _, other := range at[:i] {
				if math.Abs(at[i]-other) < 1e-3 {
					t.Errorf("two nets say %v", other)
				}
			}
		}
	},
	"07-stages": func(t *testing.T, lab *Lab) {
		rng := lab.Rand("07-stages")
		list, err := curve.Stages(curve.Target, curve.Net(rng, 32, 32), everywhere, []int{1000, 10_000, 100_000, 300_000}, rng)
		if err != nil {
			t.Fatal(err)
		}
		last := math.Inf(1)
		for _, s := range list {
			if e := fit.RMSE(curve.Target, everywhere, s.Values); e >= last {
				t.Errorf("after %d examples the net is %v off, before it was %v", s.Examples, e, last)
			} else {
				last = e
			}
		}
	},
	"07-loss": func(t *testing.T, lab *Lab) {
		rng := lab.Rand("07-loss")
		_, losses, err := curve.Losses(curve.Target, curve.Net(rng, 32, 32), 4000, rng)
		if err != nil || losses[len(losses)-1] > losses[0]/50 {
			t.Errorf("the loss goes from %v to %v (%v)", losses[0], losses[len(losses)-1], err)
		}
	},
	"07-landscape": func(t *testing.T, lab *Lab) {
		if at := curve.Wave.Loss(3, 0.8); at > 1e-12 {
			t.Errorf("in the deepest place the loss is %v", at)
		}
	},
	"07-descent": func(t *testing.T, lab *Lab) {
		for _, start := range []struct{ a, b, ends, within float64 }{{1.5, -0.4, 0, 0.001}, {8.3, 0.7, 0.33, 0.02}} {
			p := curve.Wave.Descend(start.a, start.b, 0.3, 300)
			for i := 1; i < len(p.Loss); i++ {
				if p.Loss[i] > p.Loss[i-1] {
					t.Errorf("from (%v, %v) step %d leads uphill", start.a, start.b, i)
				}
			}
			if end := p.Loss[len(p.Loss)-1]; math.Abs(end-start.ends) > start.within {
				t.Errorf("from (%v, %v) the path ends at %v, want %v", start.a, start.b, end, start.ends)
			}
		}
	},
	"07-gradient-check": func(t *testing.T, lab *Lab) {
		rows, err := curve.CheckGradients(curve.Net(lab.Rand("07-gradient-check"), 8, 8))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if math.Abs(r.Back-r.Tried) > 0.02*(0.05+math.Abs(r.Back)) {
				t.Errorf("%s: %v and %v", r.Name, r.Back, r.Tried)
			}
		}
	},
	"07-many-solutions": func(t *testing.T, lab *Lab) {
		nets, err := five(lab)
		if err != nil {
			t.Fatal(err)
		}
		for i, net := range nets {
			if e := curve.Error(net, curve.Target); e > 0.12 {
				t.Errorf("net %d is %v off, want all to fit within 0.12", i+1, e)
			}
		}
	},
	"07-extrapolation": func(t *testing.T, lab *Lab) {
		nets, err := five(lab)
		if err != nil {
			t.Fatal(err)
		}
		spread := func(x float64) float64 {
			lo, hi := math.Inf(1), math.Inf(-1)
			for _, net := range nets {
				v := curve.Value(net, x)
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
			return hi - lo
		}
		if inside, outside := spread(0.7), spread(3); outside < 10*inside || outside < 0.5 {
			t.Errorf("the nets differ by %v inside, %v outside", inside, outside)
		}
	},
	"04-line":      func(t *testing.T, lab *Lab) { leavesAbout(t, fit.Powers(1), 0.0966) },
	"04-quadratic": func(t *testing.T, lab *Lab) { leavesAbout(t, fit.Powers(2), 0.0247) },
	"04-wrong-form": func(t *testing.T, lab *Lab) {
		heights, times := fit.Tower()
		wrong, err := fit.Linear(wrongTerms(), heights, times)
		if err != nil {
			t.Fatal(err)
		}
		right, _ := fit.Linear(fit.Powers(2), heights, times)
		if wrong.RMSE() < 5*right.RMSE() {
			t.Errorf("with as many knobs the wrong form is %v s off, the parabola %v", wrong.RMSE(), right.RMSE())
		}
	},
	"04-knobs": func(t *testing.T, lab *Lab) {
		s, err := fit.Overfitting(7, 0.05, 200, lab.Rand("04-knobs"))
		if err != nil {
			t.Fatal(err)
		}
		for k := 1; k < 7; k++ {
			if s.Inside[k] >= s.Inside[k-1] {
				t.Errorf("inside, the error does not fall: %v", s.Inside)
			}
		}
		if s.Above[6] < 10*s.Above[2] || s.LeftOut[6] < 3*s.LeftOut[2] {
			t.Errorf("outside, the error does not show over-fitting: %v, %v", s.Above, s.LeftOut)
		}
	},
	"08-array-sizes": func(t *testing.T, lab *Lab) {
		text := strings.Join(strings.Fields(drawn(t, lab, "08-array-sizes")), " ")
		if !strings.Contains(text, "image 1×28×28 filters 20×24×24 pooled 20×12×12 filters 50×8×8 pooled 50×4×4 flat 800 linear 500 digits 10") {
			t.Errorf("the sizes are %s", text)
		}
	},
	"08-small-nets": func(t *testing.T, lab *Lab) {
		trials, err := practice.TryShapes(3, 3000, lab.Seed)
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < 4; i++ {
			if trials[i].Error >= trials[i-1].Error {
				t.Errorf("%s: %v, %s: %v; the larger should be closer", trials[i-1].Name, trials[i-1].Error, trials[i].Name, trials[i].Error)
			}
		}
		// The function has one variable, so that one number in the middle is enough.
		if trials[0].Error < 0.2 || trials[3].Error > 0.1 || trials[5].Error > 0.15 {
			t.Errorf("errors %v, %v, %v", trials[0].Error, trials[3].Error, trials[5].Error)
		}
	},
	"08-perceptron": func(t *testing.T, lab *Lab) {
		trials, err := practice.Perceptrons(3000, lab.Seed)
		if err != nil {
			t.Fatal(err)
		}
		linear, clipped := curve.Values(trials[0].Net, everywhere), curve.Values(trials[1].Net, everywhere)
		for i := 2; i < len(linear); i++ {
			if bend := linear[i] - 2*linear[i-1] + linear[i-2]; math.Abs(bend) > 1e-5 {
				t.Fatalf("the weighted sum bends by %v", bend)
			}
			if clipped[i] < 0 {
				t.Fatalf("clipped to %v", clipped[i])
			}
		}
		if trials[0].Error < 0.45 || trials[2].Error > 0.3 {
			t.Errorf("errors %v without, %v with a hidden layer", trials[0].Error, trials[2].Error)
		}
	},
	"08-monitor": func(t *testing.T, lab *Lab) {
		log, err := digits.Recorded()
		if err != nil || len(log.Images) != 100 {
			t.Fatalf("%d entries, %v", len(log.Images), err)
		}
		if last := len(log.Loss) - 1; log.Loss[last] > log.Loss[0]/20 || log.Left[last] > 0.01 || log.PerSecond[last] < 100 {
			t.Errorf("it ends with loss %v, %v s left, %v images a second", log.Loss[last], log.Left[last], log.PerSecond[last])
		}
	},
	"08-loss-functions": func(t *testing.T, lab *Lab) {
		train, held, err := lab.examples(10_000, 2000)
		if err != nil {
			t.Fatal(err)
		}
		curves, err := practice.Losses(train, held, lab.Seed)
		if err != nil || len(curves) != 3 {
			t.Fatalf("%d curves, %v", len(curves), err)
		}
		for _, c := range curves {
			if end := c.Y[len(c.Y)-1]; end < 0.8 || end < c.Y[0] {
				t.Errorf("%s goes from %v to %v", c.Name, c.Y[0], end)
			}
		}
	},
	"08-step-size": func(t *testing.T, lab *Lab) {
		train, _, err := lab.examples(10_000, 1)
		if err != nil {
			t.Fatal(err)
		}
		end := func(c practice.Curve) float64 { return c.Y[len(c.Y)-1] }
		rates := practice.Rates(train, 32, []float64{0.003, 0.03, 0.3, 3}, lab.Seed)
		if !(end(rates[2]) < end(rates[1]) && end(rates[1]) < end(rates[0]) && end(rates[2]) < end(rates[3])) {
			t.Errorf("losses at the end, by rate: %v %v %v %v", end(rates[0]), end(rates[1]), end(rates[2]), end(rates[3]))
		}
		batches := practice.Batches(train, []int{4, 32, 256}, 0.1, lab.Seed)
		if !(end(batches[0]) < end(batches[1]) && end(batches[1]) < end(batches[2])) {
			t.Errorf("losses at the end, by batch: %v %v %v", end(batches[0]), end(batches[1]), end(batches[2]))
		}
	},
	"08-augmentation": func(t *testing.T, lab *Lab) {
		curves, err := copies(lab)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range curves[0].X {
			if curves[1].Y[i] < curves[0].Y[i]+0.02 {
				t.Errorf("with %v examples: %v as they are, %v varied", n, curves[0].Y[i], curves[1].Y[i])
			}
		}
	},
	"08-transfer": func(t *testing.T, lab *Lab) {
		curves, err := transferred(lab)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range curves[0].X {
			if curves[1].Y[i] < curves[0].Y[i]+0.02 {
				t.Errorf("with %v examples: %v from nothing, %v on features", n, curves[0].Y[i], curves[1].Y[i])
			}
		}
	},
	"08-power-laws": func(t *testing.T, lab *Lab) {
		laws, err := powers(lab)
		if err != nil {
			t.Fatal(err)
		}
		for _, law := range laws {
			if law.Exponent > -0.3 || law.Exponent < -1 || law.Error > 0.15 {
				t.Errorf("%s: exponent %v ± %v", law.Name, law.Exponent, law.Error)
			}
		}
	},
	"08-precision": func(t *testing.T, lab *Lab) {
		shares, err := accuracies(lab)
		if err != nil {
			t.Fatal(err)
		}
		full, eight, two := shares[0], shares[2], shares[len(shares)-1]
		if eight < full-0.002 || two > full-0.1 {
			t.Errorf("recognised with 32, 8 and 2 bits: %v, %v, %v", full, eight, two)
		}
	},
	"08-irreducible": func(t *testing.T, lab *Lab) {
		// The middle column of rule 30: OEIS A051023.
		want := []float32{1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1}
		for i, row := range practice.Automaton(30, 140)[:len(want)] {
			if row[140] != want[i] {
				t.Errorf("step %d: the middle is %v", i, row[140])
			}
		}
	},
	"01-next-words": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		list, err := m.Guesses(prompt, 0)
		if err != nil || len(list) != m.Vocab() {
			t.Fatalf("%d guesses, %v", len(list), err)
		}
		sum := 0.0
		for i, g := range list {
			if sum += g.P; i > 0 && g.P > list[i-1].P {
				t.Fatalf("guess %d is more probable than the one before", i)
			}
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("the probabilities sum to %v", sum)
		}
		if text := drawn(t, lab, "01-next-words"); !strings.Contains(text, "4.45 %") || !strings.Contains(text, transformer.Visible(list[0].Text)) {
			t.Errorf("the table is\n%s", text)
		}
	},
	"01-greedy-steps": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		list, err := m.Steps(prompt, 7, lm.Sampling{}, nil)
		if err != nil || len(list) != 7 {
			t.Fatal(list, err)
		}
		text := prompt
		for _, g := range list { // each is the most probable after the text so far
			best, err := m.Guesses(text, 1)
			if err != nil || best[0].ID != g.ID || math.Abs(best[0].P-g.P) > 1e-5 {
				t.Errorf("after %q: %v, the most probable is %v", text, g, best)
			}
			text += g.Text
		}
	},
	"01-greedy-text": func(t *testing.T, lab *Lab) {
		text, err := longText(lab, "01-greedy-text", lm.Sampling{})
		if share := lm.Repeated(strings.Fields(text), 4); err != nil || share < 0.3 {
			t.Errorf("%v of the runs of four words occur more than once, %v", share, err)
		}
	},
	"01-sampled-steps": func(t *testing.T, lab *Lab) {
		if a, b := drawn(t, lab, "01-sampled-steps"), drawn(t, NewLab(lab.Seed), "01-sampled-steps"); a != b {
			t.Errorf("the same seed gives %q and %q", a, b)
		}
	},
	"01-sampled-five": func(t *testing.T, lab *Lab) {
		lines := strings.Split(strings.TrimSpace(drawn(t, lab, "01-sampled-five")), "\n")
		texts := map[string]bool{}
		for _, l := range lines[len(lines)-5:] {
			_, text, _ := strings.Cut(l, "ability to")
			texts[text] = true
		}
		if len(texts) != 5 {
			t.Errorf("%d different texts of five", len(texts))
		}
	},
	"01-sampled-text": func(t *testing.T, lab *Lab) {
		greedy, _ := longText(lab, "01-greedy-text", lm.Sampling{})
		sampled, err := longText(lab, "01-sampled-text", warm)
		if a, b := lm.Repeated(strings.Fields(greedy), 4), lm.Repeated(strings.Fields(sampled), 4); err != nil || b >= a/2 {
			t.Errorf("repeated: greedy %v, sampled %v, %v", a, b, err)
		}
	},
	"01-rank-power-law": func(t *testing.T, lab *Lab) {
		if _, law, err := rankLaw(lab); err != nil || math.Abs(law.Exponent+1) > 0.35 || law.Error > 0.1 {
			t.Errorf("exponent %v ± %v, %v; want about -1", law.Exponent, law.Error, err)
		}
	},
	"01-temperature": func(t *testing.T, lab *Lab) {
		last := -1.0
		for _, temp := range temperatures {
			p, err := atTemperature(lab, temp)
			h := lm.Entropy(p)
			if err != nil || h <= last {
				t.Errorf("at %v the entropy is %v, before %v; %v", temp, h, last, err)
			}
			last = h
		}
	},
	"01-larger-models": func(t *testing.T, lab *Lab) {
		text := drawn(t, lab, "01-larger-models")
		for _, name := range models.Names() {
			if !strings.Contains(text, name) {
				t.Errorf("%s is not in the table", name)
			}
		}
	},
	"10-tokens": func(t *testing.T, lab *Lab) {
		n, err := wholeWords(lab)
		if err != nil || n < 3000 || n > 20_000 {
			t.Errorf("%d whole words, %v", n, err)
		}
		if text := drawn(t, lab, "10-tokens"); !strings.Contains(text, "crocod") || strings.Contains(text, "crocodiles") {
			t.Errorf("the table is\n%s", text)
		}
	},
	"10-embedding-diagram": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		if text := drawn(t, lab, "10-embedding-diagram"); !strings.Contains(text, fmt.Sprintf("%d × %d", m.Vocab(), m.Config.Width)) {
			t.Errorf("the sizes are not the model's:\n%s", text)
		}
	},
	"10-hello-bye": func(t *testing.T, lab *Lab) {
		_, trace, err := traced(lab)
		if err != nil || len(trace.Tokens) != 20 {
			t.Fatal(err)
		}
		if !slices.Equal(trace.Token[0], trace.Token[9]) || slices.Equal(trace.Token[9], trace.Token[10]) || slices.Equal(trace.Place[0], trace.Place[1]) {
			t.Error("equal tokens must have equal vectors, other tokens and places others")
		}
		for i, row := range trace.Sum {
			for k, v := range row {
				if v != trace.Token[i][k]+trace.Place[i][k] {
					t.Fatalf("the sum of row %d is not one", i)
				}
			}
		}
	},
	"10-block-diagram": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		text := drawn(t, lab, "10-block-diagram")
		for _, want := range []string{fmt.Sprint(m.Heads, " attention heads"), fmt.Sprintf("%d × %d", m.Config.Width, m.Hidden()), "GELU"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	},
	"10-head-patterns":    causal,
	"10-blocks-attention": causal,
	"10-weight-matrix": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		w := m.Joined(0)
		_, _, s := w.Spread()
		if w.Rows != m.Config.Width || w.Cols != m.Config.Width || s == 0 {
			t.Errorf("%d × %d weights of deviation %v", w.Rows, w.Cols, s)
		}
	},
	"10-weight-average": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		w, size := m.Joined(0), window(m)
		a := w.Averaged(size)
		sum := 0.0
		for i := 3; i < 3+size; i++ {
			for j := 7; j < 7+size; j++ {
				sum += w.At(i, j)
			}
		}
		if got := a.At(3, 7); math.Abs(got-sum/float64(size*size)) > 1e-6 || a.Rows != w.Rows-size+1 {
			t.Errorf("the average at (3, 7) is %v, want %v", got, sum/float64(size*size))
		}
	},
	"10-blocks-weights": func(t *testing.T, lab *Lab) {
		if n := strings.Count(drawn(t, lab, "10-blocks-weights"), "block "); n != gpt(t, lab).Blocks {
			t.Errorf("%d blocks", n)
		}
	},
	"10-weight-sizes": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		xs, density, s := m.Joined(m.Blocks - 1).Spread()
		total := 0.0
		for _, d := range density {
			total += d * (xs[1] - xs[0])
		}
		if total < 0.97 || total > 1.0001 || s <= 0 {
			t.Errorf("the density sums to %v, deviation %v", total, s)
		}
	},
	"10-architecture": func(t *testing.T, lab *Lab) {
		if got := coreLayers(transformer.Config{Blocks: 96}); got < 380 || got > 420 {
			t.Errorf("GPT-3 has %d layers on the longest path, the essay says about 400", got)
		}
		if n := strings.Count(drawn(t, lab, "10-architecture"), "block "); n != gpt(t, lab).Blocks {
			t.Errorf("%d blocks", n)
		}
	},
	"10-logit-lens": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		lens, err := m.Lens(lensText)
		if err != nil || len(lens) != m.Blocks+1 {
			t.Fatalf("%d rows, %v", len(lens), err)
		}
		best, err := m.Guesses(lensText, 1)
		last := lens[m.Blocks]
		if end := last[len(last)-1]; err != nil || end.ID != best[0].ID || math.Abs(end.P-best[0].P) > 1e-5 {
			t.Errorf("after all blocks it is %v, the model says %v", end, best)
		}
	},
	"11-learning-curve": func(t *testing.T, lab *Lab) {
		log, err := small.Log()
		if err != nil || len(log.Points) < 10 {
			t.Fatalf("%d points, %v", len(log.Points), err)
		}
		first, last := log.Points[0], log.Points[len(log.Points)-1]
		if last.HeldOut > first.HeldOut-3 || last.HeldOut < 2 {
			t.Errorf("the held-out loss goes from %v to %v", first.HeldOut, last.HeldOut)
		}
		if m := gpt(t, lab); log.Config != m.Config {
			t.Errorf("the log is of %+v, the model is %+v", log.Config, m.Config)
		}
	},
	"11-samples": func(t *testing.T, lab *Lab) {
		if n := strings.Count(drawn(t, lab, "11-samples"), "The best thing about"); n < 5 {
			t.Errorf("%d samples", n)
		}
	},
	"11-cost": func(t *testing.T, lab *Lab) {
		if got := transformer.TrainingCost(175e9, 300e9); got < 3e23 || got > 3.3e23 { // 3.14·10²³, Brown et al. 2020, table D.1
			t.Errorf("GPT-3 takes %v operations", got)
		}
		if a, b := transformer.TrainingCost(1e6, 1e6), transformer.TrainingCost(1e7, 1e7); b != 100*a {
			t.Errorf("ten times n makes %v of %v", b, a)
		}
	},
}

func leavesAbout(t *testing.T, terms []fit.Term, want float64) {
	heights, times := fit.Tower()
	f, err := fit.Linear(terms, heights, times)
	if err != nil || math.Abs(f.RMSE()-want) > 1e-4 {
		t.Errorf("leaves %v s (%v), want %v", f.RMSE(), err, want)
	}
}

func letters(t *testing.T, lab *Lab) letterfreq.Counts {
	t.Helper()
	table, err := lab.Letters()
	if err != nil {
		t.Fatal(err)
	}
	return letterfreq.FromMap(table.LetterCounts()).Without(' ')
}

// leads checks that the letters of want are among the first n.
func leads(t *testing.T, c letterfreq.Counts, want string, n int) {
	t.Helper()
	for _, letter := range want {
		if r := c.Rank(letter); r == 0 || r > n {
			t.Errorf("%c is number %d, want it among the first %d", letter, r, n)
		}
	}
}

func gpt(t *testing.T, lab *Lab) *transformer.Model {
	t.Helper()
	m, err := lab.GPT()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// causal: rows of attention sum to 1, and nobody sees what comes later.
func causal(t *testing.T, lab *Lab) {
	_, trace, err := traced(lab)
	if err != nil {
		t.Fatal(err)
	}
	for b, heads := range trace.Attention {
		for h, rows := range heads {
			for i, row := range rows {
				sum := 0.0
				for j, w := range row {
					if sum += float64(w); j > i && w != 0 {
						t.Fatalf("block %d, head %d: place %d sees place %d", b, h, i, j)
					}
				}
				if math.Abs(sum-1) > 1e-5 {
					t.Fatalf("block %d, head %d: the weights of place %d sum to %v", b, h, i, sum)
				}
			}
		}
	}
}

// drawn is the text form of a figure, without its title.
func drawn(t *testing.T, lab *Lab, id string) string {
	t.Helper()
	list, err := Select([]string{id}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := list[0].Draw(lab)
	if err != nil {
		t.Fatal(err)
	}
	text := d.Text()
	if list[0].Kind == "text" {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}

// lab1 is shared by the tests, so that what takes long is computed once.
var lab1 = NewLab(1)

// long says that tests may take minutes.
var long = os.Getenv("ONEWORD_LONG") != ""

// The figures are those of a machine without the large models.
func TestMain(m *testing.M) {
	os.Setenv("HF_HUB_CACHE", filepath.Join(os.TempDir(), "no such cache"))
	os.Exit(m.Run())
}

func TestFacts(t *testing.T) {
	for _, f := range All() {
		t.Run(f.ID, func(t *testing.T) {
			check, ok := facts[f.ID]
			if !ok {
				t.Fatal("no fact is checked")
			}
			if testing.Short() && f.Chapter > 4 {
				t.Skip("takes long under the race detector; the packages below have tests of their own")
			}
			check(t, lab1)
		})
	}
	if len(facts) != len(All()) {
		t.Errorf("%d facts for %d figures", len(facts), len(All()))
	}
}

// Every figure is drawn as the gallery has it, has a caption with its source
// and, if anything is random, its seed; and another seed gives another picture.
func TestGalleryIsUpToDate(t *testing.T) {
	if testing.Short() {
		t.Skip("draws all figures twice")
	}
	same, err := Comparable("../gallery")
	if err != nil {
		t.Fatal(err)
	}
	svgs, captions := map[string][]byte{}, map[string]string{}
	var again []Figure
	Run(context.Background(), lab1, All(), func(r Result) {
		if r.Err != nil {
			t.Error(r.Err)
			return
		}
		svg, err := chart.SVG(r.Picture)
		if err != nil {
			t.Error(r.ID, err)
			return
		}
		golden, err := os.ReadFile(filepath.Join("..", "gallery", r.ID+".svg"))
		if err != nil || same(r.ID) && !bytes.Equal(svg, golden) {
			t.Errorf("%s: not as in the gallery (%v); `go run ./cmd/essay` draws it anew, then look at it", r.ID, err)
		}
		caption := r.Caption.String()
		if strings.Contains(caption, "\n") || len(caption) < 60 || !strings.HasSuffix(caption, ".") {
			t.Errorf("%s: the caption is not one full line: %q", r.ID, caption)
		}
		if !strings.Contains(caption, "Source") && !strings.Contains(caption, "Seed") && !strings.Contains(caption, "No randomness") && !strings.Contains(caption, "words of English") {
			t.Errorf("%s: the caption names neither source nor seed: %q", r.ID, caption)
		}
		if zh := r.Caption.In("zh"); !chineseText(zh) || strings.Contains(zh, "%!") || !strings.HasSuffix(zh, "。") || !chineseText(title(r.Title, "zh")) {
			t.Errorf("%s: not in Chinese: %q, %q", r.ID, title(r.Title, "zh"), zh)
		}
		svgs[r.ID], captions[r.ID] = svg, caption
		if long || r.Seconds < 0.2 {
			again = append(again, r.Figure)
		}
	})
	Run(context.Background(), NewLab(2), again, func(r Result) {
		if r.Err != nil {
			t.Error(r.Err)
		} else if svg, _ := chart.SVG(r.Picture); bytes.Equal(svg, svgs[r.ID]) == strings.Contains(captions[r.ID], "Seed") {
			t.Errorf("%s: depends on the seed otherwise than its caption says", r.ID)
		}
	})
}

// Where a gallery was drawn by another kind of processor, only exact figures are
// compared with it.
func TestComparable(t *testing.T) {
	dir := t.TempDir()
	for processor, want := range map[string]bool{Processor(): true, "abacus, wood": false} {
		page := `<meta name="generator" content="oneword: ` + processor + `">`
		if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		same, err := Comparable(dir)
		if err != nil || !same("02-cat-letters") || same("06-network") != want {
			t.Errorf("%s: %v", processor, err)
		}
	}
	if _, err := Comparable(t.TempDir()); err == nil {
		t.Error("a folder without a gallery passed")
	}
	for _, id := range exact {
		if _, err := Select([]string{id}, nil); err != nil {
			t.Error(err)
		}
	}
}

func TestCatalogue(t *testing.T) {
	seen := map[string]bool{}
	kinds := map[string]bool{"plot": true, "image": true, "diagram": true, "table": true, "text": true, "3d": true}
	for _, f := range All() {
		if seen[f.ID] || !strings.HasPrefix(f.ID, fmt.Sprintf("%02d-", f.Chapter)) || f.Title == "" || !kinds[f.Kind] {
			t.Errorf("%+v: the ID stands twice or has another chapter, or title or kind are missing", f)
		}
		seen[f.ID] = true
		for _, name := range f.Needs {
			if s := sources([]string{name}); s == "computed, no data" {
				t.Errorf("%s needs %q, which is not in data.Sources", f.ID, name)
			}
		}
	}
	if got, err := Select([]string{"03-unseen", "02-cat-letters"}, []int{4}); err != nil || len(got) != 7 || got[0].ID != "02-cat-letters" {
		t.Errorf("selected %d figures, %v", len(got), err)
	}
	if _, err := Select([]string{"cat-letters"}, nil); err == nil || !strings.Contains(err.Error(), "02-cat-letters") {
		t.Errorf("a part of an ID: %v", err)
	}
	if _, err := Select(nil, []int{99}); err == nil {
		t.Error("a chapter that is not there passed")
	}
}

// chineseText says whether a text has Chinese characters, and no English
// sentence left in it.
func chineseText(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !strings.Contains(s, "randomness") && !strings.Contains(s, "Seed ")
}

func TestChapterTitlesInChinese(t *testing.T) {
	for _, c := range Chapters() {
		if !chineseText(title(c.Title, "zh")) {
			t.Errorf("chapter %d is called %q", c.Number, title(c.Title, "zh"))
		}
	}
}

func TestRunGoesOnAfterFailure(t *testing.T) {
	broken := []Figure{
		{ID: "a", Draw: func(*Lab) (chart.Drawing, Caption, error) { panic("oh") }},
		{ID: "b", Draw: func(*Lab) (chart.Drawing, Caption, error) { return nil, Caption{}, os.ErrNotExist }},
		{ID: "c", Draw: func(*Lab) (chart.Drawing, Caption, error) { return chart.Prose("x"), say("A caption."), nil }},
	}
	g, err := OpenGallery(t.TempDir(), []string{"svg", "png"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	Run(context.Background(), NewLab(1), broken, func(r Result) {
		if err := g.Add(r); err != nil {
			failed++
			if !strings.Contains(err.Error(), "figure "+r.ID) {
				t.Errorf("the error does not name the figure: %v", err)
			}
		}
	})
	if failed != 2 {
		t.Errorf("%d figures failed, want two", failed)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	Run(ctx, NewLab(1), broken[2:], func(r Result) {
		if r.Err == nil {
			t.Error("drawn although called off")
		}
	})
}

func TestGalleryKeepsWhatIsNotDrawnAnew(t *testing.T) {
	dir := t.TempDir()
	for i, id := range []string{"04-line", "04-cannonball"} {
		g, err := OpenGallery(dir, []string{"svg"}, 1)
		if err != nil {
			t.Fatal(err)
		}
		list, _ := Select([]string{id}, nil)
		Run(context.Background(), NewLab(1), list, func(r Result) {
			if err := g.Add(r); err != nil {
				t.Error(err)
			}
		})
		page, err := g.Close("en")
		if err != nil {
			t.Fatal(err)
		}
		html, _ := os.ReadFile(page)
		if n := strings.Count(string(html), "<figure"); n != i+1 {
			t.Errorf("after %d figures the page has %d", i+1, n)
		}
		os.Remove(filepath.Join(dir, "index.json")) // the page alone will do
	}
	os.WriteFile(filepath.Join(dir, "index.json"), []byte("["), 0o644)
	if _, err := OpenGallery(dir, []string{"svg"}, 1); err == nil || !strings.Contains(err.Error(), "index.json") {
		t.Errorf("a damaged index: %v", err)
	}
	for _, formats := range [][]string{nil, {"gif"}} {
		if _, err := OpenGallery(dir, formats, 1); err == nil {
			t.Errorf("formats %v passed", formats)
		}
	}
}
