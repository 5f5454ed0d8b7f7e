package grammar_test

import (
	"fmt"
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
