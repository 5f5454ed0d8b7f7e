package transformer

import (
	"fmt"

	"oneword/internal/simd"
)

// A DType is how the weights of a Model are kept in memory. The zero value is
// F32.
type DType int

// The types. Activations are float32 with each of them.
const (
	F32  = DType(simd.F32)
	F16  = DType(simd.F16)
	BF16 = DType(simd.BF16)
	I8   = DType(simd.I8) // with a scale for each row

	// Own is, where a model is opened, the type that its file has for most weights.
	Own DType = -1
)

// String is the name, as ParseDType reads it: "float32", "float16", "bfloat16"
// or "int8".
func (d DType) String() string {
	switch {
	case d == Own:
		return "its own"
	case d < F32 || d > I8:
		return fmt.Sprintf("DType(%d)", int(d))
	}
	return simd.DType(d).String()
}

// Bytes is how many bytes a weight takes; 0 for Own.
func (d DType) Bytes() int {
	if d < F32 || d > I8 {
		return 0
	}
	return simd.DType(d).Bytes()
}

// DTypes are all of them, the widest first.
func DTypes() []DType { return []DType{F32, F16, BF16, I8} }

// ParseDType is the type of that name.
func ParseDType(name string) (DType, error) {
	d, err := simd.ParseDType(name)
	return DType(d), err
}
