package live

import (
	"encoding/base64"
	"fmt"
	"math"
	"slices"

	"oneword/chart"
)

// Attention shows where each token of a text looks, head by head: hover over a
// token, or go to it with the Tab key. Weights[b][h][t][u] is how much head h of
// block b looks from token t at token u, 0 to 1.
func Attention(tokens []string, weights [][][][]float32) *Figure {
	blocks, heads := Choice("block"), Choice("head")
	for b := range weights {
		blocks.Labels = append(blocks.Labels, fmt.Sprint(b+1))
	}
	if len(weights) > 0 {
		for h := range weights[0] {
			heads.Labels = append(heads.Labels, fmt.Sprint(h+1))
		}
	}
	n := len(tokens)
	return &Figure{
		kind:  "attention",
		knobs: []Knob{blocks, heads},
		title: "Where each token looks",
		still: func() (chart.Drawing, error) {
			if n == 0 || len(weights) == 0 || len(weights[0]) == 0 {
				return nil, errNothing
			}
			for b, heads := range weights {
				if len(heads) != len(weights[0]) {
					return nil, fmt.Errorf("live: block %d has %d heads, the first has %d", b, len(heads), len(weights[0]))
				}
				for h, head := range heads {
					if len(head) != n || slices.ContainsFunc(head, func(row []float32) bool { return len(row) != n }) {
						return nil, fmt.Errorf("live: attention of %d tokens, but that of block %d, head %d is not %d × %d", n, b, h, n, n)
					}
				}
			}
			return chart.Heat(attentionMatrix(weights[0][0])).Names(tokens, tokens).Root().
				Title("Where each token looks: block 1, head 1").Labels("looks at", "token"), nil
		},
		data: func() (map[string]any, error) {
			var all []byte // a byte a weight: a 255th is less than one can see
			for _, heads := range weights {
				for _, head := range heads {
					for _, row := range head {
						for _, w := range row[:n] {
							all = append(all, byte(math.Round(255*math.Min(math.Max(float64(w), 0), 1))))
						}
					}
				}
			}
			return map[string]any{"tokens": tokens, "weights": base64.StdEncoding.EncodeToString(all)}, nil
		},
	}
}

type attentionMatrix [][]float32

func (m attentionMatrix) Dims() (rows, cols int)  { return len(m), len(m[0]) }
func (m attentionMatrix) At(row, col int) float64 { return float64(m[row][col]) }
