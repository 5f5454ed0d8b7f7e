// Package embedding makes vectors of words, and asks what they know.
//
// The essay's question: how can a number stand for a word, so that words that mean
// something alike have numbers that are alike? Each word becomes a vector, learned
// from nothing but the words around it, and words that are used alike come to lie
// near each other.
//
//	corpus, err := embedding.NewCorpus(20_000, 5, file)           // the words that occur 5 times or more
//	v, err := embedding.DefaultSkipGram().Train(corpus, nil)      // as word2vec does
//	near, err := v.Neighbours("alligator", 5)                     // the 5 nearest words
//	queen, err := v.Analogy("man", "king", "woman", embedding.CosAdd, 1)
//	rows, err := v.Matrix("cat", "dog", "oak", "elm")             // [4][D]
//	plane, err := embedding.TSNE{}.Embed(embedding.Unit(rows))    // [4][2], to be drawn
//
// [SkipGram] tells the true neighbours of a word from drawn ones; [PPMI] counts the
// neighbours instead and factorises the table, which is the same thing done
// exactly. Package vectors has vectors of 34,000 English words, package judged what
// people think of words, to measure vectors by; [Parse] reads the formats of GloVe
// and word2vec.
//
// Reading order: vectors.go; corpus.go, skipgram.go, ppmi.go; analogy.go, score.go;
// pca.go, tsne.go; format.go.
package embedding
