package letterfreq_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"oneword/data/texts"
	"oneword/letterfreq"
	"oneword/lm"
)

func ExampleCount() {
	c := letterfreq.Count("Mississippi, Missouri")
	for i := range 4 {
		fmt.Printf("%s %.3f\n", c.Label(i), c.Value(i))
	}
	// Output:
	// i 0.316
	// s 0.316
	// M 0.105
	// p 0.105
}

func ExampleTotalVariation() {
	a, b := letterfreq.Count("aab"), letterfreq.Count("abb")
	fmt.Printf("%.3f %.3f\n", letterfreq.TotalVariation(a, b), letterfreq.KullbackLeibler(a, b))
	// Output: 0.333 0.333
}

func ExampleWordSampler() {
	letters, _ := letterfreq.NewSampler(letterfreq.CountFolded("to be or not to be"))
	words, _ := letterfreq.NewWordSampler(letters, []float64{0, 0, 5. / 6, 1. / 6})
	fmt.Println(words.Text(lm.Rand(1, "hamlet"), 6))
	// Output: en ee et nt eo bb
}

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		text  string
		count func(string) letterfreq.Counts
		want  string
	}{
		{"", letterfreq.Count, ""},
		{"123 …", letterfreq.Count, ""},
		{"aAbÉé é", letterfreq.Count, "é2 A1 a1 b1 É1"},
		{"aAbÉé é", letterfreq.CountFolded, "é3 a2 b1"},
		{"世界，世", letterfreq.Count, "世2 界1"},
		{"a\xffb", letterfreq.Count, "a1 b1"},
		{"a b", func(s string) letterfreq.Counts {
			return letterfreq.CountFunc(s, func(r rune) bool { return r == ' ' })
		}, " 1"},
	} {
		c := tt.count(tt.text)
		var got []string
		for _, r := range c.Letters() {
			got = append(got, fmt.Sprintf("%c%d", r, c.Count(r)))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, s, tt.want)
		}
	}
}

// The encyclopedia's articles, some years before the essay, rank as the essay
// reports: the same ten letters lead, each at most one place away.
func TestRankingOfTheEncyclopediasArticles(t *testing.T) {
	file, err := os.ReadFile("testdata/articles.json")
	if err != nil {
		t.Fatal(err)
	}
	var articles map[string]struct{ Counts map[string]uint64 }
	if err := json.Unmarshal(file, &articles); err != nil {
		t.Fatal(err)
	}
	for name, essay := range map[string]string{"cat": "eatisnorhl", "dog": "eaoitsnrdh"} {
		counts := map[rune]uint64{}
		for letter, n := range articles[name].Counts {
			counts[[]rune(letter)[0]] = n
		}
		c := letterfreq.FromMap(counts)
		for i, r := range essay {
			if rank := c.Rank(r); rank < i || rank > i+2 {
				t.Errorf("%s: %q is number %d, the essay has it as number %d", name, r, rank, i+1)
			}
		}
	}
}

func TestOurArticles(t *testing.T) {
	cat, dog := letterfreq.Count(texts.Cat().Text), letterfreq.Count(texts.Dog().Text)
	if cat.Rank('o') <= dog.Rank('o') {
		t.Errorf("“o” is number %d for cats and %d for dogs; dogs should lead", cat.Rank('o'), dog.Rank('o'))
	}
	if got := string(cat.Letters()[:1]); got != "e" {
		t.Errorf("the most frequent letter is %q", got)
	}
}

func TestEnglishTable(t *testing.T) {
	english := letterfreq.EnglishCounts()
	if percent := float64(english.Total()) / 10_000; english.Len() != 26 || math.Abs(percent-100) > 0.1 {
		t.Errorf("%d letters, %.3f per cent together", english.Len(), percent)
	}
}

func TestDistances(t *testing.T) {
	abc, d := letterfreq.Count("aabbc"), letterfreq.Count("d")
	empty := letterfreq.Counts{}
	for _, tt := range []struct {
		name      string
		p, q      letterfreq.Counts
		tv, kl    float64
		symmetric bool
	}{
		{"equal", abc, abc, 0, 0, true},
		{"disjoint", abc, d, 1, math.Inf(1), true},
		{"empty", abc, empty, math.NaN(), math.NaN(), true},
	} {
		tv, kl := letterfreq.TotalVariation(tt.p, tt.q), letterfreq.KullbackLeibler(tt.p, tt.q)
		if !same(tv, tt.tv) || !same(kl, tt.kl) {
			t.Errorf("%s: got %v and %v, want %v and %v", tt.name, tv, kl, tt.tv, tt.kl)
		}
		if back := letterfreq.TotalVariation(tt.q, tt.p); !same(back, tv) {
			t.Errorf("%s: total variation is not symmetric", tt.name)
		}
	}
	// Pinsker's inequality ties the two together.
	cat, dog := letterfreq.Count(texts.Cat().Text), letterfreq.Count(texts.Dog().Text+"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	tv, kl := letterfreq.TotalVariation(cat, dog), letterfreq.KullbackLeibler(cat, dog)
	if tv <= 0 || tv > math.Sqrt(kl*math.Ln2/2) {
		t.Errorf("total variation %v against Kullback-Leibler %v bits breaks Pinsker's inequality", tv, kl)
	}
}

func same(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) < 1e-12
}

func TestSamplerFollowsTheCounts(t *testing.T) {
	truth := letterfreq.FromMap(map[rune]uint64{'a': 1, 'b': 10, 'c': 0, 'd': 100, 'e': 3, 'ß': 7})
	draw, err := letterfreq.NewSampler(truth)
	if err != nil {
		t.Fatal(err)
	}
	got := letterfreq.Count(draw.Text(lm.Rand(1, "test"), 200_000))
	if got.Count('c') != 0 {
		t.Error("drew a letter that was never counted")
	}
	if d := letterfreq.TotalVariation(got, truth); d > 0.005 {
		t.Errorf("200,000 draws are %v away from the counts", d)
	}
	if _, err := letterfreq.NewSampler(letterfreq.Count("12")); err == nil {
		t.Error("drawing from no letters is no error")
	}
}

// The draws of a seed stay what they are: the figures of chapter 2 show them.
func TestDrawsOfASeed(t *testing.T) {
	letters, _ := letterfreq.NewSampler(letterfreq.CountFolded("the quick brown fox jumps over the lazy dog"))
	words, _ := letterfreq.NewWordSampler(letters, []float64{0, 0.1, 0.2, 0.4, 0.3})
	rng := lm.Rand(1, "pinned")
	if got := letters.Text(rng, 40) + "|" + words.Text(rng, 8); got != "eytcoqtohnepofojmkelojoscxgoouhguwkanbzs|jie ebpx eteo ocr rzk ovxh erux xckv" {
		t.Errorf("drew %q", got)
	}
}

func TestWordSampler(t *testing.T) {
	lengths := letterfreq.WordLengths("a bb bb ccc")
	if fmt.Sprint(lengths) != "[0 0.25 0.5 0.25]" {
		t.Errorf("lengths %v", lengths)
	}
	letters, _ := letterfreq.NewSampler(letterfreq.Count("x"))
	words, err := letterfreq.NewWordSampler(letters, lengths)
	if err != nil {
		t.Fatal(err)
	}
	got := letterfreq.WordLengths(words.Text(lm.Rand(1, "test"), 50_000))
	for n, want := range lengths {
		if math.Abs(got[n]-want) > 0.01 {
			t.Errorf("share of length %d is %v, want %v", n, got[n], want)
		}
	}
	for _, bad := range [][]float64{nil, {0, 0}, {1}, {0, -1}, {0, math.NaN()}} {
		if _, err := letterfreq.NewWordSampler(letters, bad); err == nil {
			t.Errorf("lengths %v passed", bad)
		}
	}
}

func TestConvergence(t *testing.T) {
	truth := letterfreq.CountFolded(texts.Cat().Text)
	sizes := []int{100, 400, 1600, 6400, 25600}
	d, err := letterfreq.DrawnDistance(truth, sizes, 50, lm.Rand(1, "test"))
	if err != nil {
		t.Fatal(err)
	}
	slope := math.Log(d[4]/d[0]) / math.Log(256)
	if math.Abs(slope+0.5) > 0.03 {
		t.Errorf("distances %v fall with exponent %.3f, want -0.5", d, slope)
	}
	real := letterfreq.TextDistance(truth, texts.Cat().Text, []int{100, 1_000_000})
	if !(real[0] > 0) || !math.IsNaN(real[1]) {
		t.Errorf("distances of the text: %v", real)
	}
	all := letterfreq.TextDistance(truth, texts.Cat().Text, []int{int(truth.Total())})
	if all[0] != 0 {
		t.Errorf("the whole text is %v away from itself", all[0])
	}
}

func BenchmarkCount(b *testing.B) {
	text := texts.TomSawyer().Text
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		letterfreq.Count(text)
	}
}

func BenchmarkSampler(b *testing.B) {
	draw, err := letterfreq.NewSampler(letterfreq.Count(texts.Cat().Text))
	if err != nil {
		b.Fatal(err)
	}
	rng := lm.Rand(1, "bench")
	for b.Loop() {
		draw.Letter(rng)
	}
}
