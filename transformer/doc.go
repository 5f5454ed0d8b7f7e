// Package transformer is GPT-2, with everything around it: from text to tokens
// (package token below), from tokens to the probabilities of the next one, and
// on from there; with a look inside, and with its training.
//
// The question: what is ChatGPT's net? A stack of equal blocks. Each token
// begins as a vector; in each block attention lets it look back at the tokens
// before it, and a fully connected part works on it; in the end the vector
// tells what comes next. (Vaswani et al. 2017; Radford et al. 2019.)
package transformer
