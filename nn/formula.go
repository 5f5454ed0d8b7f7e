package nn

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Formula writes a fully connected net, of Dense layers with ReLU between
// them, as one formula for each output: as TeX, with R for ReLU, and as an
// expression that a program can read, with max(0, …) for it. Inputs are called
// by names; numbers are rounded to so many digits. A layer without parameters
// is taken for ReLU; layers of other kinds are an error.
func Formula(net Chain, names []string, digits int) (tex, code []string, err error) {
	tex, code = slices.Clone(names), slices.Clone(names)
	for i, m := range net {
		switch layer := m.(type) {
		case *Dense:
			if layer.W.Shape[0] != len(code) {
				return nil, nil, fmt.Errorf("nn: layer %d has %d inputs, but %d come in", i, layer.W.Shape[0], len(code))
			}
			tex, code = weigh(layer, tex, `\,`, digits), weigh(layer, code, "*", digits)
		case Func:
			if i == 0 || i == len(net)-1 {
				return nil, nil, fmt.Errorf("nn: a formula of a net begins and ends with a Dense layer, not with layer %d", i)
			}
			for k := range code {
				tex[k], code[k] = "R("+tex[k]+")", "max(0, "+code[k]+")"
			}
		default:
			return nil, nil, fmt.Errorf("nn: layer %d cannot be written as a formula", i)
		}
	}
	return tex, code, nil
}

// weigh writes the weighted sums of a layer.
func weigh(d *Dense, inputs []string, times string, digits int) []string {
	out := make([]string, d.W.Shape[1])
	for j := range out {
		var b strings.Builder
		term := func(v float32, rest string) {
			text := strconv.FormatFloat(float64(v), 'g', digits, 32)
			switch {
			case b.Len() == 0:
			case strings.HasPrefix(text, "-"):
				b.WriteString(" - ")
				text = text[1:]
			default:
				b.WriteString(" + ")
			}
			b.WriteString(text + rest)
		}
		for i, in := range inputs {
			term(d.W.Data[i*len(out)+j], times+in)
		}
		term(d.B.Data[j], "")
		out[j] = b.String()
	}
	return out
}
