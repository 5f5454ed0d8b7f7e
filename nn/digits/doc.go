// Package digits is the essay's net that recognises handwritten digits.
//
// The essay's question: how does one make a program do what people do without
// knowing how? Images of 28×28 pixels go through eleven layers and come out as
// ten probabilities, one for each digit:
//
//	net, err := digits.Trained()
//	p := net.Probabilities(image).Data              // ten numbers that sum to 1
//	seen := lm.ArgMax(p)                            // the digit that it sees
//	rows, err := net.Features("linear1", pixels...) // what a layer makes of images
//
// The net is LeNet (LeCun et al. 1998) in the form of the essay: two layers of
// filters, each followed by ReLU (a ramp) and pooling, then a layer of 500 neurons.
//
// Reading order: digits.go is the net; nearest.go recognises without one, blur.go
// spoils images, record.go tells how the shipped net was trained.
package digits
