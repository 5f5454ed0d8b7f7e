package gpt

import (
	"context"
	"slices"
	"strings"

	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/grammar"
)

// Backwards scores the words of an article forwards and backwards.
func Backwards(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	words := strings.Fields(lab.Cat().Text)[:120]
	forwards := strings.Join(words, " ")
	slices.Reverse(words)
	for _, text := range []string{forwards, strings.Join(words, " ")} {
		score := must.Get(m.Score(m.Vocabulary.Encode(text)))
		show.Printf("%.2f bits a byte: %.60s…\n", score.BitsPerByte(len(text)), text)
	}
}

// ThreeReadings parses sentences that can be read in several ways.
func ThreeReadings(lab labs.Lab, show labs.Show) {
	english := must.Get(grammar.English())
	for _, sentence := range []string{
		"the boy saw the dog with the hat", "the boy saw the dog in the park with the hat",
		"he saw old cats and birds by the river",
	} {
		trees := must.Get(english.Parses(sentence))
		show.Printf("%s: %d readings\n", sentence, len(trees))
		for _, tree := range trees {
			show.Printf("   %.1e  %v\n", tree.P, tree)
		}
	}
}

// TinyGPT trains a tiny GPT on a novel, and lets it write.
func TinyGPT(lab labs.Lab, show labs.Show) {
	words := lab.GPT().Vocabulary
	tokens := words.Encode(lab.Novel().Text)
	shape := transformer.Config{Vocab: words.Len(), Context: 64, Width: 64, Blocks: 2, Heads: 4, Epsilon: 1e-5}
	recipe := transformer.Recipe{Steps: 200, Batch: 8, Rate: 0.002, Warmup: 20, Clip: 1, Seed: lab.Seed()}
	net := must.Get(transformer.NewNet(shape, lab.Rand("solution")))
	trainer := must.Get(net.Trainer(recipe, must.Get(transformer.SourceOf(tokens))))
	for s, err := range trainer.Steps(context.Background()) {
		if must.Do(err); s.Number == 1 || s.Number%50 == 0 {
			show.Printf("step %3d: loss %.2f\n", s.Number, s.Loss)
		}
	}
	m := must.Get(net.Model(words, transformer.F32))
	show.Println(must.Get(m.ContinueText("Tom", 40, lm.Sampling{Temperature: 0.8}, lab.Rand("solution"))))
}
