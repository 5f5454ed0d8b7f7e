// Package digits is the essay's net that recognises handwritten digits.
//
// The essay's question: how does one make a program do what people do without
// knowing how? Images of 28×28 pixels go through eleven layers and come out as
// ten probabilities, one for each digit:
//
//	net, err := digits.Trained()
//	p := net.Probabilities(image)   // ten numbers that sum to 1
//
// The net is LeNet (LeCun et al. 1998) in the form of the essay: two layers of
// filters, each followed by a ramp and pooling, then a layer of 500 neurons.
//
// Reading order: digits.go is the net; match.go recognises without one, blur.go
// spoils images, log.go remembers a training.
package digits
