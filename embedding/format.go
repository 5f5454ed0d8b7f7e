package embedding

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"oneword/internal/simd"
)

// A Format is a way to write vectors down.
type Format int

const (
	// GloVe: a line for each word: the word and its numbers, parted by spaces.
	GloVe Format = iota
	// Word2vecText: the same after a line with the number of words and of
	// numbers in a vector.
	Word2vecText
	// Word2vecBinary: that line, and then each word, a space, and its numbers as
	// 32-bit floats, little endian.
	Word2vecBinary
	// Half: the same with 16-bit floats, and without the line break that some
	// programs put behind each vector.
	Half
	// Byte: the same with a scale for each vector, a 32-bit float, and its numbers as
	// multiples of it from -127 to 127. It is what this project ships, a quarter as
	// large.
	Byte
)

// layouts are the binary formats by what their first line says, and the bytes of a
// vector.
var layouts = map[string]func(dim int) int{
	"":     func(dim int) int { return 4 * dim },
	"half": func(dim int) int { return 2 * dim },
	"byte": func(dim int) int { return 4 + dim },
}

// limits of what is believed of a header.
const maxDim, maxWords = 1 << 14, 1 << 26

// Parse reads vectors in any of the formats. The name is for errors, which
// also name the line, or the number of the word: a header that does not fit
// the contents, rows of another length, numbers that are none or not finite,
// and words that stand twice are refused.
func Parse(name string, file []byte) (*Vectors, error) {
	first, rest, _ := bytes.Cut(file, []byte("\n"))
	var words, dim int
	var kind string
	head := strings.Fields(string(first[:min(len(first), 100)]))
	if n, _ := fmt.Sscan(strings.Join(head, " "), &words, &dim, &kind); n >= 2 && len(head) == n && len(first) < 100 && (n == 2 || layouts[kind] != nil) {
		if words < 1 || words > maxWords || dim < 1 || dim > maxDim {
			return nil, fmt.Errorf("%s:1: %d words of %d numbers", name, words, dim)
		}
		if kind != "" {
			return parseBinary(name, rest, words, dim, kind)
		}
		if text, _, _ := bytes.Cut(rest, []byte("\n")); looksLikeText(string(text), dim) {
			return parseText(name, rest, 2, words, dim)
		}
		return parseBinary(name, rest, words, dim, "")
	}
	return parseText(name, file, 1, 0, 0)
}

// looksLikeText says whether a line is a word and dim numbers.
func looksLikeText(line string, dim int) bool {
	f := strings.Split(strings.TrimRight(line, " \r"), " ")
	if len(f) < 2 || !utf8.ValidString(line) {
		return false
	}
	for _, number := range f[max(1, len(f)-dim):] {
		if _, err := strconv.ParseFloat(number, 32); err != nil {
			return false
		}
	}
	return true
}

// parseText reads lines; words and dim are 0 if there was no header.
func parseText(name string, file []byte, line, words, dim int) (*Vectors, error) {
	var list []string
	var data []float32
	seen := map[string]int{}
	s := bufio.NewScanner(bytes.NewReader(file))
	s.Buffer(nil, len(file)+1)
	for ; s.Scan(); line++ {
		text := strings.TrimRight(s.Text(), " \r")
		if text == "" {
			continue
		}
		f := strings.Split(text, " ")
		if dim == 0 {
			dim = len(f) - 1
		}
		if dim < 1 || len(f) < dim+1 {
			return nil, fmt.Errorf("%s:%d: %d numbers, want %d", name, line, len(f)-1, max(dim, 1))
		}
		// A word may have spaces in it; the numbers are the last.
		word := strings.Join(f[:len(f)-dim], " ")
		if len(f) > dim+1 {
			if _, err := strconv.ParseFloat(f[len(f)-dim-1], 32); err == nil {
				return nil, fmt.Errorf("%s:%d: %d numbers, want %d", name, line, len(f)-1, dim)
			}
		}
		if word == "" || !utf8.ValidString(word) {
			return nil, fmt.Errorf("%s:%d: the word is missing or not UTF-8", name, line)
		}
		if first := seen[word]; first > 0 {
			return nil, fmt.Errorf("%s:%d: the word %q stood on line %d already", name, line, word, first)
		}
		seen[word] = line
		for _, number := range f[len(f)-dim:] {
			x, err := strconv.ParseFloat(number, 32)
			if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, fmt.Errorf("%s:%d: %q is not a finite number", name, line, number)
			}
			data = append(data, float32(x))
		}
		list = append(list, word)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: no vectors", name)
	}
	if words > 0 && len(list) != words {
		return nil, fmt.Errorf("%s: %d vectors, but the first line says %d", name, len(list), words)
	}
	return finish(name, list, dim, data)
}

// parseBinary reads words each followed by the numbers of a layout.
func parseBinary(name string, file []byte, words, dim int, kind string) (*Vectors, error) {
	size := layouts[kind](dim)
	if words > len(file)/(size+1) {
		return nil, fmt.Errorf("%s: %d words of %d numbers need %d bytes and more, there are %d", name, words, dim, int64(words)*int64(size+1), len(file))
	}
	list, data := make([]string, 0, words), make([]float32, 0, words*dim)
	seen := make(map[string]int, words)
	for n := range words {
		file = bytes.TrimPrefix(file, []byte("\n"))
		word, rest, ok := bytes.Cut(file, []byte(" "))
		if !ok || len(word) == 0 || !utf8.Valid(word) || len(rest) < size {
			return nil, fmt.Errorf("%s: word %d of %d is cut short, or not UTF-8", name, n+1, words)
		}
		if first := seen[string(word)]; first > 0 {
			return nil, fmt.Errorf("%s: word %d: %q stood at %d already", name, n+1, word, first)
		}
		seen[string(word)] = n + 1
		list = append(list, string(word))
		for i := range dim {
			var x float32
			switch kind {
			case "half":
				x = simd.Float16(binary.LittleEndian.Uint16(rest[2*i:])).Float32()
			case "byte":
				x = math.Float32frombits(binary.LittleEndian.Uint32(rest)) * float32(int8(rest[4+i]))
			default:
				x = math.Float32frombits(binary.LittleEndian.Uint32(rest[4*i:]))
			}
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return nil, fmt.Errorf("%s: word %d, %q: number %d is not finite", name, n+1, word, i+1)
			}
			data = append(data, x)
		}
		file = rest[size:]
	}
	if len(bytes.TrimSpace(file)) > 0 {
		return nil, fmt.Errorf("%s: %d bytes behind the last of %d words", name, len(file), words)
	}
	return finish(name, list, dim, data)
}

func finish(name string, words []string, dim int, data []float32) (*Vectors, error) {
	v, err := New(words, dim, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return v, nil
}

// Write writes vectors in a format. A word with white space in it is an error.
func (v *Vectors) Write(w io.Writer, format Format) error {
	b := bufio.NewWriterSize(w, 1<<16)
	switch format {
	case Word2vecText, Word2vecBinary:
		fmt.Fprintf(b, "%d %d\n", len(v.words), v.dim)
	case Half:
		fmt.Fprintf(b, "%d %d half\n", len(v.words), v.dim)
	case Byte:
		fmt.Fprintf(b, "%d %d byte\n", len(v.words), v.dim)
	}
	var number []byte
	for i, word := range v.words {
		if word == "" || strings.ContainsAny(word, " \t\r\n\f\v") || !utf8.ValidString(word) {
			return fmt.Errorf("embedding: the word %q cannot be written", word)
		}
		b.WriteString(word)
		if format == Word2vecBinary || format == Half || format == Byte {
			b.WriteByte(' ')
		}
		row, scale := v.data[i*v.dim:(i+1)*v.dim], float32(0)
		if format == Byte {
			for _, x := range row {
				scale = max(scale, x/127, -x/127)
			}
			b.Write(binary.LittleEndian.AppendUint32(number[:0], math.Float32bits(scale)))
		}
		for _, x := range row {
			switch format {
			case Byte:
				number = append(number[:0], byte(int8(math.RoundToEven(float64(x/max(scale, 1e-30))))))
			case Word2vecBinary:
				number = binary.LittleEndian.AppendUint32(number[:0], math.Float32bits(x))
			case Half:
				number = binary.LittleEndian.AppendUint16(number[:0], uint16(simd.ToFloat16(x)))
			default:
				number = strconv.AppendFloat(append(number[:0], ' '), float64(x), 'g', -1, 32)
			}
			b.Write(number)
		}
		if format == GloVe || format == Word2vecText {
			b.WriteByte('\n')
		}
	}
	return b.Flush()
}
