package inside

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/must"
	"oneword/transformer"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"10-tokens": func(t *testing.T, lab labs.Lab) {
		r := cellstest.Run(t, lab, Tokens)
		if n := r.Values["whole"].(int); n < 3000 || n > 20_000 {
			t.Errorf("%d whole words", n)
		}
		if text := r.Picture().Text(); !strings.Contains(text, "crocod") || strings.Contains(text, "crocodiles") {
			t.Errorf("the table is\n%s", text)
		}
	},
	"10-embedding-diagram": func(t *testing.T, lab labs.Lab) {
		m := lab.GPT()
		if text := cellstest.Drawn(t, lab, EmbeddingDiagram); !strings.Contains(text, fmt.Sprintf("%d × %d", m.Vocab(), m.Config.Width)) {
			t.Errorf("the sizes are not the model's:\n%s", text)
		}
	},
	"10-hello-bye": func(t *testing.T, lab labs.Lab) {
		trace := traced(lab)
		if len(trace.Tokens) != 20 {
			t.Fatalf("%d tokens", len(trace.Tokens))
		}
		if !slices.Equal(trace.Token[0], trace.Token[9]) || slices.Equal(trace.Token[9], trace.Token[10]) || slices.Equal(trace.Position[0], trace.Position[1]) {
			t.Error("equal tokens must have equal vectors, other tokens and places others")
		}
		for i, row := range trace.Sum {
			for k, v := range row {
				if v != trace.Token[i][k]+trace.Position[i][k] {
					t.Fatalf("the sum of row %d is not one", i)
				}
			}
		}
	},
	"10-block-diagram": func(t *testing.T, lab labs.Lab) {
		m := lab.GPT()
		text := cellstest.Drawn(t, lab, BlockDiagram)
		for _, want := range []string{fmt.Sprint(m.Heads, " attention heads"), fmt.Sprintf("%d × %d", m.Config.Width, m.Hidden()), "GELU"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	},
	"10-head-patterns":    causal,
	"10-blocks-attention": causal,
	"10-weight-matrix": func(t *testing.T, lab labs.Lab) {
		width, values := lab.GPT().Config.Width, cellstest.Run(t, lab, WeightMatrix).Values
		_, _, s := histogram(lab.GPT().AttnProj(0).Data)
		if values["rows"] != width || values["columns"] != width || s == 0 {
			t.Errorf("%v × %v weights of deviation %v", values["rows"], values["columns"], s)
		}
	},
	"10-weight-average": func(t *testing.T, lab labs.Lab) {
		w, side := lab.GPT().AttnProj(0), cellstest.Run(t, lab, WeightAverage).Values["side"].(int)
		a := averaged(w, side)
		sum := 0.0
		for i := 3; i < 3+side; i++ {
			for j := 7; j < 7+side; j++ {
				sum += w.At(i, j)
			}
		}
		if got := a.At(3, 7); math.Abs(got-sum/float64(side*side)) > 1e-6 || a.Rows != w.Rows-side+1 {
			t.Errorf("the average at (3, 7) is %v, want %v", got, sum/float64(side*side))
		}
	},
	"10-blocks-weights": func(t *testing.T, lab labs.Lab) {
		if n := strings.Count(cellstest.Drawn(t, lab, BlocksWeights), "block "); n != lab.GPT().Blocks {
			t.Errorf("%d blocks", n)
		}
	},
	"10-weight-sizes": func(t *testing.T, lab labs.Lab) {
		m := lab.GPT()
		xs, density, s := histogram(m.AttnProj(m.Blocks - 1).Data)
		total := 0.0
		for _, d := range density {
			total += d * (xs[1] - xs[0])
		}
		if total < 0.97 || total > 1.0001 || s <= 0 {
			t.Errorf("the density sums to %v, deviation %v", total, s)
		}
		// They began with 0.004 and have grown; what the text says.
		if start := 0.02 / math.Sqrt(float64(2*m.Blocks)); math.Abs(start-0.004) > 0.0005 {
			t.Errorf("they began with a deviation of %v", start)
		}
		for block, want := range map[int]float64{0: 0.02, 10: 0.04} {
			if _, _, s := histogram(m.AttnProj(block).Data); math.Abs(s-want) > 0.005 {
				t.Errorf("in block %d the deviation is %v, want %v", block+1, s, want)
			}
		}
	},
	"10-architecture": func(t *testing.T, lab labs.Lab) {
		if got := layers(transformer.Config{Blocks: 96}); got < 380 || got > 420 {
			t.Errorf("GPT-3 has %d layers on the longest path, the essay says about 400", got)
		}
		if n := strings.Count(cellstest.Drawn(t, lab, Architecture), "block "); n != lab.GPT().Blocks {
			t.Errorf("%d blocks", n)
		}
	},
	"10-logit-lens": func(t *testing.T, lab labs.Lab) {
		m, text := lab.GPT(), "The king and the queen lived in a large"
		lens := must.Get(m.LogitLens(text))
		if len(lens) != m.Blocks+1 {
			t.Fatalf("%d rows", len(lens))
		}
		best, last := must.Get(m.Guesses(text, 1)), lens[m.Blocks]
		if end := last[len(last)-1]; end.ID != best[0].ID || math.Abs(end.P-best[0].P) > 1e-5 {
			t.Errorf("after all blocks it is %v, the model says %v", end, best)
		}
		if drawn := cellstest.Drawn(t, lab, LogitLens); !strings.Contains(drawn, transformer.Visible(best[0].Text)) {
			t.Errorf("no %q in\n%s", best[0].Text, drawn)
		}
	},
}

// traced is what happens in the model as it reads the text of two words.
func traced(lab labs.Lab) *transformer.Trace {
	m := lab.GPT()
	ids, _ := twoWords(m)
	return must.Get(m.Trace(ids))
}

// causal: rows of attention sum to 1, and nobody sees what comes later.
func causal(t *testing.T, lab labs.Lab) {
	for b, heads := range traced(lab).Attention {
		for h, rows := range heads {
			for i, row := range rows {
				sum := 0.0
				for j, w := range row {
					if sum += float64(w); j > i && w != 0 {
						t.Fatalf("block %d, head %d: place %d sees place %d", b, h, i, j)
					}
				}
				if math.Abs(sum-1) > 1e-5 {
					t.Fatalf("block %d, head %d: the weights of place %d sum to %v", b, h, i, sum)
				}
			}
		}
	}
}
