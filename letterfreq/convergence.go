package letterfreq

import (
	"math"
	"math/rand/v2"
	"unicode"
)

// DrawnDistance tells how fast counting converges: for each sample size it
// draws that many letters from the distribution itself, counts them, and
// returns the total variation distance from the true shares, averaged over a
// number of trials.
func DrawnDistance(truth Counts, sizes []int, trials int, rng *rand.Rand) ([]float64, error) {
	draw, err := NewSampler(truth)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(sizes))
	counts := make([]uint64, truth.Len())
	for i, n := range sizes {
		for range trials {
			clear(counts)
			for range n {
				counts[draw.alias.Draw(rng)]++
			}
			sum := 0.0
			for j, c := range counts {
				sum += math.Abs(float64(c)/float64(n) - truth.Value(j))
			}
			out[i] += sum / 2 / float64(trials)
		}
	}
	return out, nil
}

// TextDistance is what DrawnDistance is, for real text: the total variation
// distance of the first n letters of the text, case folded, from truth, for each
// size n. Sizes beyond the text's end give NaN.
func TextDistance(truth Counts, text string, sizes []int) []float64 {
	var letters []rune
	for _, r := range text {
		if r = unicode.ToLower(r); unicode.IsLetter(r) {
			letters = append(letters, r)
		}
	}
	out := make([]float64, len(sizes))
	for i, n := range sizes {
		if n > len(letters) || n < 1 {
			out[i] = math.NaN()
			continue
		}
		out[i] = TotalVariation(Count(string(letters[:n])), truth)
	}
	return out
}
