package token

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The files of a vocabulary, as GPT-2's are called on the Hub.
const (
	VocabFile  = "vocab.json"
	MergesFile = "merges.txt"
)

// Read reads the vocabulary in a folder: vocab.json, an object of tokens and
// IDs, and merges.txt, a merge a line, the earliest first.
func Read(dir string) (*Vocabulary, error) {
	vocab, err := os.ReadFile(filepath.Join(dir, VocabFile))
	if err != nil {
		return nil, err
	}
	merges, err := os.ReadFile(filepath.Join(dir, MergesFile))
	if err != nil {
		return nil, err
	}
	v, err := Parse(vocab, merges)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return v, nil
}

// Parse reads the contents of vocab.json and merges.txt.
func Parse(vocab, merges []byte) (*Vocabulary, error) {
	var ids map[string]int
	if err := json.Unmarshal(vocab, &ids); err != nil {
		return nil, fmt.Errorf("%s: %w", VocabFile, err)
	}
	tokens, known := make([]string, len(ids)), make([]bool, len(ids))
	byText := make(map[string]int32, len(ids))
	for text, id := range ids {
		if id < 0 || id >= len(ids) {
			return nil, fmt.Errorf("%s: token %q has the ID %d, but there are %d tokens", VocabFile, text, id, len(ids))
		}
		if known[id] {
			return nil, fmt.Errorf("%s: two tokens have the ID %d", VocabFile, id)
		}
		token, err := toBytes(text)
		if err != nil {
			if text != End {
				return nil, fmt.Errorf("%s: token %d: %w", VocabFile, id, err)
			}
			token = text
		}
		tokens[id], known[id] = token, true
		byText[text] = int32(id)
	}
	var list []pair
	for number, line := range strings.Split(string(merges), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || strings.HasPrefix(line, "#version") {
			continue
		}
		left, right, ok := strings.Cut(line, " ")
		if !ok || left == "" || right == "" || strings.Contains(right, " ") {
			return nil, fmt.Errorf("%s: line %d: %q is not two tokens", MergesFile, number+1, line)
		}
		l, okLeft := byText[left]
		r, okRight := byText[right]
		if !okLeft || !okRight {
			return nil, fmt.Errorf("%s: line %d: %q has a token that is not in %s", MergesFile, number+1, line, VocabFile)
		}
		list = append(list, pair{l, r})
	}
	return newVocabulary(tokens, list)
}

// Files are the contents of vocab.json and merges.txt.
func (v *Vocabulary) Files() (vocab, merges []byte) {
	var b bytes.Buffer
	b.WriteByte('{')
	for id, t := range v.tokens {
		if id > 0 {
			b.WriteByte(',')
		}
		text := fromBytes(t)
		if id == v.end {
			text = End
		}
		b.Write(quote(text))
		fmt.Fprintf(&b, ":%d", id)
	}
	b.WriteString("}\n")
	vocab = b.Bytes()
	lines := make([]string, len(v.merges))
	for p, m := range v.merges {
		lines[m.rank] = fromBytes(v.tokens[p.left]) + " " + fromBytes(v.tokens[p.right])
	}
	return vocab, []byte("#version: 0.2\n" + strings.Join(lines, "\n") + "\n")
}

// quote is a JSON string, with <, > and & as they are.
func quote(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always can be
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// In the files every byte is a character that one can see: itself where it is
// one in Latin-1, else one from U+0100 on. (The space is Ġ.)
var byteRune, runeByte = func() (to [256]rune, from map[rune]byte) {
	from = map[rune]byte{}
	other := rune(0x100)
	for b := range 256 {
		r := rune(b)
		if !(b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae) {
			r = other
			other++
		}
		to[b], from[r] = r, byte(b)
	}
	return to, from
}()

func fromBytes(token string) string {
	var b strings.Builder
	for i := range len(token) {
		b.WriteRune(byteRune[token[i]])
	}
	return b.String()
}

func toBytes(text string) (string, error) {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		b, ok := runeByte[r]
		if !ok {
			return "", fmt.Errorf("%q has the character %q, which stands for no byte", text, r)
		}
		out = append(out, b)
	}
	return string(out), nil
}
