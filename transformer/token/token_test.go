package token_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"oneword/data/texts"
	"oneword/transformer/token"
	"oneword/transformer/token/gpt2"
)

func Example() {
	counts := map[string]int{}
	token.Count(counts, "the theme of the thesis")
	v, err := token.Train(counts, 262)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, id := range v.Encode("the thermos") {
		fmt.Printf("%q ", v.Token(id))
	}
	// Output: "the" " the" "r" "m" "o" "s"
}

func ExampleSplit() {
	fmt.Printf("%q\n", token.Split("It's 5 o'clock,  isn't it?\n"))
	// Output: ["It" "'s" " 5" " o" "'" "clock" "," " " " isn" "'t" " it" "?" "\n"]
}

func gpt2Vocabulary(t testing.TB) *token.Vocabulary {
	v, err := gpt2.Vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestGolden(t *testing.T) {
	file, err := os.ReadFile("testdata/gpt2-tokens.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden []struct {
		Text string
		IDs  []int
	}
	if err := json.Unmarshal(file, &golden); err != nil {
		t.Fatal(err)
	}
	v := gpt2Vocabulary(t)
	for _, g := range golden {
		if got := v.Encode(g.Text); !slices.Equal(got, g.IDs) {
			t.Errorf("%q is %v, want %v", g.Text, got, g.IDs)
		}
		if got := v.Decode(g.IDs); got != g.Text {
			t.Errorf("%v is %q, want %q", g.IDs, got, g.Text)
		}
	}
}

// Some of GPT-2's tokens, as published with the model.
func TestGPT2(t *testing.T) {
	v := gpt2Vocabulary(t)
	if v.Len() != 50_257 || v.EndOfText() != 50_256 || v.Token(50_256) != token.End {
		t.Errorf("%d tokens, the end is %d", v.Len(), v.EndOfText())
	}
	for text, want := range map[string][]int{
		"The best thing about AI is its ability to": {464, 1266, 1517, 546, 9552, 318, 663, 2694, 284},
		`"'s`:             {30543, 82},
		" 's":             {705, 82},
		" hello world":    {23748, 995},
		"":                {},
		"<|endoftext|>":   {27, 91, 437, 1659, 5239, 91, 29},
		"\n\n":            {628},
		"   three spaces": {220, 220, 1115, 9029},
		"日本":              {33768, 98, 17312, 105},
	} {
		if got := v.Encode(text); !slices.Equal(got, want) {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}

func TestAnyBytes(t *testing.T) {
	v := gpt2Vocabulary(t)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		b := make([]byte, rng.IntN(60))
		for i := range b {
			if b[i] = byte(rng.UintN(256)); rng.IntN(2) == 0 {
				b[i] = " 'aAst\n\t1é"[rng.IntN(10)]
			}
		}
		text := string(b)
		if got := v.Decode(v.Encode(text)); got != text {
			t.Fatalf("%q comes back as %q", text, got)
		}
		if got := strings.Join(token.Split(text), ""); got != text {
			t.Fatalf("the pieces of %q make %q", text, got)
		}
	}
	long := strings.Repeat("a", 100_000) // no quadratic time
	if v.Decode(v.Encode(long)) != long {
		t.Error("a long word does not come back")
	}
	if got := v.Decode([]int{-1, 1 << 40, 464}); got != "The" {
		t.Errorf("with IDs that do not exist: %q", got)
	}
}

// trained is a vocabulary learned from the novel.
func trained(t testing.TB, size int) *token.Vocabulary {
	counts := map[string]int{}
	token.Count(counts, texts.TomSawyer().Text)
	v, err := token.Train(counts, size)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Training by the definition: count all pairs anew after every merge.
func TestTrainByDefinition(t *testing.T) {
	text := texts.TomSawyer().Text[:3000]
	counts := map[string]int{}
	token.Count(counts, text)
	v, err := token.Train(counts, 257+120)
	if err != nil {
		t.Fatal(err)
	}
	var tokens []string
	pieces := map[string][]int{}
	for b := range 256 {
		tokens = append(tokens, string([]byte{byte(b)}))
	}
	for p := range counts {
		for i := range len(p) {
			pieces[p] = append(pieces[p], int(p[i]))
		}
	}
	for id := 256; id < 256+120; id++ {
		pairs := map[[2]int]int{}
		for p, parts := range pieces {
			for i := range len(parts) - 1 {
				pairs[[2]int{parts[i], parts[i+1]}] += counts[p]
			}
		}
		var best [2]int
		for p, n := range pairs {
			m := pairs[best]
			if n > m || n == m && (p[0] < best[0] || p[0] == best[0] && p[1] < best[1]) {
				best = p
			}
		}
		tokens = append(tokens, tokens[best[0]]+tokens[best[1]])
		if got := v.Token(id); got != tokens[id] {
			t.Fatalf("token %d is %q, want %q", id, got, tokens[id])
		}
		for p, parts := range pieces {
			var kept []int
			for i := 0; i < len(parts); i++ {
				if i+1 < len(parts) && parts[i] == best[0] && parts[i+1] == best[1] {
					kept = append(kept, id)
					i++
				} else {
					kept = append(kept, parts[i])
				}
			}
			pieces[p] = kept
		}
	}
}

func TestFiles(t *testing.T) {
	v := trained(t, 2000)
	if v.Len() != 2000 || v.EndOfText() != 1999 {
		t.Fatalf("%d tokens, the end is %d", v.Len(), v.EndOfText())
	}
	vocab, merges := v.Files()
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, token.VocabFile), vocab, 0o644)
	os.WriteFile(filepath.Join(dir, token.MergesFile), merges, 0o644)
	again, err := token.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	text := texts.Cat().Text + "\xff\x00 ½ 日本"
	if got := again.Encode(text); !slices.Equal(got, v.Encode(text)) || again.EndOfText() != 1999 {
		t.Error("read again, the vocabulary cuts otherwise")
	}
	if text := texts.TomSawyer().Text; len(v.Encode(text)) > len(text)/3 {
		t.Errorf("%d tokens for %d bytes", len(v.Encode(text)), len(text))
	}
	// GPT-2's own goes through its files, too.
	g := gpt2Vocabulary(t)
	vocab, merges = g.Files()
	if !strings.Contains(string(merges), "\nĠ t\nĠ a\nh e\n") {
		t.Errorf("the merges begin with %q", merges[:40])
	}
	h, err := token.Parse(vocab, merges)
	if err != nil || !slices.Equal(h.Encode(text), g.Encode(text)) {
		t.Errorf("GPT-2's vocabulary through its files: %v", err)
	}
}

func TestRefused(t *testing.T) {
	v := trained(t, 300)
	vocab, merges := v.Files()
	change := func(file []byte, old, new string) []byte {
		if !strings.Contains(string(file), old) {
			t.Fatalf("no %q in the file", old)
		}
		return []byte(strings.Replace(string(file), old, new, 1))
	}
	for want, files := range map[string][2][]byte{
		"vocab.json: unexpected end":          {vocab[:100], merges},
		"has the ID 300, but there are 300":   {change(vocab, `"a":97`, `"a":300`), merges},
		"two tokens have the ID 98":           {change(vocab, `"a":97`, `"a":98`), merges},
		"stands for no byte":                  {change(vocab, `"a":97`, `"日":97`), merges},
		"no token for the byte 0x61":          {change(vocab, `"a":97`, `"aaaaaaa":97`), nil},
		"merges.txt: line 2: \"xyz\" is not":  {vocab, []byte("#version: 0.2\nxyz\n")},
		"that is not in vocab.json":           {vocab, []byte("a zzzzz\n")},
		"joins \"z\" and \"q\" to what is no": {vocab, []byte("z q\n")},
		"stands twice":                        {vocab, append(merges, strings.Split(string(merges), "\n")[1]...)},
	} {
		if _, err := token.Parse(files[0], files[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
	if _, err := token.Train(nil, 256); err == nil {
		t.Error("a vocabulary without room for the bytes passed")
	}
	if v, err := token.Train(map[string]int{"aa": 1}, 1000); err != nil || v.Len() != 258 {
		t.Errorf("of one pair: %v", err)
	}
	if _, err := token.Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "vocab.json") {
		t.Errorf("an empty folder: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	counts := map[string]int{"the": 5, " cat": 3}
	v, _ := token.Train(counts, 260)
	vocab, merges := v.Files()
	f.Add(vocab, merges)
	f.Add([]byte("{}"), []byte(""))
	f.Fuzz(func(t *testing.T, vocab, merges []byte) {
		if v, err := token.Parse(vocab, merges); err == nil {
			text := "the cat\xff's " + string(merges)
			if got := v.Decode(v.Encode(text)); got != text {
				t.Fatalf("%q comes back as %q", text, got)
			}
		}
	})
}

func FuzzEncode(f *testing.F) {
	f.Add("It's\n\n  two\tspaces ½ 日本 \xff\xfe")
	v := gpt2Vocabulary(f)
	f.Fuzz(func(t *testing.T, text string) {
		if got := v.Decode(v.Encode(text)); got != text {
			t.Fatalf("%q comes back as %q", text, got)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	v := gpt2Vocabulary(b)
	text := texts.TomSawyer().Text
	ids := v.Encode(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		ids = v.Append(ids[:0], text)
	}
}
