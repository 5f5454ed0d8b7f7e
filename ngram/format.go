package ngram

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// The file of a table:
//
//	magic     "oneword n-grams\n"
//	version   1 byte
//	checksum  4 bytes, little-endian: CRC-32 (Castagnoli) of all that follows
//	length    8 bytes, little-endian: of the body before compression
//	body      one zstd frame, to the end of the file
//
// The body is a row of unsigned varints, strings as length and bytes:
//
//	separator; number of symbols; each symbol
//	order N; for n = 1 … N: least count kept, number of n-grams, and three columns,
//	  how many n-grams extend each context,
//	  their last tokens, as distances within a context (the first from -1),
//	  their counts, as what they have above the least count (for n = 1 above 0)
const (
	magic   = "oneword n-grams\n"
	version = 1
	header  = len(magic) + 1 + 8 + 4

	maxBody    = 1 << 32 // bytes; larger files are refused before memory is taken
	maxWindow  = 1 << 26 // bytes that the compression may look back
	maxSymbols = 1 << 26
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A FormatError says what is wrong with a table file, and where.
type FormatError struct {
	Name   string // of the file
	Offset int64  // in the body, before compression; in the file if InFile
	InFile bool
	Reason string
}

func (e *FormatError) Error() string {
	where := "byte %d of the uncompressed body"
	if e.InFile {
		where = "byte %d"
	}
	return fmt.Sprintf("%s: not a table of n-grams: "+where+": %s", e.Name, e.Offset, e.Reason)
}

// WriteTo writes the table. The same table gives the same bytes.
func (t *Table) WriteTo(w io.Writer) (int64, error) {
	var b []byte
	str := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	str(t.separator)
	b = binary.AppendUvarint(b, uint64(len(t.symbols)))
	for _, s := range t.symbols {
		str(s)
	}
	b = binary.AppendUvarint(b, uint64(t.Order()))
	for n := 1; n <= t.Order(); n++ {
		l := &t.levels[n]
		floor := t.floor(n)
		b = binary.AppendUvarint(b, t.minCount[n])
		b = binary.AppendUvarint(b, uint64(len(l.token)))
		for c := range len(l.first) - 1 {
			b = binary.AppendUvarint(b, uint64(l.first[c+1]-l.first[c]))
		}
		for c := range len(l.first) - 1 {
			before := int64(-1)
			for _, token := range l.token[l.first[c]:l.first[c+1]] {
				b = binary.AppendUvarint(b, uint64(int64(token)-before))
				before = int64(token)
			}
		}
		for _, count := range l.count {
			b = binary.AppendUvarint(b, count-floor)
		}
	}
	head := append([]byte(magic), version)
	head = append(head, 0, 0, 0, 0) // the checksum
	head = binary.LittleEndian.AppendUint64(head, uint64(len(b)))
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return 0, fmt.Errorf("ngram: %w", err)
	}
	file := enc.EncodeAll(b, head)
	binary.LittleEndian.PutUint32(file[len(magic)+1:], crc32.Checksum(file[len(magic)+5:], castagnoli))
	n, err := w.Write(file)
	if err != nil {
		return int64(n), fmt.Errorf("ngram: writing the table: %w", err)
	}
	return int64(n), nil
}

func (t *Table) floor(n int) uint64 {
	if n == 1 {
		return 0
	}
	return max(t.minCount[n], 1)
}

// Parse reads a table from the bytes of its file, all of which must belong to
// it. The name is for errors, which are of type *FormatError.
func Parse(name string, file []byte) (*Table, error) {
	body, err := unpack(file)
	if err != nil {
		err.Name = name
		return nil, err
	}
	p := parser{name: name, b: body}
	t := p.table()
	if p.err == nil && p.at < len(p.b) {
		p.fail("%d bytes are left after the last order", len(p.b)-p.at)
	}
	if p.err != nil {
		return nil, p.err
	}
	return t, nil
}

// unpack checks the header of a file and returns its body.
func unpack(file []byte) ([]byte, *FormatError) {
	fail := func(offset int, format string, args ...any) ([]byte, *FormatError) {
		return nil, &FormatError{Offset: int64(offset), InFile: true, Reason: fmt.Sprintf(format, args...)}
	}
	if len(file) < header {
		return fail(len(file), "the file ends within its first %d bytes", header)
	}
	if string(file[:len(magic)]) != magic {
		return fail(0, "it does not begin with %q", magic)
	}
	if v := file[len(magic)]; v != version {
		return fail(len(magic), "version %d, but this program reads version %d", v, version)
	}
	checksum := binary.LittleEndian.Uint32(file[len(magic)+1:])
	if sum := crc32.Checksum(file[len(magic)+5:], castagnoli); sum != checksum {
		return fail(len(magic)+1, "the checksum is %08x, but what follows gives %08x: the file is damaged or cut short", checksum, sum)
	}
	length := binary.LittleEndian.Uint64(file[len(magic)+5:])
	if length > maxBody {
		return fail(len(magic)+5, "it claims %d bytes, more than the %d that are read at most", length, uint64(maxBody))
	}
	dec, err := zstd.NewReader(bytes.NewReader(file[header:]), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBody), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return fail(header, "%v", err)
	}
	defer dec.Close()
	// The body grows as it is read, so a false length takes no memory.
	var body bytes.Buffer
	if length <= 64*uint64(len(file)) {
		body.Grow(int(length) + bytes.MinRead)
	}
	if n, err := io.Copy(&body, io.LimitReader(dec, int64(length)+1)); err != nil {
		return fail(header, "after %d bytes of the body: %v", n, err)
	} else if uint64(n) != length {
		return fail(header, "the body does not have the %d bytes that the header claims", length)
	}
	return body.Bytes(), nil
}

// parser reads a body. After the first mistake everything it reads is 0, and
// the mistake stays in err.
type parser struct {
	name string
	b    []byte
	at   int
	err  error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = &FormatError{p.name, int64(p.at), false, fmt.Sprintf(format, args...)}
	}
}

func (p *parser) uint(what string, limit uint64) uint64 {
	if p.err != nil {
		return 0
	}
	if p.at < len(p.b) && p.b[p.at] < 0x80 && uint64(p.b[p.at]) <= limit { // most are one byte
		p.at++
		return uint64(p.b[p.at-1])
	}
	v, n := binary.Uvarint(p.b[p.at:])
	switch {
	case n == 0:
		p.fail("the body ends where %s should be", what)
	case n < 0:
		p.fail("%s takes more than 64 bits", what)
	case v > limit:
		p.fail("%s is %d, more than %d", what, v, limit)
	default:
		p.at += n
		return v
	}
	return 0
}

// length reads how many things follow, each of at least one byte.
func (p *parser) length(what string, limit uint64) int {
	return int(p.uint(what, min(limit, uint64(len(p.b)-p.at))))
}

func (p *parser) str(what string) string {
	n := p.length("the length of "+what, math.MaxInt32)
	if p.err != nil {
		return ""
	}
	if n > len(p.b)-p.at {
		p.fail("%s has %d bytes, more than are left", what, n)
		return ""
	}
	s := string(p.b[p.at : p.at+n])
	if !utf8.ValidString(s) {
		p.fail("%s is not valid UTF-8", what)
	}
	p.at += n
	return s
}

func (p *parser) table() *Table {
	separator := p.str("the separator")
	symbols := make([]string, p.length("the number of symbols", maxSymbols))
	if p.err == nil && len(symbols) == 0 {
		p.fail("there are no symbols")
	}
	met := make(map[string]bool, len(symbols))
	for i := range symbols {
		symbols[i] = p.str("a symbol")
		if p.err == nil && (symbols[i] == "" || met[symbols[i]]) {
			p.fail("symbol %d, %q, is empty or stands twice", i, symbols[i])
		}
		if p.err != nil {
			return nil
		}
		met[symbols[i]] = true
	}
	if separator == "" {
		if l, err := NewLetters(strings.Join(symbols, "")); err != nil || len(l.symbols) != len(symbols) {
			p.fail("the symbols are not an alphabet")
		}
	}
	order := int(p.uint("the order", MaxOrder))
	if p.err == nil && order == 0 {
		p.fail("the order is 0")
	}
	if p.err != nil {
		return nil
	}
	t := newTable(symbols, separator, make([]uint64, order+1))
	t.levels = make([]level, order+1)
	contexts := 1
	for n := 1; n <= order; n++ {
		t.levels[n] = p.level(t, n, contexts)
		if p.err != nil {
			return nil
		}
		contexts = len(t.levels[n].token)
	}
	return t
}

func (p *parser) level(t *Table, n, contexts int) level {
	t.minCount[n] = p.uint("the least count", 1<<53)
	grams := p.length("the number of n-grams", math.MaxUint32-1)
	if p.err == nil && contexts > len(p.b)-p.at {
		p.fail("%d contexts do not fit the bytes that are left", contexts)
	}
	if p.err == nil && n == 1 && grams != len(t.symbols) && t.separator != "" {
		p.fail("%d single words are counted, but there are %d symbols", grams, len(t.symbols))
	}
	if p.err != nil {
		return level{}
	}
	l := level{make([]uint32, grams), make([]uint64, grams), make([]uint32, contexts+1)}
	for c := range contexts {
		l.first[c+1] = l.first[c] + uint32(p.uint("the number of n-grams of a context", uint64(grams)-uint64(l.first[c])))
	}
	if p.err == nil && int(l.first[contexts]) != grams {
		p.fail("the contexts have %d n-grams of order %d, not the %d announced", l.first[contexts], n, grams)
	}
	if p.err != nil {
		return level{}
	}
	vocab := int64(len(t.symbols))
	for c := range contexts {
		before := int64(-1)
		for i := l.first[c]; i < l.first[c+1]; i++ {
			step := p.uint("the distance to the next token", uint64(vocab-1-before))
			if step == 0 {
				p.fail("the same token stands twice in one context")
				return level{}
			}
			before += int64(step)
			l.token[i] = uint32(before)
		}
	}
	floor := t.floor(n)
	for i := range l.count {
		l.count[i] = floor + p.uint("a count", 1<<53)
	}
	return l
}
