package meaning

import (
	"oneword/chart"
	"oneword/chart/live"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
)

// OwnWords puts six words more on the map of nouns.
func OwnWords(lab labs.Lab, show labs.Show) {
	mine := []string{"guitar", "violin", "trumpet", "kitchen", "cloud", "wolf"}
	words := append(judged.Nouns(), mine...)
	vectors := must.Get(lab.Vectors().Matrix(words...))
	places := must.Get(embedding.TSNE{Perplexity: 8}.Embed(embedding.Unit(vectors)))
	n := len(words) - len(mine)
	show(chart.Map().Title("The map of nouns, with six more").Group("the chapter's", places[:n], words[:n]).
		Group("mine", places[n:], words[n:]))
}

// Banks says how far apart the two meanings of “bank” are, after each block.
func Banks(lab labs.Lab, show labs.Show) {
	m := lab.GPT()
	texts := []string{
		"He sat by the river, on the bank", "The boat came near the muddy bank",
		"Trees grew along the bank", "She put her money in the bank",
		"He had a loan from the bank", "The clerk was paid by the bank",
	}
	group := []int{0, 0, 0, 1, 1, 1}
	for block, vectors := range must.Get(m.ContextualEmbeddings("bank", texts...)) {
		silhouette, nearest := embedding.Separation(vectors, group)
		show.Printf("after %d blocks: silhouette %+.2f, %.0f %% have one of their kind nearest\n", block,
			silhouette, 100*nearest)
	}
}

// TwoPaths draws two ways to go on with a text.
func TwoPaths(lab labs.Lab, show labs.Show) {
	m, prompt := lab.GPT(), "The best thing about AI is its ability to"
	s := chart.Space().Title("Two ways to go on").Turn(0.9, 0.7)
	var vectors [][]float64
	for seed := range uint64(2) {
		tokens, rng := m.Vocabulary.Encode(prompt), lm.Rand(seed, "solution")
		for _, step := range must.Get(m.Continue(prompt, 30, lm.Sampling{Temperature: 0.8}, rng)) {
			tokens = append(tokens, step.ID)
		}
		for _, point := range must.Get(m.Path(tokens)) {
			vectors = append(vectors, point.Vector)
		}
	}
	places := must.Get(embedding.UnitPCA(vectors, 3))
	half := len(places) / 2
	show(live.Space(s.Path("one", places[:half], nil).Path("another", places[half:], nil)))
}
