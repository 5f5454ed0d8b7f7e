package practice

import (
	"fmt"
	"math"
	"math/rand/v2"

	"oneword/lm"
)

// Augment makes another image of an image, in place: shifted by up to two pixels,
// turned and sheared by a few degrees, a little larger or smaller, with some
// noise. What it shows stays the same, which is all that a net must be told.
func Augment(image []float32, rng *rand.Rand) {
	turn, size := 0.15*rng.NormFloat64(), 1+0.08*rng.NormFloat64()
	shear := 0.1 * rng.NormFloat64()
	dx, dy := 4*rng.Float64()-2, 4*rng.Float64()-2
	sin, cos := math.Sincos(turn)
	var old [Pixels]float32
	copy(old[:], image)
	const middle = float64(Size-1) / 2
	for y := range Size {
		for x := range Size {
			u, v := (float64(x)-middle-dx)/size, (float64(y)-middle-dy)/size
			u += float64(shear * v)
			ink := between(&old, float64(cos*u)+float64(sin*v)+middle, float64(cos*v)-float64(sin*u)+middle)
			image[y*Size+x] = ink + float32(0.05*rng.NormFloat64())
		}
	}
}

// between is the image between its pixels (bilinear interpolation), paper
// outside.
func between(image *[Pixels]float32, x, y float64) float32 {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := float32(x-x0), float32(y-y0)
	at := func(x, y int) float32 {
		if x < 0 || y < 0 || x >= Size || y >= Size {
			return 0
		}
		return image[y*Size+x]
	}
	i, j := int(x0), int(y0)
	top := at(i, j)*(1-fx) + at(i+1, j)*fx
	low := at(i, j+1)*(1-fx) + at(i+1, j+1)*fx
	return top*(1-fy) + low*fy
}

// Augmentation trains nets on few examples of each digit, once as they are and once
// with ever new variations (data augmentation), for as many steps, and returns
// the share of test images recognised against the number of examples of each.
func Augmentation(shown, held Examples, counts []int, seed uint64) ([]Curve, error) {
	curves := []Curve{{Name: "as they are"}, {Name: "varied each time"}}
	for _, n := range counts {
		few := shown.First(n)
		for k, augment := range []func([]float32, *rand.Rand){nil, Augment} {
			net := cnn(lm.Rand(seed, fmt.Sprint("practice: copies of ", n)), 10)
			if err := train(net, few, recipe{rate: 0.005, batch: 50, epochs: epochs(few, 50, steps), seed: seed, augment: augment}); err != nil {
				return nil, err
			}
			curves[k].X, curves[k].Y = append(curves[k].X, float64(n)), append(curves[k].Y, accuracy(net, held))
		}
	}
	return curves, nil
}

// steps is how many steps each net for few examples is trained.
const steps = 200

// epochs is how often examples must be shown for so many steps.
func epochs(e Examples, batch, steps int) int {
	return max(1, steps*min(batch, e.Len())/e.Len())
}
