package simd

import (
	"fmt"
	"math"
	"sync"
)

// Float16 is a float in 16 bits, of IEEE 754: 5 of exponent, 10 of mantissa.
type Float16 uint16

// BFloat16 is the upper half of a float32: its range with 8 bits of mantissa.
type BFloat16 uint16

type number interface {
	float32 | Float16 | BFloat16 | int8
}

// A DType is how weights are kept in memory.
type DType int

// The widths.
const (
	F32 DType = iota
	F16
	BF16
	I8 // with a scale for each row: its largest weight is 127 steps
)

var widths = [...]string{"float32", "float16", "bfloat16", "int8"}

func (w DType) String() string { return widths[w] }

// Bytes is how many bytes a weight takes.
func (w DType) Bytes() int { return [...]int{4, 2, 2, 1}[w] }

// ParseDType is the width of that name.
func ParseDType(name string) (DType, error) {
	for w, n := range widths {
		if n == name {
			return DType(w), nil
		}
	}
	return 0, fmt.Errorf("no width of weights is called %q (there are %q)", name, widths)
}

// Rows is a matrix [Rows][Cols] kept in some width, to be multiplied with
// vectors: each row gives a number of the result.
type Rows struct {
	Rows, Cols int
	DType      DType
	f32        []float32
	f16        []Float16
	bf16       []BFloat16
	i8         []int8
	scale      []float32 // of each row, for int8
}

// Narrow makes Rows of a matrix, or with trans of its transpose. In the width
// F32, without trans and without a stride, it shares the memory.
func Narrow(m Matrix, trans bool, width DType) *Rows {
	if width == F32 && !trans && m.Stride == m.Cols {
		return &Rows{Rows: m.Rows, Cols: m.Cols, DType: F32, f32: m.Data[:m.Rows*m.Cols]}
	}
	if !trans {
		r := empty(m.Rows, m.Cols, width)
		r.fill(func(i int, row []float32) { copy(row, m.Data[i*m.Stride:]) })
		return r
	}
	r := empty(m.Cols, m.Rows, width)
	r.fill(func(i int, row []float32) {
		for j := range row {
			row[j] = m.Data[j*m.Stride+i]
		}
	})
	return r
}

// Int8 is a matrix of the width I8, of rows and the scale of each. It shares the
// memory.
func Int8(rows, cols int, weights []int8, scale []float32) *Rows {
	return &Rows{Rows: rows, Cols: cols, DType: I8, i8: weights[:rows*cols], scale: scale[:rows]}
}

// As is the matrix in another width, or itself.
func (r *Rows) As(width DType) *Rows {
	if r.DType == width {
		return r
	}
	if r.DType == F32 {
		return Narrow(Dense(r.Rows, r.Cols, r.f32), false, width)
	}
	to := empty(r.Rows, r.Cols, width)
	to.fill(func(i int, row []float32) { r.Row(i, row) })
	return to
}

// empty is a matrix without numbers yet.
func empty(rows, cols int, width DType) *Rows {
	r := &Rows{Rows: rows, Cols: cols, DType: width}
	n := rows * cols
	switch width {
	case F32:
		r.f32 = make([]float32, n)
	case F16:
		r.f16 = make([]Float16, n)
	case BF16:
		r.bf16 = make([]BFloat16, n)
	case I8:
		r.i8, r.scale = make([]int8, n), make([]float32, rows)
	}
	return r
}

// fill sets all rows to what is written into one at a time, on all processors.
func (r *Rows) fill(write func(i int, row []float32)) {
	Parallel(r.Rows, 16, func(lo, hi int) {
		row := make([]float32, r.Cols)
		for i := lo; i < hi; i++ {
			if r.DType == F32 {
				row = r.f32[i*r.Cols : (i+1)*r.Cols]
			}
			write(i, row)
			r.set(i, row)
		}
	})
}

// Int8 are the rows and scales of a matrix of the width I8. They must not be written.
func (r *Rows) Int8() (weights []int8, scale []float32) { return r.i8, r.scale }

func (r *Rows) set(i int, row []float32) {
	at := i * r.Cols
	switch r.DType {
	case F32: // written already
	case F16:
		for j, v := range row {
			r.f16[at+j] = ToFloat16(v)
		}
	case BF16:
		for j, v := range row {
			r.bf16[at+j] = ToBFloat16(v)
		}
	case I8:
		top := float32(0)
		for _, v := range row {
			top = max(top, v, -v)
		}
		if top == 0 {
			return
		}
		if r.scale[i] = top / 127; r.scale[i] == 0 { // all are nearly 0
			return
		}
		for j, v := range row {
			r.i8[at+j] = int8(math.RoundToEven(float64(v / r.scale[i])))
		}
	}
}

// Bytes is how much memory the numbers take.
func (r *Rows) Bytes() int {
	return r.Rows*r.Cols*r.DType.Bytes() + 4*len(r.scale)
}

// Row writes a row as float32.
func (r *Rows) Row(i int, dst []float32) {
	from, to := i*r.Cols, (i+1)*r.Cols
	switch r.DType {
	case F32:
		copy(dst, r.f32[from:to])
	case F16:
		w := r.f16[from:to]
		for j := widenBlocks(dst, w, 1); j < len(w); j++ {
			dst[j] = w[j].Float32()
		}
	case BF16:
		w := r.bf16[from:to]
		for j := widenBlocks(dst, w, 1); j < len(w); j++ {
			dst[j] = w[j].Float32()
		}
	case I8:
		w := r.i8[from:to]
		for j := widenBlocks(dst, w, r.scale[i]); j < len(w); j++ {
			dst[j] = float32(w[j]) * r.scale[i]
		}
	}
}

// MulVec sets y to the product of the matrix with x, on all processors. It
// panics if the lengths do not fit.
func (r *Rows) MulVec(y, x []float32) {
	if len(x) != r.Cols || len(y) != r.Rows {
		panic(fmt.Sprintf("simd: (%d×%d) times %d into %d", r.Rows, r.Cols, len(x), len(y)))
	}
	grain := 4
	if r.Rows*r.Cols < 1<<15 {
		grain = (r.Rows + 3) &^ 3
	}
	task := mulTasks.Get().(*mulTask)
	task.r, task.y, task.x = r, y, x
	Parallel(r.Rows, grain, task.run)
	task.r, task.y, task.x = nil, nil, nil
	mulTasks.Put(task)
}

// A mulTask is a product under way. Its function is made once and used again,
// so that a product takes no memory.
type mulTask struct {
	r    *Rows
	y, x []float32
	run  func(lo, hi int)
}

var mulTasks = sync.Pool{New: func() any {
	t := &mulTask{}
	t.run = t.rows
	return t
}}

func (t *mulTask) rows(lo, hi int) {
	r, y := t.r, t.y[lo:hi]
	switch r.DType {
	case F32:
		mulRows(y, t.x, r.f32[lo*r.Cols:], r.Cols)
	case F16:
		mulRows(y, t.x, r.f16[lo*r.Cols:], r.Cols)
	case BF16:
		mulRows(y, t.x, r.bf16[lo*r.Cols:], r.Cols)
	case I8:
		mulRows(y, t.x, r.i8[lo*r.Cols:], r.Cols)
		for i := range y {
			y[i] *= r.scale[lo+i]
		}
	}
}

// mulRows multiplies rows of w, stride numbers apart, with x: four at a time.
// Each row that is left over is multiplied four times at once, so that it is
// summed in the same order wherever it stands.
func mulRows[T number](y, x []float32, w []T, stride int) {
	clear(y)
	fours := len(y) &^ 3
	n := dotRows(y[:fours], x, w, stride)
	for i := fours; i < len(y); i++ {
		var same [4]float32
		n = dotRows(same[:], x, w[i*stride:], 0)
		y[i] = same[0]
	}
	if n < len(x) {
		for i := range y {
			y[i] = dotRest(y[i], x[n:], w[i*stride+n:])
		}
	}
}

// dotRest adds to a sum what the registers left over, or all of it.
func dotRest[T number](sum float32, x []float32, row []T) float32 {
	switch row := any(row).(type) {
	case []float32:
		for j, v := range x {
			sum += v * row[j]
		}
	case []Float16:
		for j, v := range x {
			sum += v * row[j].Float32()
		}
	case []BFloat16:
		for j, v := range x {
			sum += v * row[j].Float32()
		}
	case []int8:
		for j, v := range x {
			sum += v * float32(row[j])
		}
	}
	return sum
}

// MulMat sets c, [n][Rows], to x, [n][Cols], times the transposed matrix: MulVec
// for many vectors at once. Rows are made float32 a block at a time.
func (r *Rows) MulMat(c, x Matrix) {
	if x.Cols != r.Cols || c.Cols != r.Rows || c.Rows != x.Rows {
		panic(fmt.Sprintf("simd: %d×%d times (%d×%d) transposed into %d×%d", x.Rows, x.Cols, r.Rows, r.Cols, c.Rows, c.Cols))
	}
	if r.DType == F32 {
		MatMul(c, x, false, Dense(r.Rows, r.Cols, r.f32), true, false)
		return
	}
	const block = 512
	buf := make([]float32, min(block, r.Rows)*r.Cols)
	for first := 0; first < r.Rows; first += block {
		n := min(block, r.Rows-first)
		Parallel(n, 4, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				r.Row(first+i, buf[i*r.Cols:(i+1)*r.Cols])
			}
		})
		part := Matrix{c.Rows, n, c.Stride, c.Data[first:]}
		MatMul(part, x, false, Dense(n, r.Cols, buf), true, false)
	}
}

// Float32 is the number itself.
func (b BFloat16) Float32() float32 { return math.Float32frombits(uint32(b) << 16) }

// ToBFloat16 rounds to the nearest, half to even; a NaN stays one.
func ToBFloat16(v float32) BFloat16 {
	bits := math.Float32bits(v)
	if v != v {
		return BFloat16(bits>>16 | 0x40)
	}
	return BFloat16((bits + 0x7fff + bits>>16&1) >> 16)
}

// Float32 is the number itself.
func (h Float16) Float32() float32 {
	sign, exponent, mantissa := uint32(h)>>15<<31, uint32(h)>>10&31, uint32(h)&1023
	switch exponent {
	case 31:
		return math.Float32frombits(sign | 255<<23 | mantissa<<13)
	case 0:
		v := float32(mantissa) / (1 << 24)
		if sign != 0 {
			v = -v
		}
		return v
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | mantissa<<13)
}

// ToFloat16 rounds to the nearest, half to even; what is too large becomes
// infinite.
func ToFloat16(v float32) Float16 {
	bits := math.Float32bits(v)
	sign := Float16(bits >> 16 & 0x8000)
	switch size := math.Abs(float64(v)); {
	case v != v:
		return sign | 0x7e00
	case size >= 65520:
		return sign | 0x7c00
	case size < 1.0/(1<<14): // subnormal: whole multiples of 2⁻²⁴
		return sign | Float16(math.RoundToEven(size*(1<<24)))
	}
	mantissa := bits & 0x7fffffff
	return sign | Float16((mantissa+0xfff+mantissa>>13&1)>>13-112<<10)
}
