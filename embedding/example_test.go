package embedding_test

import (
	"fmt"
	"log"
	"strings"

	"oneword/embedding"
)

// Vectors are learned from a text that says of some things that they bark, and
// of others that they shine.
func Example() {
	text := strings.Repeat("a dog barks at night. a wolf barks at night. the sun shines on us. the moon shines on us. ", 300)
	corpus, err := embedding.NewCorpus(100, 1, strings.NewReader(text))
	if err != nil {
		log.Fatal(err)
	}
	how := embedding.DefaultSkipGram()
	how.Dim, how.Sample = 10, 0
	vectors, err := how.Train(corpus, nil)
	if err != nil {
		log.Fatal(err)
	}
	moon, _ := vectors.Cosine("sun", "moon")
	dog, _ := vectors.Cosine("sun", "dog")
	fmt.Println("the sun is more like the moon than like a dog:", moon > dog)
	_, err = vectors.Vector("mon")
	fmt.Println(err)
	// Output:
	// the sun is more like the moon than like a dog: true
	// embedding: no vector of "mon"; near it: on, moon
}

func ExampleVectors_Analogy() {
	vectors, err := embedding.New([]string{"man", "woman", "king", "queen", "apple"}, 3,
		[]float32{1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, -1, -1, 0})
	if err != nil {
		log.Fatal(err)
	}
	answer, err := vectors.Analogy("man", "king", "woman", embedding.CosAdd, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("man is to king as woman is to", answer[0].Word)
	// Output: man is to king as woman is to queen
}

func ExamplePCA() {
	projected, explained, err := embedding.PCA([][]float64{{0, 0, 1}, {1, 1, 1}, {5, 5, 1}}, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f %.0f %%\n", projected, 100*explained[0])
	// Output: [[-2.83] [-1.41] [4.24]] 100 %
}

// Counting the neighbours of words, and making the table small, finds the same.
func ExamplePPMI() {
	text := strings.Repeat("a dog barks at night. a wolf barks at night. the sun shines on us. the moon shines on us. ", 30)
	corpus, err := embedding.NewCorpus(100, 1, strings.NewReader(text))
	if err != nil {
		log.Fatal(err)
	}
	vectors, err := embedding.PPMI{Dim: 4, Window: 2, Shift: 1, Seed: 1}.Train(corpus)
	if err != nil {
		log.Fatal(err)
	}
	for _, word := range []string{"dog", "sun"} {
		near, _ := vectors.Neighbours(word, 1)
		fmt.Println(word, "is nearest to", near[0].Word)
	}
	// Output:
	// dog is nearest to wolf
	// sun is nearest to moon
}

// Four points in two groups: those of a group point the same way.
func ExampleSeparation() {
	points := [][]float64{{1, 0.1}, {2, 0}, {0, 1}, {0.1, 3}}
	silhouette, nearest := embedding.Separation(points, []int{0, 0, 1, 1})
	fmt.Printf("%.2f %.0f\n", silhouette, nearest)
	// Output: 1.00 1
}

// Six points near two corners of a cube: t-SNE keeps the corners apart.
func ExampleTSNE() {
	points := [][]float64{{0, 0, 0}, {0, 0, 0.1}, {0, 0.1, 0}, {9, 9, 9}, {9, 9, 9.1}, {9, 9.1, 9}}
	plane, err := embedding.TSNE{Perplexity: 2}.Embed(points)
	if err != nil {
		log.Fatal(err)
	}
	left := plane[0][0] < 0
	for i, p := range plane {
		fmt.Print(i, " ", (p[0] < 0) == left, "; ")
	}
	// Output: 0 true; 1 true; 2 true; 3 false; 4 false; 5 false;
}
