package ngram_test

import (
	"fmt"
	"strings"

	"oneword/lm"
	"oneword/ngram"
)

func Example() {
	text := "the cat sat on the mat. the cat ran."
	table, _ := ngram.Count(strings.NewReader(text), ngram.NewWords(), 2)
	the, _ := table.ID("the")
	tokens, counts := table.Followers(the)
	for i, id := range tokens {
		fmt.Println("the", table.Symbols()[id], counts[i])
	}
	// Output:
	// the cat 2
	// the mat 1
}

func ExampleBackoff() {
	text := "a cat is a pet and a dog is a pet"
	table, _ := ngram.Count(strings.NewReader(text), ngram.NewWords(), 3)
	model, _ := ngram.Backoff(table, 3)
	start, _ := table.Encode("a cat")
	words := lm.Take(5, lm.Generate(model, start, lm.Sampling{}, nil))
	fmt.Println(table.Decode(append(start, words...)))
	// Output: a cat is a pet and a
}

func ExampleNewWords() {
	w := ngram.NewWords()
	ids, _ := w.Tokenize(nil, []byte("The cat sat. “Don’t!” said the Cat"), true)
	fmt.Println(ids)
	fmt.Println(strings.Join(w.Symbols(), " "))
	// Output:
	// [0 1 2 3 4 0 1]
	// the cat sat don't said
}

func ExampleTable_Bigrams() {
	letters, _ := ngram.NewLetters(ngram.EnglishAlphabet)
	table, _ := ngram.Count(strings.NewReader("queen, quick, aqua"), letters, 2)
	ids, _ := table.Encode("qua")
	b := table.Bigrams(ids...) // down and across: q, u, a
	fmt.Println("u after q:", b.At(1, 0))
	fmt.Println("a after u:", b.At(2, 1))
	fmt.Println("q after a:", b.At(0, 2))
	// Output:
	// u after q: 1
	// a after u: 1
	// q after a: 1
}

// “Francisco” is more frequent than “glasses”, but it came after one word only: that
// makes it a worse guess after a word that was never seen before it.
func ExampleKneserNey() {
	text := "san francisco. san francisco. san francisco. my glasses. his glasses. one reading"
	table, _ := ngram.Count(strings.NewReader(text), ngram.NewWords(), 2)
	for _, model := range []func(*ngram.Table, int) (lm.Scorer, error){ngram.AbsoluteDiscount, ngram.KneserNey} {
		m, _ := model(table, 2)
		context, _ := table.Encode("reading")
		francisco, _ := table.ID("francisco")
		glasses, _ := table.ID("glasses")
		fmt.Printf("francisco %.2f, glasses %.2f\n", m.Prob(context, francisco), m.Prob(context, glasses))
	}
	// Output:
	// francisco 0.25, glasses 0.17
	// francisco 0.12, glasses 0.25
}

func ExampleHoldOut() {
	text := strings.Repeat("the cat sat on the mat\n", 9) + "the dog sat on the mat\n"
	h, _ := ngram.HoldOut(text, 0.9, 2)
	fmt.Printf("new words: %.2f, new pairs: %.2f\n", h.Unseen[0], h.Unseen[1])
	// Output: new words: 0.17, new pairs: 0.40
}
