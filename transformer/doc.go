// Package transformer is GPT-2, with everything around it: from text to tokens
// (package token below), from tokens to the probabilities of the next one, and
// on from there; with a look inside, and with its training.
//
// The question: what is ChatGPT's net? A stack of equal blocks. Each token
// begins as a vector; in each block attention lets it look back at the tokens
// before it, and a fully connected part works on it; in the end the vector
// tells what comes next. (Vaswani et al. 2017; Radford et al. 2019.)
//
//	m, err := transformer.Load("gpt2", transformer.Own) // or small.Model()
//	guesses, err := m.Guesses("The best thing about AI is its ability to", 5)
//	text, err := m.ContinueText("Once upon a time", 50, lm.Sampling{Temperature: 0.8}, rng)
//	perplexity, err := m.Perplexity("Colourless green ideas sleep furiously.")
//	trace, err := m.Trace(m.Vocabulary.Encode("The king and the queen"))
//
// # Two forwards
//
// The forward pass stands here twice. A [Net] computes it with operations that
// can go back, for training; it reads like the paper. A [Session] of a [Model]
// computes it for use: with weights in fewer bits if need be, no memory for
// gradients, and the keys and values of earlier tokens kept, so that each new
// token costs one pass of one row. Writing through the Net would be ten times
// slower with the small GPT: the token behind 127 others takes it 30 ms, a Session
// 3 ms (BenchmarkForwards, two cores of an AMD EPYC with AVX-512, shared), and the
// longer the text, the more. TestNetAndModelAgree holds both equal, block for block,
// with what float32 sums in another order may differ by; both are held to golden
// vectors from elsewhere.
//
// Shapes in comments: B rows, T positions, D the Width, H heads, V the vocabulary;
// n are the rows of a batch.
//
// Reading order: config.go, net.go, train.go; model.go, session.go, generate.go,
// score.go; dtype.go, load.go, save.go; guess.go, trace.go, lens.go, vectors.go, matrix.go;
// verify.go.
//
// Below it, package small has a GPT that was trained for this project, models
// opens it and the real GPT-2, parens and grammar ask what nets learn of rules,
// and feedback tunes one by ratings.
package transformer
