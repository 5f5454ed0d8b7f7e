// Package parens is the simplest language that has a grammar: parentheses that
// balance. Its rule is one line long, its probabilities can be computed exactly,
// and so one can see what a net has learned of it and what it has not.
//
// [Language] draws sequences and knows the truth about them; [Model] is a small
// transformer that is trained on nothing but examples.
package parens
