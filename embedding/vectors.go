package embedding

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"oneword/internal/simd"
)

// Vectors are words and the vector of each.
type Vectors struct {
	words []string // by falling frequency, where it is known
	index map[string]int
	dim   int
	data  []float32 // [V][D]
	unit  []float32 // [V][D], each vector divided by its length
}

// New makes vectors of rows that stand one after the other in data, which is
// kept. Words that stand twice, and numbers that are not finite, are an error.
func New(words []string, dim int, data []float32) (*Vectors, error) {
	if dim < 1 || len(data) != dim*len(words) {
		return nil, fmt.Errorf("embedding: %d words of %d numbers, but %d numbers in all", len(words), dim, len(data))
	}
	v := &Vectors{words: words, index: make(map[string]int, len(words)), dim: dim, data: data, unit: make([]float32, len(data))}
	for i, w := range words {
		if first, twice := v.index[w]; twice {
			return nil, fmt.Errorf("embedding: the word %q stands twice, at places %d and %d", w, first+1, i+1)
		}
		v.index[w] = i
		row := data[i*dim : (i+1)*dim]
		length := simd.Dot(row, row)
		if x := float64(length); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("embedding: the vector of %q is not finite", w)
		}
		if length > 0 {
			unit := v.unit[i*dim : (i+1)*dim]
			copy(unit, row)
			simd.Scale(float32(1/math.Sqrt(float64(length))), unit)
		}
	}
	return v, nil
}

// Words are all words, the most frequent first where that is known. The slice
// must not be changed.
func (v *Vectors) Words() []string { return v.words }

// Len is the number of words.
func (v *Vectors) Len() int { return len(v.words) }

// Dim is how many numbers a vector has.
func (v *Vectors) Dim() int { return v.dim }

// Vector is the vector of a word. If there is none, the error is an
// [*UnknownWordError]. The slice must not be changed.
func (v *Vectors) Vector(word string) ([]float32, error) {
	i, err := v.find(word)
	if err != nil {
		return nil, err
	}
	return v.data[i*v.dim : (i+1)*v.dim], nil
}

// Has says whether there is a vector of a word.
func (v *Vectors) Has(word string) bool {
	_, ok := v.index[word]
	return ok
}

// Matrix is the vectors of words, one a row, as numbers of 64 bits, for [PCA]
// and [TSNE].
func (v *Vectors) Matrix(words ...string) ([][]float64, error) {
	rows := make([][]float64, len(words))
	for i, w := range words {
		vector, err := v.Vector(w)
		if err != nil {
			return nil, err
		}
		rows[i] = make([]float64, v.dim)
		for j, x := range vector {
			rows[i][j] = float64(x)
		}
	}
	return rows, nil
}

func (v *Vectors) find(word string) (int, error) {
	if i, ok := v.index[word]; ok {
		return i, nil
	}
	return 0, &UnknownWordError{Word: word, Suggestions: v.near(word)}
}

// row is the vector of word i with length 1, or 0 if it has none.
func (v *Vectors) row(i int) []float32 { return v.unit[i*v.dim : (i+1)*v.dim] }

// Cosine is the cosine of the angle between the vectors of two words: 1 if
// they point the same way, 0 if they have nothing in common.
func (v *Vectors) Cosine(a, b string) (float64, error) {
	i, err := v.find(a)
	if err != nil {
		return 0, err
	}
	j, err := v.find(b)
	if err != nil {
		return 0, err
	}
	return float64(simd.Dot(v.row(i), v.row(j))), nil
}

// A Neighbour is a word and the cosine, or another measure, of how near it is.
type Neighbour struct {
	Word       string
	Similarity float64
}

func (n Neighbour) String() string { return fmt.Sprintf("%s %.2f", n.Word, n.Similarity) }

// Neighbours are the n words nearest to a word by cosine, the nearest first.
func (v *Vectors) Neighbours(word string, n int) ([]Neighbour, error) {
	i, err := v.find(word)
	if err != nil {
		return nil, err
	}
	return v.Nearest(v.row(i), n, word), nil
}

// Nearest are the n words whose vectors are nearest to a vector by cosine,
// without those named. It panics if the vector has another length.
func (v *Vectors) Nearest(vector []float32, n int, without ...string) []Neighbour {
	if len(vector) != v.dim {
		panic(fmt.Sprintf("embedding: a vector of %d numbers among those of %d", len(vector), v.dim))
	}
	length := math.Sqrt(float64(simd.Dot(vector, vector)))
	if length == 0 {
		length = 1
	}
	return v.best(n, without, func(i int) float64 { return float64(simd.Dot(v.row(i), vector)) / length })
}

// best are the n words with the highest score.
func (v *Vectors) best(n int, without []string, score func(i int) float64) []Neighbour {
	scores := make([]float64, len(v.words))
	simd.Parallel(len(v.words), 1024, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			scores[i] = score(i)
		}
	})
	for _, w := range without {
		if i, ok := v.index[w]; ok {
			scores[i] = math.Inf(-1)
		}
	}
	var top []int // by falling score; few, so that insertion is fast
	for i, s := range scores {
		if math.IsInf(s, -1) || len(top) == n && (n == 0 || s <= scores[top[n-1]]) {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, s, func(j int, s float64) int {
			if scores[j] >= s {
				return -1
			}
			return 1
		})
		if len(top) == n {
			top = top[:n-1]
		}
		top = slices.Insert(top, at, i)
	}
	list := make([]Neighbour, len(top))
	for i, j := range top {
		list[i] = Neighbour{v.words[j], scores[j]}
	}
	return list
}

// An UnknownWordError tells of a word without a vector, and of words that are
// spelt nearly so.
type UnknownWordError struct {
	Word        string
	Suggestions []string
}

func (e *UnknownWordError) Error() string {
	if len(e.Suggestions) == 0 {
		return fmt.Sprintf("embedding: no vector of %q", e.Word)
	}
	return fmt.Sprintf("embedding: no vector of %q; near it: %s", e.Word, strings.Join(e.Suggestions, ", "))
}

// near are up to five words at most two changes away, the fewest changes and
// the most frequent first.
func (v *Vectors) near(word string) []string {
	type candidate struct{ i, changes int }
	var found []candidate
	lower := []rune(strings.ToLower(word))
	for i, w := range v.words {
		if len(w) > 4*len(lower)+8 {
			continue
		}
		if d := changes(lower, []rune(w)); d <= 2 && 2*d <= max(len(lower), 2) {
			found = append(found, candidate{i, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.changes, b.changes) })
	var list []string
	for _, c := range found[:min(5, len(found))] {
		list = append(list, v.words[c.i])
	}
	return list
}

// changes is the number of letters to insert, delete or replace to get from a
// to b (Levenshtein), or 3 if their lengths differ by more than 2.
func changes(a, b []rune) int {
	if d := len(a) - len(b); d > 2 || d < -2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
