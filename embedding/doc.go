// Package embedding is the chapter on meaning as numbers: each word becomes a
// vector, learned from nothing but the words around it, and words that are used
// alike come to lie near each other.
//
// [NewCorpus] turns text into numbered words. [SkipGram] learns vectors from it
// as word2vec does, by telling the true neighbours of a word from drawn ones;
// [PPMI] counts the neighbours instead and factorises the table, which is the
// same thing done exactly. Both give [Vectors], which answer questions:
// neighbours, analogies, and how well both agree with people ([Similarities],
// [Analogies]). [PCA] and [TSNE] lay vectors out in two or three dimensions.
// Vectors of others are read by [Parse], in the formats of GloVe and word2vec.
//
// Package english has vectors of 22,000 English words.
//
// Reading order: corpus.go, skipgram.go, ppmi.go; vectors.go, analogy.go, score.go;
// pca.go, tsne.go; format.go.
package embedding
