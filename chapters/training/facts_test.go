package training

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/must"
	"oneword/nn/curve"
	"oneword/nn/fit"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"07-target": func(t *testing.T, lab labs.Lab) {
		levels := map[float64]bool{}
		for _, x := range curve.Places(-1, 1, 200) {
			levels[curve.Target(x)] = true
		}
		if len(levels) != 3 {
			t.Errorf("%d levels, want three steps", len(levels))
		}
	},
	"07-one-in-one-out": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, OneInOneOut)
		if !strings.Contains(text, "layer 0: 1 neurons") || !strings.Contains(text, "layer 3: 1 neurons") {
			t.Errorf("the net is %q", text)
		}
	},
	"07-random-weights": func(t *testing.T, lab labs.Lab) {
		var at []float64
		for i := range 5 {
			net := curve.Net(lab.Rand(fmt.Sprint("07-random-weights ", i)), 16, 16)
			at = append(at, curve.Value(net, 0.5))
			for _, other := range at[:i] {
				if math.Abs(at[i]-other) < 1e-3 {
					t.Errorf("two nets say %v", other)
				}
			}
		}
	},
	"07-stages": func(t *testing.T, lab labs.Lab) {
		rng, xs := lab.Rand("07-stages"), curve.Places(-1, 1, 200)
		seen := []int{1000, 10_000, 100_000, 300_000}
		list := must.Get(curve.Stages(curve.Target, curve.Net(rng, 32, 32), xs, seen, rng))
		if len(list) != len(seen) {
			t.Errorf("%d stages, want %d", len(list), len(seen))
		}
		last := math.Inf(1)
		for _, s := range list {
			e := fit.RMSE(curve.Target, xs, s.Values)
			if e >= last {
				t.Errorf("after %d examples the net is %v off, before it was %v", s.Examples, e, last)
			}
			last = min(last, e)
		}
	},
	"07-loss": func(t *testing.T, lab labs.Lab) {
		rng := lab.Rand("07-loss")
		_, losses := must.Get2(curve.Losses(curve.Target, curve.Net(rng, 32, 32), 4000, rng))
		if first, last := losses[0], losses[len(losses)-1]; last > first/50 {
			t.Errorf("the loss goes from %v to %v", first, last)
		}
	},
	"07-landscape": func(t *testing.T, lab labs.Lab) {
		if at := curve.Wave.Loss(3, 0.8); at > 1e-12 {
			t.Errorf("in the deepest place the loss is %v", at)
		}
	},
	"07-descent": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, Descent)
		for _, start := range []struct{ a, b, ends, within float64 }{{1.5, -0.4, 0, 0.001}, {8.3, 0.7, 0.33, 0.02}} {
			p := curve.Wave.Descend(start.a, start.b, 0.3, 300)
			for i := 1; i < len(p.Loss); i++ {
				if p.Loss[i] > p.Loss[i-1] {
					t.Errorf("from (%v, %v) step %d leads uphill", start.a, start.b, i)
				}
			}
			end := p.Loss[len(p.Loss)-1]
			if math.Abs(end-start.ends) > start.within {
				t.Errorf("from (%v, %v) the path ends at %v, want %v", start.a, start.b, end, start.ends)
			}
			if want := fmt.Sprintf("ends at a loss of %.3f", end); !strings.Contains(text, want) {
				t.Errorf("the picture has no path that %s:\n%s", want, text)
			}
		}
	},
	"07-gradient-check": func(t *testing.T, lab labs.Lab) {
		for _, r := range must.Get(curve.CheckGradients(curve.Net(lab.Rand("07-gradient-check"), 8, 8))) {
			if math.Abs(r.Back-r.Tried) > 0.02*(0.05+math.Abs(r.Back)) {
				t.Errorf("%s: %v and %v", r.Name, r.Back, r.Tried)
			}
		}
	},
	"07-many-solutions": func(t *testing.T, lab labs.Lab) {
		for i, net := range fiveNets(lab) {
			if e := curve.Error(net, curve.Target); e > 0.12 {
				t.Errorf("net %d is %v off, want all to fit within 0.12", i+1, e)
			}
		}
		if worst := cellstest.Run(t, lab, ManySolutions).Values["worst"].(float64); !(worst > 0 && worst <= 0.12) {
			t.Errorf("the caption says that the worst is %v off", worst)
		}
	},
	"07-extrapolation": func(t *testing.T, lab labs.Lab) {
		spread := func(x float64) float64 {
			lo, hi := math.Inf(1), math.Inf(-1)
			for _, net := range fiveNets(lab) {
				v := curve.Value(net, x)
				lo, hi = min(lo, v), max(hi, v)
			}
			return hi - lo
		}
		if inside, outside := spread(0.7), spread(3); outside < 10*inside || outside < 0.5 {
			t.Errorf("the nets differ by %v inside, %v outside", inside, outside)
		}
	},
}
