package live

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"oneword/chart"
	"oneword/lm"
)

// keeps are the positions of top-k; 0 keeps all tokens.
var keeps = []int{1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 0}

// shownTokens is how many tokens have a bar.
const shownTokens = 12

// Sampling shows what temperature and top-k make of the probabilities of next
// tokens: the bars of the most probable ones, and the entropy of all. Both
// slices go from the most probable token down; words may be shorter than p,
// which is to hold all tokens, or the sum would be wrong.
func Sampling(words []string, p []float64) *Figure {
	ts, ks := Range("temperature", 0, 2, 0.05), Slider("top-k")
	for _, k := range keeps {
		if k == 0 {
			ks.Labels = append(ks.Labels, "all")
		} else {
			ks.Labels = append(ks.Labels, fmt.Sprint(k))
		}
	}
	words = words[:min(shownTokens, len(words), len(p))]
	ts, ks = ts.From(slices.Index(ts.Labels, "1")), ks.From(len(keeps)-1)
	return &Figure{
		kind:  "sampling",
		knobs: []Knob{ts, ks},
		title: "What temperature and top-k do",
		still: func() (chart.Drawing, error) {
			if len(words) == 0 {
				return nil, errNothing
			}
			falling := slices.IsSortedFunc(p, func(a, b float64) int { return cmp.Compare(b, a) }) // NaN would be the last
			if !falling || !(p[0] > 0 && p[len(p)-1] >= 0) {
				return nil, fmt.Errorf("live: probabilities that do not fall from one above 0 to 0 or more")
			}
			return chart.Bars(tokenBars{words, p}).Percent().Labels("", "probability").
				Title(fmt.Sprintf("Temperature 1, all tokens: %.1f bits", lm.Entropy(p))), nil
		},
		data: func() (map[string]any, error) {
			// By how many thousandths of a nat each token is less probable
			// than the first: two bytes each.
			gaps := make([]byte, 0, 2*len(p))
			for _, v := range p {
				gap := math.Min(math.Round(1000*math.Log(p[0]/v)), math.MaxUint16)
				gaps = binary.LittleEndian.AppendUint16(gaps, uint16(gap))
			}
			return map[string]any{"words": words, "keeps": keeps, "gaps": base64.StdEncoding.EncodeToString(gaps)}, nil
		},
	}
}

// tokenBars are the bars of the first tokens.
type tokenBars struct {
	words []string
	p     []float64
}

func (b tokenBars) Len() int            { return len(b.words) }
func (b tokenBars) Label(i int) string  { return b.words[i] }
func (b tokenBars) Value(i int) float64 { return b.p[i] }
