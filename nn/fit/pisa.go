package fit

import (
	"math"
	"math/rand/v2"
)

// The tower from which the cannonballs fall: eight storeys, taken to be seven
// metres each. The leaning tower of Pisa has eight and is about 56 m high.
const (
	Floors      = 8
	FloorHeight = 7.0     // m
	Gravity     = 9.80665 // m/s², the standard acceleration of free fall
)

// FallTime is how long a ball takes from a height in metres, in seconds,
// without air: √(2h/g).
func FallTime(height float64) float64 { return math.Sqrt(2 * height / Gravity) }

// Tower lists the heights of the floors in metres and the times of fall from
// them in seconds, as physics has them.
func Tower() (heights, times []float64) {
	for floor := 1; floor <= Floors; floor++ {
		h := FloorHeight * float64(floor)
		heights, times = append(heights, h), append(times, FallTime(h))
	}
	return heights, times
}

// Stopwatch adds the errors of a hand-held stopwatch to times: normally
// distributed, with the given standard deviation in seconds.
func Stopwatch(times []float64, deviation float64, rng *rand.Rand) []float64 {
	out := make([]float64, len(times))
	for i, t := range times {
		out[i] = t + float64(deviation*rng.NormFloat64())
	}
	return out
}
