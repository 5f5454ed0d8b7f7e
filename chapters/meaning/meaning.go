package meaning

import (
	"fmt"
	"math"
	"strings"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/data/texts"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/grammar"
)

// Nouns is figure 12-nouns: common nouns in the plane.
func Nouns(lab labs.Lab, show labs.Show) {
	vectors := must.Get(lab.Vectors().Matrix(judged.Nouns()...))
	places := must.Get(embedding.TSNE{Perplexity: 8}.Embed(embedding.Unit(vectors)))
	show(chart.Map().Title("A map of nouns").Group("", places, judged.Nouns()),
		labs.Values{"words": len(places)})
}

// PartsOfSpeech is figure 12-parts-of-speech: words of four kinds in the plane.
func PartsOfSpeech(lab labs.Lab, show labs.Show) {
	words, kind := embedding.Flatten(judged.PartsOfSpeech())
	vectors := embedding.Unit(must.Get(lab.Vectors().Matrix(words...)))
	places, m := must.Get(embedding.TSNE{}.Embed(vectors)), chart.Map().Title("Parts of speech")
	for _, part := range judged.PartsOfSpeech() {
		labels := make([]string, len(part.Words))
		for i := 0; i < len(labels); i += 5 {
			labels[i] = part.Words[i]
		}
		m.Group(part.Name, places[:len(labels)], labels)
		places = places[len(labels):]
	}
	_, nearest := embedding.Separation(vectors, kind)
	show(m, labs.Values{"words": len(words), "nearest": 100 * nearest, "numbers": lab.Vectors().Dim()})
}

// Crane is figure 12-crane: one word in sentences about birds and about machines.
func Crane(lab labs.Lab, show labs.Show) {
	m, sense, labels, at := lab.GPT(), []int{}, []string{}, []float64{}
	birds, machines := texts.Cranes()
	for i, sentence := range append(birds, machines...) {
		sense, labels = append(sense, i/len(birds)), append(labels, texts.Theme(sentence))
	}
	blocks, n := must.Get(m.ContextualEmbeddings("crane", append(birds, machines...)...)), len(birds)
	best, silhouettes, nearest := 0, []float64{}, []float64{}
	for b, vectors := range blocks {
		apart, own := embedding.Separation(vectors, sense)
		at, silhouettes, nearest = append(at, float64(b)), append(silhouettes, apart), append(nearest, own)
		if apart > silhouettes[best] {
			best = b
		}
	}
	places := must.Get(embedding.UnitPCA(blocks[best], 2))
	left := chart.Map().Title(fmt.Sprintf("“crane” after block %d", best)).
		Group("bird", places[:n], labels[:n]).Group("machine", places[n:], labels[n:])
	right := chart.Plot().Title("How far apart, after each block").Labels("blocks", "").
		LinePoints("mean silhouette", at, silhouettes).
		LinePoints("nearest is of the same sense", at, nearest)
	show(chart.Panels(2, left, right).Wide().Title("One word, two meanings"),
		labs.Values{"birds": n, "machines": len(machines)})
}

// Compute answers analogies by adding and subtracting vectors.
func Compute(lab labs.Lab, show labs.Show) {
	v := lab.Vectors()
	for _, q := range [][3]string{
		{"man", "king", "woman"}, {"france", "paris", "italy"}, {"big", "bigger", "small"}, {"see", "saw", "go"},
	} {
		show.Println(q[0], "is to", q[1], "as", q[2], "is to",
			must.Get(v.Analogy(q[0], q[1], q[2], embedding.CosAdd, 3)))
	}
}

// parallel is the mean cosine between two arrows of a relation, each from one
// word of a pair to the other: 1 if all point the same way.
func parallel(v *embedding.Vectors, r embedding.Relation) (mean float64) {
	words, arrows := embedding.Unit(must.Get(v.Matrix(r.Words()...))), [][]float64{}
	for i := 0; i < len(words); i += 2 {
		for k, x := range words[i] {
			words[i+1][k] -= x
		}
		arrows = append(arrows, words[i+1])
	}
	arrows = embedding.Unit(arrows)
	for i, a := range arrows {
		for _, b := range arrows[:i] {
			for k := range a {
				mean += a[k] * b[k] / float64(len(arrows)*(len(arrows)-1)/2)
			}
		}
	}
	return mean
}

// Analogies is figure 12-analogies: pairs of words as arrows.
func Analogies(lab labs.Lab, show labs.Show) {
	v, panels, table := lab.Vectors(), []chart.Drawing{}, chart.Table("relation", "answered rightly").Right(1)
	values := labs.Values{"numbers": v.Dim()}
	for k, i := range []int{2, 0, 4} {
		relation := judged.Relations()[i]
		places := must.Get(embedding.OffsetPlane(embedding.Unit(must.Get(v.Matrix(relation.Words()...)))))
		m := chart.Map().Title(relation.Name).Group("", places, relation.Words()).As(k)
		for i := 0; i < len(places); i += 2 {
			m.Arrow(places[i], places[i+1])
		}
		panels, values[fmt.Sprint("cosine", k+1)] = append(panels, m), parallel(v, relation)
	}
	answers := v.EvaluateAnalogies(judged.Relations(), embedding.CosAdd)
	for _, a := range answers {
		table.Row(a.Relation, fmt.Sprintf("%d of %d", a.Correct, a.Questions))
	}
	total := embedding.Total(answers)
	values["questions"], values["right"] = total.Questions, 100*total.Accuracy()
	show(chart.Panels(2, append(panels, table)...).Wide().Title("Analogies as arrows"), values)
}

// unzip takes points apart: their vectors, one a row, their tokens without the space
// before them, and their probabilities.
func unzip(points ...transformer.Point) (vectors [][]float64, words []string, p []float64) {
	for _, at := range points {
		word := strings.TrimSpace(at.Text)
		if word == "" {
			word = transformer.Visible(at.Text)
		}
		vectors, words, p = append(vectors, at.Vector), append(words, word), append(p, at.P)
	}
	return vectors, words, p
}

// Trajectory is figure 12-trajectory: a text as a path.
func Trajectory(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	tokens := m.Vocabulary.Encode(transformer.EssayPrompt)
	n := len(tokens)
	for _, step := range must.Get(m.Continue(transformer.EssayPrompt, 8, lm.Sampling{}, nil)) {
		tokens = append(tokens, step.ID)
	}
	vectors, words, _ := unzip(must.Get(m.Path(tokens))...)
	places := must.Get(embedding.UnitPCA(vectors, 2))
	show(chart.Map().Title("The way of a text").Path("the prompt", places[:n], words[:n]).
		Path("what the model adds", places[n-1:], words[n-1:]))
}

// Fan is figure 12-fan: where the text may go.
func Fan(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	tokens := m.Vocabulary.Encode(transformer.EssayPrompt)
	n := len(tokens)
	vectors, words, p := unzip(append(must.Get(m.Path(tokens)),
		must.Get(m.Branches(tokens, 12))...)...)
	places := must.Get(embedding.UnitPCA(vectors, 2))
	show(chart.Map().Title("Where the text may go").Path("the prompt", places[:n], words[:n]).
		Fan("what might come", places[n-1], places[n:], p[n:], words[n:]).As(2))
}

// FanLive is figure 12-fan as one that responds.
func FanLive(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	tokens := m.Vocabulary.Encode(transformer.EssayPrompt)
	n := len(tokens)
	vectors, words, _ := unzip(append(must.Get(m.Path(tokens)),
		must.Get(m.Branches(tokens, 12))...)...)
	places := must.Get(embedding.UnitPCA(vectors, 3))
	show(live.Space(chart.Space().Title("Where the text may go").Path("the prompt", places[:n], words[:n]).
		Fan("what might come", places[n-1], places[n:], words[n:])))
}

// Fans is figure 12-fans: where it might have gone, five times.
func Fans(lab labs.Lab, show labs.Show) {
	m, fans := lab.GPT(), []transformer.Point{}
	tokens := m.Vocabulary.Encode("The best thing about")
	n := len(tokens)
	for range 5 {
		fan := must.Get(m.Branches(tokens, 6))
		fans, tokens = append(fans, fan...), append(tokens, fan[0].ID)
	}
	vectors, words, p := unzip(append(must.Get(m.Path(tokens)), fans...)...)
	places, g := must.Get(embedding.UnitPCA(vectors, 2)), chart.Map().Title("Where it might have gone")
	g.Path("the prompt", places[:n], words[:n]).
		Path("what the model adds", places[n-1:n+5], words[n-1:n+5])
	for k := range 5 {
		at := n + 5 + 6*k
		g.Fan("what might come", places[n-1+k], places[at:at+6], p[at:], words[at:]).As(2)
	}
	show(g)
}

// Trajectory3D is figure 12-trajectory-3d, which responds: a longer path, in space.
func Trajectory3D(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	tokens, warm := m.Vocabulary.Encode(transformer.EssayPrompt), lm.Sampling{Temperature: 0.8}
	n := len(tokens)
	for _, step := range must.Get(m.Continue(transformer.EssayPrompt, 40, warm, lab.Rand("12-trajectory-3d"))) {
		tokens = append(tokens, step.ID)
	}
	vectors, words, _ := unzip(must.Get(m.Path(tokens))...)
	places, names := must.Get(embedding.UnitPCA(vectors, 3)), make([]string, len(words))
	for i := 0; i < len(words); i += 6 {
		names[i] = words[i]
	}
	s := chart.Space().Title("Forty steps").Path("the prompt", places[:n], names[:n])
	show(live.Space(s.Path("what the model adds", places[n-1:], names[n-1:])))
}

// geometric is the mean of numbers on a logarithmic scale, and their spread: the
// factor that one standard deviation is.
func geometric(x []float64) (mean, spread float64) {
	sum, square := 0.0, 0.0
	for _, v := range x {
		sum += math.Log(v)
	}
	mean = sum / float64(len(x))
	for _, v := range x {
		square += (math.Log(v) - mean) * (math.Log(v) - mean)
	}
	return math.Exp(mean), math.Exp(math.Sqrt(square / float64(len(x)-1)))
}

// SemanticGrammar is figure 12-semantic-grammar: the model's surprise at sentences
// with meaning, and without.
func SemanticGrammar(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	meant, shuffled := grammar.Sentences(200, lab.Rand("12-semantic-grammar"))
	p, q := must.Get(m.Perplexities(meant...)), must.Get(m.Perplexities(shuffled...))
	t := chart.Table("meaning and syntax", "perplexity", "syntax alone", "perplexity").Right(1, 3).
		Title("Grammar with meaning and without")
	for i := range 6 {
		t.Row(meant[i], fmt.Sprintf("%.0f", p[i]), shuffled[i], fmt.Sprintf("%.0f", q[i]))
	}
	mean, spread := geometric(p)
	mean2, spread2 := geometric(q)
	t.Row("mean of 200", fmt.Sprintf("%.0f ×÷ %.1f", mean, spread), "mean of 200",
		fmt.Sprintf("%.0f ×÷ %.1f", mean2, spread2))
	nonsense := must.Get(m.Perplexity("Inquisitive electrons eat blue theories for fish."))
	show(t, labs.Values{"nonsense": nonsense})
}

// Exercise says how surprised the model is at two sentences.
func Exercise(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	show.Println(must.Get(m.Perplexity("Inquisitive electrons eat blue theories for fish.")))
	show.Println(must.Get(m.Perplexity("Hungry children eat sweet apples for breakfast.")))
}
