package curve

import "math"

// A Landscape lies over two weights: it is the loss of a model with just two
// parameters, b·sin(a·x), that is to fit the points (Xs, Ys), so that one can
// see all of it.
type Landscape struct{ Xs, Ys []float64 }

// Wave is the loss landscape for a wave of frequency 3. It has a deep valley, where
// the model fits, and shallow ones at higher frequencies, where it does not.
func Wave() Landscape {
	v := Landscape{Xs: Grid(-1, 1, 40)}
	for _, x := range v.Xs {
		v.Ys = append(v.Ys, 0.8*math.Sin(3*x))
	}
	return v
}

// Loss is the mean squared error of b·sin(a·x).
func (v Landscape) Loss(a, b float64) float64 {
	sum := 0.0
	for i, x := range v.Xs {
		d := float64(b*math.Sin(a*x)) - v.Ys[i]
		sum += d * d
	}
	return sum / float64(len(v.Xs))
}

// Gradient is the slope of Loss, by the rules of differentiation.
func (v Landscape) Gradient(a, b float64) (da, db float64) {
	for i, x := range v.Xs {
		s, c := math.Sincos(a * x)
		d := 2 * (float64(b*s) - v.Ys[i]) / float64(len(v.Xs))
		da += float64(d*b) * c * x
		db += d * s
	}
	return da, db
}

// A Path is a walk downhill: the weights after each step, and the loss there.
type Path struct{ A, B, Loss []float64 }

// Descend walks from (a, b) against the slope, each step as long as the rate
// times the slope. A step that would lead uphill is halved until it does not.
func (v Landscape) Descend(a, b, rate float64, steps int) Path {
	p := Path{[]float64{a}, []float64{b}, []float64{v.Loss(a, b)}}
	for range steps {
		da, db := v.Gradient(a, b)
		loss := v.Loss(a, b)
		step := rate
		for ; step > 1e-9 && v.Loss(a-step*da, b-step*db) > loss; step /= 2 {
		}
		if step <= 1e-9 {
			break
		}
		a, b = a-step*da, b-step*db
		p.A, p.B, p.Loss = append(p.A, a), append(p.B, b), append(p.Loss, v.Loss(a, b))
	}
	return p
}
