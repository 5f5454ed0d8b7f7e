// Package curve lets small nets learn functions of one variable, slowly enough
// to watch.
//
// The essay's question: how does a net find its weights? One shows it examples
// of the function to be learned; for each it computes how wrong it is, the
// loss, and changes every weight a little in the direction that lowers it.
//
//	net := curve.Net(rng, 16, 16)
//	err := curve.Train(curve.Target, net, 3000, rng)
//	curve.Values(net, []float64{0.5})  // what the net now says
//	curve.RMSE(net, curve.Target)      // how far off it is on the whole
//
// Reading order: curve.go trains; descent.go walks downhill in a landscape of two
// weights.
package curve
