// Package grammar is about the rules of language, beside which the essay puts
// what a net has learned: sentences that obey syntax alone, and those that obey
// meaning too.
package grammar
