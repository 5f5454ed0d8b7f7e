// Package plane lets small nets learn functions of two variables.
//
// The essay's question: how can a net divide a space into regions, as
// recognition does when all images of a 2 are to end in the same place? In the
// plane one can watch: three points attract, and every place belongs to the
// nearest of them.
//
//	net, err := plane.Train(plane.Three(), []int{16, 16}, 3000, rng)
//	net.Class(0.5, 0.8)          // to which point the net gives the place
//	net.Accuracy(plane.Three())  // the share of the plane that it labels rightly
//
// Reading order: plane.go is all there is: points, a net for them, its training,
// and what can be asked of it.
package plane
