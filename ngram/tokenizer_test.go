package ngram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// spell writes tokens so that a test can compare them: | for a Break.
func spell(c Tokenizer, ids []uint32) string {
	symbols := c.Symbols()
	var out []string
	for _, id := range ids {
		switch id {
		case Break:
			out = append(out, "|")
		case unknown:
			out = append(out, "?")
		default:
			out = append(out, symbols[id])
		}
	}
	return strings.Join(out, c.Separator())
}

func TestTokenize(t *testing.T) {
	letters := func() Tokenizer { l, _ := NewLetters(EnglishAlphabet); return l }
	noSpace := func() Tokenizer { l, _ := NewLetters("abcé"); return l }
	words := func() Tokenizer { return NewWords() }
	long := strings.Repeat("a", 3*MaxTokenBytes+5)
	for _, tt := range []struct {
		name string
		new  func() Tokenizer
		text string
		want string
	}{
		{"letters", letters, "", ""},
		{"letters", letters, "  The CAT,\n\n sat… 42!", "the cat sat "},
		{"letters", letters, "one\f\ftwo", "one||two"},
		{"letters", letters, "na\xc3\xafve \xff x", "na ve x"},
		{"no space", noSpace, "A bÉc!", "abéc"},
		{"words", words, "", ""},
		{"words", words, " ,.42 ", ""},
		{"words", words, "Don't DON’T rock'n'roll 'quoted' dogs' ''", "don't don't rock'n'roll quoted dogs"},
		{"words", words, "naïve Café—bar ÉCOLE 世界", "naïve café bar école 世界"},
		{"words", words, "one\ftwo", "one | two"},
		{"words", words, "a'\fb", "a | b"},
		{"words", words, "x\xff y\xc3", "x y"},
		{"words", words, long, long[:MaxTokenBytes] + " " + long[:MaxTokenBytes] + " " + long[:MaxTokenBytes] + " aaaaa"},
	} {
		c := tt.new()
		ids, used := c.Tokenize(nil, []byte(tt.text), true)
		if got := spell(c, ids); got != tt.want {
			t.Errorf("%s: %.40q is cut into %.80q, want %.80q", tt.name, tt.text, got, tt.want)
		}
		if used != len(tt.text) {
			t.Errorf("%s: %.40q: used %d bytes of %d", tt.name, tt.text, used, len(tt.text))
		}
		// In pieces of any size the result is the same.
		for _, size := range []int{1, 2, 3, 7, MaxTokenBytes + 4} {
			if got := spell(c, inPieces(tt.new(), tt.text, size, c)); got != spell(c, ids) {
				t.Errorf("%s: %.40q in pieces of %d is cut into %.80q", tt.name, tt.text, size, got)
			}
		}
	}
}

// inPieces cuts text handed over in pieces; the ids are those of like.
func inPieces(c Tokenizer, text string, size int, like Tokenizer) []uint32 {
	var ids []uint32
	var buf []byte
	for rest := text; ; {
		n := min(size, len(rest))
		buf, rest = append(buf, rest[:n]...), rest[n:]
		var used int
		ids, used = c.Tokenize(ids, buf, rest == "")
		buf = append([]byte(nil), buf[used:]...)
		if rest == "" {
			break
		}
	}
	return ids
}

func TestNewLettersRefuses(t *testing.T) {
	for _, alphabet := range []string{"", "aba", "aB", "a\xff"} {
		if _, err := NewLetters(alphabet); err == nil {
			t.Errorf("the alphabet %q passed", alphabet)
		}
	}
}

func TestWordsGrow(t *testing.T) {
	w := NewWords()
	var want []string
	for i := range 20_000 {
		want = append(want, strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(i)))
	}
	ids, _ := w.Tokenize(nil, []byte(strings.Join(want, " ")), true)
	again, _ := w.Tokenize(nil, []byte(strings.ToUpper(strings.Join(want, "-"))), true)
	if !slices.Equal(w.Symbols(), want) || !slices.Equal(ids, again) || len(ids) != len(want) {
		t.Errorf("%d words, %d ids, want %d; or the second time other ids", len(w.Symbols()), len(ids), len(want))
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"", "Don’t stop", "a\fb", "\xe2\x80", "É'É'", strings.Repeat("ab ", 50)} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		text = text[:min(len(text), 1000)] // single bytes of a long word take a time that grows as its square
		for _, fresh := range []func() Tokenizer{
			func() Tokenizer { return NewWords() },
			func() Tokenizer { l, _ := NewLetters(EnglishAlphabet); return l },
		} {
			c := fresh()
			ids, used := c.Tokenize(nil, []byte(text), true)
			if used != len(text) {
				t.Fatalf("used %d bytes of %d", used, len(text))
			}
			n := uint32(len(c.Symbols()))
			for _, id := range ids {
				if id >= n && id != Break {
					t.Fatalf("id %d of %d", id, n)
				}
			}
			if !slices.Equal(ids, inPieces(fresh(), text, int(size)+1, c)) {
				t.Fatalf("%q is cut otherwise in pieces of %d", text, int(size)+1)
			}
		}
	})
}
