package letterfreq

import "math"

// TotalVariation is the distance of two letter distributions: the largest
// difference in probability that they can give any set of letters, half the
// sum of the differences of all letters. It is 0 for equal distributions, 1
// for distributions without a common letter, and NaN if one counted nothing.
func TotalVariation(p, q Counts) float64 {
	if p.total == 0 || q.total == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, r := range p.letters {
		sum += math.Abs(p.Share(r) - q.Share(r))
	}
	for _, r := range q.letters {
		if p.Rank(r) == 0 {
			sum += q.Share(r)
		}
	}
	return sum / 2
}

// KullbackLeibler is the information lost, in bits a letter, when q is taken
// for p: Σ p log₂(p/q) (Kullback and Leibler 1951). It is not symmetric, +Inf
// if p has a letter that q has not, and NaN if one counted nothing.
func KullbackLeibler(p, q Counts) float64 {
	if p.total == 0 || q.total == 0 {
		return math.NaN()
	}
	sum := 0.0
	for i, r := range p.letters {
		if x := p.Value(i); x > 0 {
			sum += x * math.Log2(x/q.Share(r))
		}
	}
	return math.Max(sum, 0) // rounding may leave a hair below
}
