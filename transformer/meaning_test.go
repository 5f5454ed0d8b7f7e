package transformer_test

import (
	"math"
	"testing"

	"oneword/transformer"
	"oneword/transformer/small"
)

// The way of a text is the last vectors of its trace, and a fan leads on from it.
func TestWayAndFan(t *testing.T) {
	m, err := small.Open(transformer.F32)
	if err != nil {
		t.Fatal(err)
	}
	text := m.Vocabulary.Encode("The best thing about")
	way, err := m.Way(text)
	if err != nil || len(way) < 3 {
		t.Fatalf("%d stops, %v", len(way), err)
	}
	fan, err := m.Fan(text, 3)
	if err != nil || len(fan) != 3 || fan[0].P < fan[1].P || len(fan[0].Vector) != m.Config.Width {
		t.Fatalf("%d tokens, %v", len(fan), err)
	}
	longer, err := m.Way(append(text, fan[0].ID))
	if err != nil || len(longer) != len(way)+1 {
		t.Fatalf("%d stops after %d, %v", len(longer), len(way), err)
	}
	for i, v := range longer[len(way)].Vector {
		if math.Abs(v-fan[0].Vector[i]) > 1e-4 {
			t.Fatalf("number %d: %v on the way, %v in the fan", i, v, fan[0].Vector[i])
		}
	}
	vectors, err := m.Meaning("A bird and a bird", "bird")
	if err != nil || len(vectors) != m.Blocks+1 {
		t.Errorf("%d vectors, %v", len(vectors), err)
	}
	short, _ := m.Meaning("A bird", "bird")
	for i, v := range vectors[m.Blocks] {
		if math.Abs(v-short[m.Blocks][i]) > 1e-4 {
			t.Fatal("what comes after the word changed its vector")
		}
	}
	if _, err := m.Meaning("A bird", "crane"); err == nil {
		t.Error("a word that is not there has a meaning")
	}
	if p, err := m.Surprise("The cat sat on the mat."); err != nil || p <= 1 {
		t.Errorf("perplexity %v, %v", p, err)
	}
	if _, err := m.Surprise("The"); err == nil {
		t.Error("one token was predicted")
	}
}
