package parens

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// The tokens. End stands before each sequence and after it.
const (
	Open = iota
	Close
	End
	vocab
)

// Symbols are the tokens as they are written.
var Symbols = [vocab]string{"(", ")", "End"}

// A Language is all balanced sequences of 1 to Pairs pairs: each length is as
// probable as the others, and so is each sequence among those of its length.
type Language struct{ Pairs int }

// Trained is the language that the shipped nets were trained on.
func Trained() Language { return Language{Pairs: 20} }

// Draw draws a sequence.
func (l Language) Draw(rng *rand.Rand) []int { return Balanced(1+rng.IntN(l.Pairs), rng) }

// Balanced draws a sequence of so many pairs, each with the same probability,
// in one go: the share of sequences that go on with "(" is known exactly at each
// place (Arnold and Sleep, Uniform Random Generation of Balanced Parenthesis
// Strings, 1980).
func Balanced(pairs int, rng *rand.Rand) []int {
	sequence := make([]int, 0, 2*pairs)
	depth := 0
	for left := 2 * pairs; left > 0; left-- {
		if rng.IntN(2*left*(depth+1)) < (depth+2)*(left-depth) {
			sequence = append(sequence, Open)
			depth++
		} else {
			sequence = append(sequence, Close)
			depth--
		}
	}
	return sequence
}

// Completions is in how many ways a sequence that is depth parentheses deep can
// be closed with so many more: the ballot numbers. It is exact up to 2⁵³.
func Completions(left, depth int) float64 {
	if depth < 0 || left < depth || (left-depth)%2 != 0 {
		return 0
	}
	up := (left - depth) / 2 // how many of them open
	ways := 1.0              // left over up
	for i := range up {
		ways = ways * float64(left-i) / float64(i+1)
	}
	return math.Round(ways * float64(depth+1) / float64((left+depth)/2+1))
}

// Next is the exact probability of each token after a beginning of a sequence,
// without the End before it. After a beginning that the language does not have,
// all are 0.
func (l Language) Next(beginning []int) (p [vocab]float64) {
	depth, ok := Depth(beginning)
	if !ok {
		return p
	}
	read, sum := len(beginning), 0.0
	for n := max(1, (read+1)/2); n <= l.Pairs; n++ {
		all, left := Completions(2*n, 0), 2*n-read
		switch {
		case left == 0 && depth == 0:
			p[End] += 1 / all
		case left > 0:
			p[Open] += Completions(left-1, depth+1) / all
			p[Close] += Completions(left-1, depth-1) / all
		}
	}
	for _, v := range p {
		sum += v
	}
	for i := range p {
		if sum > 0 {
			p[i] /= sum
		}
	}
	return p
}

// Depth is how many parentheses are open after a sequence, and whether none was
// closed that had not been opened.
func Depth(sequence []int) (depth int, ok bool) {
	for _, token := range sequence {
		switch token {
		case Open:
			depth++
		case Close:
			depth--
		default:
			return depth, false
		}
		if depth < 0 {
			return depth, false
		}
	}
	return depth, true
}

// Encode reads a sequence as it is written.
func Encode(text string) ([]int, error) {
	var sequence []int
	for i, r := range text {
		switch r {
		case '(':
			sequence = append(sequence, Open)
		case ')':
			sequence = append(sequence, Close)
		default:
			return nil, fmt.Errorf("parens: %q at byte %d, want ( or )", r, i)
		}
	}
	return sequence, nil
}

// Decode writes a sequence.
func Decode(sequence []int) string {
	text := ""
	for _, token := range sequence {
		text += Symbols[token]
	}
	return text
}

// A Tree is a pair of parentheses, or the whole sequence, and the pairs in it.
type Tree struct {
	Whole    bool
	Children []*Tree
}

// Parse is the parse tree of a balanced sequence.
func Parse(sequence []int) (*Tree, error) {
	if depth, ok := Depth(sequence); !ok || depth != 0 {
		return nil, fmt.Errorf("parens: %s does not balance", Decode(sequence))
	}
	root := &Tree{Whole: true}
	path := []*Tree{root}
	for _, token := range sequence {
		if token == Open {
			inner := &Tree{}
			last := path[len(path)-1]
			last.Children = append(last.Children, inner)
			path = append(path, inner)
		} else {
			path = path[:len(path)-1]
		}
	}
	return root, nil
}
