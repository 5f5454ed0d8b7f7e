package ngram

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Words is a Tokenizer into words: runs of letters in lower case, apostrophes
// inside them kept ("don't"; curly ones are made straight), everything else
// left out. New words get the next free id, so its vocabulary is open.
type Words struct {
	text  []byte   // all words, one after the other
	start []uint32 // where word i starts in text; one more at the end
	slots []slot   // open addressing, a power of two of them
	open  bool
	spell []byte // room for a word whose spelling had to be changed
}

// A slot keeps the hash beside the id, so that a look-up touches the text of
// a word only when it is almost surely the right one.
type slot struct{ hash, id uint32 } // id is one more than the word's, 0 for a free slot

// NewWords returns an empty, open vocabulary.
func NewWords() *Words {
	return &Words{start: []uint32{0}, slots: make([]slot, 1<<12), open: true}
}

// newClosedWords is the vocabulary of a table. Words that are not in it get
// the id unknown.
func newClosedWords(symbols []string) *Words {
	w := NewWords()
	for _, s := range symbols {
		w.id([]byte(s))
	}
	w.open = false
	return w
}

func (w *Words) Closed() bool      { return !w.open }
func (w *Words) Separator() string { return " " }

// Symbols lists the words by id.
func (w *Words) Symbols() []string {
	out := make([]string, w.len())
	for i := range out {
		out[i] = string(w.word(uint32(i)))
	}
	return out
}

func (w *Words) len() int             { return len(w.start) - 1 }
func (w *Words) word(i uint32) []byte { return w.text[w.start[i]:w.start[i+1]] }

// class sorts the bytes: 0 ends a word, a letter stands for itself in lower
// case, and special bytes need a closer look.
var class = func() (c [256]byte) {
	for b := 'a'; b <= 'z'; b++ {
		c[b], c[b-'a'+'A'] = byte(b), byte(b)
	}
	for b := utf8.RuneSelf; b < 256; b++ {
		c[b] = special
	}
	c['\''], c['\f'] = special, special
	return c
}()

const special = 1

// Tokenize is the Tokenizer's method.
func (w *Words) Tokenize(dst []uint32, text []byte, last bool) ([]uint32, int) {
	for i := 0; i < len(text); {
		c := class[text[i]]
		if c == 0 {
			i++
			continue
		}
		// The fast road: a run of plain letters, hashed while it is read.
		start, hash, lower := i, uint32(offset32), byte(0)
		for c > special {
			lower |= text[i] ^ c // not 0 once a letter was upper case
			hash = (hash ^ uint32(c)) * prime32
			if i++; i == len(text) || i-start == MaxTokenBytes {
				break
			}
			c = class[text[i]]
		}
		switch {
		case i == len(text) && !last && i-start < MaxTokenBytes:
			return dst, start
		case i < len(text) && c == special:
			var ok bool
			if dst, i, ok = w.slow(dst, text, start, last); !ok {
				return dst, i
			}
		case lower == 0:
			dst = append(dst, w.find(text[start:i], hash))
		default:
			w.spell = append(w.spell[:0], text[start:i]...)
			for j, b := range w.spell {
				w.spell[j] = class[b]
			}
			dst = append(dst, w.find(w.spell, hash))
		}
	}
	return dst, len(text)
}

// slow cuts the word that begins at start and holds, or is followed by, an
// apostrophe or a character beyond ASCII. It returns where to go on, and
// false if the word may continue in the next piece of text.
func (w *Words) slow(dst []uint32, text []byte, start int, last bool) ([]uint32, int, bool) {
	w.spell = w.spell[:0]
	apostrophe := false // one was met, and counts if a letter follows
	i := start
	for i < len(text) && i-start < MaxTokenBytes {
		if !last && !utf8.FullRune(text[i:]) {
			return dst, start, false
		}
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) && len(w.spell) > 0:
			if apostrophe {
				w.spell = append(w.spell, '\'')
				apostrophe = false
			}
			w.spell = utf8.AppendRune(w.spell, unicode.ToLower(r))
		case (r == '\'' || r == '’') && len(w.spell) > 0 && !apostrophe:
			apostrophe = true
		default:
			if len(w.spell) > 0 {
				return append(dst, w.id(w.spell)), i, true
			}
			if r == '\f' {
				dst = append(dst, Break)
			}
			return dst, i + n, true
		}
		i += n
	}
	if !last && i-start < MaxTokenBytes {
		return dst, start, false
	}
	if len(w.spell) > 0 {
		dst = append(dst, w.id(w.spell))
	}
	return dst, i, true
}

// FNV-1a (Fowler, Noll, Vo), 32 bits.
const offset32, prime32 = 2166136261, 16777619

func (w *Words) id(word []byte) uint32 {
	hash := uint32(offset32)
	for _, b := range word {
		hash = (hash ^ uint32(b)) * prime32
	}
	return w.find(word, hash)
}

// lookup is id for a vocabulary that must not grow.
func (w Words) lookup(word []byte) uint32 {
	w.open = false
	return w.id(word)
}

// unknown is what a closed vocabulary answers for a word that it does not have.
const unknown = none

func (w *Words) find(word []byte, hash uint32) uint32 {
	mask := uint32(len(w.slots) - 1)
	for i := (hash * 0x9e3779b1) >> 7 & mask; ; i = (i + 1) & mask {
		s := w.slots[i]
		if s.id == 0 {
			if !w.open {
				return unknown
			}
			return w.insert(word, hash)
		}
		if s.hash == hash && bytes.Equal(w.word(s.id-1), word) {
			return s.id - 1
		}
	}
}

func (w *Words) insert(word []byte, hash uint32) uint32 {
	if 2*w.len() >= len(w.slots) {
		old := w.slots
		w.slots = make([]slot, 4*len(old))
		for _, s := range old {
			if s.id != 0 {
				w.place(s)
			}
		}
	}
	id := uint32(w.len())
	w.text = append(w.text, word...)
	w.start = append(w.start, uint32(len(w.text)))
	w.place(slot{hash, id + 1})
	return id
}

func (w *Words) place(s slot) {
	mask := uint32(len(w.slots) - 1)
	i := (s.hash * 0x9e3779b1) >> 7 & mask
	for w.slots[i].id != 0 {
		i = (i + 1) & mask
	}
	w.slots[i] = s
}
