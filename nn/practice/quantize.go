package practice

import (
	"fmt"
	"math"
	"slices"

	"oneword/nn"
)

// Quantize rounds weights to so many bits: every number becomes a whole multiple
// of a step, one step for each row of a parameter, so chosen that its largest
// number is the largest that the bits can hold (symmetric uniform
// quantisation). 32 leaves all as it was. Biases, which are few, stay.
func Quantize(params []nn.Param, bits int) error {
	if bits < 2 || bits > 32 {
		return fmt.Errorf("practice: weights of %d bits, want 2 to 32", bits)
	}
	if bits == 32 {
		return nil
	}
	most := math.Exp2(float64(bits-1)) - 1
	for _, p := range params {
		if len(p.Shape) < 2 {
			continue
		}
		rows := p.Shape[0]
		width := len(p.Data) / rows
		for r := range rows {
			row := p.Data[r*width : (r+1)*width]
			top := max(slices.Max(row), -slices.Min(row))
			if top == 0 {
				continue
			}
			step := float64(top) / most
			for i, v := range row {
				row[i] = float32(math.Round(float64(v)/step) * step)
			}
		}
	}
	return nil
}
