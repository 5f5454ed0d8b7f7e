package transformer_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"oneword/lm"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/small"
)

// A net of GPT-2's architecture learns to count in a circle, and is then asked
// to go on.
func Example() {
	shape := transformer.Config{Vocab: 5, Context: 8, Width: 16, Blocks: 1, Heads: 2, Epsilon: 1e-5}
	net := must.Get(transformer.NewNet(shape, lm.Rand(1, "example")))
	var text []int
	for i := range 2000 {
		text = append(text, i%5)
	}
	recipe := transformer.Recipe{Steps: 100, Batch: 4, Rate: 0.01, Warmup: 10, Clip: 1, Seed: 1}
	trainer := must.Get(net.Trainer(recipe, must.Get(transformer.SourceOf(text))))
	must.Do(trainer.Run(context.Background()))
	model := must.Get(net.Model(nil, transformer.F32))
	fmt.Println(must.Get(lm.Collect(6, model.Generate([]int{3, 4}, lm.Sampling{}, nil)))) // the most probable each time
	// Output: [0 1 2 3 4 0]
}

func ExampleConfig() {
	gpt2 := transformer.Sizes()["gpt2"]
	fmt.Println(gpt2.Blocks, "blocks of", gpt2.BlockParams(), "weights, together with the tables", gpt2.Params())
	// Output: 12 blocks of 7087872 weights, together with the tables 124439808
}

func ExampleDType() {
	for _, dtype := range transformer.DTypes() {
		m := must.Get(small.Open(dtype))
		fmt.Printf("%-8v  %.1f bytes a weight\n", dtype, float64(m.Bytes())/float64(m.Params()))
	}
	// Output:
	// float32   4.0 bytes a weight
	// float16   2.0 bytes a weight
	// bfloat16  2.0 bytes a weight
	// int8      1.0 bytes a weight
}

// What comes next? Each token has a probability.
func ExampleModel_Guesses() {
	m := must.Get(small.Model())
	for _, g := range must.Get(m.Guesses("He opened the door and", 1)) {
		fmt.Printf("%q\n", g.Text)
	}
	all, sum := must.Get(m.Guesses("He opened the door and", 0)), 0.0
	for _, g := range all {
		sum += g.P
	}
	fmt.Printf("%d tokens, together %.3f\n", len(all), sum)
	// Output:
	// " looked"
	// 8192 tokens, together 1.000
}

// A text is written token by token; who ranges over it decides for how long.
func ExampleModel_Generate() {
	m := must.Get(small.Model())
	text := "He opened the door and"
	for id, err := range m.Generate(m.Vocabulary.Encode(text), lm.Sampling{}, nil) {
		must.Do(err)
		if text += m.Vocabulary.Token(id); len(text) > 35 {
			break
		}
	}
	fmt.Println(text)
	// Output: He opened the door and looked out.
}

func ExampleModel_Continue() {
	m := must.Get(small.Model())
	for _, g := range must.Get(m.Continue("He opened the door and", 3, lm.Sampling{}, nil)) {
		fmt.Printf("%q %.1f\n", g.Text, g.P)
	}
	// Output:
	// " looked" 0.1
	// " out" 0.3
	// "." 0.4
}

// Another seed draws another text, the same seed the same.
func ExampleModel_ContinueText() {
	m, warm := must.Get(small.Model()), lm.Sampling{Temperature: 0.8}
	write := func(seed uint64) string {
		return must.Get(m.ContinueText("The sea was", 20, warm, lm.Rand(seed, "example")))
	}
	first, again, other := write(1), write(1), write(2)
	fmt.Println(first == again, first == other)
	// Output: true false
}

// The next token costs one pass, as keys and values of those before it are kept.
func ExampleSession() {
	m := must.Get(small.Model())
	s, p := m.NewSession(), make([]float64, m.Vocab())
	must.Do(s.Append(m.Vocabulary.Encode("He opened the door and")...))
	for range 2 {
		s.Next(p, 1)
		best := lm.ArgMax(p)
		fmt.Printf("%q ", m.Vocabulary.Token(best))
		must.Do(s.Append(best))
	}
	fmt.Println(len(s.Tokens()), "tokens in the window")
	// Output: " looked" " out" 7 tokens in the window
}

// A text is the harder to guess the less sense it has.
func ExampleModel_Perplexity() {
	m := must.Get(small.Model())
	p := must.Get(m.Perplexities("The old man sat down by the fire.", "Fire the by down sat man old the."))
	fmt.Println(p[0] < p[1]/10)
	// Output: true
}

// A score counts; bits a byte compare models with different tokens.
func ExampleModel_Score() {
	m := must.Get(small.Model())
	text := "The old man sat down by the fire."
	score := must.Get(m.Score(m.Vocabulary.Encode(text)))
	fmt.Printf("%d tokens predicted, %.1f bits a byte\n", score.Tokens, score.BitsPerByte(len(text)))
	// Output: 8 tokens predicted, 1.0 bits a byte
}

func ExampleModel_Trace() {
	m := must.Get(small.Model())
	trace := must.Get(m.Trace(m.Vocabulary.Encode("The king and the queen"), 0))
	heads := trace.Attention[0] // of the first block, [H][T][T]
	fmt.Printf("%d heads look at %d tokens from each of %d\n", len(heads), len(heads[0][0]), len(heads[0]))
	fmt.Printf("the first sees itself alone: %.0f\n", heads[0][0])
	fmt.Println(len(trace.Hidden), "vectors of", len(trace.Hidden[0][0]), "numbers for each token")
	// Output:
	// 12 heads look at 5 tokens from each of 5
	// the first sees itself alone: [1 0 0 0 0]
	// 13 vectors of 384 numbers for each token
}

// What would it say if it stopped earlier? Before the first block it repeats what
// it reads.
func ExampleModel_LogitLens() {
	m := must.Get(small.Model())
	lens := must.Get(m.LogitLens("He opened the door and"))
	for _, blocks := range []int{0, m.Blocks} {
		fmt.Printf("after %d blocks:", blocks)
		for _, g := range lens[blocks] {
			fmt.Printf(" %q", g.Text)
		}
		fmt.Println()
	}
	// Output:
	// after 0 blocks: "He" " opened" " the" " door" " and"
	// after 12 blocks: " was" " the" " door" "," " looked"
}

// One word has another vector in another sentence, but not before the first block.
func ExampleModel_ContextualEmbedding() {
	m := must.Get(small.Model())
	vectors := must.Get(m.ContextualEmbeddings("bank", "He sat on the river bank", "She put her money in the bank"))
	for _, blocks := range []int{0, m.Blocks} {
		distance := 0.0
		for i, x := range vectors[blocks][0] {
			distance += (x - vectors[blocks][1][i]) * (x - vectors[blocks][1][i])
		}
		fmt.Println("the same after", blocks, "blocks:", distance < 1)
	}
	// Output:
	// the same after 0 blocks: true
	// the same after 12 blocks: false
}

// Where a text stands, and where it may go from there.
func ExampleModel_Branches() {
	m := must.Get(small.Model())
	tokens := m.Vocabulary.Encode("He opened")
	path := must.Get(m.Path(tokens))
	for _, p := range append(path, must.Get(m.Branches(tokens, 2))...) {
		fmt.Printf("%q, %d numbers\n", p.Text, len(p.Vector))
	}
	// Output:
	// "He", 384 numbers
	// " opened", 384 numbers
	// " the", 384 numbers
	// " a", 384 numbers
}

// A model is checked against vectors that another implementation computed.
func ExampleGolden() {
	dir := "testdata/gpt2-tiny"
	m := must.Get(transformer.Load(dir, transformer.F32))
	defer m.Close()
	golden := must.Get(transformer.ParseGolden(must.Get(os.ReadFile(dir + "/" + transformer.GoldenFile))))
	for _, c := range must.Get(golden.Check(m)) {
		if !c.OK || strings.HasPrefix(c.What, "logits") {
			fmt.Println(c.What, c.OK)
		}
	}
	// Output: logits after the last token true
}
