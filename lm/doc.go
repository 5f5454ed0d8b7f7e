// Package lm asks the question of every chapter: what comes next?
//
// A [Model], be it an n-gram table of letters or of words, or a transformer,
// answers with a probability for each token of its vocabulary. Everything else is
// the same for all of them and lives here: a text under way ([Session]), choosing a
// token from those probabilities ([Sampling]), writing on and on ([Write]), and
// measuring how surprised a model is by real text ([Evaluate]).
//
// Reading order: model.go, session.go, sample.go, generate.go, evaluate.go;
// rand.go, alias.go.
//
//	rng := lm.Rand(1, "a first try")
//	for token, err := range lm.Write(lm.Start(model), prompt, lm.Sampling{Temperature: 0.8}, rng, nil) {
//		…
//	}
//
// Package lmtest has the test that every Model must pass.
package lm
