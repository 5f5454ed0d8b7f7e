package inside

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oneword/chart"
	"oneword/chart/live"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/transformer"
	"oneword/transformer/token/gpt2"
)

// Tokens is figure 10-tokens: a sentence cut into tokens.
func Tokens(lab labs.Lab, show labs.Show) {
	v := must.Get(gpt2.Vocabulary())
	t := chart.Table("token", "number").Right(1).Title("Text as tokens")
	for _, id := range v.Encode("The unbelievable abilities of antidisestablishmentarian crocodiles in 2023!") {
		t.Row(transformer.Visible(v.Token(id)), fmt.Sprint(id))
	}
	known, whole := lab.Words(), 0 // tokens that are a space and a word of English
	for id := range v.Len() {
		word, begins := strings.CutPrefix(v.Token(id), " ")
		if _, is := known.ID(word); is && begins && len(word) > 1 {
			whole++
		}
	}
	show(t, labs.Values{"all": v.Len(), "whole": whole})
}

// EmbeddingDiagram is figure 10-embedding-diagram: how a token enters the net.
func EmbeddingDiagram(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	f := chart.Flow().Title("From a token to a vector")
	token, place := f.Box(0, 0, "number of the token", ""), f.Box(1, 0, "number of its place", "")
	tv := f.Box(0, 1, "row of a table", fmt.Sprintf("%d × %d", m.Vocab(), m.Width))
	pv := f.Box(1, 1, "row of a table", fmt.Sprintf("%d × %d", m.Context, m.Width))
	sum := f.Sign(0.5, 2, "+")
	out := f.Box(0.5, 3, "vector", fmt.Sprint(m.Width, " numbers"))
	show(f.Arrow(token, tv).Arrow(place, pv).Arrow(tv, sum).Arrow(pv, sum).Arrow(sum, out))
}

// twoWords is a text of two words, ten times the one and ten times the other: the
// essay's “hello” and “bye” if both are single tokens of the model.
func twoWords(m *transformer.Model) (ids []int, words [2]string) {
	for _, words := range [][2]string{{" hello", " bye"}, {" good", " night"}} {
		a, b := m.Vocabulary.Encode(words[0]), m.Vocabulary.Encode(words[1])
		if len(a) == 1 && len(b) == 1 {
			return append(slices.Repeat(a, 10), slices.Repeat(b, 10)...), words
		}
	}
	return m.Vocabulary.Encode("hello bye"), [2]string{"hello", "bye"}
}

// HelloBye is figure 10-hello-bye: the vectors of a text of two words.
func HelloBye(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	ids, words := twoWords(m)
	trace := must.Get(m.Trace(ids))
	show(chart.Images(1).Title("Two words, ten times each, as vectors").
		Add(chart.Stretched(chart.Signs(transformer.RowsOf(trace.Token)), 1, 4), "tokens").
		Add(chart.Stretched(chart.Signs(transformer.RowsOf(trace.Position)), 1, 4), "places").
		Add(chart.Stretched(chart.Signs(transformer.RowsOf(trace.Sum)), 1, 4), "both added"),
		labs.Values{"first": strings.TrimSpace(words[0]), "second": strings.TrimSpace(words[1])})
}

// blockChart is the flow chart of a block: vectors of so many numbers, attention
// heads, and neurons of the fully connected part.
func blockChart(width, heads, hidden int) *chart.FlowChart {
	f := chart.Flow()
	in := f.Box(0, 0, "vectors", fmt.Sprintf("%d numbers a token", width))
	norm1 := f.Box(1, 1, "layer norm", "")
	attention := f.Box(1, 2, fmt.Sprint(heads, " attention heads"), fmt.Sprintf("%d numbers each", width/heads))
	join := f.Box(1, 3, "linear", fmt.Sprintf("%d × %d", width, width))
	add1 := f.Sign(0, 4, "+")
	norm2 := f.Box(1, 5, "layer norm", "")
	up := f.Box(1, 6, "linear", fmt.Sprintf("%d × %d", width, hidden))
	gelu := f.Box(1, 7, "GELU", "")
	down := f.Box(1, 8, "linear", fmt.Sprintf("%d × %d", hidden, width))
	add2 := f.Sign(0, 9, "+")
	out := f.Box(0, 10, "vectors", "to the next block")
	f.Arrow(in, norm1).Arrow(norm1, attention).Arrow(attention, join).Arrow(join, add1).Arrow(in, add1)
	f.Arrow(add1, norm2).Arrow(norm2, up).Arrow(up, gelu).Arrow(gelu, down).Arrow(down, add2)
	return f.Arrow(add1, add2).Arrow(add2, out)
}

// BlockDiagram is figure 10-block-diagram: what a block is made of.
func BlockDiagram(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	show(blockChart(m.Width, m.Heads, m.Hidden()).Title("One block"), labs.Values{"blocks": m.Blocks})
}

// shades are the square roots of attention weights, row after row: as shades of
// gray, small ones can then be told apart.
func shades(rows [][]float32) (values []float32) {
	for _, row := range rows {
		for _, w := range row {
			values = append(values, float32(math.Sqrt(float64(w))))
		}
	}
	return values
}

// HeadPatterns is figure 10-head-patterns: where the heads of the first block look.
func HeadPatterns(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	ids, _ := twoWords(m)
	grid := chart.Images(4).Title("Where the heads of the first block look")
	for h, head := range must.Get(m.Trace(ids)).Attention[0] {
		grid.Add(chart.Gray(shades(head), len(head)), fmt.Sprint("head ", h+1))
	}
	show(grid)
}

// HeadPatternsLive is figure 10-head-patterns as one that responds.
func HeadPatternsLive(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	ids := m.Vocabulary.Encode("The cat that chased the mice was tired, so she slept on the warm mat.")
	var words []string
	for _, id := range ids {
		words = append(words, transformer.Visible(m.Vocabulary.Token(id)))
	}
	show(live.Attention(words, must.Get(m.Trace(ids)).Attention))
}

// BlocksAttention is figure 10-blocks-attention: where the first head of every block looks.
func BlocksAttention(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	ids, _ := twoWords(m)
	grid := chart.Images(6).Title("The first head of every block")
	for b, heads := range must.Get(m.Trace(ids)).Attention {
		grid.Add(chart.Gray(shades(heads[0]), len(heads[0])), fmt.Sprint("block ", b+1))
	}
	show(grid)
}

// WeightMatrix is figure 10-weight-matrix: the weights that join what the heads found.
func WeightMatrix(lab labs.Lab, show labs.Show) {
	w := lab.GPT().AttnProj(0)
	show(chart.Images(1).Title("The weights of a fully connected part").Add(chart.Signs(w), ""),
		labs.Values{"rows": w.Rows, "columns": w.Cols})
}

// averaged smooths a matrix by moving averages of size × size numbers: the result
// is smaller by size-1 in both directions.
func averaged(m transformer.Matrix, size int) transformer.Matrix {
	sums := make([][]float64, m.Rows+1) // sums[i][j]: of all numbers above and left of (i, j)
	sums[0] = make([]float64, m.Cols+1)
	for i := range m.Rows {
		sums[i+1] = make([]float64, m.Cols+1)
		row := 0.0
		for j := range m.Cols {
			row += m.At(i, j)
			sums[i+1][j+1] = sums[i][j+1] + row
		}
	}
	out := transformer.Matrix{Rows: m.Rows - size + 1, Cols: m.Cols - size + 1}
	for i := range out.Rows {
		for j := range out.Cols {
			s := sums[i+size][j+size] - sums[i][j+size] - sums[i+size][j] + sums[i][j]
			out.Data = append(out.Data, float32(s/float64(size*size)))
		}
	}
	return out
}

// WeightAverage is figure 10-weight-average: moving averages of these weights.
func WeightAverage(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	side := m.Width / 12 // the essay's 64 of 768
	show(chart.Images(1).Title("The same, averaged").Add(chart.Signs(averaged(m.AttnProj(0), side)), ""),
		labs.Values{"side": side})
}

// BlocksWeights is figure 10-blocks-weights: the averages of every block.
func BlocksWeights(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	grid := chart.Images(6).Title("The averaged weights of every block")
	for b := range m.Blocks {
		grid.Add(chart.Signs(averaged(m.AttnProj(b), m.Width/12)), fmt.Sprint("block ", b+1))
	}
	show(grid)
}

// histogram is how numbers are distributed about 0, as a density over four standard
// deviations on both sides, and that deviation.
func histogram(numbers []float32) (xs, density []float64, deviation float64) {
	for _, v := range numbers {
		deviation += float64(v) * float64(v)
	}
	deviation = math.Sqrt(deviation / float64(len(numbers)))
	count := make([]float64, 61) // odd: 0 lies in the middle of one
	width := 8 * deviation / float64(len(count))
	for _, v := range numbers {
		if b := int(math.Floor((float64(v) + 4*deviation) / width)); b >= 0 && b < len(count) {
			count[b]++
		}
	}
	for b, n := range count {
		xs = append(xs, -4*deviation+(float64(b)+0.5)*width)
		density = append(density, n/float64(len(numbers))/width)
	}
	return xs, density, deviation
}

// WeightSizes is figure 10-weight-sizes: how the weights are distributed.
func WeightSizes(lab labs.Lab, show labs.Show) {
	m, panels := lab.GPT(), []chart.Drawing{}
	for block := 0; block < m.Blocks; block += (m.Blocks + 5) / 6 { // six at most
		xs, density, s := histogram(m.AttnProj(block).Data)
		normal := func(x float64) float64 { return math.Exp(-x*x/2/s/s) / s / math.Sqrt(2*math.Pi) }
		panels = append(panels, chart.Plot().Title(fmt.Sprint("block ", block+1)).
			Labels("weight", "density").
			Line("weights", xs, density).Func("normal", normal, xs[0], xs[len(xs)-1]))
	}
	show(chart.Panels(3, panels...).Wide().Title("How large are weights?"))
}

// layers is the longest path through a net, counted in layers with weights that
// a number passes one after the other: the tables, four in each block, and the
// way back to tokens.
func layers(c transformer.Config) int { return 1 + 4*c.Blocks + 1 }

// Architecture is figure 10-architecture: all layers, from top to bottom.
func Architecture(lab labs.Lab, show labs.Show) {
	m, f := lab.GPT(), chart.Flow().Title("The whole net")
	million := func(n int) string { return fmt.Sprintf("%.2f million weights", float64(n)/1e6) }
	last := f.Box(0, 0, "tokens and places", million((m.Vocab()+m.Context)*m.Width))
	for b := range m.Blocks {
		next := f.Box(0, float64(b+1), fmt.Sprint("block ", b+1), million(m.BlockParams()))
		f.Arrow(last, next)
		last = next
	}
	norm := f.Box(0, float64(m.Blocks+1), "layer norm", fmt.Sprint(2*m.Width, " weights"))
	out := f.Box(0, float64(m.Blocks+2), "probabilities of tokens", "the table of tokens again")
	show(f.Arrow(last, norm).Arrow(norm, out), labs.Values{"millions": float64(m.Params()) / 1e6,
		"layers": layers(m.Config), "layersGPT2": layers(transformer.Sizes()["gpt2"])})
}

// LogitLens is figure 10-logit-lens: what the model would say after each block.
func LogitLens(lab labs.Lab, show labs.Show) {
	m, text := lab.GPT(), "The king and the queen lived in a large"
	cells, p, words, blocks := [][]string{}, [][]float32{}, []string{}, []string{}
	for b, row := range must.Get(m.LogitLens(text)) {
		cells, p, blocks = append(cells, nil), append(p, nil), append(blocks, fmt.Sprint(b))
		for _, g := range row {
			cells[b], p[b] = append(cells[b], transformer.Visible(g.Text)), append(p[b], float32(g.P))
		}
	}
	for _, id := range m.Vocabulary.Encode(text) {
		words = append(words, transformer.Visible(m.Vocabulary.Token(id)))
	}
	show(chart.Heat(transformer.RowsOf(p)).Cells(cells).Names(words, blocks).Percent().
		Title("What the model would say after each block").
		Labels("the text, token by token", "blocks passed"))
}

// Exercise says how unsure the model would be after each block.
func Exercise(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	trace := must.Get(m.Trace(m.Vocabulary.Encode("The king and the queen lived in a large")))
	for b, p := range trace.Next {
		show.Printf("after %d blocks: %.2f bits\n", b, lm.Entropy(p))
	}
}
