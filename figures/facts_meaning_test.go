package figures

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"

	"oneword/data"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/embedding/vectors"
	"oneword/lm"
	"oneword/transformer/feedback"
	"oneword/transformer/grammar"
	"oneword/transformer/parens"
)

func init() { maps.Copy(facts, factsOfMeaning) }

// vectors are the vectors of the figures.
func wordVectors(t *testing.T, lab *Lab) *embedding.Vectors {
	t.Helper()
	v, err := lab.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	return v
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

var factsOfMeaning = map[string]fact{
	"09-word-map": func(t *testing.T, lab *Lab) {
		points, kind, err := placedWords(wordVectors(t, lab), judged.Kinds())
		if err != nil {
			t.Fatal(err)
		}
		if share := nearestOwn(points, kind); share < 0.85 {
			t.Errorf("like with like: %.2f of the words", share)
		}
	},
	"09-neighbours": func(t *testing.T, lab *Lab) {
		v := wordVectors(t, lab)
		together, _ := v.Cosine("alligator", "crocodile")
		apart, _ := v.Cosine("turnip", "eagle")
		if together < 0.5 || apart > 0.3 {
			t.Errorf("alligator and crocodile %.2f, turnip and eagle %.2f", together, apart)
		}
		near, _ := v.Neighbours("alligator", v.Len()/500)
		if !slices.ContainsFunc(near, func(n embedding.Neighbour) bool { return n.Word == "crocodile" }) {
			t.Error("the crocodile is not among the nearest 0.2 % of the alligator")
		}
	},
	"09-digit-output": func(t *testing.T, lab *Lab) {
		net, images, err := recognised(lab, 4, 100)
		if err != nil || len(images) != 100 {
			t.Fatalf("%d images, %v", len(images), err)
		}
		before, err := net.Layer(logits, images...)
		if err != nil {
			t.Fatal(err)
		}
		p, err := net.Layer(probabilities, images...)
		if err != nil {
			t.Fatal(err)
		}
		for i := range p {
			// Softmax: probabilities are exponentials of the numbers before it.
			if got, want := math.Log(p[i][4]/p[i][9]), before[i][4]-before[i][9]; math.Abs(got-want) > 1e-3 {
				t.Errorf("image %d: the logarithm of the ratio is %v, the difference before softmax %v", i, got, want)
			}
		}
		clearest, err := net.Clearest(4, images...)
		if err != nil {
			t.Fatal(err)
		}
		surest, _ := net.Layer(probabilities, clearest)
		if rest := slices.Max(append(slices.Clone(surest[0][:4]), surest[0][5:]...)); rest > 1e-8 {
			t.Errorf("of a clear 4 the net gives another digit %v", rest)
		}
	},
	"09-digit-signatures": func(t *testing.T, lab *Lab) {
		var rows [][]float64
		var digit []int
		for _, d := range []byte{4, 8} {
			net, images, err := recognised(lab, d, alike)
			if err != nil {
				t.Fatal(err)
			}
			numbers, err := net.Layer(logits, images...)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range numbers {
				rows, digit = append(rows, row), append(digit, int(d))
			}
		}
		if silhouette, nearest := embedding.Separation(rows, digit); silhouette < 0.6 || nearest != 1 {
			t.Errorf("4s alike, unlike 8s: silhouette %.2f, nearest %.2f", silhouette, nearest)
		}
	},
	"09-digit-space": func(t *testing.T, lab *Lab) {
		points, err := digitPlaces(lab)
		if err != nil || len(points) != 10*spacePoints {
			t.Fatalf("%d points, %v", len(points), err)
		}
		var digit []int
		for i := range points {
			digit = append(digit, i/spacePoints)
		}
		if _, nearest := embedding.Separation(points, digit); nearest < 0.97 {
			t.Errorf("of %.3f the nearest is the same digit", nearest)
		}
	},
	"09-fill-in": func(t *testing.T, lab *Lab) {
		table, err := lab.Words()
		if err != nil {
			t.Fatal(err)
		}
		words, shares, err := table.Fill("the", "cat", 100)
		if err != nil || !slices.Contains(words, "black") || !slices.Contains(words, "old") {
			t.Errorf("the ___ cat: %q, %v", words, err)
		}
		if floats.Sum(shares) > 1+1e-9 || !slices.IsSortedFunc(shares, func(a, b float64) int { return cmp.Compare(b, a) }) {
			t.Errorf("shares %v", shares)
		}
	},
	"09-raw-vectors": func(t *testing.T, lab *Lab) {
		m := gpt(t, lab)
		for _, w := range rawWords {
			rows, err := m.TokenVectors(w)
			if err != nil || len(rows) == 0 || len(rows[0]) != m.Config.Width {
				t.Errorf("%q: %d vectors, %v", w, len(rows), err)
			}
		}
	},
	"09-training": func(t *testing.T, lab *Lab) {
		log, err := vectors.Recorded()
		if err != nil || len(log.Points) < 10 {
			t.Fatalf("%d points, %v", len(log.Points), err)
		}
		first, last := log.Points[0], log.Points[len(log.Points)-1]
		if last.Loss >= first.Loss || last.Similarity < 0.4 || last.Analogies < 0.6 || first.Similarity > 0.2 {
			t.Errorf("from %+v to %+v", first, last)
		}
	},
	"12-nouns": func(t *testing.T, lab *Lab) {
		v := wordVectors(t, lab)
		if rows, err := v.Matrix(judged.Nouns()...); err != nil || len(rows) < 100 {
			t.Errorf("%d nouns, %v", len(rows), err)
		}
		for _, w := range [][3]string{{"king", "queen", "potato"}, {"river", "lake", "doctor"}, {"gold", "silver", "music"}} {
			like, err := v.Cosine(w[0], w[1])
			unlike, err2 := v.Cosine(w[0], w[2])
			if err != nil || err2 != nil || like < unlike+0.2 {
				t.Errorf("%v: %.2f and %.2f, %v %v", w, like, unlike, err, err2)
			}
		}
	},
	"12-parts-of-speech": func(t *testing.T, lab *Lab) {
		rows, kind, err := speech(wordVectors(t, lab))
		if err != nil {
			t.Fatal(err)
		}
		if silhouette, nearest := embedding.Separation(rows, kind); nearest < 0.75 || silhouette < 0 {
			t.Errorf("they separate: silhouette %.2f, nearest %.2f", silhouette, nearest)
		}
	},
	"12-crane": func(t *testing.T, lab *Lab) {
		birds, machines := data.Cranes()
		if len(birds) < 12 || len(machines) < 12 {
			t.Errorf("%d and %d sentences", len(birds), len(machines))
		}
		blocks, sense, err := craneVectors(lab)
		if err != nil {
			t.Fatal(err)
		}
		best, silhouettes, nearest := embedding.Clearest(blocks, sense)
		if best == 0 || silhouettes[best] < 0.1 || nearest[best] < 0.7 || silhouettes[0] > 0.05 {
			t.Errorf("two groups: after block %d; silhouettes %.2f, nearest %.2f", best, silhouettes, nearest)
		}
	},
	"12-analogies": func(t *testing.T, lab *Lab) {
		v := wordVectors(t, lab)
		if questions() < 300 {
			t.Errorf("%d questions", questions())
		}
		for name, cosine := range parallelism(v, judged.Relations()) {
			if slices.Contains(arrowRelations, name) && cosine < 0.2 {
				t.Errorf("%s: arrows have a mean cosine of %.2f", name, cosine)
			}
		}
	},
	"12-trajectory": func(t *testing.T, lab *Lab) {
		j, err := travel(lab, "fact", prompt, 8, lm.Sampling{}, 2, 0, 0)
		if err != nil || j.length != j.given+8 || len(j.places) != j.length || j.given != len(gpt(t, lab).Vocabulary.Encode(prompt)) {
			t.Fatalf("%v stops, %v", j, err)
		}
		// No smooth curve: the path turns back more often than not.
		back := 0
		for i := 2; i < j.length; i++ {
			a, b, c := j.places[i-2], j.places[i-1], j.places[i]
			if (b[0]-a[0])*(c[0]-b[0])+(b[1]-a[1])*(c[1]-b[1]) < 0 {
				back++
			}
		}
		if 2*back < j.length-2 {
			t.Errorf("%d of %d turns are sharp", back, j.length-2)
		}
	},
	"12-fan": func(t *testing.T, lab *Lab) {
		j, err := travel(lab, "fact", prompt, 0, lm.Sampling{}, 2, 1, 12)
		if err != nil || len(j.places) != j.given+12 {
			t.Fatalf("%+v, %v", j, err)
		}
		_, _, _, p := j.branch(0)
		best, err := gpt(t, lab).Guesses(prompt, 12)
		if err != nil || !slices.IsSortedFunc(p, func(a, b float64) int { return cmp.Compare(b, a) }) || math.Abs(best[0].P-p[0]) > 1e-6 {
			t.Errorf("probabilities %v, %v", p, err)
		}
	},
	"12-fans": func(t *testing.T, lab *Lab) {
		j, err := travel(lab, "fact", "The best thing about", 5, lm.Sampling{}, 2, 5, 6)
		if err != nil || len(j.places) != j.length+5*6 || j.length != j.given+5 {
			t.Fatalf("%+v, %v", j, err)
		}
		for k := range 5 {
			// The most probable token of each fan is the one that was taken.
			_, places, words, _ := j.branch(k)
			next := j.places[j.given+k]
			if words[0] != j.words[j.given+k] || math.Hypot(places[0][0]-next[0], places[0][1]-next[1]) > 1e-4 {
				t.Errorf("step %d: the fan has %q, the path %q", k, words[0], j.words[j.given+k])
			}
		}
	},
	"12-trajectory-3d": func(t *testing.T, lab *Lab) {
		j, err := travel(lab, "12-trajectory-3d", prompt, 40, warm, 3, 0, 0)
		if err != nil || j.length < j.given+30 || len(j.places[0]) != 3 {
			t.Errorf("%+v, %v", j, err)
		}
	},
	"12-semantic-grammar": func(t *testing.T, lab *Lab) {
		_, _, of, err := surprises(lab, 200)
		if err != nil {
			t.Fatal(err)
		}
		a, da := lm.Geometric(of[0])
		b, db := lm.Geometric(of[1])
		// The standard error of the difference of the logarithms.
		e := math.Sqrt((math.Log(da)*math.Log(da) + math.Log(db)*math.Log(db)) / 200)
		if math.Log(b/a) < 2*e {
			t.Errorf("perplexity with meaning %.0f, without %.0f, standard error %.3f", a, b, e)
		}
	},
}

func init() { maps.Copy(facts, factsOfGrammar) }

var factsOfGrammar = map[string]fact{
	"11-parse-tree": func(t *testing.T, lab *Lab) {
		g, err := grammar.English()
		if err != nil {
			t.Fatal(err)
		}
		trees, err := g.Parses(ambiguous)
		if err != nil || len(trees) != 2 || trees[0].P <= trees[1].P {
			t.Errorf("%v, %v", trees, err)
		}
	},
	"11-parentheses": func(t *testing.T, lab *Lab) {
		text := drawn(t, lab, "11-parentheses")
		if got := strings.Count(text, "( )"); got != 12 {
			t.Errorf("%d nodes, want 12 pairs:\n%s", got, text)
		}
	},
	"11-paren-training": func(t *testing.T, lab *Lab) {
		log, err := parens.Recorded()
		if err != nil || len(log.Nets) != 2 {
			t.Fatalf("%+v, %v", log, err)
		}
		for _, n := range log.Nets {
			first, last := n.Points[0], n.Points[len(n.Points)-1]
			if last.HeldOut > first.HeldOut || last.HeldOut < log.Truth || last.HeldOut > log.Truth+0.02 || last.Balanced < 0.95 {
				t.Errorf("%d blocks: from %v to %v, the language has %v", n.Blocks, first, last, log.Truth)
			}
			if n.Weights < 180_000*n.Blocks || n.Weights > 220_000*n.Blocks {
				t.Errorf("%d blocks have %d weights; the essay's two had about 400,000", n.Blocks, n.Weights)
			}
		}
	},
	"11-paren-next": func(t *testing.T, lab *Lab) {
		for blocks := 1; blocks <= 2; blocks++ {
			m, err := parens.Model(blocks)
			if err != nil {
				t.Fatal(err)
			}
			for i, text := range beginnings {
				beginning, _ := parens.Parse(text)
				p, truth := parens.Next(m, beginning), parens.Trained.Next(beginning)
				if end := p[parens.End]; i == 0 && end > 0.01 || i == 1 && math.Abs(end-truth[parens.End]) > 0.1 {
					t.Errorf("%d blocks, after %s: End %v, the language has %v", blocks, text, end, truth[parens.End])
				}
			}
		}
	},
	"11-paren-limits": func(t *testing.T, lab *Lab) {
		for blocks := 1; blocks <= 2; blocks++ {
			m, err := parens.Model(blocks)
			if err != nil {
				t.Fatal(err)
			}
			// Right up to a length, then wrong.
			closed := parens.Closes(m, longestRun)
			if slices.Contains(closed[:10], false) {
				t.Errorf("%d blocks: %v", blocks, closed)
			}
			if closed[longestRun-1] {
				t.Errorf("%d blocks close %d, though the language has %d at most", blocks, longestRun, parens.Trained.Pairs)
			}
		}
	},
	"11-feedback": func(t *testing.T, lab *Lab) {
		log, err := feedback.Recorded()
		if err != nil || len(log.Rounds) < 50 {
			t.Fatalf("%d rounds, %v", len(log.Rounds), err)
		}
		if log.Agreement < 0.6 || log.After.Rating < log.Before.Rating+0.3 {
			t.Errorf("agreement %v, rating %v before and %v after", log.Agreement, log.Before.Rating, log.After.Rating)
		}
		// The text stays fluent.
		if log.After.BitsPerByte > 1.05*log.Before.BitsPerByte {
			t.Errorf("held out: %v bits a byte before, %v after", log.Before.BitsPerByte, log.After.BitsPerByte)
		}
	},
	"11-in-context": func(t *testing.T, lab *Lab) {
		for _, k := range []int{0, 8} {
			if told, untold, _, err := gpt(t, lab).Told(k); err != nil || told < 5*untold {
				t.Errorf("after %d sentences: told %v, not told %v, %v", k, told, untold, err)
			}
		}
	},
}
