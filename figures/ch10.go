package figures

import (
	"fmt"
	"math"
	"strings"

	"oneword/chart"
	"oneword/transformer"
	"oneword/transformer/token/gpt2"
)

var chapter10 = []Figure{
	{"10-tokens", 10, "Text as tokens", "table", nil, tokensTable},
	{"10-embedding-diagram", 10, "From a token to a vector", "diagram", []string{"small"}, embeddingDiagram},
	{"10-hello-bye", 10, "Two words, ten times each, as vectors", "image", []string{"small"}, helloBye},
	{"10-block-diagram", 10, "One block", "diagram", []string{"small"}, blockDiagram},
	{"10-head-patterns", 10, "Where the heads of the first block look", "image", []string{"small"}, headPatterns},
	{"10-weight-matrix", 10, "The weights of a fully connected part", "image", []string{"small"}, weightMatrix},
	{"10-weight-average", 10, "The same, averaged", "image", []string{"small"}, weightAverage},
	{"10-blocks-attention", 10, "The first head of every block", "image", []string{"small"}, blocksAttention},
	{"10-blocks-weights", 10, "The averaged weights of every block", "image", []string{"small"}, blocksWeights},
	{"10-weight-sizes", 10, "How large are weights?", "plot", []string{"small"}, weightSizes},
	{"10-architecture", 10, "The whole net", "diagram", []string{"small"}, architecture},
	{"10-logit-lens", 10, "What the model would say after each block", "image", []string{"small"}, logitLens},
}

// cutText has common words, a rare one and a number.
const cutText = "The unbelievable abilities of antidisestablishmentarian crocodiles in 2023!"

// wholeWords is how many of GPT-2's tokens are a word of English, with or
// without a space before it.
func wholeWords(lab *Lab) (int, error) {
	v, err := gpt2.Vocabulary()
	if err != nil {
		return 0, err
	}
	table, err := lab.Words()
	if err != nil {
		return 0, err
	}
	n := 0
	for id := range v.Len() {
		if word := v.Token(id); strings.HasPrefix(word, " ") && len(word) > 2 {
			if _, known := table.ID(word[1:]); known {
				n++
			}
		}
	}
	return n, nil
}

func tokensTable(lab *Lab) (chart.Drawing, Caption, error) {
	v, err := gpt2.Vocabulary()
	if err != nil {
		return nil, Caption{}, err
	}
	whole, err := wholeWords(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("token", "number").Right(1).Title("Text as tokens")
	for _, id := range v.Encode(cutText) {
		t.Row(transformer.Visible(v.Token(id)), fmt.Sprint(id))
	}
	return t, say("“%s” cut into tokens of GPT-2's vocabulary: common words are one token, with the space before them (␣), rare ones several. Of its %d tokens, %d are a space and one of the 40,000 most frequent English words in lower case; the essay counts about 3,000 whole words in its way. No randomness.", cutText, v.Len(), whole), nil
}

func embeddingDiagram(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	f := chart.Flow().Title("From a token to a vector")
	token, place := f.Box(0, 0, "number of the token", ""), f.Box(1, 0, "number of its place", "")
	tv := f.Box(0, 1, "row of a table", fmt.Sprintf("%d × %d", m.Vocab(), m.Config.Width))
	pv := f.Box(1, 1, "row of a table", fmt.Sprintf("%d × %d", m.Context, m.Config.Width))
	sum := f.Sign(0.5, 2, "+")
	out := f.Box(0.5, 3, "vector", fmt.Sprint(m.Config.Width, " numbers"))
	f.Arrow(token, tv).Arrow(place, pv).Arrow(tv, sum).Arrow(pv, sum).Arrow(sum, out)
	return f, say("How a token enters the net: the vector of the token and the vector of its place are added. Sizes read from the model; GPT-2 has vectors of 768 numbers, GPT-3 of 12,288. %s. No randomness.", modelName(m)), nil
}

func helloBye(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	ids, words := transformer.TwoWords(m)
	trace, err := m.Trace(ids)
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(1).Title("Two words, ten times each, as vectors")
	for _, v := range []struct {
		name    string
		vectors [][]float32
	}{{"tokens", trace.Token}, {"places", trace.Place}, {"both added", trace.Sum}} {
		grid.Add(chart.Stretched(chart.Signs(transformer.RowsOf(v.vectors)), 1, 4), v.name)
	}
	return grid, say("The vectors, one a row, of “%s” ten times and “%s” ten times: of the tokens, of their places, and the sums that enter the first block (red above 0, blue below). %s. No randomness.",
		strings.TrimSpace(words[0]), strings.TrimSpace(words[1]), modelName(m)), nil
}

func blockDiagram(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Block(m.Config.Width, m.Heads, m.Hidden()).Title("One block"), say("One of the %d equal blocks: attention, then a fully connected part; what each finds is added to the vectors that came in. Sizes read from the model. %s. No randomness.", m.Blocks, modelName(m)), nil
}

// traced is what happens in the model as it reads the text of two words.
func traced(lab *Lab) (*transformer.Model, *transformer.Trace, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, nil, err
	}
	ids, _ := transformer.TwoWords(m)
	trace, err := m.Trace(ids)
	return m, trace, err
}

func headPatterns(lab *Lab) (chart.Drawing, Caption, error) {
	m, trace, err := traced(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(4).Title("Where the heads of the first block look")
	for h, head := range trace.Attention[0] {
		grid.Add(chart.Gray(transformer.RowsOf(head).Root().Data, len(head)), fmt.Sprint("head ", h+1))
	}
	return grid, say("Attention weights of the heads of the first block for the text of two words: a row for each token, darker where it looks (the shade is the square root of the weight); nothing right of the diagonal, as nobody sees what comes later. %s. No randomness.", modelName(m)), nil
}

func blocksAttention(lab *Lab) (chart.Drawing, Caption, error) {
	m, trace, err := traced(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(min(6, m.Blocks)).Title("The first head of every block")
	for b, heads := range trace.Attention {
		grid.Add(chart.Gray(transformer.RowsOf(heads[0]).Root().Data, len(heads[0])), fmt.Sprint("block ", b+1))
	}
	return grid, say("Attention weights of the first head in each block for the same text, as before. %s. No randomness.", modelName(m)), nil
}

func weightMatrix(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	w := m.Joined(0)
	return chart.Images(1).Title("The weights of a fully connected part").Add(chart.Signs(w), ""),
		say("The %d × %d weights of the linear layer that joins the heads' results in the first block (red above 0, blue below). %s. No randomness.", w.Rows, w.Cols, modelName(m)), nil
}

// window is over how many numbers weights are averaged: the essay's 64 of 768.
func window(m *transformer.Model) int { return max(1, m.Config.Width/12) }

func weightAverage(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Images(1).Title("The same, averaged").Add(chart.Signs(m.Joined(0).Averaged(window(m))), ""),
		say("Moving averages of those weights over %d × %d numbers, a twelfth of the width as in the essay: is there structure? %s. No randomness.", window(m), window(m), modelName(m)), nil
}

func blocksWeights(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(min(6, m.Blocks)).Title("The averaged weights of every block")
	for b := range m.Blocks {
		grid.Add(chart.Signs(m.Joined(b).Averaged(window(m))), fmt.Sprint("block ", b+1))
	}
	return grid, say("The same averages, for each block in a scale of its own. %s. No randomness.", modelName(m)), nil
}

func weightSizes(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	var panels []chart.Drawing
	for b := range min(6, m.Blocks) {
		block := b * m.Blocks / min(6, m.Blocks)
		xs, density, s := m.Joined(block).Spread()
		normal := func(x float64) float64 { return math.Exp(-x*x/2/s/s) / s / math.Sqrt(2*math.Pi) }
		panels = append(panels, chart.Plot().Title(fmt.Sprint("block ", block+1)).Labels("weight", "density").
			Line("weights", xs, density).Func("normal", normal, xs[0], xs[len(xs)-1]))
	}
	return chart.Panels(3, panels...).Wide().Title("How large are weights?"),
		say("Distribution of the weights of the same layer in several blocks, beside the normal distribution of the same standard deviation. %s. No randomness.", modelName(m)), nil
}

// coreLayers is the longest path through a net, counted in layers with weights
// that a number passes one after the other: the tables, four in each block,
// and the way back to tokens.
func coreLayers(c transformer.Config) int { return 1 + 4*c.Blocks + 1 }

func architecture(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	f := chart.Flow().Title("The whole net")
	million := func(n int) string { return fmt.Sprintf("%.2f million weights", float64(n)/1e6) }
	last := f.Box(0, 0, "tokens and places", million((m.Vocab()+m.Context)*m.Config.Width))
	for b := range m.Blocks {
		next := f.Box(0, float64(b+1), fmt.Sprint("block ", b+1), million(m.BlockParams()))
		f.Arrow(last, next)
		last = next
	}
	norm := f.Box(0, float64(m.Blocks+1), "layer norm", fmt.Sprint(2*m.Config.Width, " weights"))
	out := f.Box(0, float64(m.Blocks+2), "probabilities of tokens", "the table of tokens again")
	f.Arrow(last, norm).Arrow(norm, out)
	return f, say("All layers with their numbers of weights, %.1f million together; the longest path from a token to a probability passes %d layers with weights. GPT-2 has 124 million in 12 blocks (%d layers), GPT-3 175 thousand million in 96 (about 400). Read from the model. %s. No randomness.",
		float64(m.Params())/1e6, coreLayers(m.Config), coreLayers(transformer.Sizes["gpt2"]), modelName(m)), nil
}

// lensText is what the model reads for the view after each block.
const lensText = "The king and the queen lived in a large"

func logitLens(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	lens, err := m.Lens(lensText)
	if err != nil {
		return nil, Caption{}, err
	}
	var cells [][]string
	var blocks, words []string
	for b, row := range lens {
		var texts []string
		for _, g := range row {
			texts = append(texts, transformer.Visible(g.Text))
		}
		cells, blocks = append(cells, texts), append(blocks, fmt.Sprint(b))
	}
	for _, id := range m.Vocabulary.Encode(lensText) {
		words = append(words, transformer.Visible(m.Vocabulary.Token(id)))
	}
	return chart.Heat(transformer.LensTable(lens)).Cells(cells).Names(words, blocks).Percent().Title("What the model would say after each block").Labels("the text, token by token", "blocks passed"),
		say("For each token of “%s”, the most probable next token if the model stopped after so many blocks, and its probability as the colour. %s. No randomness.", lensText, modelName(m)), nil
}
