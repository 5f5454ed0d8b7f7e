package transformer_test

import (
	"math"
	"testing"

	"oneword/transformer"
	"oneword/transformer/small"
)

// The path of a text is the last vectors of its trace, and branches lead on from it.
func TestPathAndBranches(t *testing.T) {
	m, err := small.Open(transformer.F32)
	if err != nil {
		t.Fatal(err)
	}
	text := m.Vocabulary.Encode("The best thing about")
	path, err := m.Path(text)
	if err != nil || len(path) < 3 {
		t.Fatalf("%d points, %v", len(path), err)
	}
	branches, err := m.Branches(text, 3)
	if err != nil || len(branches) != 3 || branches[0].P < branches[1].P || len(branches[0].Vector) != m.Width {
		t.Fatalf("%d tokens, %v", len(branches), err)
	}
	longer, err := m.Path(append(text, branches[0].ID))
	if err != nil || len(longer) != len(path)+1 {
		t.Fatalf("%d points after %d, %v", len(longer), len(path), err)
	}
	for i, v := range longer[len(path)].Vector {
		if math.Abs(v-branches[0].Vector[i]) > 1e-4 {
			t.Fatalf("number %d: %v on the path, %v at the branch", i, v, branches[0].Vector[i])
		}
	}
	vectors, err := m.ContextualEmbedding("A bird and a bird", "bird")
	if err != nil || len(vectors) != m.Blocks+1 {
		t.Errorf("%d vectors, %v", len(vectors), err)
	}
	short, _ := m.ContextualEmbedding("A bird", "bird")
	for i, v := range vectors[m.Blocks] {
		if math.Abs(v-short[m.Blocks][i]) > 1e-4 {
			t.Fatal("what comes after the word changed its vector")
		}
	}
	if _, err := m.ContextualEmbedding("A bird", "crane"); err == nil {
		t.Error("a word that is not there has a meaning")
	}
	if p, err := m.Perplexity("The cat sat on the mat."); err != nil || p <= 1 {
		t.Errorf("perplexity %v, %v", p, err)
	}
	if _, err := m.Perplexity("The"); err == nil {
		t.Error("one token was predicted")
	}
}
