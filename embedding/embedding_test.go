package embedding

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"oneword/lm"
)

// language is a text in which words of a kind are used alike: animals eat and
// sleep, stones fall and break, and so on.
func language(n int) string {
	rng := rand.New(rand.NewPCG(1, 1))
	pick := func(list string) string { f := strings.Fields(list); return f[rng.IntN(len(f))] }
	var b strings.Builder
	for range n {
		switch rng.IntN(3) {
		case 0:
			fmt.Fprintf(&b, "the %s %s the %s . ", pick("cat dog horse cow"), pick("eats likes finds"), pick("grass meat bread"))
		case 1:
			fmt.Fprintf(&b, "a %s %s near a %s . ", pick("rock stone brick"), pick("falls rolls breaks"), pick("house wall tower"))
		case 2:
			fmt.Fprintf(&b, "in %s we go to %s . ", pick("march june july may"), pick("paris london rome"))
		}
	}
	return b.String()
}

func corpus(t testing.TB, text string) *Corpus {
	t.Helper()
	c, err := NewCorpus(1000, 1, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCorpus(t *testing.T) {
	c := corpus(t, "The cat and the dog.\fThe cat")
	if !slices.Equal(c.Words, []string{"the", "cat", "and", "dog"}) || !slices.Equal(c.Counts, []uint64{3, 2, 1, 1}) || c.Tokens != 7 {
		t.Errorf("%q %v %d", c.Words, c.Counts, c.Tokens)
	}
	if want := []int32{0, 1, 2, 0, 3, Break, 0, 1, Break}; !slices.Equal(c.Text, want) {
		t.Errorf("text %v, want %v", c.Text, want)
	}
	c, err := NewCorpus(1000, 2, strings.NewReader("The cat and the dog."), strings.NewReader("cat"))
	if err != nil || !slices.Equal(c.Words, []string{"cat", "the"}) || c.Tokens != 6 {
		t.Errorf("%q, %v", c.Words, err)
	}
	if _, err := NewCorpus(1000, 2, strings.NewReader("a b c")); err == nil {
		t.Error("a text of rare words passed")
	}
}

// ownCategory is the share of words whose nearest neighbour is of their own.
func ownCategory(t *testing.T, v *Vectors) float64 {
	t.Helper()
	right, all := 0, 0
	for _, category := range []string{"cat dog horse cow", "rock stone brick", "march june july may", "paris london rome", "grass meat bread", "falls rolls breaks"} {
		list := strings.Fields(category)
		for _, w := range list {
			n, err := v.Neighbours(w, 1)
			if err != nil {
				t.Fatal(err)
			}
			all++
			if slices.Contains(list, n[0].Word) {
				right++
			}
		}
	}
	return float64(right) / float64(all)
}

func TestWordsOfACategoryComeTogether(t *testing.T) {
	c := corpus(t, strings.ReplaceAll(language(4000), " .", " \f"))
	s := DefaultSkipGram()
	s.Dim, s.Epochs, s.Sample = 16, 10, 0
	for _, threads := range []int{1, 2} {
		s.Threads, s.Sides = threads, threads == 1
		losses := []float64{}
		v, err := s.Train(c, func(p Progress) bool { losses = append(losses, p.HeldOut()); return true })
		if err != nil {
			t.Fatal(err)
		}
		if share := ownCategory(t, v); share < 0.9 {
			t.Errorf("skip-gram, %d threads: %.2f of the words are nearest to one of their category", threads, share)
		}
		if threads == 1 && (len(losses) == 0 || !(losses[len(losses)-1] < 6*math.Ln2)) {
			t.Errorf("the loss is %v, no better than a guess", losses)
		}
	}
	v, err := PPMI{Dim: 16, Window: 3, Shift: 1, Seed: 1}.Train(c)
	if err != nil {
		t.Fatal(err)
	}
	if share := ownCategory(t, v); share < 0.9 {
		t.Errorf("PPMI: %.2f of the words are nearest to one of their category", share)
	}
}

// The draws of a seed stay what they are: the shipped vectors were learned with them.
func TestDrawsOfASeed(t *testing.T) {
	a, err := noise([]uint64{1000, 300, 100, 30, 10, 3, 1})
	if err != nil {
		t.Fatal(err)
	}
	rng := lm.Rand(1, "pinned")
	var got []int
	for range 40 {
		got = append(got, a.Draw(rng))
	}
	if want := "[0 1 1 2 0 0 1 0 0 0 0 0 0 2 0 0 0 3 0 0 0 3 0 0 2 1 3 0 0 1 0 3 1 1 3 1 0 2 1 0]"; fmt.Sprint(got) != want {
		t.Errorf("drew %v, want %v", got, want)
	}
}

func TestSameSeedSameVectors(t *testing.T) {
	c := corpus(t, language(500))
	s := DefaultSkipGram()
	s.Epochs = 1
	train := func(seed uint64) []float32 {
		s.Seed = seed
		v, err := s.Train(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		return v.data
	}
	one := train(1)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !slices.Equal(one, train(1)) || slices.Equal(one, train(2)) {
		t.Error("the vectors are not those of the seed")
	}
	p := PPMI{Dim: 10, Window: 2, Shift: 1, Seed: 1}
	first, _ := p.Train(c)
	runtime.GOMAXPROCS(2)
	if second, _ := p.Train(c); !slices.Equal(first.data, second.data) {
		t.Error("PPMI depends on the number of threads")
	}
}

// The truncated decomposition agrees with the definition: for a matrix of rank
// two, times each vector is the value times the vector.
func TestEigen(t *testing.T) {
	const n = 30
	m := &sparse{start: []int{0}}
	rng := rand.New(rand.NewPCG(1, 1))
	a, b := make([]float64, n), make([]float64, n)
	for i := range n {
		a[i], b[i] = rng.NormFloat64(), rng.NormFloat64()
	}
	for i := range n {
		for j := range n {
			m.column = append(m.column, int32(j))
			m.value = append(m.value, float32(3*a[i]*a[j]-b[i]*b[j]))
		}
		m.start = append(m.start, len(m.column))
	}
	vectors, values := m.eigen(3, 1)
	if math.Abs(values[2]) > 1e-4*math.Abs(values[0]) || values[0]*values[1] > 0 {
		t.Errorf("values %v of a matrix of rank two", values)
	}
	for k := range 2 {
		x, y := make([]float32, n), make([]float32, n)
		for i := range x {
			x[i] = float32(vectors.At(i, k))
		}
		m.mul(y, x, 1)
		for i := range y {
			if d := float64(y[i]) - values[k]*vectors.At(i, k); math.Abs(d) > 1e-4*math.Abs(values[0]) {
				t.Errorf("vector %d, place %d: %v off", k, i, d)
			}
		}
	}
}

func TestBadSettings(t *testing.T) {
	c := corpus(t, "a b a b")
	for name, change := range map[string]func(*SkipGram){
		"dim": func(s *SkipGram) { s.Dim = 0 }, "window": func(s *SkipGram) { s.Window = -1 }, "negatives": func(s *SkipGram) { s.Negatives = 0 },
		"epochs": func(s *SkipGram) { s.Epochs = 0 }, "rate": func(s *SkipGram) { s.Rate = math.NaN() }, "sample": func(s *SkipGram) { s.Sample = -1 },
	} {
		s := DefaultSkipGram()
		change(&s)
		if _, err := s.Train(c, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := (PPMI{Dim: 3, Window: 1, Shift: 1}).Train(c); err == nil {
		t.Error("more numbers than words passed")
	}
}

// small is a set of vectors in which arithmetic works.
func small(t testing.TB) *Vectors {
	t.Helper()
	v, err := New([]string{"man", "woman", "king", "queen", "apple"}, 3, []float32{1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, -1, -1, 0})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAnalogy(t *testing.T) {
	v := small(t)
	for _, m := range []AnalogyMethod{CosAdd, CosMul} {
		got, err := v.Analogy("man", "king", "woman", m, 2)
		if err != nil || len(got) != 2 || got[0].Word != "queen" || got[1].Word != "apple" {
			t.Errorf("%v: %v, %v", m, got, err)
		}
	}
	var unknown *UnknownWordError
	if _, err := v.Analogy("man", "kings", "woman", CosAdd, 1); !errors.As(err, &unknown) || !slices.Equal(unknown.Suggestions, []string{"king"}) {
		t.Errorf("%v", err)
	}
	scores := v.EvaluateAnalogies([]Relation{{"royal", [][2]string{{"man", "king"}, {"woman", "queen"}, {"boy", "prince"}}}}, CosAdd)
	if a := scores[0]; a.Correct != 2 || a.Questions != 2 || !slices.Equal(a.Missing, []string{"boy", "prince"}) {
		t.Errorf("%+v", a)
	}
}

func TestNearest(t *testing.T) {
	v := small(t)
	got, err := v.Neighbours("king", 10)
	if err != nil || len(got) != 4 || got[0].Word != "man" || !slices.IsSortedFunc(got, func(a, b Neighbour) int {
		if a.Similarity >= b.Similarity {
			return -1
		}
		return 1
	}) {
		t.Errorf("%v, %v", got, err)
	}
	if near, err := v.Cosine("man", "king"); err != nil || math.Abs(near-math.Sqrt(0.5)) > 1e-6 {
		t.Errorf("cosine %v, %v", near, err)
	}
	if got, _ := v.Neighbours("king", 0); len(got) != 0 {
		t.Errorf("none wanted, got %v", got)
	}
}

func TestEvaluateSimilarity(t *testing.T) {
	pairs, err := ParsePairs("p", []byte("# judged\nman king 9\nman woman 5\nman apple 1\nman boy 4\n"))
	if err != nil {
		t.Fatal(err)
	}
	a := small(t).EvaluateSimilarity(pairs)
	if a.Spearman != 1 || a.Pairs != 3 || !slices.Equal(a.Missing, []string{"boy"}) {
		t.Errorf("%+v", a)
	}
	if got := ranks([]float64{3, 1, 3, 2}); !slices.Equal(got, []float64{2.5, 0, 2.5, 1}) {
		t.Errorf("ranks %v", got)
	}
	for text, want := range map[string]string{"a b": "p:1: 2 fields", "a b x": `p:1: "x"`, "a b 1\n\nb a 2": "p:3: b and a were judged on line 1"} {
		if _, err := ParsePairs("p", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := ParseRelations("r", []byte("a b")); err == nil || !strings.Contains(err.Error(), "r:1") {
		t.Errorf("a pair without a relation: %v", err)
	}
}

func TestFormats(t *testing.T) {
	v := small(t)
	for format := GloVe; format <= Half; format++ {
		var b bytes.Buffer
		if err := v.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		got, err := Parse("f", b.Bytes())
		if err != nil || !slices.Equal(got.words, v.words) || !slices.Equal(got.data, v.data) {
			t.Errorf("format %d: %v", format, err)
		}
	}
	// In 8 bits a number is off by half a step at most, a 254th of the largest of its
	// vector; what was read is written the same.
	var b, again bytes.Buffer
	if err := v.Write(&b, Byte); err != nil {
		t.Fatal(err)
	}
	got, err := Parse("f", b.Bytes())
	if err != nil || !slices.Equal(got.words, v.words) {
		t.Fatal(err)
	}
	for i := range v.words {
		row := v.data[i*v.dim : (i+1)*v.dim]
		top := float64(max(slices.Max(row), -slices.Min(row)))
		for k, x := range row {
			if off := math.Abs(float64(got.data[i*v.dim+k] - x)); off > top/253 {
				t.Errorf("%s: %v is read as %v", v.words[i], x, got.data[i*v.dim+k])
			}
		}
	}
	if err := got.Write(&again, Byte); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
		t.Errorf("written again it is not the same: %v", err)
	}
	bad, _ := New([]string{"new york"}, 1, []float32{1})
	if err := bad.Write(&bytes.Buffer{}, GloVe); err == nil {
		t.Error("a word with a space was written")
	}
	for text, want := range map[string]string{
		"":                                     "f: no vectors",
		"a 1 2\nb 3\n":                         "f:2: 1 numbers, want 2",
		"a 1 2\nb 3 4 5\n":                     "f:2: 3 numbers, want 2",
		"a 1 2\nb 3 NaN\n":                     `f:2: "NaN" is not a finite number`,
		"a 1 2\nb 3 1e99\n":                    `f:2: "1e99" is not a finite number`,
		"a 1 2\nb 3 x\n":                       `f:2: "x" is not a finite number`,
		"a 1 2\na 3 4\n":                       `f:2: the word "a" stood on line 1 already`,
		"3 2\na 1 2\nb 3 4\n":                  "f: 2 vectors, but the first line says 3",
		"2 2\na 1 2\nb 3\n":                    "f:3: 1 numbers, want 2",
		"2 99999999\n":                         "f:1: 2 words of 99999999 numbers",
		"1000000 1000 half\n":                  "need",
		"2 1\na \x00\x00\x80\x3fb \x00":        "need 10 bytes and more, there are 9",
		"1 1\na \x00\x00\xc0\x7f":              "is not finite",
		"1 1\na \x00\x00\x80\x3fmore":          "4 bytes behind the last",
		"2 1 half\na \x00\x3ca \x00\x3c":       `"a" stood at 1 already`,
		"2 1 half\na \x00\x3c\xff \x00\x3c":    "word 2 of 2 is cut short, or not UTF-8",
		"1 1 byte\na \x00\x00\x80\x3f":         "word 1 of 1 is cut short",
		"1 2 byte\na \x00\x00\xc0\x7f\x01\x02": "is not finite",
		"1 1 quarter\na \x00":                  "quarter",
	} {
		if _, err := Parse("f", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if got, err := Parse("f", []byte("at name 1 2\nb 3 4\n")); err == nil {
		t.Errorf("a first line of another length passed: %v", got.words)
	}
	if got, err := Parse("f", []byte("b 3 4\nat name 1 2\r\n")); err != nil || got.words[1] != "at name" {
		t.Errorf("a word with a space, as GloVe has some: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for format := GloVe; format <= Byte; format++ {
		var b bytes.Buffer
		if err := small(f).Write(&b, format); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte("2 2\na 1 2\nb 3\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		v, err := Parse("f", file)
		if err != nil {
			return
		}
		var b bytes.Buffer
		// As text: a binary file of one number to a word may look like text.
		if v.Write(&b, Word2vecText) != nil {
			return // a word with a space
		}
		again, err := Parse("f", b.Bytes())
		if err != nil || !slices.Equal(v.words, again.words) || !slices.Equal(v.data, again.data) {
			t.Errorf("read %q, wrote %q, read %v", file, b.Bytes(), err)
		}
	})
}

func FuzzParsePairs(f *testing.F) {
	f.Add([]byte("a b 1\n# c\nc d 2\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		ParsePairs("f", file)
		ParseRelations("f", file)
	})
}

func TestPCA(t *testing.T) {
	// Points on a long and a short axis, turned.
	var points [][]float64
	for i := range 20 {
		a, b := float64(i)-9.5, math.Sin(float64(i))
		points = append(points, []float64{a + b, a - b, 7})
	}
	projected, explained, err := PCA(points, 2)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(explained[0]+explained[1]-1) > 1e-12 || explained[0] < 0.9 {
		t.Errorf("explained %v", explained)
	}
	for i := range points {
		for j := range points {
			was := math.Hypot(points[i][0]-points[j][0], points[i][1]-points[j][1])
			if is := math.Hypot(projected[i][0]-projected[j][0], projected[i][1]-projected[j][1]); math.Abs(was-is) > 1e-9 {
				t.Fatalf("points %d and %d are %v apart, were %v", i, j, is, was)
			}
		}
	}
	for _, bad := range [][][]float64{nil, {{1}, {1, 2}}, {{1}, {math.NaN()}}} {
		if _, _, err := PCA(bad, 1); err == nil {
			t.Errorf("%v passed", bad)
		}
	}
}

func TestTSNE(t *testing.T) {
	// Three heaps in ten dimensions.
	rng := rand.New(rand.NewPCG(1, 1))
	var points [][]float64
	for i := range 60 {
		p := make([]float64, 10)
		for k := range p {
			p[k] = rng.NormFloat64()
		}
		p[i%3] += 20
		points = append(points, p)
	}
	projected, err := TSNE{}.Embed(points)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range projected {
		best, near := -1, math.Inf(1)
		for j, b := range projected {
			if d := math.Hypot(a[0]-b[0], a[1]-b[1]); j != i && d < near {
				best, near = j, d
			}
		}
		if best%3 != i%3 {
			t.Errorf("point %d is nearest to one of another heap", i)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	again, _ := TSNE{}.Embed(points)
	if fmt.Sprint(again) != fmt.Sprint(projected) {
		t.Error("another picture the second time")
	}
	for _, bad := range [][][]float64{nil, points[:3], {{1}, {1}, {1}, {1}, {1}}} {
		if _, err := (TSNE{}).Embed(bad); err == nil {
			t.Errorf("%d points passed", len(bad))
		}
	}
}
