package grammar_test

import (
	"fmt"
	"log"
	"math"
	"slices"
	"strings"
	"testing"

	"oneword/lm"
	"oneword/transformer/grammar"
)

func TestSentencesHaveTheSameWords(t *testing.T) {
	meant, shuffled := grammar.Sentences(40, lm.Rand(1, "test"))
	if len(meant) != 40 || len(shuffled) != 40 || slices.Equal(meant, shuffled) {
		t.Fatalf("%d and %d sentences", len(meant), len(shuffled))
	}
	words := func(list []string) []string {
		w := strings.Fields(strings.ReplaceAll(strings.Join(list, " "), ".", ""))
		slices.Sort(w)
		return w
	}
	if !slices.Equal(words(meant), words(shuffled)) {
		t.Error("the words are not the same")
	}
	again, _ := grammar.Sentences(40, lm.Rand(1, "test"))
	if !slices.Equal(meant, again) {
		t.Error("the same seed gave other sentences")
	}
	for _, s := range append(meant, shuffled...) {
		var a, n, v, b, m string
		if k, _ := fmt.Sscanf(s, "The %s %s %s the %s %s", &a, &n, &v, &b, &m); k != 5 || !strings.HasSuffix(s, ".") {
			t.Errorf("%q", s)
		}
	}
}

func Example() {
	g, err := grammar.English()
	if err != nil {
		log.Fatal(err)
	}
	trees, err := g.Parses("The girl saw the man with the telescope.")
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range trees {
		fmt.Println(t)
	}
	// Output:
	// (S (NP (Det the) (Nom (N girl))) (VP (VP (V1 saw) (NP (Det the) (Nom (N man)))) (PP (P with) (NP (Det the) (Nom (N telescope))))))
	// (S (NP (Det the) (Nom (N girl))) (VP (V1 saw) (NP (NP (Det the) (Nom (N man))) (PP (P with) (NP (Det the) (Nom (N telescope)))))))
}

func english(t testing.TB) *grammar.Grammar {
	t.Helper()
	g, err := grammar.English()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestParses(t *testing.T) {
	g := english(t)
	for sentence, want := range map[string]int{
		"The cat sat on the mat":                  1,
		"Inquisitive electrons eat blue theories": 1,
		"the the cat":                             0,
		"cat":                                     0,
		"I saw the man in the park with a telescope": 5, // the Catalan number of two phrases
		"She gave the boy a book.":                   1,
		"Mary thinks that John was happy":            1,
	} {
		trees, err := g.Parses(sentence)
		if err != nil || len(trees) != want {
			t.Errorf("%s: %d trees, %v, want %d", sentence, len(trees), err, want)
		}
		for i, tree := range trees {
			if got := strings.Join(leaves(tree), " "); got != strings.ToLower(strings.TrimSuffix(sentence, ".")) {
				t.Errorf("%s: a tree of %q", sentence, got)
			}
			if i > 0 && tree.P > trees[i-1].P {
				t.Errorf("%s: tree %d is more probable than the one before", sentence, i)
			}
		}
	}
	for _, bad := range []string{"", "The unicorn sat", "."} {
		if _, err := g.Parses(bad); err == nil {
			t.Errorf("%q passed", bad)
		}
	}
}

func leaves(t *grammar.Tree) []string {
	if len(t.Children) == 0 {
		return []string{t.Word}
	}
	var words []string
	for _, p := range t.Children {
		words = append(words, leaves(p)...)
	}
	return words
}

// The number of trees of "a a … a" under S -> S S is Catalan's, and their
// probabilities are those of the rules multiplied.
func TestAllTrees(t *testing.T) {
	g, err := grammar.Parse("g", "S -> S S 1\nS => a")
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]int{1: 1, 2: 1, 3: 2, 4: 5, 5: 14, 6: 42, 7: 132, 9: 200} {
		trees, err := g.Parses(strings.Repeat("a ", n))
		if err != nil || len(trees) != want {
			t.Errorf("%d words: %d trees, %v, want %d", n, len(trees), err, want)
		}
		if p := math.Pow(0.5, float64(2*n-1)); len(trees) > 0 && math.Abs(trees[0].P-p) > 1e-12 {
			t.Errorf("%d words: probability %v, want %v", n, trees[0].P, p)
		}
	}
}

func TestBadGrammars(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "no rules",
		"S NP VP":                         "g:1",
		"S -> NP |":                       "g:1: nothing after",
		"S -> NP VP":                      "g:1: nothing says what NP is",
		"S -> A\nA -> S\nA => a":          "leads back to itself",
		"S -> N -1\nN => a":               "g:1: a weight of -1",
		"S -> N\nN => a a":                `g:2: "a" is N already`,
		"S -> N\nN =>":                    "g:2",
		"# only this\n\nS -> N M\nN => a": "g:3: nothing says what M is",
	} {
		if _, err := grammar.Parse("g", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("S -> NP VP | VP 0.1\nNP => dogs\nVP => bark", "dogs bark")
	f.Add("S -> S S\nS => a", "a a a")
	f.Fuzz(func(t *testing.T, text, sentence string) {
		g, err := grammar.Parse("g", text)
		if err != nil || len(sentence) > 30 || len(text) > 300 {
			return
		}
		trees, err := g.Parses(sentence)
		if err != nil {
			return
		}
		for _, tree := range trees {
			if got := len(leaves(tree)); got == 0 || !(tree.P >= 0 && tree.P <= 1+1e-9) {
				t.Errorf("%q, %q: a tree %v of %d words, probability %v", text, sentence, tree, got, tree.P)
			}
		}
	})
}
