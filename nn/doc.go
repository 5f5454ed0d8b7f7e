// Package nn builds and trains neural nets from nothing.
//
// The essay's question: how can a net of simple neurons, each no more than a
// weighted sum and a bend, come to compute what is wanted? By computing, for
// every weight, whether a little more of it makes the error larger or smaller,
// and then changing all of them a little for the better, again and again.
//
//	net := nn.NewMLP(rng, 2, 16, 16, 3)         // two inputs, three outputs
//	g := nn.NewGraph()                          // remembers what is computed
//	loss := g.CrossEntropy(net.Apply(g, x), labels)
//	g.Backward(loss)                            // now every weight has its Grad
//	adam.Step(net.Params(), 0.001)              // and gets a little better
//
// Reading order: value.go is back-propagation on one screen, for single numbers;
// graph.go holds arrays of them and remembers where they came from;
// ops.go, conv.go, attention.go and loss.go are the operations, each with its
// derivative beside it; layers.go puts them together, classifier.go makes a net
// of them that says what something is, formula.go writes one out; optim.go
// changes the weights, train.go does it many times, record.go tells how it went,
// and save.go keeps it.
//
// Everything but Value is float32. Shapes are written as [B][D]: B is the batch
// (rows are examples), D the width; images are [B][C][H][W], C their channels.
package nn
