package embeddings

import (
	"strings"

	"oneword/embedding"
	"oneword/labs"
	"oneword/must"
)

// SurprisingNeighbours lists the nearest words of some that are not near what
// one would think.
func SurprisingNeighbours(lab labs.Lab, show labs.Show) {
	v := lab.Vectors()
	for _, word := range []string{"apple", "mouse", "cell", "bank", "virus", "broadcast", "she", "three"} {
		show.Println(word, must.Get(v.Neighbours(word, 6)))
	}
}

// Windows learns vectors with a small and a large window.
func Windows(lab labs.Lab, show labs.Show) {
	novel := must.Get(embedding.NewCorpus(3000, 5, strings.NewReader(lab.Novel().Text)))
	for _, window := range []int{1, 10} {
		how := embedding.DefaultSkipGram()
		how.Epochs, how.Window, how.Seed = 30, window, lab.Seed()
		vectors := must.Get(how.Train(novel, nil))
		for _, word := range []string{"said", "boys", "river", "three"} {
			show.Println(window, word, must.Get(vectors.Neighbours(word, 5)))
		}
	}
}

// CountedNeighbours compares vectors that were learned with vectors made of counts.
func CountedNeighbours(lab labs.Lab, show labs.Show) {
	novel := must.Get(embedding.NewCorpus(3000, 5, strings.NewReader(lab.Novel().Text)))
	how := embedding.DefaultSkipGram()
	how.Epochs, how.Seed = 30, lab.Seed()
	drawn := must.Get(how.Train(novel, nil))
	counted := must.Get(embedding.PPMI{Dim: 100, Window: 5, Shift: 1, Seed: lab.Seed()}.Train(novel))
	for _, word := range []string{"tom", "huck", "cave", "sunday", "school"} {
		show.Println(word)
		show.Println("   learned:", must.Get(drawn.Neighbours(word, 5)))
		show.Println("   counted:", must.Get(counted.Neighbours(word, 5)))
	}
}
