// Package lm asks the question of every chapter: what comes next?
//
// A [Model], be it a table of letter counts, an n-gram model of words or a
// transformer, answers with a probability for each token of its vocabulary.
// Everything else is the same for all of them and lives here: choosing a
// token from those probabilities ([Sampling]), writing on and on ([Generate]),
// and measuring how surprised a model is by real text ([Evaluate]).
//
// Reading order: model.go, sample.go, generate.go, evaluate.go, rand.go, alias.go.
//
//	rng := lm.Rand(1, "a first try")
//	for id := range lm.Generate(model, prompt, lm.Sampling{Temperature: 0.8}, rng) {
//		fmt.Print(model.Token(id))
//	}
package lm
