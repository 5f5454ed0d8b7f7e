package lm_test

import (
	"fmt"
	"iter"
	"math"
	"strings"
	"testing"

	"oneword/lm"
	"oneword/lm/lmtest"
)

// weather is a two-token model: tomorrow is like today with probability 0.9.
type weather struct{}

func (weather) Vocab() int { return 2 }
func (weather) Next(context []int, p []float64) {
	p[0], p[1] = 0.5, 0.5
	if n := len(context); n > 0 {
		p[context[n-1]], p[1-context[n-1]] = 0.9, 0.1
	}
}

func TestContract(t *testing.T) { lmtest.Test(t, weather{}) }

func ExampleGenerate() {
	rng := lm.Rand(1, "weather")
	days := []string{"rain", "sun"}
	for _, id := range lm.Take(8, lm.Generate(weather{}, []int{1}, lm.Sampling{}, rng)) {
		fmt.Print(days[id], " ")
	}
	// Output: sun sun sun sun sun sun sun sun
}

// Who ranges over a text may stream it, count it, and stop it; a stop rule ends it,
// too.
func ExampleWrite() {
	days, rainy := []string{"rain", "sun"}, func(day int) bool { return day == 0 }
	n := 0
	for day, err := range lm.Write(lm.Start(weather{}), []int{1}, lm.Sampling{Temperature: 1}, lm.Rand(1, "days"), rainy) {
		if err != nil {
			fmt.Println(err)
		}
		fmt.Print(days[day], " ")
		n++
	}
	fmt.Println("and after", n, "days it rains")
	// Output: sun sun sun sun sun sun sun sun and after 8 days it rains
}

func ExampleEvaluateFrom() {
	s := lm.Start(weather{})
	if err := s.Append(1, 1); err != nil {
		fmt.Println(err)
	}
	score, _ := lm.EvaluateFrom(s, []int{1, 0})
	fmt.Printf("%d days, of which each had a probability of %.1f\n", score.Tokens, 1/score.Perplexity())
	// Output: 2 days, of which each had a probability of 0.3
}

func ExampleAlias() {
	a, err := lm.NewAlias([]int{70, 20, 10}) // counts
	if err != nil {
		fmt.Println(err)
	}
	counts, rng := [3]int{}, lm.Rand(1, "alias")
	for range 1000 {
		counts[a.Draw(rng)]++
	}
	fmt.Println(counts[0] > 600, counts[0] > counts[1], counts[1] > counts[2])
	// Output: true true true
}

// Settings and prompts that make no sense are errors, alone; Generate panics.
func TestWriteErrors(t *testing.T) {
	for want, text := range map[string]iter.Seq2[int, error]{
		"temperature -1":        lm.Write(lm.Start(weather{}), nil, lm.Sampling{Temperature: -1}, nil, nil),
		"token 2 at position 1": lm.Write(lm.Start(weather{}), []int{0, 2}, lm.Sampling{}, nil, nil),
	} {
		if got, err := lm.Collect(3, text); len(got) != 0 || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, %v, want %s", got, err, want)
		}
	}
	if got, err := lm.Collect(0, nil); got == nil || err != nil {
		t.Errorf("none of a text: %v, %v", got, err)
	}
	defer func() {
		if recover() == nil {
			t.Error("Generate goes on from a token that does not exist")
		}
	}()
	lm.Take(1, lm.Generate(weather{}, []int{5}, lm.Sampling{}, nil))
}

// While the caller has a token, the session stands before it.
func TestSessionStandsBefore(t *testing.T) {
	s, p := lm.Start(weather{}), make([]float64, 2)
	last := 1
	for day, err := range lm.Write(s, []int{last}, lm.Sampling{Temperature: 3}, lm.Rand(1, "days"), nil) {
		if s.Next(p, 1); err != nil || math.Abs(p[last]-0.9) > 1e-12 {
			t.Fatalf("%v after %d, %v", p, last, err)
		}
		if last = day; last == 0 {
			break
		}
	}
}

// Counts and probabilities give the same draws.
func TestAliasOfCounts(t *testing.T) {
	a, _ := lm.NewAlias([]int{3, 0, 10, 7})
	b, _ := lm.NewAlias([]float64{3, 0, 10, 7})
	c, _ := lm.NewAlias([]uint64{3, 0, 10, 7})
	r, s, u := lm.Rand(1, "alias"), lm.Rand(1, "alias"), lm.Rand(1, "alias")
	for range 1000 {
		if x, y, z := a.Draw(r), b.Draw(s), c.Draw(u); x != y || x != z {
			t.Fatalf("%d, %d and %d", x, y, z)
		}
	}
}

func ExampleSampling_Adjust() {
	p := []float64{0.6, 0.3, 0.1}
	lm.Sampling{Temperature: 0.5}.Adjust(p) // squares each, then normalises
	fmt.Printf("%.3f\n", p)
	// Output: [0.783 0.196 0.022]
}

func ExampleEvaluate() {
	s, _ := lm.Evaluate(weather{}, []int{0, 0, 0, 1})
	fmt.Printf("perplexity %.3f, %.3f bits a token\n", s.Perplexity(), s.BitsPerToken())
	// Output: perplexity 2.229, 1.156 bits a token
}

func TestAdjust(t *testing.T) {
	p := []float64{0.1, 0.4, 0.2, 0.3}
	for _, tt := range []struct {
		s    lm.Sampling
		want []float64
	}{
		{lm.Sampling{}, []float64{0, 1, 0, 0}},
		{lm.Sampling{Temperature: 1}, []float64{0.1, 0.4, 0.2, 0.3}},
		{lm.Sampling{Temperature: 1, TopK: 2}, []float64{0, 4. / 7, 0, 3. / 7}},
		{lm.Sampling{Temperature: 1, TopP: 0.65}, []float64{0, 4. / 7, 0, 3. / 7}},
		{lm.Sampling{Temperature: 1, TopP: 0.75}, []float64{0, 4. / 9, 2. / 9, 3. / 9}},
		{lm.Sampling{Temperature: 1, TopP: 0.57, TopK: 2}, []float64{0, 1, 0, 0}}, // 4 of 7, which is more than 0.57
		{lm.Sampling{Temperature: 1, TopP: 0.58, TopK: 2}, []float64{0, 4. / 7, 0, 3. / 7}},
		{lm.Sampling{Temperature: 1, TopK: 9}, []float64{0.1, 0.4, 0.2, 0.3}},
		{lm.Sampling{Temperature: 1e-9}, []float64{0, 1, 0, 0}},
	} {
		q := append([]float64(nil), p...)
		tt.s.Adjust(q)
		for i := range q {
			if math.Abs(q[i]-tt.want[i]) > 1e-12 {
				t.Errorf("%+v: got %v, want %v", tt.s, q, tt.want)
				break
			}
		}
	}
}

func TestEntropyRisesWithTemperature(t *testing.T) {
	last := -1.0
	for _, temp := range []float64{0, 0.5, 0.8, 1, 1.5, 10} {
		p := []float64{0.5, 0.25, 0.15, 0.1, 0}
		lm.Sampling{Temperature: temp}.Adjust(p)
		h := lm.Entropy(p)
		if h <= last {
			t.Errorf("entropy %v at temperature %v, not above %v", h, temp, last)
		}
		if p[4] != 0 {
			t.Errorf("temperature %v made an impossible token possible", temp)
		}
		last = h
	}
}

func TestCheck(t *testing.T) {
	for _, s := range []lm.Sampling{{Temperature: -1}, {Temperature: math.NaN()}, {Temperature: math.Inf(1)}, {TopK: -1}, {TopP: 1.5}, {TopP: math.NaN()}} {
		if s.Check() == nil {
			t.Errorf("%+v passed", s)
		}
	}
	if err := (lm.Sampling{Temperature: 0.8, TopK: 40, TopP: 0.9}).Check(); err != nil {
		t.Error(err)
	}
}

func TestDrawFollowsTheDistribution(t *testing.T) {
	p := []float64{0, 0.2, 0.5, 0.3, 0}
	rng := lm.Rand(7, "draw")
	n := make([]float64, len(p))
	const draws = 100_000
	for range draws {
		n[lm.Draw(p, rng.Float64())]++
	}
	for i := range p {
		if got := n[i] / draws; math.Abs(got-p[i]) > 0.006 {
			t.Errorf("token %d drawn with frequency %v, want %v", i, got, p[i])
		}
	}
	if id := lm.Draw(p, 0.9999999999999999); id != 3 {
		t.Errorf("the largest u drew %d, want the last possible token 3", id)
	}
}

func TestRandStreams(t *testing.T) {
	if a, b := lm.Rand(1, "a").Uint64(), lm.Rand(1, "b").Uint64(); a == b {
		t.Error("two purposes share a stream")
	}
	if a, b := lm.Rand(1, "a").Uint64(), lm.Rand(2, "a").Uint64(); a == b {
		t.Error("two seeds share a stream")
	}
	// Locked: a change here would change every seeded figure.
	if got := lm.Rand(1, "a").Uint64(); got != lockedDraw {
		t.Errorf("first draw of (1, a) is %d, want %d", got, uint64(lockedDraw))
	}
}

func TestEvaluateRefusesForeignTokens(t *testing.T) {
	if _, err := lm.Evaluate(weather{}, []int{0, 2}); err == nil {
		t.Error("token 2 of a two-token vocabulary passed")
	}
}

const lockedDraw = 18148223410870815460

// An alias table draws each outcome as often as its weight says, and one
// without weight never.
func TestAlias(t *testing.T) {
	weights := []float64{3, 0, 1, 0.5, 0, 5.5}
	a, err := lm.NewAlias(weights)
	if err != nil {
		t.Fatal(err)
	}
	const n = 200_000
	counts := make([]float64, len(weights))
	rng := lm.Rand(1, "alias")
	for range n {
		counts[a.Draw(rng)]++
	}
	for i, w := range weights {
		share, want := counts[i]/n, w/10
		if deviation := math.Sqrt(want * (1 - want) / n); math.Abs(share-want) > 4*deviation {
			t.Errorf("outcome %d is drawn in %.4f of the cases, want %.4f", i, share, want)
		}
	}
	// The ends of each column, which chance does not reach.
	for _, bits := range []uint64{0, math.MaxUint32, 1 << 63, math.MaxUint64} {
		for shift := range 6 {
			if i := a.At(bits + uint64(shift)<<61); weights[i] == 0 {
				t.Errorf("bits %x give an outcome without weight", bits)
			}
		}
	}
	for _, bad := range [][]float64{nil, {0, 0}, {1, -1}, {math.NaN()}, {math.Inf(1)}} {
		if _, err := lm.NewAlias(bad); err == nil {
			t.Errorf("weights %v are taken", bad)
		}
	}
}
