package digits

import "math"

// Blur smears an image with a Gaussian bell of the given standard deviation in
// pixels; 0 leaves it as it is. What is smeared over the edge is lost.
func Blur(image []byte, deviation float64) []byte {
	if !(deviation > 0) {
		return append([]byte(nil), image...)
	}
	r := int(math.Ceil(3 * math.Min(deviation, Size)))
	bell, sum := make([]float64, 2*r+1), 0.0
	for i := range bell {
		d := float64(i-r) / deviation
		bell[i] = math.Exp(-d * d / 2)
		sum += bell[i]
	}
	along := func(src []float64, step, across int) []float64 {
		dst := make([]float64, len(src))
		for line := range Size {
			for at := range Size {
				v := 0.0
				for i, b := range bell {
					if k := at + i - r; k >= 0 && k < Size {
						v += b / sum * src[line*across+k*step]
					}
				}
				dst[line*across+at*step] = v
			}
		}
		return dst
	}
	v := make([]float64, Pixels)
	for i := range min(len(image), Pixels) {
		v[i] = float64(image[i])
	}
	v = along(along(v, 1, Size), Size, 1) // first within rows, then within columns
	out := make([]byte, Pixels)
	for i, x := range v {
		out[i] = byte(math.Round(x))
	}
	return out
}
