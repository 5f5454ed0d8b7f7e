// Package letterfreq counts letters and draws them again.
//
// The essay's question: where do the probabilities of a language model come
// from? In the simplest case one counts how often each letter occurs, and
// writes a "text" in which each letter comes as often as that.
//
//	letters := letterfreq.Count(text)            // case kept; CountFolded folds it
//	letters.Share('e')                           // 0.12 or so
//	draw, err := letterfreq.NewSampler(letters)
//	draw.Text(rng, 60)                           // "rronoitadatcaeaesaotdoysaroiyi…"
//
// Reading order: count.go, english.go, distance.go, draw.go, lengths.go,
// convergence.go.
package letterfreq
