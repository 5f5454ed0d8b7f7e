// Package grammar is about the rules of language, beside which the essay puts
// what a net has learned. [English] is a small grammar, and [Grammar.Parses]
// finds how a sentence follows it: in one way, in several, or in none.
// [Sentences] are some that obey syntax alone, and others that obey meaning too.
//
//	g, err := grammar.English()
//	trees, err := g.Parses("The girl saw the man with the telescope.")   // two of them
//	fmt.Println(trees[0])                                                // (S (NP (Det the) …
//
// Reading order: grammar.go reads rules and finds parses, english.txt has the
// rules; sentences.go writes some.
package grammar
