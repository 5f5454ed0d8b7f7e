package embeddings

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/embedding/vectors"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/ngram"
	"oneword/nn/digits"
	"oneword/transformer"
)

// fill finds what stood in the blanks of a pattern such as "the ___ cat": all runs
// of words that fit, the most frequent first, and the share of each.
func fill(table *ngram.Table, pattern string) (runs [][]int, shares []float64) {
	words := table.Symbols()
	runs = [][]int{nil}
	for _, wanted := range strings.Fields(pattern) {
		var longer [][]int
		for _, run := range runs {
			next, _ := table.Followers(run...)
			for _, id := range next {
				if word := words[id]; word == wanted || wanted == "___" && word != ngram.Unknown {
					longer = append(longer, append(slices.Clone(run), int(id)))
				}
			}
		}
		runs = longer
	}
	all := 0.0
	for _, run := range runs {
		all += float64(table.Count(run...))
	}
	slices.SortStableFunc(runs, func(a, b []int) int {
		return cmp.Compare(table.Count(b...), table.Count(a...))
	})
	for _, run := range runs {
		shares = append(shares, float64(table.Count(run...))/all)
	}
	return runs, shares
}

// FillIn is figure 09-fill-in: words that stand most often in a blank.
func FillIn(lab labs.Lab, show labs.Show) {
	table, percent := lab.Words(), func(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }
	t := chart.Table("the ___ cat", "share", "black ___", "share", "___ black ___", "share").Right(1, 3, 5).
		Title("Which word is missing?")
	between, p := fill(table, "the ___ cat")
	after, q := fill(table, "black ___")
	around, r := fill(table, "___ black ___")
	for i := range min(8, len(between)) {
		t.Row(table.Decode(between[i][1:2]), percent(p[i]), table.Decode(after[i][1:]), percent(q[i]),
			table.Decode(around[i]), percent(r[i]))
	}
	show(t)
}

// Training is figure 09-training: how good the vectors became as they were learned.
func Training(lab labs.Lab, show labs.Show) {
	log, questions := must.Get(vectors.Recorded()), 0
	words := log.Points.Column("seen")
	for i := range words {
		words[i] /= 1e6
	}
	left := chart.Plot().Labels("million words read", "loss of a held-out pair, nats").LogX().
		Line("", words, log.Points.Column("loss"))
	right := chart.Plot().Labels("million words read", "agreement").LogX().
		Line("similarities (Spearman)", words, log.Points.Column("similarity")).
		Line("analogies answered", words, log.Points.Column("analogies"))
	for _, r := range judged.Relations() { // any two pairs of a relation make a question
		questions += len(r.Pairs) * (len(r.Pairs) - 1)
	}
	show(chart.Panels(2, left, right).Wide().Title("Learning the vectors of words"), labs.Values{
		"drawn": log.Negatives, "window": log.Window, "numbers": log.Dim, "millions": float64(log.Words) / 1e6,
		"times": log.Epochs, "pairs": len(judged.Pairs()), "analogies": questions, "recordedSeed": log.Seed})
}

// LearnYourself learns vectors from a novel.
func LearnYourself(lab labs.Lab, show labs.Show) {
	novel := must.Get(embedding.NewCorpus(3000, 5, strings.NewReader(lab.Novel().Text)))
	how := embedding.DefaultSkipGram()
	how.Epochs, how.Seed = 30, lab.Seed()
	vectors := must.Get(how.Train(novel, nil))
	for _, word := range []string{"tom", "said", "cave", "sunday"} {
		show.Println(word, must.Get(vectors.Neighbours(word, 5)))
	}
}

// Neighbours is figure 09-neighbours: the nearest words of some.
func Neighbours(lab labs.Lab, show labs.Show) {
	v, t := lab.Vectors(), chart.Table("word", "nearest words, and the cosine").Title("Who is near whom?")
	for _, word := range []string{"alligator", "turnip", "eagle", "king", "london", "happy"} {
		var list []string
		for _, n := range must.Get(v.Neighbours(word, 5)) {
			list = append(list, n.String())
		}
		t.Row(word, strings.Join(list, ", "))
	}
	crocodile := func(n embedding.Neighbour) bool { return n.Word == "crocodile" }
	show(t, labs.Values{
		"alligatorCrocodile": must.Get(v.Cosine("alligator", "crocodile")),
		"crocodileRank":      1 + slices.IndexFunc(must.Get(v.Neighbours("alligator", v.Len())), crocodile),
		"turnipEagle":        must.Get(v.Cosine("turnip", "eagle")),
	})
}

// Ask answers about words of one's own, as often as they are changed.
func Ask(lab labs.Lab, show labs.Show) {
	v := lab.Vectors()
	talk := live.NewTalk(live.Field("near", "cat"), live.Field("or", "man"), live.Field("is to", "king"),
		live.Field("as", "woman"))
	show(talk)
	for talk.Next() {
		near, err1 := v.Neighbours(talk.Text("near"), 6)
		like, err2 := v.Analogy(talk.Text("or"), talk.Text("is to"), talk.Text("as"), embedding.CosAdd, 6)
		t := chart.Table("near "+talk.Text("near"), talk.Text("as")+" is to").Title("Asked for")
		for i := range min(len(near), len(like)) {
			t.Row(near[i], like[i])
		}
		if err := errors.Join(err1, err2); err != nil {
			t.Row(err, "")
		}
		talk.Draw(t)
	}
}

// WordMap is figure 09-word-map: words of ten kinds in the plane.
func WordMap(lab labs.Lab, show labs.Show) {
	words, _ := embedding.Flatten(judged.Categories())
	vectors := must.Get(lab.Vectors().Matrix(words...))
	places := must.Get(embedding.TSNE{Perplexity: 12}.Embed(embedding.Unit(vectors)))
	m := chart.Map().Title("Words laid out by meaning")
	for _, c := range judged.Categories() {
		m.Group("", places[:len(c.Words)], c.Words)
		places = places[len(c.Words):]
	}
	show(m)
}

// recognised are the first n test images of a digit that the net recognises.
func recognised(lab labs.Lab, digit, n int) (images [][]byte) {
	test := lab.TestDigits()
	for i, label := range test.Labels {
		if int(label) == digit && len(images) < n {
			image := test.Images[i*digits.Pixels : (i+1)*digits.Pixels]
			if p := must.Get(lab.Digits().Features("softmax", image)); lm.ArgMax(p[0]) == digit {
				images = append(images, image)
			}
		}
	}
	return images
}

// clearest is the image whose number for a digit, before softmax, is farthest above
// all others.
func clearest(lab labs.Lab, digit int, images [][]byte) []byte {
	best, lead := 0, math.Inf(-1)
	for i, row := range must.Get(lab.Digits().Features("linear2", images...)) {
		others := slices.Concat(row[:digit], row[digit+1:])
		if d := row[digit] - slices.Max(others); d > lead {
			best, lead = i, d
		}
	}
	return images[best]
}

// DigitOutput is figure 09-digit-output: the ten numbers that the net says of a 4.
func DigitOutput(lab labs.Lab, show labs.Show) {
	net, rest := lab.Digits(), 0.0
	four := clearest(lab, 4, recognised(lab, 4, 100))
	before, p := must.Get(net.Features("linear2", four)), must.Get(net.Features("softmax", four))
	t := chart.Table("digit", "before softmax", "probability").Right(0, 1, 2).
		Title("What the digit net says of a 4")
	for d := range 10 {
		t.Row(d, fmt.Sprintf("%.2f", before[0][d]), chart.Scientific(p[0][d]))
		if d != 4 {
			rest = max(rest, p[0][d])
		}
	}
	show(t, labs.Values{"rest": chart.Scientific(rest)})
}

// DigitSignatures is figure 09-digit-signatures: these numbers for fours and eights.
func DigitSignatures(lab labs.Lab, show labs.Show) {
	grid := chart.Images(4).Title("The numbers before the answer")
	for _, digit := range []int{4, 8} {
		images := recognised(lab, digit, 8)
		numbers := must.Get(lab.Digits().Features("linear2", images...))
		for i, image := range images {
			grid.Add(chart.Below(chart.Stretched(chart.Bytes(image, digits.Size), 5, 5),
				chart.Strip(numbers[i], 14, 28)), "")
		}
	}
	show(grid)
}

// DigitSpace is figure 09-digit-space, which responds: images of all digits as
// points.
func DigitSpace(lab labs.Lab, show labs.Show) {
	var points [][]float64
	for digit := range 10 {
		images := recognised(lab, digit, 40)
		points = append(points, must.Get(lab.Digits().Features("linear1", images...))...)
	}
	places, explained := must.Get2(embedding.PCA(points, 3))
	s := chart.Space().Title("A space of digits")
	for d := range 10 {
		s.Group(fmt.Sprint(d), places[40*d:40*d+40], nil).Colour(chart.Magnitude(float64(d) / 9.6))
	}
	show(live.Space(s), labs.Values{"explained": 100 * (explained[0] + explained[1] + explained[2])})
}

// RawVectors is figure 09-raw-vectors: the numbers of three words.
func RawVectors(lab labs.Lab, show labs.Show) {
	m, grid := lab.GPT(), chart.Images(1).Title("Three words as numbers")
	for _, word := range []string{" cat", " dog", " chair"} {
		rows := must.Get(m.TokenEmbeddings(word))
		grid.Add(chart.Stretched(chart.Signs(transformer.RowsOf(rows[len(rows)-1:])), 2, 40),
			strings.TrimSpace(word))
	}
	show(grid, labs.Values{"numbers": m.Config.Width})
}

// Exercise counts neighbours instead of learning.
func Exercise(lab labs.Lab, show labs.Show) {
	novel := must.Get(embedding.NewCorpus(3000, 5, strings.NewReader(lab.Novel().Text)))
	vectors := must.Get(embedding.PPMI{Dim: 100, Window: 5, Shift: 1, Seed: lab.Seed()}.Train(novel))
	for _, word := range []string{"tom", "said", "cave", "sunday"} {
		show.Println(word, must.Get(vectors.Neighbours(word, 5)))
	}
}
