package nn

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// value computes a formula as Go's own parser reads it.
func value(t *testing.T, e ast.Expr, vars map[string]float64) float64 {
	switch e := e.(type) {
	case *ast.BasicLit:
		v, err := strconv.ParseFloat(e.Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	case *ast.Ident:
		return vars[e.Name]
	case *ast.ParenExpr:
		return value(t, e.X, vars)
	case *ast.UnaryExpr:
		return -value(t, e.X, vars)
	case *ast.CallExpr:
		return math.Max(value(t, e.Args[0], vars), value(t, e.Args[1], vars))
	case *ast.BinaryExpr:
		a, b := value(t, e.X, vars), value(t, e.Y, vars)
		switch e.Op {
		case token.ADD:
			return a + b
		case token.SUB:
			return a - b
		case token.MUL:
			return a * b
		}
	}
	t.Fatalf("an expression of type %T", e)
	return 0
}

func TestFormulaIsTheNet(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	net := NewMLP(rng, 2, 4, 3, 2)
	tex, code, err := Formula(net, []string{"x", "y"}, 9)
	if err != nil || len(tex) != 2 || !strings.Contains(tex[0], "R(") {
		t.Fatal(tex, err)
	}
	for range 50 {
		x, y := rng.NormFloat64(), rng.NormFloat64()
		out := net.Apply(&Graph{NoGrad: true}, From([]float32{float32(x), float32(y)}, 1, 2))
		for k := range code {
			e, err := parser.ParseExpr(code[k])
			if err != nil {
				t.Fatal(err)
			}
			if got := value(t, e, map[string]float64{"x": x, "y": y}); math.Abs(got-float64(out.Data[k])) > 1e-4 {
				t.Errorf("the formula gives %v, the net %v", got, out.Data[k])
			}
		}
	}
	for _, bad := range []Chain{{ReLU}, {NewConv(rng, 1, 1, 1)}, {NewDense(rng, 3, 1)}} {
		if _, _, err := Formula(bad, []string{"x", "y"}, 3); err == nil {
			t.Error("a net that is no formula passed")
		}
	}
}
