// Package ngram counts what follows what, and writes text from the counts.
//
// An n-gram is a run of n tokens; here a token is a letter or a word, and the
// same code serves both. The essay's question: if one looks at the last n-1
// tokens of a large text and asks which token usually came next, how much of
// language does one already have?
//
//	table, err := ngram.Count(file, ngram.NewWords(), 3) // all runs of 1, 2 and 3 words
//	model, err := ngram.Backoff(table, 2)                // what follows one word?
//	cat, err := table.Encode("cat")
//	text := table.Decode(lm.Take(10, lm.Generate(model, cat, lm.Sampling{Temperature: 1}, rng)))
//
// Reading order: tokenizer.go and words.go cut text into tokens; counter.go counts
// them in one pass (dense.go where all n-grams fit an array, sparse.go where they
// do not; naive.go is what both are tested against); table.go holds the counts as
// a sorted tree, and bigrams.go shows the pairs as a matrix; backoff.go writes
// text; smooth.go and kneserney.go give probability to what was never seen;
// unseen.go and holdout.go measure on text that was not counted; format.go is the
// file on disk.
package ngram
