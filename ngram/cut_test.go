package ngram

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func ExampleNewWords() {
	w := NewWords()
	ids, _ := w.Cut(nil, []byte("The cat sat. “Don’t!” said the Cat"), true)
	fmt.Println(ids)
	fmt.Println(strings.Join(w.Symbols(), " "))
	// Output:
	// [0 1 2 3 4 0 1]
	// the cat sat don't said
}

// spell writes tokens so that a test can compare them: | for a Break.
func spell(c Cutter, ids []uint32) string {
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

func TestCut(t *testing.T) {
	letters := func() Cutter { l, _ := NewLetters(English); return l }
	noSpace := func() Cutter { l, _ := NewLetters("abcé"); return l }
	words := func() Cutter { return NewWords() }
	long := strings.Repeat("a", 3*MaxToken+5)
	for _, tt := range []struct {
		name string
		cut  func() Cutter
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
		{"words", words, long, long[:MaxToken] + " " + long[:MaxToken] + " " + long[:MaxToken] + " aaaaa"},
	} {
		c := tt.cut()
		ids, used := c.Cut(nil, []byte(tt.text), true)
		if got := spell(c, ids); got != tt.want {
			t.Errorf("%s: %.40q is cut into %.80q, want %.80q", tt.name, tt.text, got, tt.want)
		}
		if used != len(tt.text) {
			t.Errorf("%s: %.40q: used %d bytes of %d", tt.name, tt.text, used, len(tt.text))
		}
		// In pieces of any size the result is the same.
		for _, size := range []int{1, 2, 3, 7, MaxToken + 4} {
			if got := spell(c, inPieces(tt.cut(), tt.text, size, c)); got != spell(c, ids) {
				t.Errorf("%s: %.40q in pieces of %d is cut into %.80q", tt.name, tt.text, size, got)
			}
		}
	}
}

// inPieces cuts text handed over in pieces; the ids are those of like.
func inPieces(c Cutter, text string, size int, like Cutter) []uint32 {
	var ids []uint32
	var buf []byte
	for rest := text; ; {
		n := min(size, len(rest))
		buf, rest = append(buf, rest[:n]...), rest[n:]
		var used int
		ids, used = c.Cut(ids, buf, rest == "")
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
	ids, _ := w.Cut(nil, []byte(strings.Join(want, " ")), true)
	again, _ := w.Cut(nil, []byte(strings.ToUpper(strings.Join(want, "-"))), true)
	if !slices.Equal(w.Symbols(), want) || !slices.Equal(ids, again) || len(ids) != len(want) {
		t.Errorf("%d words, %d ids, want %d; or the second time other ids", len(w.Symbols()), len(ids), len(want))
	}
}

func FuzzCut(f *testing.F) {
	for _, s := range []string{"", "Don’t stop", "a\fb", "\xe2\x80", "É'É'", strings.Repeat("ab ", 50)} {
		f.Add(s, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		text = text[:min(len(text), 1000)] // single bytes of a long word take a time that grows as its square
		for _, cut := range []func() Cutter{
			func() Cutter { return NewWords() },
			func() Cutter { l, _ := NewLetters(English); return l },
		} {
			c := cut()
			ids, used := c.Cut(nil, []byte(text), true)
			if used != len(text) {
				t.Fatalf("used %d bytes of %d", used, len(text))
			}
			n := uint32(len(c.Symbols()))
			for _, id := range ids {
				if id >= n && id != Break {
					t.Fatalf("id %d of %d", id, n)
				}
			}
			if !slices.Equal(ids, inPieces(cut(), text, int(size)+1, c)) {
				t.Fatalf("%q is cut otherwise in pieces of %d", text, int(size)+1)
			}
		}
	})
}
