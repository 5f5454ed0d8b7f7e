package embedding

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/stat"

	"oneword/internal/simd"
)

// A Pair is two words and how alike people find them.
type Pair struct {
	A, B   string
	Rating float64
}

// ParsePairs reads lines of two words and a number, parted by white space;
// lines that begin with # are skipped. The name is for errors, which name the
// line.
func ParsePairs(name string, file []byte) ([]Pair, error) {
	var pairs []Pair
	seen := map[[2]string]int{}
	for n, line := range lines(file) {
		f := strings.Fields(line)
		if len(f) != 3 {
			return nil, fmt.Errorf("%s:%d: %d fields, want two words and a number", name, n, len(f))
		}
		judge, err := strconv.ParseFloat(f[2], 64)
		if err != nil || math.IsNaN(judge) || math.IsInf(judge, 0) {
			return nil, fmt.Errorf("%s:%d: %q is not a number", name, n, f[2])
		}
		key := [2]string{min(f[0], f[1]), max(f[0], f[1])}
		if first := seen[key]; first > 0 {
			return nil, fmt.Errorf("%s:%d: %s and %s were judged on line %d already", name, n, f[0], f[1], first)
		}
		seen[key] = n
		pairs = append(pairs, Pair{f[0], f[1], judge})
	}
	return pairs, nil
}

// A Relation is a kind of analogy and the pairs of words that stand in it.
type Relation struct {
	Name  string
	Pairs [][2]string
}

// Words are the words of all pairs, those of a pair side by side.
func (r Relation) Words() (words []string) {
	for _, p := range r.Pairs {
		words = append(words, p[0], p[1])
	}
	return words
}

// ParseRelations reads relations: a line ": name", then a pair of words on each
// line.
func ParseRelations(name string, file []byte) ([]Relation, error) {
	var all []Relation
	for n, line := range lines(file) {
		if title, ok := strings.CutPrefix(line, ":"); ok {
			all = append(all, Relation{Name: strings.TrimSpace(title)})
			continue
		}
		f := strings.Fields(line)
		if len(f) != 2 || len(all) == 0 {
			return nil, fmt.Errorf("%s:%d: %q, want two words, below a line with \":\" and the relation", name, n, line)
		}
		r := &all[len(all)-1]
		r.Pairs = append(r.Pairs, [2]string{f[0], f[1]})
	}
	return all, nil
}

// lines yields the lines that say something, with their numbers.
func lines(file []byte) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		s := bufio.NewScanner(bytes.NewReader(file))
		s.Buffer(nil, len(file)+1)
		for n := 1; s.Scan(); n++ {
			if line := strings.TrimSpace(s.Text()); line != "" && line[0] != '#' && !yield(n, line) {
				return
			}
		}
	}
}

// SimilarityScore is how well vectors agree with people on pairs of words.
type SimilarityScore struct {
	Spearman float64 // rank correlation of cosine and judgement
	Pairs    int     // of which both words have vectors
	Missing  []string
}

// EvaluateSimilarity compares the cosines of pairs of words with judgements by rank
// (Spearman's correlation). Words without a vector are listed, and their pairs
// left out.
func (v *Vectors) EvaluateSimilarity(pairs []Pair) SimilarityScore {
	var a SimilarityScore
	var ours, theirs []float64
	for _, p := range pairs {
		missing := false
		for _, w := range []string{p.A, p.B} {
			if !v.Has(w) {
				missing = true
				a.Missing = append(a.Missing, w)
			}
		}
		if missing {
			continue
		}
		near, _ := v.Cosine(p.A, p.B) // both are there
		ours, theirs = append(ours, near), append(theirs, p.Rating)
	}
	slices.Sort(a.Missing)
	a.Missing = slices.Compact(a.Missing)
	if a.Pairs = len(ours); a.Pairs > 1 {
		a.Spearman = stat.Correlation(ranks(ours), ranks(theirs), nil)
	}
	return a
}

// ranks are the places of numbers by size; equal ones share the mean of theirs.
func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	r := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			r[k] = float64(i+j-1) / 2
		}
		i = j
	}
	return r
}

// An AnalogyScore is how many analogies of a relation were answered rightly.
type AnalogyScore struct {
	Relation           string
	Correct, Questions int
	Missing            []string // words without a vector; their questions are left out
}

// Accuracy is the part of the questions that were answered rightly.
func (a AnalogyScore) Accuracy() float64 { return float64(a.Correct) / float64(max(a.Questions, 1)) }

// EvaluateAnalogies asks, in each relation, all questions that two of its pairs make,
// one way round and the other.
func (v *Vectors) EvaluateAnalogies(relations []Relation, method AnalogyMethod) []AnalogyScore {
	list := make([]AnalogyScore, len(relations))
	for k, r := range relations {
		a := &list[k]
		a.Relation = r.Name
		var known [][2]int
		for _, p := range r.Pairs {
			i, errI := v.find(p[0])
			j, errJ := v.find(p[1])
			if errI != nil {
				a.Missing = append(a.Missing, p[0])
			}
			if errJ != nil {
				a.Missing = append(a.Missing, p[1])
			}
			if errI == nil && errJ == nil {
				known = append(known, [2]int{i, j})
			}
		}
		n := len(known)
		right := make([]bool, n*n)
		simd.Parallel(n*n, 1, func(lo, hi int) {
			for q := lo; q < hi; q++ {
				if one, two := known[q/n], known[q%n]; q/n != q%n {
					right[q] = v.argmax(v.analogy(one[0], one[1], two[0], method), one[0], one[1], two[0]) == two[1]
				}
			}
		})
		a.Questions = n * (n - 1)
		for _, ok := range right {
			if ok {
				a.Correct++
			}
		}
	}
	return list
}

// Total sums up all relations.
func Total(list []AnalogyScore) AnalogyScore {
	t := AnalogyScore{Relation: "all"}
	for _, a := range list {
		t.Correct += a.Correct
		t.Questions += a.Questions
		t.Missing = append(t.Missing, a.Missing...)
	}
	return t
}

// A Category is words that belong together, and what they are.
type Category struct {
	Name  string
	Words []string
}

// ParseCategories reads categories: a line ": name", then words on one line or more. A
// word that stands twice is an error, which names the line.
func ParseCategories(name string, file []byte) ([]Category, error) {
	var all []Category
	seen := map[string]int{}
	for n, line := range lines(file) {
		if title, ok := strings.CutPrefix(line, ":"); ok {
			all = append(all, Category{Name: strings.TrimSpace(title)})
			continue
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("%s:%d: words before the first line with \":\" and a category", name, n)
		}
		for _, w := range strings.Fields(line) {
			if first := seen[w]; first > 0 {
				return nil, fmt.Errorf("%s:%d: %q stood on line %d already", name, n, w, first)
			}
			seen[w] = n
			c := &all[len(all)-1]
			c.Words = append(c.Words, w)
		}
	}
	return all, nil
}

// Flatten lists the words of all categories, and the number of the category of
// each.
func Flatten(categories []Category) (words []string, category []int) {
	for i, c := range categories {
		for _, w := range c.Words {
			words, category = append(words, w), append(category, i)
		}
	}
	return words, category
}

// Separation says how well groups of points lie apart: the mean silhouette
// (Rousseeuw 1987), from -1 to 1, and the share of points whose nearest
// neighbour is of their own group. Distances are cosines, of points that are
// not moved first. Points and groups have the same length.
func Separation(points [][]float64, group []int) (silhouette, nearest float64) {
	n := min(len(points), len(group))
	unit := Unit(points[:n])
	for i := range n {
		sums, counts := map[int]float64{}, map[int]int{}
		best, least := -1, math.Inf(1)
		for j := range n {
			if j == i {
				continue
			}
			d := 1.0
			for k := range min(len(unit[i]), len(unit[j])) {
				d -= unit[i][k] * unit[j][k]
			}
			sums[group[j]] += d
			counts[group[j]]++
			if d < least {
				best, least = j, d
			}
		}
		if best >= 0 && group[best] == group[i] {
			nearest += 1 / float64(n)
		}
		own, other := 0.0, math.Inf(1)
		for g, sum := range sums {
			if mean := sum / float64(counts[g]); g == group[i] {
				own = mean
			} else {
				other = math.Min(other, mean)
			}
		}
		if counts[group[i]] > 0 && !math.IsInf(other, 1) && math.Max(own, other) > 0 {
			silhouette += (other - own) / math.Max(own, other) / float64(n)
		}
	}
	return silhouette, nearest
}
