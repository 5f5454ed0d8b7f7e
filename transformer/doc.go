// Package transformer is GPT-2, with everything around it: from text to tokens
// (package token below), from tokens to the probabilities of the next one, and
// on from there; with a look inside, and with its training.
//
// The question: what is ChatGPT's net? A stack of equal blocks. Each token
// begins as a vector; in each block attention lets it look back at the tokens
// before it, and a fully connected part works on it; in the end the vector
// tells what comes next. (Vaswani et al. 2017; Radford et al. 2019.)
//
// To read: [Config] says how large it is. A [Net] can be trained ([Net.Trainer]),
// and reads like the paper. A [Model] is the same for use: read from files, its
// weights in 32 bits or fewer, with a [Session] that remembers keys and values.
// [Trace] shows what happens inside, [Stop] where a text is in the space of
// meaning.
//
// Reading order: config.go, net.go, train.go; model.go, session.go, generate.go,
// load.go; trace.go, words.go, meaning.go; verify.go.
//
// Below it, package small has a GPT that was trained for this project, models
// opens it and the real GPT-2, parens and grammar ask what nets learn of rules,
// and feedback tunes one by ratings.
package transformer
