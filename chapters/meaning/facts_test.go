package meaning

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/chart"
	"oneword/data/texts"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/labs"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/grammar"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"12-nouns": func(t *testing.T, lab labs.Lab) {
		v := lab.Vectors()
		if n := cellstest.Run(t, lab, Nouns).Values["words"].(int); n < 100 || n != len(judged.Nouns()) {
			t.Errorf("%d nouns", n)
		}
		for _, w := range [][3]string{{"king", "queen", "potato"}, {"river", "lake", "doctor"}, {"gold", "silver", "music"}} {
			like, unlike := must.Get(v.Cosine(w[0], w[1])), must.Get(v.Cosine(w[0], w[2]))
			if like < unlike+0.2 {
				t.Errorf("%v: %.2f and %.2f", w, like, unlike)
			}
		}
	},
	"12-parts-of-speech": func(t *testing.T, lab labs.Lab) {
		words, kind := embedding.Flatten(judged.PartsOfSpeech())
		silhouette, nearest := embedding.Separation(embedding.Unit(must.Get(lab.Vectors().Matrix(words...))), kind)
		said := cellstest.Run(t, lab, PartsOfSpeech).Values["nearest"].(float64)
		if said < 75 || silhouette < 0 || math.Abs(said-100*nearest) > 1e-9 {
			t.Errorf("they separate: silhouette %.2f, nearest %.2f, by the caption %.0f %%", silhouette, nearest, said)
		}
	},
	"12-crane": func(t *testing.T, lab labs.Lab) {
		birds, machines := texts.Cranes()
		if len(birds) < 12 || len(machines) < 12 {
			t.Errorf("%d and %d sentences", len(birds), len(machines))
		}
		var sense []int
		for i := range len(birds) + len(machines) {
			sense = append(sense, i/len(birds))
		}
		blocks := must.Get(lab.GPT().ContextualEmbeddings("crane", append(birds, machines...)...))
		best, silhouettes, nearest := 0, make([]float64, len(blocks)), make([]float64, len(blocks))
		for b, vectors := range blocks {
			if silhouettes[b], nearest[b] = embedding.Separation(vectors, sense); silhouettes[b] > silhouettes[best] {
				best = b
			}
		}
		if best == 0 || silhouettes[best] < 0.1 || nearest[best] < 0.7 || silhouettes[0] > 0.05 {
			t.Errorf("two groups: after block %d; silhouettes %.2f, nearest %.2f", best, silhouettes, nearest)
		}
		if text := cellstest.Drawn(t, lab, Crane); !strings.Contains(text, fmt.Sprintf("“crane” after block %d\n", best)) {
			t.Errorf("drawn is not block %d:\n%s", best, text)
		}
	},
	"12-analogies": func(t *testing.T, lab labs.Lab) {
		r := cellstest.Run(t, lab, Analogies)
		if n := r.Values["questions"].(int); n < 300 {
			t.Errorf("%d questions", n)
		}
		for k, name := range []string{"man and woman", "capital and country", "more"} {
			if cosine := r.Values[fmt.Sprint("cosine", k+1)].(float64); cosine < 0.2 || cosine > 1 {
				t.Errorf("%s: arrows have a mean cosine of %.2f", name, cosine)
			}
			if text := r.Picture().Text(); !strings.Contains(text, name+"\n") {
				t.Errorf("no %q in\n%s", name, text)
			}
		}
	},
	"12-trajectory": func(t *testing.T, lab labs.Lab) {
		given := prompt(lab)
		added := drawn(cellstest.Drawn(t, lab, Trajectory))
		if len(added) != 2 || len(added[0].places) != given || len(added[1].places) != 1+8 {
			t.Fatalf("%v, want %d stops and 8 more", added, given)
		}
		// No smooth curve: the path turns back more often than not.
		places, back := append(added[0].places, added[1].places[1:]...), 0
		for i := 2; i < len(places); i++ {
			a, b, c := places[i-2], places[i-1], places[i]
			if (b[0]-a[0])*(c[0]-b[0])+(b[1]-a[1])*(c[1]-b[1]) < 0 {
				back++
			}
		}
		if 2*back < len(places)-2 {
			t.Errorf("%d of %d turns are sharp", back, len(places)-2)
		}
	},
	"12-fan": func(t *testing.T, lab labs.Lab) {
		m := lab.GPT()
		fan := must.Get(m.Branches(m.Vocabulary.Encode(transformer.EssayPrompt), 12))
		best := must.Get(m.Guesses(transformer.EssayPrompt, 12))
		if !slices.IsSortedFunc(fan, func(a, b transformer.Point) int { return cmp.Compare(b.P, a.P) }) || math.Abs(best[0].P-fan[0].P) > 1e-6 {
			t.Errorf("probabilities %v", fan)
		}
		groups := drawn(cellstest.Drawn(t, lab, Fan))
		_, words, _ := unzip(fan...)
		if len(groups) != 2 || len(groups[0].places) != prompt(lab) || !slices.Equal(groups[1].words, trimmed(words)) {
			t.Errorf("drawn are %v, want %d stops and %q", groups, prompt(lab), words)
		}
		space := cellstest.Run(t, lab, FanLive).Picture().(*chart.SpacePlot).Groups()
		if len(space) != 2 || len(space[0].Points) != prompt(lab) || !slices.Equal(trimmed(space[1].Labels), groups[1].words) {
			t.Errorf("in space are %v", space)
		}
	},
	"12-fans": func(t *testing.T, lab labs.Lab) {
		groups := drawn(cellstest.Drawn(t, lab, Fans))
		if len(groups) != 2+5 {
			t.Fatalf("%v", groups)
		}
		m := lab.GPT()
		given := m.Vocabulary.Encode("The best thing about")
		path := groups[1]
		if len(groups[0].places) != len(given) || len(path.places) != 1+5 {
			t.Fatalf("%v, want %d stops and 5 more", groups, len(given))
		}
		for k, fan := range groups[2:] {
			if len(fan.places) != 6 {
				t.Fatalf("step %d: %v", k, fan)
			}
			// The most probable token of each fan is the one that was taken.
			next := path.places[1+k]
			if fan.words[0] != path.words[1+k] || math.Hypot(fan.places[0][0]-next[0], fan.places[0][1]-next[1]) > 1.5e-3 { // three digits are drawn
				t.Errorf("step %d: the fan has %q at %v, the path %q at %v", k, fan.words[0], fan.places[0], path.words[1+k], next)
			}
		}
		// It leads to where the path is then.
		tokens := given
		for range 5 {
			tokens = append(tokens, must.Get(m.Branches(tokens, 1))[0].ID)
		}
		way := must.Get(m.Path(tokens))
		for k := range 5 {
			stop := must.Get(m.Branches(tokens[:len(given)+k], 6))[0]
			for i, v := range way[len(given)+k].Vector {
				if stop.ID != tokens[len(given)+k] || math.Abs(v-stop.Vector[i]) > 1e-4*(1+math.Abs(v)) {
					t.Fatalf("step %d: number %d of the fan's vector is %v, the path's is %v", k, i, stop.Vector[i], v)
				}
			}
		}
	},
	"12-trajectory-3d": func(t *testing.T, lab labs.Lab) {
		groups := cellstest.Run(t, lab, Trajectory3D).Picture().(*chart.SpacePlot).Groups()
		if len(groups) != 2 || len(groups[0].Points) != prompt(lab) || len(groups[1].Points) < 1+30 || len(groups[1].Points[0]) != 3 {
			t.Errorf("%+v", groups)
		}
	},
	"12-semantic-grammar": func(t *testing.T, lab labs.Lab) {
		m, text := lab.GPT(), cellstest.Drawn(t, lab, SemanticGrammar)
		meant, shuffled := grammar.Sentences(200, lab.Rand("12-semantic-grammar"))
		a, da := geometric(must.Get(m.Perplexities(meant...)))
		b, db := geometric(must.Get(m.Perplexities(shuffled...)))
		// The standard error of the difference of the logarithms.
		e := math.Sqrt((math.Log(da)*math.Log(da) + math.Log(db)*math.Log(db)) / 200)
		if math.Log(b/a) < 2*e {
			t.Errorf("perplexity with meaning %.0f, without %.0f, standard error %.3f", a, b, e)
		}
		for _, want := range []string{fmt.Sprintf("%.0f ×÷ %.1f", a, da), fmt.Sprintf("%.0f ×÷ %.1f", b, db)} {
			if !strings.Contains(text, want) {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
	},
}

// prompt is how many tokens the essay's beginning has.
func prompt(lab labs.Lab) int { return len(lab.GPT().Vocabulary.Encode(transformer.EssayPrompt)) }

// A group is a path or a fan of a map.
type group struct {
	name   string
	places [][2]float64
	words  []string
}

// drawn are the groups of a map by its text form: a line for each name, then one
// for each point.
func drawn(text string) (groups []group) {
	_, text, _ = strings.Cut(text, "\n") // the title
	for line := range strings.Lines(text) {
		field := strings.Fields(line)
		if strings.HasPrefix(line, " ") && len(field) >= 2 {
			x, err1 := coordinate(field[0])
			y, err2 := coordinate(field[1])
			if g := &groups[len(groups)-1]; err1 == nil && err2 == nil {
				g.places, g.words = append(g.places, [2]float64{x, y}), append(g.words, strings.Join(field[2:], " "))
			}
		} else if !strings.Contains(line, "labels found no room") {
			groups = append(groups, group{name: strings.TrimSpace(line)})
		}
	}
	return groups
}

// coordinate reads a number as a chart writes it.
func coordinate(s string) (float64, error) {
	if strings.Contains(s, "10⁻") { // less than 0.0001
		return 0, nil
	}
	return strconv.ParseFloat(strings.Replace(s, "−", "-", 1), 64)
}

func trimmed(words []string) (list []string) {
	for _, w := range words {
		list = append(list, strings.TrimSpace(w))
	}
	return list
}
