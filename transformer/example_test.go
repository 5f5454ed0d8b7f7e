package transformer_test

import (
	"context"
	"fmt"
	"log"

	"oneword/lm"
	"oneword/transformer"
)

// A net of GPT-2's architecture learns to count in a circle, and is then asked
// to go on.
func Example() {
	net, err := transformer.NewNet(transformer.Config{Vocab: 5, Context: 8, Width: 16, Blocks: 1, Heads: 2, Epsilon: 1e-5}, lm.Rand(1, "example"))
	if err != nil {
		log.Fatal(err)
	}
	var text []int
	for i := range 2000 {
		text = append(text, i%5)
	}
	trainer, err := net.Trainer(text, transformer.Recipe{Steps: 100, Batch: 4, Rate: 0.01, Warmup: 10, Clip: 1, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	if err := trainer.Run(context.Background()); err != nil {
		log.Fatal(err)
	}
	model, err := net.Model(nil, 0)
	if err != nil {
		log.Fatal(err)
	}
	words, err := model.Generate([]int{3, 4}, lm.Sampling{}, nil) // the most probable each time
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(lm.Take(6, words))
	// Output: [0 1 2 3 4 0]
}

func ExampleModel_Trace() {
	net, err := transformer.NewNet(transformer.Config{Vocab: 9, Context: 8, Width: 16, Blocks: 2, Heads: 4, Epsilon: 1e-5}, lm.Rand(1, "example"))
	if err != nil {
		log.Fatal(err)
	}
	model, err := net.Model(nil, 0)
	if err != nil {
		log.Fatal(err)
	}
	trace, err := model.Trace([]int{7, 1, 7}, 0, 1)
	if err != nil {
		log.Fatal(err)
	}
	heads := trace.Attention[1]
	fmt.Printf("%d heads look at %d tokens from each of %d\n", len(heads), len(heads[0][0]), len(heads[0]))
	fmt.Printf("the first sees itself alone: %.0f\n", heads[0][0])
	// Output:
	// 4 heads look at 3 tokens from each of 3
	// the first sees itself alone: [1 0 0]
}
