package grammar

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Grammar is a context-free grammar whose rules have probabilities: rules say
// what a symbol may be made of, and the lexicon which words it may be.
type Grammar struct {
	start string
	rules map[string][]rule
	words map[string]map[string]float64 // by word, then by symbol
}

type rule struct {
	parts []string
	p     float64
}

// Parse reads a grammar, one rule a line, of the form
//
//	S  -> NP VP | VP 0.1
//	N  => dog cat house
//
// After "->" stand symbols, alternatives parted by "|", each with a weight after
// it, 1 if there is none; after "=>" words. Weights are made to sum to 1. The
// first symbol is the start; lines that begin with # are skipped. Rules that
// lead in a circle without reading a word are refused, with the line, as are
// symbols that lead nowhere. The name is for errors.
func Parse(name, text string) (*Grammar, error) {
	g := &Grammar{rules: map[string][]rule{}, words: map[string]map[string]float64{}}
	lines := map[string]int{}
	total := map[string]float64{} // of the weights of a symbol, a word counts 1
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fail := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", name, n+1, fmt.Sprintf(format, args...))
		}
		if symbol, words, ok := strings.Cut(line, "=>"); ok {
			symbol = strings.TrimSpace(symbol)
			list := strings.Fields(words)
			if symbol == "" || strings.ContainsAny(symbol, " \t") || len(list) == 0 {
				return nil, fail("%q, want a symbol, =>, and words", line)
			}
			for _, w := range list {
				if g.words[w] == nil {
					g.words[w] = map[string]float64{}
				}
				if g.words[w][symbol] > 0 {
					return nil, fail("%q is %s already", w, symbol)
				}
				g.words[w][symbol] = 1
			}
			total[symbol] += float64(len(list))
			lines[symbol] = n + 1
			continue
		}
		symbol, right, ok := strings.Cut(line, "->")
		symbol = strings.TrimSpace(symbol)
		if !ok || symbol == "" || strings.ContainsAny(symbol, " \t") {
			return nil, fail("%q, want a symbol and -> or =>", line)
		}
		if g.start == "" {
			g.start = symbol
		}
		lines[symbol] = n + 1
		for _, alternative := range strings.Split(right, "|") {
			parts := strings.Fields(alternative)
			r := rule{p: 1}
			if len(parts) > 1 {
				if p, err := strconv.ParseFloat(parts[len(parts)-1], 64); err == nil {
					if !(p > 0) || math.IsInf(p, 1) {
						return nil, fail("a weight of %v", p)
					}
					r.p, parts = p, parts[:len(parts)-1]
				}
			}
			if len(parts) == 0 {
				return nil, fail("nothing after ->, or between |")
			}
			r.parts = parts
			total[symbol] += r.p
			g.rules[symbol] = append(g.rules[symbol], r)
		}
	}
	if g.start == "" {
		return nil, fmt.Errorf("%s: no rules", name)
	}
	for symbol, rules := range g.rules {
		for i, r := range rules {
			rules[i].p /= total[symbol]
			for _, part := range r.parts {
				if total[part] == 0 {
					return nil, fmt.Errorf("%s:%d: nothing says what %s is", name, lines[symbol], part)
				}
			}
		}
	}
	for _, symbols := range g.words {
		for symbol := range symbols {
			symbols[symbol] /= total[symbol]
		}
	}
	for symbol := range g.rules {
		if g.circles(symbol, symbol, map[string]bool{}) {
			return nil, fmt.Errorf("%s:%d: %s leads back to itself without a word", name, lines[symbol], symbol)
		}
	}
	return g, nil
}

// circles says whether rules of one part lead from a symbol to a goal.
func (g *Grammar) circles(from, goal string, seen map[string]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, r := range g.rules[from] {
		if len(r.parts) == 1 && (r.parts[0] == goal || g.circles(r.parts[0], goal, seen)) {
			return true
		}
	}
	return false
}

// A Tree is how a sentence, or a part of it, is made.
type Tree struct {
	Symbol   string
	Word     string  // of a leaf; "" within the tree
	Children []*Tree // none for a leaf
	P        float64 // probability of this tree, among all that its symbol may be
}

// String writes a tree with brackets: (S (NP dogs) (VP bark)).
func (t *Tree) String() string {
	if len(t.Children) == 0 {
		return "(" + t.Symbol + " " + t.Word + ")"
	}
	var parts []string
	for _, p := range t.Children {
		parts = append(parts, p.String())
	}
	return "(" + t.Symbol + " " + strings.Join(parts, " ") + ")"
}

// mostTrees is how many trees of a part of a sentence are kept, the most
// probable ones.
const mostTrees = 200

// Parses are the trees of a sentence, the most probable first; none if the
// sentence does not follow the grammar. Case does not matter, and a full stop at
// the end may stand or not. If there are more than 200 trees, the least probable
// are left out. A word that the grammar does not have is an error.
func (g *Grammar) Parses(sentence string) ([]*Tree, error) {
	words := strings.Fields(strings.ToLower(strings.TrimRight(strings.TrimSpace(sentence), ".!?")))
	if len(words) == 0 {
		return nil, fmt.Errorf("grammar: no words")
	}
	for i, w := range words {
		if g.words[w] == nil {
			return nil, fmt.Errorf("grammar: word %d, %q, is not in the lexicon", i+1, w)
		}
	}
	c := &parseTable{Grammar: g, sentence: words, known: map[span][]*Tree{}, rows: map[rowSpan][][]*Tree{}}
	return c.trees(g.start, 0, len(words)), nil
}

// A span is a symbol and a part of the sentence.
type span struct {
	symbol   string
	from, to int
}

// A rowSpan is the rest of a rule and a part of the sentence.
type rowSpan struct {
	rest     string
	from, to int
}

// A parseTable has the trees of all parts of a sentence, each found once (the
// table of Cocke, Kasami and Younger, filled as it is needed, and for rules of
// any length).
type parseTable struct {
	*Grammar
	sentence []string
	known    map[span][]*Tree
	rows     map[rowSpan][][]*Tree
}

func (c *parseTable) trees(symbol string, from, to int) []*Tree {
	at := span{symbol, from, to}
	if list, ok := c.known[at]; ok {
		return list
	}
	var list []*Tree
	if to == from+1 {
		if p := c.words[c.sentence[from]][symbol]; p > 0 {
			list = append(list, &Tree{Symbol: symbol, Word: c.sentence[from], P: p})
		}
	}
	for _, r := range c.Grammar.rules[symbol] {
		for _, parts := range c.row(r.parts, from, to) {
			p := r.p
			for _, part := range parts {
				p *= part.P
			}
			list = append(list, &Tree{Symbol: symbol, Children: parts, P: p})
		}
	}
	slices.SortStableFunc(list, func(a, b *Tree) int { return cmp.Compare(b.P, a.P) })
	list = list[:min(len(list), mostTrees)]
	c.known[at] = list
	return list
}

// row is in which ways symbols can make up a part of the sentence, one after
// the other.
func (c *parseTable) row(symbols []string, from, to int) [][]*Tree {
	if len(symbols) > to-from {
		return nil // each needs a word
	}
	at := rowSpan{strings.Join(symbols, " "), from, to}
	if ways, ok := c.rows[at]; ok {
		return ways
	}
	var ways [][]*Tree
	if len(symbols) == 1 {
		for _, t := range c.trees(symbols[0], from, to) {
			ways = append(ways, []*Tree{t})
		}
	} else {
		for middle := from + 1; middle < to; middle++ {
			first := c.trees(symbols[0], from, middle)
			if len(first) == 0 {
				continue
			}
			for _, rest := range c.row(symbols[1:], middle, to) {
				for _, t := range first {
					ways = append(ways, append([]*Tree{t}, rest...))
				}
			}
		}
		slices.SortStableFunc(ways, func(a, b []*Tree) int { return cmp.Compare(product(b), product(a)) })
		ways = ways[:min(len(ways), mostTrees)]
	}
	c.rows[at] = ways
	return ways
}

func product(trees []*Tree) float64 {
	p := 1.0
	for _, t := range trees {
		p *= t.P
	}
	return p
}
