package figures

import (
	"fmt"
	"math"

	"oneword/chart"
	"oneword/data"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/lm"
	"oneword/transformer"
	"oneword/transformer/grammar"
)

var chapter12 = []Figure{
	{"12-nouns", 12, "A map of nouns", "plot", []string{"vectors"}, nounMap},
	{"12-parts-of-speech", 12, "Parts of speech", "plot", []string{"vectors"}, partsOfSpeech},
	{"12-crane", 12, "One word, two meanings", "plot", []string{"small", "cranes"}, cranes},
	{"12-analogies", 12, "Analogies as arrows", "plot", []string{"vectors"}, analogies},
	{"12-trajectory", 12, "The way of a text", "plot", []string{"small"}, trajectory},
	{"12-fan", 12, "Where the text may go", "plot", []string{"small"}, fan},
	{"12-fans", 12, "Where it might have gone", "plot", []string{"small"}, fans},
	{"12-trajectory-3d", 12, "Forty steps", "3d", []string{"small"}, trajectory3D},
	{"12-semantic-grammar", 12, "Grammar with meaning and without", "text", []string{"small"}, semanticGrammar},
}

func nounMap(lab *Lab) (chart.Drawing, Caption, error) {
	v, err := lab.Vectors()
	if err != nil {
		return nil, Caption{}, err
	}
	words := judged.Nouns()
	rows, err := v.Matrix(words...)
	if err != nil {
		return nil, Caption{}, err
	}
	placed, err := embedding.TSNE{Perplexity: 8}.Place(embedding.Unit(rows))
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Map().Title("A map of nouns").Group("", placed, words), say("%d common nouns laid out in two dimensions by t-SNE (perplexity 8): people, animals, buildings, weather and nations find their own corners. %s. No randomness.", len(words), vectorNote(v)), nil
}

// speech are the vectors of words of the four parts of speech.
func speech(v *embedding.Vectors) (rows [][]float64, kind []int, err error) {
	words, kind := embedding.Flat(judged.PartsOfSpeech())
	rows, err = v.Matrix(words...)
	return embedding.Unit(rows), kind, err
}

func partsOfSpeech(lab *Lab) (chart.Drawing, Caption, error) {
	v, err := lab.Vectors()
	if err != nil {
		return nil, Caption{}, err
	}
	rows, kind, err := speech(v)
	if err != nil {
		return nil, Caption{}, err
	}
	placed, err := embedding.TSNE{}.Place(rows)
	if err != nil {
		return nil, Caption{}, err
	}
	_, nearest := embedding.Separation(rows, kind)
	m := chart.Map().Title("Parts of speech")
	for _, k := range judged.PartsOfSpeech() {
		labels := make([]string, len(k.Words))
		for i := 0; i < len(labels); i += 5 { // all would not be read
			labels[i] = k.Words[i]
		}
		m.Group(k.Name, placed[:len(k.Words)], labels)
		placed = placed[len(k.Words):]
	}
	return m, say("%d words by part of speech, in two dimensions by t-SNE (perplexity 30); every fifth is named. Of %.0f %% the nearest other word, by all %d numbers, is of the same part of speech; one in four would be chance. %s. No randomness.", len(kind), 100*nearest, v.Dim(), vectorNote(v)), nil
}

// craneVectors are the vectors of the word "crane" after each block, in
// sentences about birds and about machines: [Blocks+1][sentences][Width].
func craneVectors(lab *Lab) (blocks [][][]float64, sense []int, err error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, nil, err
	}
	birds, machines := data.Cranes()
	for i := range len(birds) + len(machines) {
		sense = append(sense, i/len(birds))
	}
	blocks, err = m.Meanings("crane", append(birds, machines...)...)
	return blocks, sense, err
}

func cranes(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	blocks, sense, err := craneVectors(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	best, silhouettes, nearest := embedding.Clearest(blocks, sense)
	placed, err := embedding.Project(blocks[best], 2)
	if err != nil {
		return nil, Caption{}, err
	}
	birds, machines := data.Cranes()
	n := len(birds)
	left := chart.Map().Title(fmt.Sprintf("“crane” after block %d", best))
	for k, list := range [][]string{birds, machines} {
		var labels []string
		for _, s := range list {
			labels = append(labels, data.Theme(s))
		}
		left.Group([]string{"bird", "machine"}[k], placed[k*n:k*n+len(list)], labels)
	}
	var at []float64
	for b := range silhouettes {
		at = append(at, float64(b))
	}
	right := chart.Plot().Title("How far apart, after each block").Labels("blocks", "").LinePoints("mean silhouette", at, silhouettes).LinePoints("nearest is of the same sense", at, nearest)
	return chart.Panels(2, left, right).Wide().Title("One word, two meanings"), say("The vector of the last token of “crane” in %d sentences about the bird and %d about the machine, written for this project, in which what tells them apart stands before the word; two dimensions by PCA, each point named by a word of its sentence. Right: after how many blocks the two senses separate (0 is the token itself). %s. No randomness.", n, len(machines), modelName(m)), nil
}

// arrowRelations are those that the figure of analogies shows.
var arrowRelations = []string{"man and woman", "capital and country", "more"}

func analogies(lab *Lab) (chart.Drawing, Caption, error) {
	v, err := lab.Vectors()
	if err != nil {
		return nil, Caption{}, err
	}
	answered := v.Analogies(judged.Relations(), embedding.CosAdd)
	total := embedding.Total(answered)
	var panels []chart.Drawing
	for k, name := range arrowRelations {
		for _, r := range judged.Relations() {
			if r.Name != name {
				continue
			}
			m, err := arrows(v, r, k)
			if err != nil {
				return nil, Caption{}, err
			}
			panels = append(panels, m.Title(name))
		}
	}
	table := chart.Table("relation", "answered rightly").Right(1)
	for _, a := range answered {
		table.Row(a.Relation, fmt.Sprintf("%d of %d", a.Right, a.Questions))
	}
	panels = append(panels, table)
	parallel := parallelism(v, judged.Relations())
	return chart.Panels(2, panels...).Wide().Title("Analogies as arrows"), say("Pairs of words, from a man to a woman, from a capital to its country, from an adjective to its comparative: upwards goes the mean of their differences, to the right the direction in which the pairs differ most (PCA). The mean cosine between two arrows of a relation is %.2f, %.2f and %.2f, in all %d dimensions; of two directions drawn at random it would be 0. Table: of %d questions “a is to b as c is to …”, %.0f %% are answered rightly by 3CosAdd. %s. No randomness.",
		parallel[arrowRelations[0]], parallel[arrowRelations[1]], parallel[arrowRelations[2]], v.Dim(), total.Questions, 100*total.Share(), vectorNote(v)), nil
}

// arrows lays out the pairs of a relation: upwards goes the mean of their
// differences, and to the right the direction in which the pairs differ most
// from each other.
func arrows(v *embedding.Vectors, r embedding.Relation, colour int) (*chart.MapPlot, error) {
	rows, err := v.Matrix(r.Words()...)
	if err != nil {
		return nil, err
	}
	placed, err := embedding.Upright(embedding.Unit(rows))
	if err != nil {
		return nil, err
	}
	m := chart.Map().Group("", placed, r.Words()).As(colour)
	for i := 0; i < len(placed); i += 2 {
		m.Arrow(placed[i], placed[i+1])
	}
	return m, nil
}

// parallelism is the mean cosine between the differences of two pairs, for each
// relation.
func parallelism(v *embedding.Vectors, relations []embedding.Relation) map[string]float64 {
	means := map[string]float64{}
	for _, r := range relations {
		var differences [][]float64
		for _, p := range r.Pairs {
			rows, err := v.Matrix(p[0], p[1])
			if err != nil {
				continue
			}
			rows = embedding.Unit(rows)
			d := make([]float64, v.Dim())
			for i := range d {
				d[i] = rows[1][i] - rows[0][i]
			}
			differences = append(differences, d)
		}
		differences = embedding.Unit(differences)
		n := 0
		for i := range differences {
			for j := range i {
				cosine := 0.0
				for k, x := range differences[i] {
					cosine += x * differences[j][k]
				}
				means[r.Name] += cosine
				n++
			}
		}
		means[r.Name] /= math.Max(float64(n), 1)
	}
	return means
}

// A journey is a prompt and its continuation as a path through the model's
// space, with the fans of what might have come, all in one projection.
type journey struct {
	given, length int // stops of the prompt, and of all
	fan           int // tokens in each fan; the first one is after the prompt, the next a token later
	places        [][]float64
	words         []string
	p             []float64
}

// travel lets the model go on for some steps, and looks at the n most probable
// next tokens at so many of them, from the end of the prompt on.
func travel(lab *Lab, id, prompt string, steps int, s lm.Sampling, dims, fans, n int) (*journey, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, err
	}
	more, err := m.Steps(prompt, steps, s, lab.Rand(id))
	if err != nil {
		return nil, err
	}
	tokens := m.Vocabulary.Encode(prompt)
	given := len(tokens)
	var branches []transformer.Stop
	for k := range max(fans, len(more)) {
		if k < fans {
			fan, err := m.Fan(tokens, n)
			if err != nil {
				return nil, err
			}
			branches = append(branches, fan...)
		}
		if k < len(more) {
			tokens = append(tokens, more[k].ID)
		}
	}
	way, err := m.Way(tokens)
	if err != nil {
		return nil, err
	}
	j := &journey{given: given, length: len(way), fan: n}
	var vectors [][]float64
	vectors, j.words, j.p = transformer.Places(append(way, branches...)...)
	j.places, err = embedding.Project(vectors, dims)
	return j, err
}

// branch is the k-th fan.
func (j *journey) branch(k int) (from []float64, places [][]float64, words []string, p []float64) {
	lo := j.length + k*j.fan
	return j.places[j.given-1+k], j.places[lo : lo+j.fan], j.words[lo : lo+j.fan], j.p[lo : lo+j.fan]
}

// draw shows the path, and its fans.
func (j *journey) draw(title string) *chart.MapPlot {
	m := chart.Map().Title(title).Path("the prompt", j.places[:j.given], j.words[:j.given])
	if j.length > j.given {
		m.Path("what the model adds", j.places[j.given-1:j.length], j.words[j.given-1:j.length])
	}
	for k := range (len(j.places) - j.length) / max(j.fan, 1) {
		from, places, words, p := j.branch(k)
		m.Fan("what might come", from, places, p, words).As(2)
	}
	return m
}

var journeyNote = say("Each token stands where the vector after the last block is (of length 1, in two dimensions by PCA of all points shown): the place from which the next token is guessed")

func trajectory(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	j, err := travel(lab, "12-trajectory", prompt, 8, lm.Sampling{}, 2, 0, 0)
	if err != nil {
		return nil, Caption{}, err
	}
	return j.draw("The way of a text"), say("The path of “%s” and of the eight most probable tokens after it. %s. It is no smooth curve. %s. No randomness.", prompt, journeyNote, modelName(m)), nil
}

func fan(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	j, err := travel(lab, "12-fan", prompt, 0, lm.Sampling{}, 2, 1, 12)
	if err != nil {
		return nil, Caption{}, err
	}
	return j.draw("Where the text may go"), say("The path of “%s”, and the twelve most probable next tokens, each where it would lead; points and lines are the larger the more probable it is. %s. %s. No randomness.", prompt, journeyNote, modelName(m)), nil
}

func fans(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	j, err := travel(lab, "12-fans", "The best thing about", 5, lm.Sampling{}, 2, 5, 6)
	if err != nil {
		return nil, Caption{}, err
	}
	return j.draw("Where it might have gone"), say("Five steps after “The best thing about”, always to the most probable token, and at each the six most probable ones, where they would have led. %s. %s. No randomness.", journeyNote, modelName(m)), nil
}

func trajectory3D(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	j, err := travel(lab, "12-trajectory-3d", prompt, 40, warm, 3, 0, 0)
	if err != nil {
		return nil, Caption{}, err
	}
	for i := range j.words {
		if i%6 != 0 { // all would not be read
			j.words[i] = ""
		}
	}
	s := chart.Space().Title("Forty steps").Path("the prompt", j.places[:j.given], j.words[:j.given]).
		Path("what the model adds", j.places[j.given-1:], j.words[j.given-1:])
	return s, say("The path of “%s” and of forty tokens after it, drawn at temperature 0.8, in three dimensions by PCA; every sixth is named. %s. Seed %d.", prompt, modelName(m), lab.Seed), nil
}

// surprises are the perplexities of sentences with meaning and of the same
// words shuffled.
func surprises(lab *Lab, n int) (meant, shuffled []string, of [2][]float64, err error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, nil, of, err
	}
	meant, shuffled = grammar.Sentences(n, lab.Rand("12-semantic-grammar"))
	for k, list := range [][]string{meant, shuffled} {
		if of[k], err = m.Surprises(list...); err != nil {
			return nil, nil, of, err
		}
	}
	return meant, shuffled, of, nil
}

func semanticGrammar(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	const n = 200
	meant, shuffled, of, err := surprises(lab, n)
	if err != nil {
		return nil, Caption{}, err
	}
	known := "Inquisitive electrons eat blue theories for fish."
	p, err := m.Surprise(known)
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("meaning and syntax", "perplexity", "syntax alone", "perplexity").Right(1, 3).Title("Grammar with meaning and without")
	for i := range 6 {
		t.Row(meant[i], fmt.Sprintf("%.0f", of[0][i]), shuffled[i], fmt.Sprintf("%.0f", of[1][i]))
	}
	a, da := lm.Geometric(of[0])
	b, db := lm.Geometric(of[1])
	t.Row(fmt.Sprintf("mean of %d", n), fmt.Sprintf("%.0f ×÷ %.1f", a, da), fmt.Sprintf("mean of %d", n), fmt.Sprintf("%.0f ×÷ %.1f", b, db))
	return t, say("Sentences of a small grammar in which nouns, verbs and adjectives go together by meaning, and others of the very same words shuffled within each part of speech; the model's perplexity of each token (geometric means; the spread is a factor). “%s”: %.0f. %s. Seed %d.", known, p, modelName(m), lab.Seed), nil
}
