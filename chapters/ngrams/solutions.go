package ngrams

import (
	"strings"

	"oneword/data/texts"
	"oneword/labs"
	"oneword/lm"
	"oneword/must"
	"oneword/ngram"
)

// CatTriples writes texts from pairs and from triples, and counts the ways to go on.
func CatTriples(lab labs.Lab, show labs.Show) {
	table := lab.Words()
	cat := must.Get(table.Encode("cat"))
	for n := 2; n <= 3; n++ {
		model, rng := must.Get(ngram.Backoff(table, n)), lab.Rand("solution")
		for range 3 {
			next := lm.Generate(model, cat, lm.Sampling{Temperature: 1}, rng)
			show.Println(n, table.Decode(append(cat, lm.Take(19, next)...)))
		}
	}
	ways := func(text string) int {
		tokens, _ := table.Followers(must.Get(table.Encode(text))...)
		return len(tokens)
	}
	show.Println("different words after “the”:", ways("the"), " after “of the”:", ways("of the"),
		" after “the cat”:", ways("the cat"))
}

// InventedWords lists words drawn letter by letter that do not exist.
func InventedWords(lab labs.Lab, show labs.Show) {
	letters, list := lab.Letters(), lab.Words()
	var unknown []string
	for _, word := range drawWords(letters, 5, 2000, lab.Rand("solution")) {
		if _, known := list.ID(word); !known && len(word) >= 6 && len(word) <= 11 {
			unknown = append(unknown, word)
		}
	}
	show.Println(len(unknown), "of them, the first forty:", unknown[:40])
}

// Quotations finds the longest run of words that a text has copied.
func Quotations(lab labs.Lab, show labs.Show) {
	for _, text := range []texts.Text{lab.Cat(), lab.Novel()} {
		table := must.Get(ngram.Count(strings.NewReader(text.Text), ngram.NewWords(), 3))
		model := must.Get(ngram.Backoff(table, 3))
		next := lm.Generate(model, nil, lm.Sampling{Temperature: 1}, lab.Rand("solution"))
		written := table.Decode(lm.Take(40, next))
		read := strings.Join(strings.Fields(strings.ToLower(text.Text)), " ")
		longest, words := 0, strings.Fields(written)
		for i := range words {
			for j := i + 1; j <= len(words) && strings.Contains(read, strings.Join(words[i:j], " ")); j++ {
				longest = max(longest, j-i)
			}
		}
		show.Printf("%s (longest run copied: %d words)\n%s\n\n", text.Title, longest, written)
	}
}
