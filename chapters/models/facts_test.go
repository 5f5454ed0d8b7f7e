package models

import (
	"math"
	"testing"

	"oneword/chapters/cells"
	"oneword/chapters/cells/cellstest"
	"oneword/labs"
	"oneword/nn/fit"
)

func TestFacts(t *testing.T) { cellstest.Facts(t, Chapter(), facts) }

var facts = map[string]cellstest.Fact{
	"04-cannonball": func(t *testing.T, lab labs.Lab) {
		heights, times := fit.Tower()
		for i, h := range heights {
			if g := 2 * h / (times[i] * times[i]); math.Abs(g-9.80665) > 1e-9 {
				t.Errorf("from %v m the ball falls with %v m/s²", h, g)
			}
		}
		values := cellstest.Run(t, lab, Cannonball).Values
		if values["floors"] != len(heights) || values["g"] != 9.80665 {
			t.Errorf("the figure says %v; there are %d floors", values, len(heights))
		}
	},
	"04-line": func(t *testing.T, lab labs.Lab) {
		if s := off(t, lab, Line); math.Abs(s-0.0966) > 1e-4 {
			t.Errorf("leaves %v s, want 0.0966", s)
		}
	},
	"04-quadratic": func(t *testing.T, lab labs.Lab) {
		if s := off(t, lab, Quadratic); math.Abs(s-0.0247) > 1e-4 {
			t.Errorf("leaves %v s, want 0.0247", s)
		}
	},
	"04-wrong-form": func(t *testing.T, lab labs.Lab) {
		wrong, right, line := off(t, lab, WrongForm), off(t, lab, Quadratic), off(t, lab, Line)
		if wrong < 5*right || wrong <= line {
			t.Errorf("the wrong form is %v s off; with as many knobs the parabola %v, with fewer the line %v", wrong, right, line)
		}
	},
	"04-knobs": func(t *testing.T, lab labs.Lab) {
		s, err := fit.Overfitting(7, 0.05, 200, lab.Rand("04-knobs"))
		if err != nil {
			t.Fatal(err)
		}
		for k := 1; k < 7; k++ {
			if s.Training[k] >= s.Training[k-1] {
				t.Errorf("inside, the error does not fall: %v", s.Training)
			}
		}
		if s.Extrapolation[6] < 10*s.Extrapolation[2] || s.LeaveOneOut[6] < 3*s.LeaveOneOut[2] {
			t.Errorf("outside, the error does not show over-fitting: %v, %v", s.Extrapolation, s.LeaveOneOut)
		}
	},
}

// off is how many seconds a curve says of itself that it is off.
func off(t *testing.T, lab labs.Lab, cell cells.Cell) float64 {
	t.Helper()
	seconds, ok := cellstest.Run(t, lab, cell).Values["off"].(float64)
	if !ok {
		t.Fatal("the cell does not say how far off the curve is")
	}
	return seconds
}
