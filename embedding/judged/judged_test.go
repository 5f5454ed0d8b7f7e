package judged_test

import (
	"math"
	"testing"

	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/embedding/vectors"
)

func TestSets(t *testing.T) {
	if n := len(judged.Pairs()); n < 200 {
		t.Errorf("%d pairs", n)
	}
	if n := len(judged.Relations()); n != 10 {
		t.Errorf("%d relations", n)
	}
	for _, p := range judged.Pairs() {
		if p.Rating < 0 || p.Rating > 10 {
			t.Errorf("%s and %s: %v, want 0 to 10", p.A, p.B, p.Rating)
		}
	}
}

// The shipped vectors know the words, and are as good as their card says.
func TestEnglish(t *testing.T) {
	v, err := vectors.English()
	if err != nil {
		t.Fatal(err)
	}
	if v.Len() < 30_000 || v.Dim() < 100 {
		t.Errorf("%d words of %d numbers", v.Len(), v.Dim())
	}
	pairs := v.EvaluateSimilarity(judged.Pairs())
	if pairs.Spearman < 0.38 || len(pairs.Missing) > 0 {
		t.Errorf("%+v", pairs)
	}
	for _, m := range []embedding.AnalogyMethod{embedding.CosAdd, embedding.CosMul} {
		if all := embedding.Total(v.EvaluateAnalogies(judged.Relations(), m)); all.Questions < 900 || all.Accuracy() < 0.72 {
			t.Errorf("%v: %+v", m, all)
		}
	}
	words, _ := embedding.Flatten(judged.Categories())
	more, _ := embedding.Flatten(judged.PartsOfSpeech())
	for _, w := range append(append(words, more...), judged.Nouns()...) {
		if !v.Has(w) {
			t.Errorf("no vector of %q", w)
		}
	}
	log, err := vectors.Recorded()
	if err != nil || len(log.Points) < 5 {
		t.Fatalf("%d points, %v", len(log.Points), err)
	}
	if last := log.Points.Last().Measured["similarity"]; math.Abs(last-pairs.Spearman) > 0.005 {
		t.Errorf("the log ends at %v, the vectors have %v", last, pairs.Spearman)
	}
}
