package token

import (
	"unicode"
	"unicode/utf8"
)

// Split cuts text into the pieces within which tokens are made: words with the
// space before them, numbers, runs of signs, white space. It is GPT-2's
// pattern (encoder.py of github.com/openai/gpt-2), by hand, as Go's regular
// expressions cannot look ahead:
//
//	's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
//
// The pieces put together are the text. A byte that is not UTF-8 counts as a
// sign.
func Split(text string) []string {
	var pieces []string
	for len(text) > 0 {
		n := next(text)
		pieces = append(pieces, text[:n])
		text = text[n:]
	}
	return pieces
}

type class uint8

const (
	sign class = iota
	letter
	digit
	space
)

var ascii = func() (table [utf8.RuneSelf]class) {
	for i := range table {
		table[i] = classOf(rune(i))
	}
	return table
}()

func classOf(r rune) class {
	switch {
	case unicode.IsLetter(r):
		return letter
	case unicode.IsNumber(r):
		return digit
	case unicode.IsSpace(r):
		return space
	}
	return sign
}

// first is the class and length of the first character.
func first(text string) (class, int) {
	if text[0] < utf8.RuneSelf {
		return ascii[text[0]], 1
	}
	r, n := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && n == 1 {
		return sign, 1
	}
	return classOf(r), n
}

// next is the length of the first piece of a text that is not empty.
func next(text string) int {
	if text[0] == '\'' {
		if n := contraction(text); n > 0 {
			return n
		}
	}
	at := 0
	if text[0] == ' ' && len(text) > 1 {
		at = 1 // may belong to what follows
	}
	c, n := first(text[at:])
	if c != space {
		return at + n + run(text[at+n:], c)
	}
	// White space: all of it at the end of the text, else all but its last
	// character, which is left for the word behind it, unless it is the only one.
	end, last := 0, 0
	for end < len(text) {
		c, n := first(text[end:])
		if c != space {
			break
		}
		end, last = end+n, n
	}
	if end < len(text) && end > last {
		return end - last
	}
	return end
}

// run is how many bytes at the beginning of a text are of a class.
func run(text string, c class) int {
	at := 0
	for at < len(text) {
		d, n := first(text[at:])
		if d != c {
			break
		}
		at += n
	}
	return at
}

// contraction is the length of the 's of "it's" and its like.
func contraction(text string) int {
	for _, c := range []string{"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"} {
		if len(text) >= len(c) && text[:len(c)] == c {
			return len(c)
		}
	}
	return 0
}
