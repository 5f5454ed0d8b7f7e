package tables

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"oneword/internal/lazy"
)

//go:embed report.json
var report []byte

// A Report is what was measured when the tables were counted: facts about the
// whole corpus, which the pruned tables no longer show.
type Report struct {
	Files []File `json:"files"` // that were counted
	Bytes int64  `json:"bytes"` // of their text
	Words uint64 `json:"words"` // running words
	// DistinctWords, DistinctPairs and DistinctTriples were met at least once.
	DistinctWords   int `json:"distinct_words"`
	DistinctPairs   int `json:"distinct_pairs"`
	DistinctTriples int `json:"distinct_triples"`
	// WordLengths[n] is the share of running words with n letters.
	WordLengths []float64 `json:"word_lengths"`
	// HeldOut is nil if nothing was held out.
	HeldOut *HeldOut `json:"held_out,omitempty"`
}

// A File is one text of the corpus.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// HeldOut says how well counts of the corpus fit text that was not counted.
type HeldOut struct {
	Files []File `json:"files"`
	Words int    `json:"words"`
	// Unseen[n-1] is the share of its word n-grams that the corpus never had.
	Unseen []float64 `json:"unseen"`
	// Perplexity per word of the smoothed models of order 1, 2 and 3 over the
	// restricted vocabulary, unknown words counted as one word.
	AddK             []float64 `json:"perplexity_add_k"`
	AbsoluteDiscount []float64 `json:"perplexity_absolute_discount"`
	KneserNey        []float64 `json:"perplexity_kneser_ney"`
	// LetterBits is the surprise in bits per letter of the absolute-discount
	// letter models of order 1 to 5.
	LetterBits []float64 `json:"letter_bits"`
	// PrunedAbsoluteDiscount and PrunedLetterBits are what becomes of AbsoluteDiscount
	// and LetterBits with the tables as they are shipped.
	PrunedAbsoluteDiscount []float64 `json:"pruned_perplexity_absolute_discount"`
	PrunedLetterBits       []float64 `json:"pruned_letter_bits"`
}

// Measured returns the report of the shipped tables.
func Measured() (Report, error) {
	return readReport.Get(func() (Report, error) {
		var r Report
		if err := json.Unmarshal(report, &r); err != nil {
			return Report{}, fmt.Errorf("report.json (embedded): %w", err)
		}
		return r, nil
	})
}

var readReport lazy.Value[Report]
