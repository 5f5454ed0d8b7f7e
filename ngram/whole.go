package ngram

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"oneword/lm"
)

// A Whole prices text to its last character by n-grams, which see neither capitals nor
// signs, so that they can be compared with a model that does. What a table folds
// away is priced by how often it stood in another text: what stands between two
// words, and, after that, whether the word begins with a capital or has nothing
// but capitals. What never stood there costs 8 bits a byte, and a word that the
// table does not know is spelt by the table of letters.
type Whole struct {
	table  *Table
	model  lm.Scorer
	spell  *Table
	letter lm.Scorer
	gaps   map[string]float64
	cases  map[string]map[casing]float64
}

// casing is how a word is written.
type casing int

const (
	lower casing = iota
	title
	upper
	mixed // a bit a letter
	casings
)

// NewWhole prices by a table's n-grams, with absolute discounting. Letters is a table
// of letters, which may be the same one.
func NewWhole(table *Table, n int, letters *Table, like string) (*Whole, error) {
	w := &Whole{table: table, spell: letters, gaps: map[string]float64{}, cases: map[string]map[casing]float64{}}
	var err error
	if w.model, err = AbsoluteDiscount(table, n); err != nil {
		return nil, err
	}
	if w.letter, err = AbsoluteDiscount(letters, min(3, letters.Order())); err != nil {
		return nil, err
	}
	if _, ok := letters.ID(" "); !ok {
		return nil, errors.New("ngram: the table of letters has no space")
	}
	for gap, word := range w.surface(like) {
		w.gaps[gap]++
		if w.cases[gap] == nil {
			w.cases[gap] = map[casing]float64{}
		}
		w.cases[gap][casingOf(word)]++
	}
	return w, nil
}

// Bits are those of a text, all of it.
func (w *Whole) Bits(text string) (float64, error) {
	tokens, err := w.table.Encode(text)
	if err != nil {
		return 0, err
	}
	score, err := lm.Evaluate(w.model, tokens)
	if err != nil {
		return 0, fmt.Errorf("ngram: %w", err)
	}
	bits := score.Nats / math.Ln2
	if unknown, ok := w.table.ID(Unknown); ok {
		words := NewWords()
		ids, _ := words.Tokenize(nil, []byte(text), true)
		symbols := words.Symbols()
		for i, id := range slices.DeleteFunc(ids, func(id uint32) bool { return id == Break }) {
			if tokens[i] == unknown {
				spelt, err := w.spelt(symbols[id])
				if err != nil {
					return 0, err
				}
				bits += spelt
			}
		}
	}
	return bits + w.folded(text), nil
}

// spelt are the bits of a word and its end.
func (w *Whole) spelt(word string) (float64, error) {
	letters, err := w.spell.Encode(word + " ")
	if err != nil {
		return 0, err
	}
	score, err := lm.Evaluate(w.letter, letters)
	return score.Nats / math.Ln2, err
}

// folded are the bits of what the table does not see.
func (w *Whole) folded(text string) (bits float64) {
	all := 0.0
	for _, n := range w.gaps {
		all += n
	}
	for gap, word := range w.surface(text) {
		// What was never seen counts as one more.
		if n := w.gaps[gap]; n > 0 {
			bits -= math.Log2(n / (all + 1))
		} else {
			bits += math.Log2(all+1) + 8*float64(len(gap)+1)
		}
		seen, c, of := w.cases[gap], casingOf(word), float64(casings)
		for _, n := range seen {
			of += n
		}
		bits -= math.Log2((seen[c] + 1) / of)
		if c == mixed {
			bits += float64(utf8.RuneCountInString(word))
		}
		for _, r := range word {
			if r == '’' { // which the tables read as a straight one
				bits++
			} else if _, ok := w.spell.ID(string(unicode.ToLower(r))); !ok && r != '\'' {
				bits += 8 * float64(utf8.RuneLen(r)) // no letter of the alphabet
			}
		}
	}
	return bits
}

// surface cuts a text into its words, as the table does, with what stands before
// each. What stands after the last has an empty one.
func (w *Whole) surface(text string) iter.Seq2[string, string] {
	words := w.table.separator != ""
	return func(yield func(gap, word string) bool) {
		runes := []rune(text)
		letter := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsLetter(runes[i]) }
		inside := func(i int) bool { // a word
			apostrophe := words && i < len(runes) && (runes[i] == '\'' || runes[i] == '’')
			return letter(i) || apostrophe && letter(i-1) && letter(i+1)
		}
		for at := 0; at < len(runes); {
			begin := at
			for begin < len(runes) && !inside(begin) {
				begin++
			}
			end := begin
			for inside(end) {
				end++
			}
			if !yield(string(runes[at:begin]), string(runes[begin:end])) {
				return
			}
			at = end
		}
	}
}

func casingOf(word string) casing {
	first, size := utf8.DecodeRuneInString(word)
	switch rest := word[size:]; {
	case word == strings.ToLower(word):
		return lower
	case unicode.IsUpper(first) && rest == strings.ToLower(rest):
		return title
	case word == strings.ToUpper(word):
		return upper
	}
	return mixed
}

// KnownShare is the share of the words of a text, of those with three letters or
// more, that are in a table of words: nearly any two letters are in one. Without
// such words it is NaN.
func KnownShare(text string, list *Table) float64 {
	words := NewWords()
	ids, _ := words.Tokenize(nil, []byte(text), true)
	symbols := words.Symbols()
	known, judged := 0.0, 0.0
	for _, id := range ids {
		if id == Break || utf8.RuneCountInString(symbols[id]) < 3 {
			continue
		}
		judged++
		if _, ok := list.ID(symbols[id]); ok {
			known++
		}
	}
	return known / judged
}
