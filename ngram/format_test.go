package ngram

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"slices"
	"testing"

	"oneword/data/texts"
)

func file(t testing.TB, table *Table) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := table.WriteTo(&b)
	if err != nil || int(n) != b.Len() {
		t.Fatalf("WriteTo: %d bytes, %v, but %d were written", n, err, b.Len())
	}
	return b.Bytes()
}

func equal(a, b *Table) bool {
	return slices.Equal(a.symbols, b.symbols) && a.separator == b.separator && a.unknown == b.unknown &&
		slices.Equal(a.minCount, b.minCount) &&
		slices.EqualFunc(a.levels, b.levels, func(x, y level) bool {
			return slices.Equal(x.token, y.token) && slices.Equal(x.count, y.count) && slices.Equal(x.first, y.first)
		})
}

func samples(t testing.TB) map[string]*Table {
	w := words(t, texts.Cat().Text, 3)
	r, err := w.Restrict(100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Prune(1, 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*Table{"words": w, "pruned": p, "letters": letters(t, texts.Dog().Text, 5), "one": words(t, "a", 1)}
}

func TestFileRoundTrip(t *testing.T) {
	for name, table := range samples(t) {
		f := file(t, table)
		back, err := Parse(name, f)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !equal(table, back) {
			t.Errorf("%s: read back otherwise than written", name)
		}
		if !bytes.Equal(f, file(t, back)) {
			t.Errorf("%s: written again, the bytes differ", name)
		}
	}
}

// Whatever is cut off or changed, the file is refused with the place.
func TestDamagedFiles(t *testing.T) {
	good := file(t, words(t, "the cat sat on the mat and the cat ran", 2))
	var format *FormatError
	for n := range good {
		if _, err := Parse("cut", good[:n]); !errors.As(err, &format) || format.Name != "cut" {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
		bad := slices.Clone(good)
		bad[n] ^= 0x10
		if _, err := Parse("changed", bad); !errors.As(err, &format) {
			t.Errorf("byte %d changed: %v", n, err)
		}
	}
	if _, err := Parse("longer", append(slices.Clone(good), 0)); err == nil {
		t.Error("a byte too many passed")
	}
	if _, err := Parse("foreign", []byte("PK\x03\x04 a zip file, of some length or other")); !errors.As(err, &format) {
		t.Errorf("a foreign file: %v", err)
	}
	huge := slices.Clone(good)
	for i := range 8 {
		huge[len(magic)+5+i] = 0xff
	}
	binary.LittleEndian.PutUint32(huge[len(magic)+1:], crc32.Checksum(huge[len(magic)+5:], castagnoli))
	if _, err := Parse("huge", huge); !errors.As(err, &format) {
		t.Errorf("a claim of 2^64 bytes: %v", err)
	}
}

// The body's parser sees anything in this one, past the checksum.
func FuzzParseBody(f *testing.F) {
	for _, table := range []*Table{words(f, "the cat sat on the mat", 2), letters(f, "some letters", 3)} {
		packed := file(f, table)
		if p, err := unpack(packed); err == nil {
			f.Add(p)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		p := parser{name: "fuzz", b: body}
		table := p.table()
		if p.err != nil {
			return
		}
		// What is accepted can be used and written.
		for n := 0; n <= table.Order(); n++ {
			if m, err := Backoff(table, n); err != nil {
				t.Fatal(err)
			} else {
				m.Next([]int{0, 0, 0}, make([]float64, table.Vocab()))
			}
		}
		if m, err := KneserNey(table, table.Order()); err == nil {
			m.Prob([]int{0, 0}, 0)
		}
		back, err := Parse("fuzz", file(t, table))
		if err != nil || !equal(table, back) {
			t.Fatalf("accepted, but not read back: %v", err)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(file(f, words(f, "the cat sat on the mat", 2)))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= header { // a true checksum lets the fuzzer get further
			b = slices.Clone(b)
			binary.LittleEndian.PutUint32(b[len(magic)+1:], crc32.Checksum(b[len(magic)+5:], castagnoli))
		}
		if _, err := Parse("fuzz", b); err != nil && !errors.As(err, new(*FormatError)) {
			t.Fatalf("an error of type %T: %v", err, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	f, err := os.ReadFile("english/words.ngram")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(f)))
	for b.Loop() {
		if _, err := Parse("words.ngram", f); err != nil {
			b.Fatal(err)
		}
	}
}
