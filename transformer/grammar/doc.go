// Package grammar is about the rules of language, beside which the essay puts
// what a net has learned. [English] is a small grammar, and [Grammar.Parses]
// finds how a sentence follows it: in one way, in several, or in none.
// [Sentences] are some that obey syntax alone, and others that obey meaning too.
package grammar
