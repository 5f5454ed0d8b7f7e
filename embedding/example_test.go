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
	how := embedding.Defaults()
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
	placed, explained, err := embedding.PCA([][]float64{{0, 0, 1}, {1, 1, 1}, {5, 5, 1}}, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f %.0f %%\n", placed, 100*explained[0])
	// Output: [[-2.83] [-1.41] [4.24]] 100 %
}
