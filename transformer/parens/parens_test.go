package parens_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"testing"

	"oneword/lm"
	"oneword/transformer"
	"oneword/transformer/parens"
)

func Example() {
	sequence, err := parens.Encode("(()")
	if err != nil {
		log.Fatal(err)
	}
	p := parens.Language{Pairs: 2}.Next(sequence)
	fmt.Printf("the language: ( %.2f, ) %.2f, End %.2f\n", p[parens.Open], p[parens.Close], p[parens.End])
	m, err := parens.Model(2)
	if err != nil {
		log.Fatal(err)
	}
	more, balanced := parens.Complete(m, sequence, lm.Sampling{}, 0)
	fmt.Println("the net closes it:", balanced, len(more) > 0)
	// Output:
	// the language: ( 0.00, ) 1.00, End 0.00
	// the net closes it: true true
}

// Each sequence is drawn as often as the others: a chi-squared test.
func TestBalancedIsUniform(t *testing.T) {
	for pairs, want := range map[int]int{1: 1, 2: 2, 3: 5, 4: 14, 5: 42} {
		const n = 42_000
		rng, counts := lm.Rand(1, "test"), map[string]int{}
		for range n {
			s := parens.Balanced(pairs, rng)
			if depth, ok := parens.Depth(s); len(s) != 2*pairs || depth != 0 || !ok {
				t.Fatalf("%s", parens.Decode(s))
			}
			counts[parens.Decode(s)]++
		}
		if len(counts) != want || parens.Completions(2*pairs, 0) != float64(want) {
			t.Errorf("%d sequences of %d pairs, want %d, counted as %v", len(counts), pairs, want, parens.Completions(2*pairs, 0))
		}
		chi := 0.0
		for _, c := range counts {
			e := float64(n) / float64(want)
			chi += (float64(c) - e) * (float64(c) - e) / e
		}
		if free := float64(want - 1); chi > free+4*math.Sqrt(2*free)+1 {
			t.Errorf("%d pairs: chi-squared %v with %v degrees of freedom", pairs, chi, free)
		}
	}
}

// The exact probabilities are those of counting: over all sequences of the
// language, the products sum to 1.
func TestNextIsExact(t *testing.T) {
	l := parens.Language{Pairs: 5}
	total := 0.0
	var walk func(s []int, p float64)
	walk = func(s []int, p float64) {
		next := l.Next(s)
		total += p * next[parens.End]
		for _, token := range []int{parens.Open, parens.Close} {
			if next[token] > 0 {
				walk(append(s[:len(s):len(s)], token), p*next[token])
			}
		}
	}
	walk(nil, 1)
	if math.Abs(total-1) > 1e-12 {
		t.Errorf("all sequences together have a probability of %v", total)
	}
	if p := l.Next([]int{parens.Close}); p != [3]float64{} {
		t.Errorf("after what the language does not have: %v", p)
	}
	if p := l.Next([]int{parens.Open, parens.Close}); math.Abs(p[parens.End]-1/(1+0.5+2./5+5./14+14./42)) > 1e-12 {
		t.Errorf("End after () has %v", p[parens.End])
	}
	if parens.Completions(60, 0) != 3814986502092304 {
		t.Errorf("30 pairs: %v", parens.Completions(60, 0))
	}
}

func TestGrow(t *testing.T) {
	s, _ := parens.Encode("(()())()")
	tree, err := parens.Parse(s)
	if err != nil || len(tree.Children) != 2 || len(tree.Children[0].Children) != 2 || len(tree.Children[1].Children) != 0 {
		t.Errorf("%+v, %v", tree, err)
	}
	for _, bad := range []string{"(", ")(", "())"} {
		s, _ := parens.Encode(bad)
		if _, err := parens.Parse(s); err == nil {
			t.Errorf("%s grew", bad)
		}
	}
	if _, err := parens.Encode("(a)"); err == nil {
		t.Error("a letter was read")
	}
}

// A net learns the rule; a hundred steps are enough to see that it does.
func TestLearning(t *testing.T) {
	l := parens.Language{Pairs: 4}
	net, err := transformer.NewNet(parens.Config(1), lm.Rand(1, "test"))
	if err != nil {
		t.Fatal(err)
	}
	trainer, err := l.Trainer(net, 100, 1)
	if err != nil {
		t.Fatal(err)
	}
	held := l.Sample(50, 2)
	surprise := func() float64 {
		m, err := net.Model(nil, transformer.F32)
		if err != nil {
			t.Fatal(err)
		}
		truth := l.CrossEntropy(held)
		s, err := parens.CrossEntropy(m, held)
		if err != nil || s < truth-0.05 {
			t.Fatalf("%v, the language itself %v, %v", s, truth, err)
		}
		return s - truth
	}
	before := surprise()
	if err := trainer.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if after := surprise(); after > 0.1 || after > before/3 {
		t.Errorf("above the language by %v before and %v after", before, after)
	}
	if _, err := (parens.Language{Pairs: 40}).Trainer(net, 10, 1); err == nil {
		t.Error("sequences longer than the window passed")
	}
	if _, err := parens.Model(3); err == nil {
		t.Error("a net of three blocks")
	}
}
