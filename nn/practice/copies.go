package practice

import (
	"fmt"
	"math"
	"math/rand/v2"

	"oneword/lm"
	"oneword/nn"
	"oneword/nn/digits"
)

// Vary makes another image of an image, in place: shifted by up to two pixels,
// turned and sheared by a few degrees, a little larger or smaller, with some
// noise. What it shows stays the same, which is all that a net must be told.
func Vary(image []float32, rng *rand.Rand) {
	turn, size := 0.15*rng.NormFloat64(), 1+0.08*rng.NormFloat64()
	shear := 0.1 * rng.NormFloat64()
	dx, dy := 4*rng.Float64()-2, 4*rng.Float64()-2
	sin, cos := math.Sincos(turn)
	var old [Pixels]float32
	copy(old[:], image)
	const middle = float64(Side-1) / 2
	for y := range Side {
		for x := range Side {
			u, v := (float64(x)-middle-dx)/size, (float64(y)-middle-dy)/size
			u += float64(shear * v)
			ink := between(&old, float64(cos*u)+float64(sin*v)+middle, float64(cos*v)-float64(sin*u)+middle)
			image[y*Side+x] = ink + float32(0.05*rng.NormFloat64())
		}
	}
}

// between is the image between its pixels (bilinear interpolation), paper
// outside.
func between(image *[Pixels]float32, x, y float64) float32 {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := float32(x-x0), float32(y-y0)
	at := func(x, y int) float32 {
		if x < 0 || y < 0 || x >= Side || y >= Side {
			return 0
		}
		return image[y*Side+x]
	}
	i, j := int(x0), int(y0)
	top := at(i, j)*(1-fx) + at(i+1, j)*fx
	low := at(i, j+1)*(1-fx) + at(i+1, j+1)*fx
	return top*(1-fy) + low*fy
}

// Copies trains nets on few examples of each digit, once as they are and once
// with ever new variations (data augmentation), for as many steps, and returns
// the share of test images recognised against the number of examples of each.
func Copies(shown, held Examples, counts []int, seed uint64) ([]Curve, error) {
	curves := []Curve{{Name: "as they are"}, {Name: "varied each time"}}
	for _, n := range counts {
		few := shown.First(n)
		for k, change := range []func([]float32, *rand.Rand){nil, Vary} {
			net := small(lm.Rand(seed, fmt.Sprint("practice: copies of ", n)), 10)
			if err := train(net, few, square, recipe{rate: 0.005, batch: 50, epochs: epochs(few, 50, steps), seed: seed, change: change}); err != nil {
				return nil, err
			}
			accuracy, _ := test(net, held, square)
			curves[k].X, curves[k].Y = append(curves[k].X, float64(n)), append(curves[k].Y, accuracy)
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

// Letters makes a task that the digit net was not trained for: n variations of
// each of some images, which are numbered as they come.
func Letters(images [][]float32, n int, seed uint64) (Examples, error) {
	rng := lm.Rand(seed, "practice: letters")
	var e Examples
	for range n {
		for label, image := range images {
			if len(image) != Pixels {
				return Examples{}, fmt.Errorf("practice: image %d has %d pixels, want %d", label, len(image), Pixels)
			}
			at := len(e.X)
			e.X, e.Labels = append(e.X, image...), append(e.Labels, label)
			Vary(e.X[at:], rng)
		}
	}
	return e, nil
}

// Transfer learns a new task from few examples of each class in two ways: a net
// of filters from nothing, and a single layer on what the digit net's layer of
// 500 neurons makes of the images (transfer learning). It returns the share of
// test images recognised against the number of examples of each class.
func Transfer(net *digits.Net, shown, held Examples, classes int, counts []int, seed uint64) ([]Curve, error) {
	features := func(e Examples) Examples {
		out := Examples{Labels: e.Labels}
		const batch = 200
		for at := 0; at < e.Len(); at += batch {
			end := min(at+batch, e.Len())
			taps := net.Taps(nn.From(e.X[at*Pixels:end*Pixels], end-at, 1, Side, Side))
			out.X = append(out.X, taps[featureTap].Data...)
		}
		return out
	}
	tested := features(held)
	curves := []Curve{{Name: "from nothing"}, {Name: "on the digit net's features"}}
	for _, n := range counts {
		few := shown.First(n)
		nets := []nn.Chain{small(lm.Rand(seed, "practice: transfer"), classes), {nn.NewDense(lm.Rand(seed, "practice: transfer"), 500, classes)}}
		for k, t := range []struct {
			train, test Examples
			shape       []int
		}{{few, held, square}, {features(few), tested, []int{500}}} {
			if err := train(nets[k], t.train, t.shape, recipe{rate: 0.003, batch: 50, epochs: epochs(few, 50, steps), seed: seed}); err != nil {
				return nil, err
			}
			accuracy, _ := test(nets[k], t.test, t.shape)
			curves[k].X, curves[k].Y = append(curves[k].X, float64(n)), append(curves[k].Y, accuracy)
		}
	}
	return curves, nil
}

// featureTap is the output of the ramp behind the digit net's 500 neurons,
// among digits.Net.Taps.
const featureTap = 9
