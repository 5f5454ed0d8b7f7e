package fit

import (
	"math/rand/v2"
	"slices"
)

// A Sweep is what happens to the error as a curve gets more parameters: for each
// number of them, in seconds, the medians over many experiments.
type Sweep struct {
	Params        []float64 // number of parameters, 1, 2, …
	Training      []float64 // error at the points that were fitted
	LeaveOneOut   []float64 // error at points left out one by one
	Extrapolation []float64 // error beyond the points, against the true law
}

// Overfitting repeats an experiment: it takes the times of fall from the tower
// with a stopwatch of the given deviation in seconds, fits polynomials of 1 to
// maxParams parameters (no more than there are floors, less one), and compares
// them with the truth from the top of the tower to half as high again.
func Overfitting(maxParams int, deviation float64, experiments int, rng *rand.Rand) (Sweep, error) {
	heights, times := Tower()
	var above, truth []float64
	for i := 1; i <= 10; i++ {
		h := heights[len(heights)-1] * (1 + float64(i)/20)
		above, truth = append(above, h), append(truth, FallTime(h))
	}
	var s Sweep
	errs := make([][3][]float64, maxParams)
	for range experiments {
		measured := Stopwatch(times, deviation, rng)
		for k := range maxParams {
			f, err := Linear(Powers(k), heights, measured)
			if err != nil {
				return Sweep{}, err
			}
			leftOut, err := f.LeaveOneOut()
			if err != nil {
				return Sweep{}, err
			}
			for i, e := range []float64{f.RMSE(), leftOut, RMSE(f.At, above, truth)} {
				errs[k][i] = append(errs[k][i], e)
			}
		}
	}
	for k := range maxParams {
		s.Params = append(s.Params, float64(k+1))
		s.Training = append(s.Training, median(errs[k][0]))
		s.LeaveOneOut = append(s.LeaveOneOut, median(errs[k][1]))
		s.Extrapolation = append(s.Extrapolation, median(errs[k][2]))
	}
	return s, nil
}

// median sorts v and returns its middle value, NaN for none.
func median(v []float64) float64 {
	slices.Sort(v)
	if n := len(v); n > 0 {
		return (v[(n-1)/2] + v[n/2]) / 2
	}
	return rms(nil)
}
