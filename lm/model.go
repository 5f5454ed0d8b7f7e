package lm

// A Model predicts the next token. Tokens are numbered 0 … Vocab()-1.
//
// An implementation must be deterministic, must not modify or keep its
// arguments, must accept a context of any length (using as much of its end as
// it can), and must be safe for concurrent use. lmtest.Test checks all of it.
type Model interface {
	// Vocab is the number of tokens the model knows.
	Vocab() int
	// Next fills p, of length Vocab(), with the probability of each token
	// after context (oldest token first). The probabilities sum to 1.
	Next(context []int, p []float64)
}

// A Scorer is a Model that can price one token without filling a whole
// distribution, which for large vocabularies is much faster.
// Prob(context, t) is what Next would have put at p[t].
type Scorer interface {
	Model
	Prob(context []int, token int) float64
}
