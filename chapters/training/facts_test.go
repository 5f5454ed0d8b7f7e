package training

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
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
		for _, x := range curve.Grid(-1, 1, 200) {
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
			at = append(at, curve.Values(net, []float64{0.5})[0])
			for _, other := range at[:i] {
				if math.Abs(at[i]-other) < 1e-3 {
					t.Errorf("two nets say %v", other)
				}
			}
		}
	},
	"07-stages": func(t *testing.T, lab labs.Lab) {
		rng, xs := lab.Rand("07-stages"), curve.Grid(-1, 1, 200)
		seen := []int{1000, 10_000, 100_000, 300_000}
		list := stages(curve.Net(rng, 32, 32), xs, rng, seen...)
		if len(list) != len(seen) {
			t.Errorf("%d stages, want %d", len(list), len(seen))
		}
		last := math.Inf(1)
		for _, s := range list {
			e := fit.RMSE(curve.Target, xs, s.values)
			if e >= last {
				t.Errorf("after %d examples the net is %v off, before it was %v", s.examples, e, last)
			}
			last = min(last, e)
		}
	},
	"07-loss": func(t *testing.T, lab labs.Lab) {
		var losses []float64 // some of those that the picture has
		for _, m := range regexp.MustCompile(`: (\d\S*)`).FindAllStringSubmatch(cellstest.Drawn(t, lab, Loss), -1) {
			losses = append(losses, must.Get(strconv.ParseFloat(m[1], 64)))
		}
		if last := len(losses) - 1; last < 5 || losses[last] > losses[0]/50 {
			t.Errorf("the loss falls as %v", losses)
		}
	},
	"07-landscape": func(t *testing.T, lab labs.Lab) {
		if at := curve.Wave().Loss(3, 0.8); at > 1e-12 {
			t.Errorf("in the deepest place the loss is %v", at)
		}
	},
	"07-descent": func(t *testing.T, lab labs.Lab) {
		text := cellstest.Drawn(t, lab, Descent)
		for _, start := range []struct{ a, b, ends, within float64 }{{1.5, -0.4, 0, 0.001}, {8.3, 0.7, 0.33, 0.02}} {
			p := curve.Wave().Descend(start.a, start.b, 0.3, 300)
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
		rows := regexp.MustCompile(`(?m)^(\d\.\w+\[\d+\]) +(\S+) +(\S+) `).FindAllStringSubmatch(cellstest.Drawn(t, lab, GradientCheck), -1)
		if len(rows) != 6 {
			t.Errorf("%d rows, want one for each of six parameters", len(rows))
		}
		for _, r := range rows {
			back, byTrying := must.Get(strconv.ParseFloat(r[2], 64)), must.Get(strconv.ParseFloat(r[3], 64))
			if math.Abs(back-byTrying) > 0.02*(0.05+math.Abs(back)) {
				t.Errorf("%s: %v and %v", r[1], back, byTrying)
			}
		}
	},
	"07-many-solutions": func(t *testing.T, lab labs.Lab) {
		for i, net := range fiveNets(lab) {
			if e := curve.RMSE(net, curve.Target); e > 0.12 {
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
				v := curve.Values(net, []float64{x})[0]
				lo, hi = min(lo, v), max(hi, v)
			}
			return hi - lo
		}
		if inside, outside := spread(0.7), spread(3); outside < 10*inside || outside < 0.5 {
			t.Errorf("the nets differ by %v inside, %v outside", inside, outside)
		}
	},
}
