// Package parens is the simplest language that has a grammar: parentheses that
// balance. Its rule is one line long, its probabilities can be computed exactly,
// and so one can see what a net has learned of it and what it has not.
//
// [Language] draws sequences and knows the truth about them; [Model] is a small
// transformer that is trained on nothing but examples.
//
//	sequence := parens.Trained().Draw(rng)
//	truth := parens.Trained().Next(sequence[:4])    // exact
//	net, err := parens.Model(2)                     // of two blocks
//	more, balanced := parens.Complete(net, sequence[:4], lm.Sampling{}, 0)
//
// Reading order: language.go is the language, net.go how a net learns it and is
// asked; shipped.go has the trained ones.
package parens
