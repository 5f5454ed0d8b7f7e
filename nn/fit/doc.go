// Package fit fits curves to points.
//
// The essay's question: what is a model? One measures how long a cannonball
// falls from each floor of a tower, draws a curve through the points, and then
// knows the time for heights that were never measured. The curve's form has to
// be chosen; the data only turn its knobs, the parameters.
//
//	line, err := fit.Linear(fit.Powers(1), heights, times) // a + b x
//	line.At(30)                                            // the fall from 30 m
//	line.RMSE()                                            // how far off on the whole
//
// Reading order: pisa.go has the tower; linear.go finds the best parameters by
// solving equations, nonlinear.go by searching; fit.go says how good the result
// is, overfit.go what happens with too many parameters.
package fit
