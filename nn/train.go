package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// A Trainer trains a net on examples in mini-batches. The zero values of all
// settings but the first five are useful.
type Trainer struct {
	Params    []Param
	Optimizer Optimizer
	Rate      Schedule
	Examples  int // how many there are
	// Loss computes the loss of a batch, given as indices of examples.
	Loss func(g *Graph, batch []int) *Tensor

	Batch  int     // examples a step; 0 means 32
	Epochs int     // how often each example is shown; 0 means 1
	Limit  int     // steps at most, within the epochs; 0 means no limit
	Clip   float64 // limit of the gradients' norm; 0 means none
	Seed   uint64  // of the order of the examples
	// Progress, if set, is called after each step. It ends the training by
	// returning false.
	Progress func(Step) bool
	// Held, if set, is called after each epoch for the loss on examples that are
	// not trained on. Once it has not fallen below its least for Patience
	// epochs, training stops early; with Patience 0 it is never called.
	Held     func() float64
	Patience int

	step    int // the next one
	g       Graph
	least   float64 // loss on held-out examples so far
	without int     // epochs since then
}

// A Step is how far training has come.
type Step struct {
	Number, Of int // steps made, steps in all
	Epoch      int // of the step, from 1
	Loss       float64
	Rate       float64
	PerSecond  float64       // examples, since Run began
	Left       time.Duration // at this speed
}

// Steps is how many steps the training takes.
func (t *Trainer) Steps() int {
	steps := t.perEpoch() * max(t.Epochs, 1)
	if t.Limit > 0 {
		steps = min(steps, t.Limit)
	}
	return steps
}

func (t *Trainer) perEpoch() int { return t.Examples / t.batch() }

func (t *Trainer) batch() int {
	b := t.Batch
	if b <= 0 {
		b = 32
	}
	return min(b, max(t.Examples, 1))
}

// order is the order in which an epoch shows the examples. It depends on the
// seed and the epoch alone, so that a resumed training goes on as it would have.
func (t *Trainer) order(epoch int) []int {
	return rand.New(rand.NewPCG(t.Seed, uint64(epoch))).Perm(t.Examples)
}

// Run trains from where the trainer stands to the end. A loss that is not a
// finite number stops it before it spoils the parameters, with an error that
// says at which step.
func (t *Trainer) Run() error {
	if t.Examples < 1 {
		return fmt.Errorf("nn: training on no examples")
	}
	start, first := time.Now(), t.step
	var order []int
	for ; t.step < t.Steps(); t.step++ {
		epoch, at := t.step/t.perEpoch(), t.step%t.perEpoch()*t.batch()
		if order == nil || at == 0 {
			order = t.order(epoch)
		}
		t.g.Reset()
		loss := t.Loss(&t.g, order[at:at+t.batch()])
		value := float64(loss.Data[0])
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return fmt.Errorf("nn: the loss is %v at step %d of %d; a smaller learning rate may help", value, t.step+1, t.Steps())
		}
		t.g.Backward(loss)
		if t.Clip > 0 {
			ClipGrad(t.Params, t.Clip)
		}
		rate := t.Rate(t.step, t.Steps())
		t.Optimizer.Step(t.Params, rate)
		if t.Patience > 0 && t.Held != nil && (t.step+1)%t.perEpoch() == 0 && t.enough(epoch) {
			t.step++
			return nil
		}
		if t.Progress == nil {
			continue
		}
		done := t.step + 1
		speed := float64(done-first) / time.Since(start).Seconds()
		s := Step{Number: done, Of: t.Steps(), Epoch: epoch + 1, Loss: value, Rate: rate, PerSecond: speed * float64(t.batch()),
			Left: time.Duration(float64(t.Steps()-done) / speed * float64(time.Second))}
		if !t.Progress(s) {
			t.step++
			return nil
		}
	}
	return nil
}

// enough says, after an epoch, whether the held-out loss has stopped falling.
func (t *Trainer) enough(epoch int) bool {
	loss := t.Held()
	if epoch == 0 || loss < t.least {
		t.least, t.without = loss, 0
		return false
	}
	t.without++
	return t.without >= t.Patience
}
