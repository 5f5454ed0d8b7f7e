package nn

import (
	"fmt"
	"math"

	"oneword/internal/simd"
)

// An Optimizer changes parameters a little, against their gradients, and sets
// the gradients back to 0.
type Optimizer interface {
	Step(params []Param, rate float64)
	// State lists what the optimizer remembers from step to step, by name, so
	// that training can be resumed. Before the first step it is empty.
	State() []Param
	// Restore takes a state back, for these parameters.
	Restore(params, state []Param) error
}

// memory keeps, for an optimizer, tensors as large as the parameters.
type memory struct {
	kinds []string
	of    map[*Tensor][]*Tensor // by parameter, then kind
	state []Param
}

func (m *memory) get(p Param) []*Tensor {
	if m.of == nil {
		m.of = map[*Tensor][]*Tensor{}
	}
	if m.of[p.Tensor] == nil {
		for _, kind := range m.kinds {
			t := NewTensor(p.Shape...)
			m.of[p.Tensor] = append(m.of[p.Tensor], t)
			m.state = append(m.state, Param{p.Name + "." + kind, t})
		}
	}
	return m.of[p.Tensor]
}

// State lists what is kept for each parameter.
func (m *memory) State() []Param { return m.state }

// restore takes back a state, or none at all, as before the first step. If a part
// of it is missing, that is an error, and nothing is changed.
func (m *memory) restore(params, state []Param) error {
	byName := map[string]*Tensor{}
	for _, s := range state {
		byName[s.Name] = s.Tensor
	}
	fresh := memory{kinds: m.kinds}
	for _, p := range params {
		for i, t := range fresh.get(p) {
			s := byName[p.Name+"."+m.kinds[i]]
			if len(state) > 0 && (s == nil || len(s.Data) != len(t.Data)) {
				return fmt.Errorf("nn: the optimizer's state has no %s.%s of shape %v", p.Name, m.kinds[i], p.Shape)
			}
			if s != nil {
				copy(t.Data, s.Data)
			}
		}
	}
	*m = fresh
	return nil
}

// SGD is stochastic gradient descent: with Momentum, 0.9 or so, it moves along
// a running mean of the gradients, as a heavy ball rolls (Polyak 1964).
type SGD struct {
	Momentum float64
	memory
}

// NewSGD returns an SGD optimizer; momentum 0 is plain gradient descent.
func NewSGD(momentum float64) *SGD {
	return &SGD{Momentum: momentum, memory: memory{kinds: []string{"velocity"}}}
}

// Step moves each weight by the rate times its velocity.
func (s *SGD) Step(params []Param, rate float64) {
	for _, p := range params {
		v := s.get(p)[0].Data
		simd.ScaleAdd(float32(s.Momentum), p.Grad, v)
		simd.Axpy(float32(-rate), v, p.Data)
		clear(p.Grad)
	}
}

// Restore takes back velocities, or none, as before the first step.
func (s *SGD) Restore(params, state []Param) error { return s.restore(params, state) }

// Adam divides the running mean of each gradient by the root of its running
// mean square, so that every weight gets steps of its own size (Kingma and Ba
// 2015). With Decay, weights also shrink a little each step (AdamW, Loshchilov
// and Hutter 2019); parameters of one dimension, biases and gains, do not.
type Adam struct {
	Beta1, Beta2, Epsilon, Decay float64
	step                         *Tensor // how many steps were made
	memory
}

// NewAdam returns an Adam optimizer with the usual settings (0.9, 0.999, 1e-8).
func NewAdam() *Adam {
	return &Adam{Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, step: NewTensor(1), memory: memory{kinds: []string{"mean", "square"}}}
}

// NewAdamW returns an Adam optimizer with weight decay.
func NewAdamW(decay float64) *Adam {
	a := NewAdam()
	a.Decay = decay
	return a
}

// Step moves each weight by at most about the rate.
func (a *Adam) Step(params []Param, rate float64) {
	a.step.Data[0]++
	n := float64(a.step.Data[0])
	// The means begin at 0; this corrects for it.
	c1, c2 := 1-math.Pow(a.Beta1, n), 1-math.Pow(a.Beta2, n)
	size, root := float32(rate/c1), float32(1/math.Sqrt(c2))
	for _, p := range params {
		state := a.get(p)
		shrink := float32(0)
		if len(p.Shape) > 1 {
			shrink = float32(rate * a.Decay)
		}
		step := simd.AdamStep{Beta1: float32(a.Beta1), Beta2: float32(a.Beta2), Size: size, Root: root, Epsilon: float32(a.Epsilon), Shrink: shrink}
		simd.Parallel(len(p.Data), 1<<12, func(lo, hi int) {
			step.Do(p.Data[lo:hi], p.Grad[lo:hi], state[0].Data[lo:hi], state[1].Data[lo:hi])
		})
	}
}

// State includes the number of steps, as "step".
func (a *Adam) State() []Param {
	if len(a.state) == 0 {
		return nil
	}
	return append([]Param{{"step", a.step}}, a.state...)
}

// Restore takes back both means of each gradient, and the number of steps; or
// none, as before the first step.
func (a *Adam) Restore(params, state []Param) error {
	if len(state) == 0 {
		a.step.Data[0] = 0
		return a.restore(params, nil)
	}
	for _, s := range state {
		if s.Name == "step" && len(s.Data) == 1 {
			if err := a.restore(params, state); err != nil {
				return err
			}
			a.step.Data[0] = s.Data[0]
			return nil
		}
	}
	return fmt.Errorf("nn: the optimizer's state has no step")
}

// ClipGrad shrinks all gradients together so that their Euclidean norm is at
// most limit, and returns what it was before.
func ClipGrad(params []Param, limit float64) float64 {
	sum := 0.0
	for _, p := range params {
		for _, g := range p.Grad {
			sum += float64(g) * float64(g)
		}
	}
	norm := math.Sqrt(sum)
	if norm > limit {
		for _, p := range params {
			simd.Scale(float32(limit/norm), p.Grad)
		}
	}
	return norm
}

// A Schedule is the learning rate at a step, of so many in all.
type Schedule func(step, steps int) float64

// Constant is the same rate throughout.
func Constant(rate float64) Schedule { return func(int, int) float64 { return rate } }

// Cosine rises in a straight line for warmup steps and then falls along half a
// cosine to floor (Loshchilov and Hutter 2017).
func Cosine(rate, floor float64, warmup int) Schedule {
	return func(step, steps int) float64 {
		if step < warmup {
			return rate * float64(step+1) / float64(warmup)
		}
		t := float64(step-warmup) / float64(max(steps-warmup, 1))
		return floor + (rate-floor)*(1+math.Cos(math.Pi*math.Min(t, 1)))/2
	}
}

// Linear rises in a straight line for warmup steps, while another straight line
// brings it to zero at the end.
func Linear(rate float64, warmup int) Schedule {
	return func(step, steps int) float64 {
		return rate * min(1, float64(step+1)/float64(max(warmup, 1))) * (1 - float64(step)/float64(max(steps, 1)))
	}
}
