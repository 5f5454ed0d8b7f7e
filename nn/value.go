package nn

import "math"

// A Value is a single number that remembers how it was computed, so that one can
// go back: the whole of back-propagation on one screen. It is here to be read;
// Graph does the same for arrays of numbers, and fast.
//
//	x := &nn.Value{Data: 3}
//	y := x.Mul(x).Add(x)   // x² + x
//	y.Backward()           // x.Grad is now 2x + 1 = 7
type Value struct {
	Data float64
	Grad float64 // by how much the result of Backward grows if Data grows by 1

	from []*Value
	back func() // hands Grad on to those that it was computed from
}

// result is a new Value of others, and the slopes by which it depends on them.
func result(data float64, from []*Value, slopes ...float64) *Value {
	v := &Value{Data: data, from: from}
	v.back = func() {
		for i, f := range from {
			f.Grad += slopes[i] * v.Grad // the chain rule; added, as f may be used in many places
		}
	}
	return v
}

// Add is v + w.
func (v *Value) Add(w *Value) *Value {
	return result(v.Data+w.Data, []*Value{v, w}, 1, 1)
}

// Mul is v · w.
func (v *Value) Mul(w *Value) *Value {
	return result(v.Data*w.Data, []*Value{v, w}, w.Data, v.Data)
}

// ReLU is the ramp: v where it is above 0, else 0.
func (v *Value) ReLU() *Value {
	if v.Data > 0 {
		return result(v.Data, []*Value{v}, 1)
	}
	return result(0, []*Value{v}, 0)
}

// Tanh is the hyperbolic tangent of v.
func (v *Value) Tanh() *Value {
	t := math.Tanh(v.Data)
	return result(t, []*Value{v}, 1-t*t)
}

// Backward sets Grad of v, and of all that it was computed from, to the
// derivative of v by that number. What it finds there is overwritten, so it may
// be called again.
func (v *Value) Backward() {
	// A number may hand its Grad on once it has it from all that used it. In
	// order each stands behind all that it was computed from; a stack does what
	// recursion would, at any depth.
	var order []*Value
	open, done := map[*Value]bool{}, map[*Value]bool{}
	for stack := []*Value{v}; len(stack) > 0; {
		top := stack[len(stack)-1]
		switch {
		case !open[top]:
			open[top] = true
			stack = append(stack, top.from...)
		default:
			stack = stack[:len(stack)-1]
			if !done[top] {
				done[top] = true
				order = append(order, top)
			}
		}
	}
	for _, n := range order {
		n.Grad = 0
	}
	v.Grad = 1
	for i := len(order) - 1; i >= 0; i-- {
		if order[i].back != nil {
			order[i].back()
		}
	}
}
