package practice

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"oneword/lm"
	"oneword/nn"
)

func ExampleFitPowerLaw() {
	law, err := FitPowerLaw(Curve{X: []float64{1, 10, 100, 1000}, Y: []float64{8, 4, 2, 1}})
	fmt.Printf("%.3f ± %.3f %v\n", law.Exponent, law.Error, err)
	// Output: -0.301 ± 0.000 <nil>
}

// In three bits a number is one of seven: -3, -2, … 3 times a step.
func ExampleQuantize() {
	w := nn.From([]float32{0.9, 0.5, -0.2, 0.05}, 1, 4)
	if err := Quantize([]nn.Param{{Name: "w", Tensor: w}}, 3); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.1f\n", w.Data)
	// Output: [0.9 0.6 -0.3 0.0]
}

// Nets of two sizes: the larger one is less surprised by images it has not seen.
func ExampleBySize() {
	rng := lm.Rand(1, "example")
	images := func(n int) Examples { // a bright half, above or below
		e := Examples{make([]float32, n*Pixels), make([]int, n)}
		for i := range n {
			e.Labels[i] = rng.IntN(2)
			for k := range Pixels / 2 {
				e.X[i*Pixels+e.Labels[i]*Pixels/2+k] = rng.Float32()
			}
		}
		return e
	}
	curve, err := BySize(images(200), images(100), []int{1, 8}, 1)
	fmt.Println(curve.X, curve.Y[1] < curve.Y[0], err)
	// Output: [805 6370] true <nil>
}

// The error of the exponent is that of the textbook: over many noisy samples
// the fitted exponents scatter as widely as it says.
func TestPowerLawError(t *testing.T) {
	rng := lm.Rand(1, "test")
	var exponents, said []float64
	for range 400 {
		c := Curve{}
		for i := range 8 {
			x := math.Exp2(float64(i))
			c.X, c.Y = append(c.X, x), append(c.Y, 3*math.Pow(x, -0.5)*math.Exp(0.1*rng.NormFloat64()))
		}
		law, err := FitPowerLaw(c)
		if err != nil {
			t.Fatal(err)
		}
		exponents, said = append(exponents, law.Exponent), append(said, law.Error*law.Error)
	}
	mean, spread, claimed := 0.0, 0.0, 0.0
	for i, e := range exponents {
		mean += e / 400
		claimed += said[i] / 400
	}
	for _, e := range exponents {
		spread += (e - mean) * (e - mean) / 399
	}
	if math.Abs(mean+0.5) > 0.01 || math.Abs(spread/claimed-1) > 0.2 {
		t.Errorf("exponents %v, variance %v, claimed %v", mean, spread, claimed)
	}
	if _, err := FitPowerLaw(Curve{X: []float64{1, 2, 3}, Y: []float64{1, 0, 1}}); err == nil {
		t.Error("0 has no logarithm")
	}
}

func TestQuantize(t *testing.T) {
	params := func() []nn.Param {
		net := nn.NewMLP(lm.Rand(1, "test"), 20, 30, 10)
		net.Params()[1].Data[0] = 0.123
		return net.Params()
	}
	exact := params()
	last := math.Inf(1)
	for _, bits := range []int{2, 3, 4, 6, 8, 16, 32} {
		p := params()
		if err := Quantize(p, bits); err != nil {
			t.Fatal(err)
		}
		off := 0.0
		for k := range p {
			for i, v := range p[k].Data {
				off = max(off, math.Abs(float64(v-exact[k].Data[i])))
			}
			if rows := p[k].Shape[0]; len(p[k].Shape) > 1 && bits < 8 {
				width := len(p[k].Data) / rows
				for r := range rows {
					row := slices.Clone(p[k].Data[r*width : (r+1)*width])
					slices.Sort(row)
					if n := len(slices.Compact(row)); n > 1<<bits-1 {
						t.Errorf("%d bits: %d values in a row", bits, n)
					}
				}
			}
		}
		if off >= last || p[1].Data[0] != 0.123 {
			t.Errorf("%d bits: off by %v, before by %v", bits, off, last)
		}
		last = off
	}
	if last != 0 {
		t.Errorf("32 bits are off by %v", last)
	}
	for _, bits := range []int{-1, 0, 1, 33} {
		if Quantize(params(), bits) == nil {
			t.Errorf("%d bits passed", bits)
		}
	}
}

func TestAugmentKeepsTheInk(t *testing.T) {
	rng := lm.Rand(1, "test")
	image := make([]float32, Pixels)
	for y := 10; y < 18; y++ {
		for x := 8; x < 20; x++ {
			image[y*Size+x] = 1
		}
	}
	sum := 0.0
	for range 200 {
		varied := slices.Clone(image)
		Augment(varied, rng)
		if slices.Equal(varied, image) {
			t.Fatal("nothing varied")
		}
		for _, v := range varied {
			sum += float64(v) / 200
		}
	}
	if math.Abs(sum-96) > 6 {
		t.Errorf("ink %v on average, want about 96", sum)
	}
}

func TestExamples(t *testing.T) {
	e, err := Images(make([]byte, 4*Pixels), []byte{1, 2, 1, 1}, 4)
	if err != nil || e.Len() != 4 {
		t.Fatal(e.Len(), err)
	}
	if got := e.First(2).Labels; !slices.Equal(got, []int{1, 2, 1}) {
		t.Errorf("the first two of each: %v", got)
	}
	for _, n := range []int{0, 5} {
		if _, err := Images(make([]byte, 4*Pixels), []byte{1, 2, 1, 1}, n); err == nil {
			t.Errorf("%d of 4 passed", n)
		}
	}
	if _, err := LetterTask([][]float32{make([]float32, 5)}, 1, 1); err == nil {
		t.Error("an image of 5 pixels passed")
	}
	if _, err := ByData(e, e, []int{5}, 1); err == nil {
		t.Error("5 of 4 examples passed")
	}
}
