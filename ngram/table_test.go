package ngram

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"oneword/data/texts"
	"oneword/lm"
	"oneword/lm/lmtest"
)

func words(t testing.TB, text string, order int) *Table {
	t.Helper()
	table, err := Count(strings.NewReader(text), NewWords(), order)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func letters(t testing.TB, text string, order int) *Table {
	t.Helper()
	tok, err := NewLetters(EnglishAlphabet)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Count(strings.NewReader(text), tok, order)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Both stores count as the plainest code does, whatever the blocks in which
// tokens come.
func TestCounterAgainstNaiveCounting(t *testing.T) {
	rng := lm.Rand(1, "counter")
	for _, tt := range []struct {
		vocab, order, n int
		dense           bool
	}{{3, 1, 50, true}, {3, 4, 3000, true}, {3, 4, 3000, false}, {27, 5, 5000, true}, {300, 3, 20_000, false}, {2, 8, 4000, true}, {2, 8, 4000, false}} {
		tokens := make([]uint32, tt.n)
		for i := range tokens {
			tokens[i] = uint32(math.Abs(rng.NormFloat64()) / 4 * float64(tt.vocab))
			if tokens[i] >= uint32(tt.vocab) {
				tokens[i] = Break
			}
		}
		want := map[string]uint64{}
		for i := range tokens {
			for n := 1; n <= tt.order && n <= i+1; n++ {
				if gram := tokens[i+1-n : i+1]; !slices.Contains(gram, Break) {
					want[fmt.Sprint(gram)]++
				}
			}
		}
		known := 0
		if tt.dense {
			known = tt.vocab
		}
		c, err := NewCounter(tt.order, known, 0)
		if err != nil {
			t.Fatal(err)
		}
		for rest := tokens; len(rest) > 0; {
			n := min(len(rest), 1+rng.IntN(2*block))
			c.Add(rest[:n])
			rest = rest[n:]
		}
		table, err := c.Table(alphabet(tt.vocab))
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for n := 1; n <= tt.order; n++ {
			each(table, n, func(gram []int, count uint64) {
				got++
				if key := fmt.Sprint(gram); want[key] != count {
					t.Errorf("%+v: %s counted %d times, want %d", tt, key, count, want[key])
				}
				if c := table.Count(gram...); c != count {
					t.Errorf("%+v: Count(%v) = %d, want %d", tt, gram, c, count)
				}
			})
		}
		if missing := len(want) - got; missing != 0 {
			t.Errorf("%+v: %d n-grams are missing", tt, missing)
		}
	}
}

// alphabet is a Tokenizer of v made-up symbols.
type alphabet int

func (a alphabet) Tokenize(dst []uint32, text []byte, last bool) ([]uint32, int) {
	return dst, len(text)
}
func (a alphabet) Closed() bool      { return true }
func (a alphabet) Separator() string { return " " }
func (a alphabet) Symbols() (s []string) {
	for i := range int(a) {
		s = append(s, fmt.Sprint("s", i))
	}
	return s
}

// each calls f with every n-gram of order n whose count is not 0, in order.
func each(t *Table, n int, f func(gram []int, count uint64)) {
	var walk func(gram []int, place int)
	walk = func(gram []int, place int) {
		l := &t.levels[len(gram)+1]
		for i := l.first[place]; i < l.first[place+1]; i++ {
			longer := append(slices.Clone(gram), int(l.token[i]))
			if len(longer) < n {
				walk(longer, int(i))
			} else if l.count[i] > 0 {
				f(longer, l.count[i])
			}
		}
	}
	walk(nil, 0)
}

func TestForgettingStaysWithinItsBound(t *testing.T) {
	rng := lm.Rand(1, "forget")
	tokens := make([]uint32, 60_000)
	for i := range tokens {
		tokens[i] = uint32(math.Exp(rng.Float64() * 7)) // Zipf-like
	}
	full, _ := NewCounter(3, 0, 0)
	full.Add(tokens)
	small, _ := NewCounter(3, 0, 4096)
	small.Add(tokens)
	if full.Undercount() != 0 || small.Undercount() == 0 {
		t.Fatalf("undercounts %d and %d", full.Undercount(), small.Undercount())
	}
	a, _ := full.Table(alphabet(1200))
	b, _ := small.Table(alphabet(1200))
	for n := 1; n <= 3; n++ {
		if n > 1 && b.Len(n) > 4096+block {
			t.Errorf("%d n-grams of order %d are kept, the limit is 4096", b.Len(n), n)
		}
		each(a, n, func(gram []int, count uint64) {
			if got := b.Count(gram...); got > count || got+small.Undercount() < count {
				t.Errorf("%v: %d of %d, more than %d are lost", gram, got, count, small.Undercount())
			}
		})
	}
}

func TestBadInput(t *testing.T) {
	for _, order := range []int{-1, 0, 9} {
		if _, err := NewCounter(order, 0, 0); err == nil || !strings.Contains(err.Error(), fmt.Sprint(order)) {
			t.Errorf("order %d: %v", order, err)
		}
	}
	l, _ := NewLetters(EnglishAlphabet)
	for _, tt := range []struct {
		tok        Tokenizer
		text, want string
	}{{NewWords(), "", "no words"}, {NewWords(), "42", "no words"}, {l, "", "no letters"}, {l, "42 世", "no letters"}} {
		if _, err := Count(strings.NewReader(tt.text), tt.tok, 2); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want one with %q", tt.text, err, tt.want)
		}
	}
	broken := errors.New("broken")
	if _, err := Count(iotest.ErrReader(broken), NewWords(), 2); !errors.Is(err, broken) {
		t.Errorf("a reader that fails: %v", err)
	}
	table := words(t, "a b c a b", 2)
	for what, err := range map[string]error{
		"backoff 3":    second(Backoff(table, 3)),
		"backoff -1":   second(Backoff(table, -1)),
		"add-k, k = 0": second(AddK(table, 2, 0)),
		"discount 0":   second(AbsoluteDiscount(table, 0)),
		"Kneser 3":     second(KneserNey(table, 3)),
		"restrict 0":   second(table.Restrict(0)),
		"restrict 9":   second(table.Restrict(9)),
		"restrict abc": second(letters(t, "abc", 1).Restrict(2)),
		"prune 3":      second(table.Prune(1, 1, 1)),
		"encode":       second(table.Encode("a zebra")),
	} {
		if err == nil {
			t.Errorf("%s passed", what)
		}
	}
	if _, err := words(t, "a b c", 3).Prune(1, 3, 2); err == nil {
		t.Error("falling bounds passed")
	}
	if got := table.Decode([]int{0, -1, 99}); got != "a � �" {
		t.Errorf("text with ids that do not exist: %q", got)
	}
	if tokens, _ := table.Followers(0, 1, 2, 3); tokens != nil {
		t.Error("a context longer than the table has followers")
	}
}

func second[T any](_ T, err error) error { return err }

func TestDocumentsArePartedAndOrderIsByCount(t *testing.T) {
	table := words(t, "b a\fb c b", 2)
	if got := strings.Join(table.Symbols(), ""); got != "bac" {
		t.Errorf("symbols %q, want the most frequent first, then by spelling", got)
	}
	a, _ := table.ID("a")
	if tokens, _ := table.Followers(a); len(tokens) != 0 {
		t.Errorf("an n-gram reaches over the form feed: %v", tokens)
	}
	if _, ok := table.ID("zebra"); ok {
		t.Error("found a word that is not there")
	}
}

func TestRestrictAndPrune(t *testing.T) {
	full := words(t, "the cat the dog the cat an owl the owl", 2)
	r, err := full.Restrict(2) // the, cat
	if err != nil {
		t.Fatal(err)
	}
	ids, err := r.Encode("the zebra CAT")
	if err != nil || fmt.Sprint(ids) != "[0 2 1]" {
		t.Errorf("encoded as %v, %v", ids, err)
	}
	if n := r.Count(0, 2); n != 2 { // the dog, the owl
		t.Errorf("“the <unk>” counted %d times, want 2", n)
	}
	if r.Total() != full.Total() {
		t.Error("restricting lost words")
	}
	p, err := r.Prune(1, 2)
	if err != nil {
		t.Fatal(err)
	}
	each(r, 2, func(gram []int, count uint64) {
		want := count
		if count < 2 {
			want = 0
		}
		if got := p.Count(gram...); got != want {
			t.Errorf("%v counted %d times, pruned %d, want %d", gram, count, got, want)
		}
	})
	if all, _ := full.Restrict(full.Vocab()); all.Vocab() != full.Vocab()+1 || all.Total() != full.Total() {
		t.Error("restricting to all words changed them")
	}
	if _, err := KneserNey(p, 2); err == nil {
		t.Error("Kneser-Ney took a pruned table")
	}
}

func models(t *testing.T, table *Table, n int) map[string]lm.Model {
	out := map[string]lm.Model{}
	add := func(name string, m lm.Model, err error) {
		if err != nil {
			t.Fatal(name, err)
		}
		out[name] = m
	}
	b, err := Backoff(table, n)
	add("backoff", b, err)
	a, err := AddK(table, n, 0.1)
	add("add-k", a, err)
	d, err := AbsoluteDiscount(table, n)
	add("absolute discount", d, err)
	if table.MinCount(n) <= 1 {
		k, err := KneserNey(table, n)
		add("Kneser-Ney", k, err)
	}
	return out
}

func TestModelsKeepTheContract(t *testing.T) {
	text := texts.Cat().Text
	restricted, err := words(t, text, 3).Restrict(200)
	if err != nil {
		t.Fatal(err)
	}
	pruned, err := restricted.Prune(1, 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	for name, table := range map[string]*Table{"letters": letters(t, text, 4), "words": words(t, text, 3), "restricted": restricted, "pruned": pruned} {
		for n := 1; n <= table.Order(); n++ {
			for kind, m := range models(t, table, n) {
				t.Run(fmt.Sprint(name, " ", kind, " ", n), func(t *testing.T) { lmtest.Test(t, m) })
			}
		}
	}
	uniform, _ := Backoff(restricted, 0)
	lmtest.Test(t, uniform)
}

// The numbers were worked out by hand from the formulas.
func TestSmoothingByHand(t *testing.T) {
	table := words(t, "a b a b a c", 2) // a 3, b 2, c 1; ab 2, ba 2, ac 1
	a, b, c := 0, 1, 2
	prob := func(m lm.Scorer, err error) func(...int) float64 {
		if err != nil {
			t.Fatal(err)
		}
		return func(g ...int) float64 { return m.Prob(g[:len(g)-1], g[len(g)-1]) }
	}
	addK := prob(AddK(table, 2, 0.5))
	discount := prob(AbsoluteDiscount(table, 2)) // D1 = 1/(1+2) = D2 = 1/(1+2·2)
	kneser := prob(KneserNey(table, 2))          // continuation: a 1, b 1, c 1
	d1, d2 := 1./3, 1./5
	unigram := func(count float64) float64 { return (count-d1)/6 + 3*d1/6/3 }
	// After a different tokens: a after b; b after a; c after a. n1 = 3, n2 = 0, so D = 1: all uniform.
	for _, tt := range []struct {
		what      string
		got, want float64
	}{
		{"add-k b|a", addK(a, b), 2.5 / 4.5},
		{"add-k a|c", addK(c, a), 1. / 3},
		{"unigram c", discount(c), unigram(1)},
		{"b|a", discount(a, b), (2-d2)/3 + 2*d2/3*unigram(2)},
		{"c|b", discount(b, c), d2 / 2 * unigram(1)},
		{"Kneser-Ney c", kneser(c), 1. / 3},
		{"Kneser-Ney c|b", kneser(b, c), d2 / 2 / 3},
		{"Kneser-Ney b|a", kneser(a, b), (2-d2)/3 + 2*d2/3/3},
	} {
		if math.Abs(tt.got-tt.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", tt.what, tt.got, tt.want)
		}
	}
}

// On real text the smoothed models keep their known order.
func TestPerplexityOfSmoothing(t *testing.T) {
	text := texts.TomSawyer().Text
	cut := strings.LastIndex(text[:len(text)*9/10], "\n")
	table, err := words(t, text[:cut], 3).Restrict(5000)
	if err != nil {
		t.Fatal(err)
	}
	held, err := table.Encode(text[cut:])
	if err != nil {
		t.Fatal(err)
	}
	perplexity := func(m lm.Scorer, err error) float64 {
		if err != nil {
			t.Fatal(err)
		}
		s, err := lm.Evaluate(m, held)
		if err != nil {
			t.Fatal(err)
		}
		return s.Perplexity()
	}
	one := perplexity(AbsoluteDiscount(table, 1))
	two := perplexity(AbsoluteDiscount(table, 2))
	kneser := perplexity(KneserNey(table, 2))
	addK := perplexity(AddK(table, 2, 0.01))
	if !(kneser < two && two < addK && two < one) {
		t.Errorf("perplexities: Kneser-Ney %.1f, discount %.1f, add-k %.1f, single words %.1f; want them rising", kneser, two, addK, one)
	}
	last := 0.0
	for n := 1; n <= 3; n++ {
		u := Unseen(table, held, n)
		if u <= last {
			t.Errorf("unseen share %v at n = %d, not above %v", u, n, last)
		}
		last = u
	}
	if !math.IsNaN(Unseen(table, held[:2], 3)) {
		t.Error("a text of two words has trigrams")
	}
}
