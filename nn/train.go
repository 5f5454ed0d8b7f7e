package nn

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/rand/v2"
	"time"

	"oneword/internal/simd"
)

// A Trainer trains a net in steps:
//
//	for step, err := range trainer.Steps(ctx) {
//		…
//	}
//
// It learns from a set of Examples, of which Loss gets the numbers of a batch at
// a time, or, if Examples is 0, from batches that Draw makes anew for each step.
type Trainer struct {
	Params    []Param
	Optimizer Optimizer
	Rate      Schedule

	Examples int // how many there are
	Epochs   int // how often they are shown, but for a rest that fills no batch; 0 means 1
	// Loss computes the loss of a batch, given as indices of examples.
	Loss func(g *Graph, batch []int) *Tensor
	// Draw makes a batch and computes its loss, instead of Loss. Batches count from
	// 0; a training that is to be resumed must draw the same for the same number.
	Draw func(g *Graph, batch int) *Tensor
	// Parts is how many batches Draw makes for each step, which goes by the mean of
	// their gradients: for steps that do not fit into memory at once. 0 means 1.
	Parts int

	Batch    int     // examples a step; 0 means 32
	MaxSteps int     // steps at most, 0 for no limit; with Draw, steps in all
	Clip     float64 // limit of the gradients' norm; 0 means none
	Seed     uint64  // of the order of the examples
	// Validate, if set, is called after each epoch for the loss on examples that are
	// not trained on. Once it has not fallen below its least for Patience
	// epochs, training stops early; with Patience 0 it is never called.
	Validate func() float64
	Patience int

	// Record is how it went so far, see Note. A checkpoint holds it, too.
	Record Record

	step    int // made so far
	g       Graph
	least   float64 // loss on held-out examples so far
	without int     // epochs since then
	sum     float64 // of the losses since the last point of the record
	since   int     // steps since then
}

// A Step is one that has been made.
type Step struct {
	Number, Of int // steps made, this one among them; steps in all
	Epoch      int // of the step, from 1; with Draw always 1
	Loss       float64
	Rate       float64
	PerSecond  float64       // examples, since Steps was called
	Left       time.Duration // at this speed
}

// ErrStopped is what a training that its context has ended ends with.
var ErrStopped = errors.New("the training was stopped")

// Len is how many steps the training takes.
func (t *Trainer) Len() int {
	if t.Examples == 0 {
		return t.MaxSteps
	}
	steps := t.perEpoch() * max(t.Epochs, 1)
	if t.MaxSteps > 0 {
		steps = min(steps, t.MaxSteps)
	}
	return steps
}

func (t *Trainer) perEpoch() int {
	if t.Examples == 0 {
		return max(t.MaxSteps, 1)
	}
	return t.Examples / t.batch()
}

func (t *Trainer) batch() int {
	b := t.Batch
	if b <= 0 {
		b = 32
	}
	if t.Examples == 0 {
		return b
	}
	return min(b, t.Examples)
}

func (t *Trainer) parts() int {
	if t.Examples > 0 {
		return 1
	}
	return max(t.Parts, 1)
}

// order is the order in which an epoch shows the examples. It depends on the
// seed and the epoch alone, so that a resumed training goes on as it would have.
func (t *Trainer) order(epoch int) []int {
	return rand.New(rand.NewPCG(t.Seed, uint64(epoch))).Perm(t.Examples)
}

// Run makes all steps that are left.
func (t *Trainer) Run(ctx context.Context) error {
	for _, err := range t.Steps(ctx) {
		if err != nil {
			return err
		}
	}
	return nil
}

// Steps makes the steps that are left, one by one, and yields each when it has
// been made and counted: what Checkpoint writes then, Resume goes on from. Whoever
// leaves the loop may call Steps again later. An error is yielded last: a loss
// that is not a finite number, before it spoils the parameters, with the step at
// which it came; or, wrapping ErrStopped, that ctx has ended.
func (t *Trainer) Steps(ctx context.Context) iter.Seq2[Step, error] {
	return func(yield func(Step, error) bool) {
		if t.Rate == nil || t.Optimizer == nil || t.Examples > 0 && t.Loss == nil {
			yield(Step{}, errors.New("nn: a training needs an optimizer, a rate, and a loss"))
			return
		}
		if t.Examples < 0 || t.Examples == 0 && (t.Draw == nil || t.MaxSteps < 1) {
			yield(Step{}, errors.New("nn: training on no examples"))
			return
		}
		start, first := time.Now(), t.step
		var order []int
		for t.step < t.Len() && !t.stale() {
			if ctx.Err() != nil {
				yield(Step{}, fmt.Errorf("nn: %w at step %d of %d", ErrStopped, t.step, t.Len()))
				return
			}
			epoch, at := t.step/t.perEpoch(), t.step%t.perEpoch()*t.batch()
			if t.Examples > 0 && (order == nil || at == 0) {
				order = t.order(epoch)
			}
			value := 0.0
			for part := range t.parts() {
				t.g.Reset()
				var loss *Tensor
				if t.Examples > 0 {
					loss = t.Loss(&t.g, order[at:at+t.batch()])
				} else {
					loss = t.Draw(&t.g, t.step*t.parts()+part)
				}
				value += float64(loss.Data[0]) / float64(t.parts())
				if math.IsNaN(value) || math.IsInf(value, 0) {
					yield(Step{}, fmt.Errorf("nn: the loss is %v at step %d of %d; a smaller learning rate may help", value, t.step+1, t.Len()))
					return
				}
				t.g.Backward(loss)
			}
			if t.parts() > 1 {
				for _, p := range t.Params {
					simd.Scale(1/float32(t.parts()), p.Grad)
				}
			}
			if t.Clip > 0 {
				ClipGrad(t.Params, t.Clip)
			}
			rate := t.Rate(t.step, t.Len())
			t.Optimizer.Step(t.Params, rate)
			t.step++
			t.sum, t.since = t.sum+value, t.since+1
			if t.Patience > 0 && t.Validate != nil && t.step%t.perEpoch() == 0 {
				t.validate(epoch)
			}
			speed := float64(t.step-first) / time.Since(start).Seconds()
			s := Step{Number: t.step, Of: t.Len(), Epoch: epoch + 1, Loss: value, Rate: rate, PerSecond: speed * float64(t.batch()),
				Left: time.Duration(float64(t.Len()-t.step) / speed * float64(time.Second))}
			if !yield(s, nil) {
				return
			}
		}
	}
}

// Note adds a point to the record: where the training stands, in examples, the
// mean loss since the point before, and what was measured, if it is finite.
func (t *Trainer) Note(measured map[string]float64) *Point {
	measured = maps.Clone(measured)
	maps.DeleteFunc(measured, func(_ string, v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
	t.Record = append(t.Record, Point{Step: t.step, Seen: float64(t.step * t.batch()), Loss: t.sum / float64(max(t.since, 1)), Measured: measured})
	t.sum, t.since = 0, 0
	return &t.Record[len(t.Record)-1]
}

// Ends says whether a step ends one of so many equal parts of the training.
func (s Step) Ends(parts int) bool { return s.Number*parts/s.Of != (s.Number-1)*parts/s.Of }

// validate measures, after an epoch, the loss on examples that are held out.
func (t *Trainer) validate(epoch int) {
	loss := t.Validate()
	if epoch == 0 || loss < t.least {
		t.least, t.without = loss, 0
		return
	}
	t.without++
}

// stale says whether that loss has stopped falling.
func (t *Trainer) stale() bool { return t.Patience > 0 && t.without >= t.Patience }
