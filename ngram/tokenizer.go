package ngram

import (
	"fmt"
	"io"
	"iter"
	"unicode"
	"unicode/utf8"
)

// Break stands in a stream of tokens where one document ends and the next
// begins: no n-gram reaches across it. In text it is a form feed.
const Break = ^uint32(0)

// A Tokenizer cuts text into tokens. It is what makes an n-gram a run of letters
// or a run of words.
type Tokenizer interface {
	// Tokenize appends the tokens of text to dst and says how many bytes it used.
	// Unless this is the last piece of the text it may leave some bytes at the
	// end unused, fewer than MaxTokenBytes; they begin the next piece.
	Tokenize(dst []uint32, text []byte, last bool) (tokens []uint32, used int)
	// Symbols lists the tokens met so far, by id.
	Symbols() []string
	// Closed says that there can be no tokens but those of Symbols.
	Closed() bool
	// Separator stands between two tokens when they are written out.
	Separator() string
}

// MaxTokenBytes is the length in bytes at which a token is cut off: longer runs of
// letters are not words.
const MaxTokenBytes = 1 << 12

// Tokens reads all of a text and cuts it into tokens, a piece at a time, with a
// Break at the end: no n-gram reaches from one text into the next. A slice is
// good until the next one comes. After an error it ends.
func Tokens(r io.Reader, tok Tokenizer) iter.Seq2[[]uint32, error] {
	return func(yield func([]uint32, error) bool) {
		buf := make([]byte, 0, 1<<18)
		tokens := make([]uint32, 0, cap(buf))
		for last := false; !last; {
			n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
			buf = buf[:len(buf)+n]
			last = err == io.EOF || err == io.ErrUnexpectedEOF
			if err != nil && !last {
				yield(nil, fmt.Errorf("ngram: reading text: %w", err))
				return
			}
			var used int
			tokens, used = tok.Tokenize(tokens[:0], buf, last)
			if last {
				tokens = append(tokens, Break)
			}
			buf = buf[:copy(buf, buf[used:])] // what is left begins the next piece
			if !yield(tokens, nil) {
				return
			}
		}
	}
}

// EnglishAlphabet is the alphabet of the letter models: a to z, then the space.
const EnglishAlphabet = "abcdefghijklmnopqrstuvwxyz "

// Letters is a Tokenizer into letters. Upper case counts as lower case, and every
// run of other characters counts as one space if the alphabet has a space and
// as nothing if it has none.
type Letters struct {
	symbols []string
	ascii   [utf8.RuneSelf]uint32
	other   map[rune]uint32
	space   uint32 // the id of " ", or none
	pending bool   // the last token was a space
}

const none = ^uint32(0) - 1

// NewLetters returns a Tokenizer for the characters of alphabet, whose ids are
// their places in it. The empty alphabet, characters that stand twice and
// upper-case letters (which could never be met) are refused.
func NewLetters(alphabet string) (*Letters, error) {
	l := &Letters{other: map[rune]uint32{}, space: none, pending: true}
	seen := map[rune]bool{}
	for _, r := range alphabet {
		if seen[r] || r == utf8.RuneError || unicode.ToLower(r) != r {
			return nil, fmt.Errorf("ngram: alphabet %q: %q stands twice, is upper case or is not valid UTF-8", alphabet, r)
		}
		seen[r] = true
		l.symbols = append(l.symbols, string(r))
	}
	if len(l.symbols) == 0 {
		return nil, fmt.Errorf("ngram: the alphabet is empty")
	}
	for i, s := range l.symbols {
		if s == " " {
			l.space = uint32(i)
		}
	}
	for i := range l.ascii {
		l.ascii[i] = l.space
	}
	for i, s := range l.symbols {
		r, _ := utf8.DecodeRuneInString(s)
		for _, c := range [2]rune{r, unicode.ToUpper(r)} {
			if c < utf8.RuneSelf {
				l.ascii[c] = uint32(i)
			} else {
				l.other[c] = uint32(i)
			}
		}
	}
	l.ascii['\f'] = Break
	return l, nil
}

func (l *Letters) Symbols() []string { return l.symbols }
func (l *Letters) Closed() bool      { return true }
func (l *Letters) Separator() string { return "" }

// Tokenize is the Tokenizer's method. Leading spaces, and those after a Break, are dropped.
func (l *Letters) Tokenize(dst []uint32, text []byte, last bool) ([]uint32, int) {
	pending := l.pending
	i := 0
	for i < len(text) {
		var id uint32
		if b := text[i]; b < utf8.RuneSelf {
			id = l.ascii[b]
			i++
		} else {
			if !last && !utf8.FullRune(text[i:]) {
				break
			}
			r, n := utf8.DecodeRune(text[i:])
			var known bool
			if id, known = l.other[r]; !known {
				id = l.space
			}
			i += n
		}
		switch {
		case id == none:
			continue
		case id == l.space:
			if pending {
				continue
			}
			pending = true
		default:
			pending = id == Break
		}
		dst = append(dst, id)
	}
	l.pending = pending
	return dst, i
}
