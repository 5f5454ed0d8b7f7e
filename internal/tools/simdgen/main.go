// Simdgen writes kernels_amd64.s, the assembly of package simd, with avo.
package main

import (
	"fmt"
	"log"
	"math"
	"os"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func main() {
	// go run starts it in the folder of its module.
	if err := os.Chdir("../simd"); err != nil {
		log.Fatal(err)
	}
	ConstraintExpr("amd64")
	for _, isa := range []isa{avx2, avx512} {
		tile(isa)
		spread(isa)
		spreadLeft(isa)
		axpy8(isa)
		axpy(isa)
		scaleAdd(isa)
		dot(isa)
		dotAt(isa)
		exchange(isa)
		sum(isa)
		adam(isa)
		relu(isa)
		reluBack(isa)
		expSum(isa)
		gelu(isa)
		maxOf(isa)
		for _, f := range formats {
			dotRows(isa, f)
			widen(isa, f)
		}
	}
	turn8()
	Generate()
}

// isa is one width of registers.
type isa struct {
	name   string
	lanes  int // float32 in a register
	mr, nr int // of the matrix tile
	vec    func() Register
}

var (
	avx2   = isa{"AVX2", 8, 6, 16, func() Register { return YMM() }}
	avx512 = isa{"AVX512", 16, 12, 32, func() Register { return ZMM() }}
)

func (s isa) bytes() int { return 4 * s.lanes }

func (s isa) zero(r Register) {
	if s.lanes == 16 {
		VPXORD(r, r, r)
	} else {
		VXORPS(r, r, r)
	}
}

// tile multiplies packed slivers: c[i][j] += Σ a[p][i]·b[p][j], for mr rows
// and nr columns, each sum in one register lane, in the order of p.
func tile(s isa) {
	TEXT(fmt.Sprintf("tile%s", s.name), NOSPLIT, "func(k int, a, b, c *float32, stride int)")
	Doc(fmt.Sprintf("tile%s adds the product of packed slivers, %d and %d wide, to a tile of c whose rows are stride floats apart.", s.name, s.mr, s.nr))
	Pragma("noescape")
	k, a, b, c, stride := Load(Param("k"), GP64()), Load(Param("a"), GP64()), Load(Param("b"), GP64()), Load(Param("c"), GP64()), Load(Param("stride"), GP64())
	SHLQ(Imm(2), stride)
	acc := make([][2]Register, s.mr)
	for i := range acc {
		for j := range acc[i] {
			acc[i][j] = s.vec()
			s.zero(acc[i][j])
		}
	}
	// The tile of c is needed at the end: it may come from memory meanwhile.
	at := GP64()
	MOVQ(c, at)
	for range acc {
		PREFETCHT0(Mem{Base: at})
		PREFETCHT0(Mem{Base: at, Disp: 2*s.bytes() - 1})
		ADDQ(stride, at)
	}
	b0, b1, x := s.vec(), s.vec(), s.vec()
	Label(s.name + "_tile_loop")
	VMOVUPS(Mem{Base: b}, b0)
	VMOVUPS(Mem{Base: b, Disp: s.bytes()}, b1)
	for i := range acc {
		VBROADCASTSS(Mem{Base: a, Disp: 4 * i}, x)
		VFMADD231PS(x, b0, acc[i][0])
		VFMADD231PS(x, b1, acc[i][1])
	}
	ADDQ(U32(4*s.mr), a)
	ADDQ(U32(4*s.nr), b)
	DECQ(k)
	JNZ(LabelRef(s.name + "_tile_loop"))
	for i := range acc {
		for j := range acc[i] {
			m := Mem{Base: c, Disp: s.bytes() * j}
			VADDPS(m, acc[i][j], acc[i][j])
			VMOVUPS(acc[i][j], m)
		}
		ADDQ(stride, c)
	}
	VZEROUPPER()
	RET()
}

// spread copies a row in pieces as wide as a tile to places a step apart: what
// packing a row of the right matrix is.
func spread(s isa) {
	TEXT(fmt.Sprintf("spread%s", s.name), NOSPLIT, "func(n int, row, dst *float32, step int)")
	Doc(fmt.Sprintf("spread%s copies n pieces of %d floats to places step floats apart. n is not 0.", s.name, s.nr))
	Pragma("noescape")
	n, row, dst, step := Load(Param("n"), GP64()), Load(Param("row"), GP64()), Load(Param("dst"), GP64()), Load(Param("step"), GP64())
	SHLQ(Imm(2), step)
	v := [2]Register{s.vec(), s.vec()}
	Label(s.name + "_spread_loop")
	for j := range v {
		VMOVUPS(Mem{Base: row, Disp: j * s.bytes()}, v[j])
	}
	for j := range v {
		VMOVUPS(v[j], Mem{Base: dst, Disp: j * s.bytes()})
	}
	ADDQ(U32(4*s.nr), row)
	ADDQ(step, dst)
	DECQ(n)
	JNZ(LabelRef(s.name + "_spread_loop"))
	VZEROUPPER()
	RET()
}

// spreadLeft is the same for pieces as high as a tile: the transposed left
// matrix.
func spreadLeft(s isa) {
	TEXT(fmt.Sprintf("spreadLeft%s", s.name), NOSPLIT, "func(n int, row, dst *float32, step int)")
	Doc(fmt.Sprintf("spreadLeft%s copies n pieces of %d floats to places step floats apart. n is not 0.", s.name, s.mr))
	Pragma("noescape")
	n, row, dst, step := Load(Param("n"), GP64()), Load(Param("row"), GP64()), Load(Param("dst"), GP64()), Load(Param("step"), GP64())
	SHLQ(Imm(2), step)
	a, b, rest := YMM(), XMM(), GP64()
	Label(s.name + "_spreadLeft_loop")
	if s.mr == 12 {
		VMOVUPS(Mem{Base: row}, a)
		VMOVUPS(Mem{Base: row, Disp: 32}, b)
		VMOVUPS(a, Mem{Base: dst})
		VMOVUPS(b, Mem{Base: dst, Disp: 32})
	} else { // six
		VMOVUPS(Mem{Base: row}, b)
		MOVQ(Mem{Base: row, Disp: 16}, rest)
		VMOVUPS(b, Mem{Base: dst})
		MOVQ(rest, Mem{Base: dst, Disp: 16})
	}
	ADDQ(U32(4*s.mr), row)
	ADDQ(step, dst)
	DECQ(n)
	JNZ(LabelRef(s.name + "_spreadLeft_loop"))
	VZEROUPPER()
	RET()
}

// turn8 transposes squares of eight by eight, side by side: what packing rows
// is. It needs AVX only and serves both levels.
func turn8() {
	TEXT("turn8AVX", NOSPLIT, "func(n int, rows *float32, stride int, dst *float32, width int)")
	Doc("turn8AVX writes n·8 elements of eight rows, stride floats apart, as n·8 columns of eight, width floats apart. n is not 0.")
	Pragma("noescape")
	n, rows, stride, dst, width := Load(Param("n"), GP64()), Load(Param("rows"), GP64()), Load(Param("stride"), GP64()), Load(Param("dst"), GP64()), Load(Param("width"), GP64())
	SHLQ(Imm(2), stride)
	SHLQ(Imm(2), width)
	at := GP64()
	var r, t [8]Register
	for i := range r {
		r[i], t[i] = YMM(), YMM()
	}
	Label("turn8_loop")
	MOVQ(rows, at)
	for i := range r {
		VMOVUPS(Mem{Base: at}, r[i])
		if i < 7 {
			ADDQ(stride, at)
		}
	}
	for i := 0; i < 8; i += 2 {
		VUNPCKLPS(r[i+1], r[i], t[i])   // a0 b0 a1 b1 of both halves
		VUNPCKHPS(r[i+1], r[i], t[i+1]) // a2 b2 a3 b3
	}
	for i := 0; i < 8; i += 4 {
		VSHUFPS(Imm(0x44), t[i+2], t[i], r[i])
		VSHUFPS(Imm(0xee), t[i+2], t[i], r[i+1])
		VSHUFPS(Imm(0x44), t[i+3], t[i+1], r[i+2])
		VSHUFPS(Imm(0xee), t[i+3], t[i+1], r[i+3])
	}
	for i := range 4 {
		VPERM2F128(Imm(0x20), r[i+4], r[i], t[i])
		VPERM2F128(Imm(0x31), r[i+4], r[i], t[i+4])
	}
	for i := range t {
		VMOVUPS(t[i], Mem{Base: dst})
		ADDQ(width, dst)
	}
	ADDQ(Imm(32), rows)
	DECQ(n)
	JNZ(LabelRef("turn8_loop"))
	VZEROUPPER()
	RET()
}

// axpy8 adds eight rows, each times its factor, to y in one pass: y is read
// and written once for eight rows that stream from memory.
func axpy8(s isa) {
	TEXT(fmt.Sprintf("axpy8%s", s.name), NOSPLIT, "func(n int, x, w *float32, stride int, y *float32)")
	Doc(fmt.Sprintf("axpy8%s adds to y the eight rows of w, stride floats apart, times x[0] … x[7]. n is a multiple of %d.", s.name, 2*s.lanes))
	Pragma("noescape")
	n, x, w, stride, y := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("w"), GP64()), Load(Param("stride"), GP64()), Load(Param("y"), GP64())
	SHLQ(Imm(2), stride)
	var f [8]Register
	for i := range f {
		f[i] = s.vec()
		VBROADCASTSS(Mem{Base: x, Disp: 4 * i}, f[i])
	}
	s3, s5, s7 := GP64(), GP64(), GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, s3)
	LEAQ(Mem{Base: stride, Index: stride, Scale: 4}, s5)
	LEAQ(Mem{Base: s3, Index: stride, Scale: 4}, s7)
	row := func(i, disp int) Mem {
		m := Mem{Base: w, Disp: disp}
		switch i {
		case 1:
			m.Index, m.Scale = stride, 1
		case 2:
			m.Index, m.Scale = stride, 2
		case 3:
			m.Index, m.Scale = s3, 1
		case 4:
			m.Index, m.Scale = stride, 4
		case 5:
			m.Index, m.Scale = s5, 1
		case 6:
			m.Index, m.Scale = s3, 2
		case 7:
			m.Index, m.Scale = s7, 1
		}
		return m
	}
	acc := [2]Register{s.vec(), s.vec()}
	Label(s.name + "_axpy8_loop")
	for j := range acc {
		VMOVUPS(Mem{Base: y, Disp: j * s.bytes()}, acc[j])
	}
	for i := range f {
		for j := range acc {
			VFMADD231PS(row(i, j*s.bytes()), f[i], acc[j])
		}
	}
	for j := range acc {
		VMOVUPS(acc[j], Mem{Base: y, Disp: j * s.bytes()})
	}
	ADDQ(U32(2*s.bytes()), w)
	ADDQ(U32(2*s.bytes()), y)
	SUBQ(U32(2*s.lanes), n)
	JNZ(LabelRef(s.name + "_axpy8_loop"))
	VZEROUPPER()
	RET()
}

func axpy(s isa) {
	TEXT(fmt.Sprintf("axpy%s", s.name), NOSPLIT, "func(n int, a float32, x, y *float32)")
	Doc(fmt.Sprintf("axpy%s adds a·x to y. n is a multiple of %d.", s.name, s.lanes))
	Pragma("noescape")
	n, x, y := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64())
	a, v := s.vec(), s.vec()
	addr, err := Param("a").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(addr.Addr, a)
	Label(s.name + "_axpy_loop")
	VMOVUPS(Mem{Base: y}, v)
	VFMADD231PS(Mem{Base: x}, a, v)
	VMOVUPS(v, Mem{Base: y})
	ADDQ(U32(s.bytes()), x)
	ADDQ(U32(s.bytes()), y)
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_axpy_loop"))
	VZEROUPPER()
	RET()
}

// dotAt multiplies one vector with several rows, whose places in memory have
// nothing to do with each other: the processor waits for all of them at once.
func dotAt(s isa) {
	TEXT(fmt.Sprintf("dotAt%s", s.name), NOSPLIT, "func(n, rows int, x, table *float32, at *int, out *float32)")
	Doc(fmt.Sprintf("dotAt%s sets out[r] to the product of x and the n floats of table from at[r] on. n is a multiple of %d, rows is not 0.", s.name, s.lanes))
	Pragma("noescape")
	n, rows, x, table, at, out := Load(Param("n"), GP64()), Load(Param("rows"), GP64()), Load(Param("x"), GP64()), Load(Param("table"), GP64()), Load(Param("at"), GP64()), Load(Param("out"), GP64())
	SHLQ(Imm(2), n)
	row, i := GP64(), GP64()
	acc, v := s.vec(), s.vec()
	Label(s.name + "_dotAt_row")
	MOVQ(Mem{Base: at}, row)
	LEAQ(Mem{Base: table, Index: row, Scale: 4}, row)
	s.zero(acc)
	XORQ(i, i)
	Label(s.name + "_dotAt_loop")
	VMOVUPS(Mem{Base: x, Index: i, Scale: 1}, v)
	VFMADD231PS(Mem{Base: row, Index: i, Scale: 1}, v, acc)
	ADDQ(U32(s.bytes()), i)
	CMPQ(i, n)
	JLT(LabelRef(s.name + "_dotAt_loop"))
	half, quarter := YMM(), XMM()
	if s.lanes == 16 {
		high := YMM()
		VEXTRACTF64X4(Imm(1), acc, high)
		VADDPS(acc.(Vec).AsY(), high, half)
	} else {
		VMOVAPS(acc, half)
	}
	VEXTRACTF128(Imm(1), half, quarter)
	VADDPS(half.AsX(), quarter, quarter)
	VHADDPS(quarter, quarter, quarter)
	VHADDPS(quarter, quarter, quarter)
	VMOVSS(quarter, Mem{Base: out})
	ADDQ(Imm(8), at)
	ADDQ(Imm(4), out)
	DECQ(rows)
	JNZ(LabelRef(s.name + "_dotAt_row"))
	VZEROUPPER()
	RET()
}

// exchange is the step of negative sampling, for several rows one after the
// other.
func exchange(s isa) {
	TEXT(fmt.Sprintf("exchange%s", s.name), NOSPLIT, "func(n, rows int, a, x, y, table *float32, at *int)")
	Doc(fmt.Sprintf("exchange%s adds, for each row of table from at[r] on, a[r] times the row to y, and then a[r]·x to the row. n is a multiple of %d, rows is not 0.", s.name, s.lanes))
	Pragma("noescape")
	n, rows, a, x, y, table, at := Load(Param("n"), GP64()), Load(Param("rows"), GP64()), Load(Param("a"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64()), Load(Param("table"), GP64()), Load(Param("at"), GP64())
	SHLQ(Imm(2), n)
	row, i := GP64(), GP64()
	factor, old, sum, in := s.vec(), s.vec(), s.vec(), s.vec()
	Label(s.name + "_exchange_row")
	MOVQ(Mem{Base: at}, row)
	LEAQ(Mem{Base: table, Index: row, Scale: 4}, row)
	VBROADCASTSS(Mem{Base: a}, factor)
	XORQ(i, i)
	Label(s.name + "_exchange_loop")
	VMOVUPS(Mem{Base: row, Index: i, Scale: 1}, old)
	VMOVUPS(Mem{Base: y, Index: i, Scale: 1}, sum)
	VMOVUPS(Mem{Base: x, Index: i, Scale: 1}, in)
	VFMADD231PS(old, factor, sum)
	VFMADD231PS(in, factor, old)
	VMOVUPS(sum, Mem{Base: y, Index: i, Scale: 1})
	VMOVUPS(old, Mem{Base: row, Index: i, Scale: 1})
	ADDQ(U32(s.bytes()), i)
	CMPQ(i, n)
	JLT(LabelRef(s.name + "_exchange_loop"))
	ADDQ(Imm(8), at)
	ADDQ(Imm(4), a)
	DECQ(rows)
	JNZ(LabelRef(s.name + "_exchange_row"))
	VZEROUPPER()
	RET()
}

func scaleAdd(s isa) {
	TEXT(fmt.Sprintf("scaleAdd%s", s.name), NOSPLIT, "func(n int, a float32, x, y *float32)")
	Doc(fmt.Sprintf("scaleAdd%s sets y to a·y + x. n is a multiple of %d.", s.name, s.lanes))
	Pragma("noescape")
	n, x, y := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64())
	a, v := s.vec(), s.vec()
	addr, err := Param("a").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(addr.Addr, a)
	Label(s.name + "_scaleAdd_loop")
	VMOVUPS(Mem{Base: y}, v)
	VFMADD213PS(Mem{Base: x}, a, v)
	VMOVUPS(v, Mem{Base: y})
	ADDQ(U32(s.bytes()), x)
	ADDQ(U32(s.bytes()), y)
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_scaleAdd_loop"))
	VZEROUPPER()
	RET()
}

// dot keeps four running sums, as one would wait for itself.
func dot(s isa) {
	TEXT(fmt.Sprintf("dot%s", s.name), NOSPLIT, "func(n int, x, y, sums *float32)")
	Doc(fmt.Sprintf("dot%s writes %d partial sums of x·y. n is a multiple of %d.", s.name, s.lanes, 4*s.lanes))
	Pragma("noescape")
	n, x, y, out := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64()), Load(Param("sums"), GP64())
	var acc, v [4]Register
	for j := range acc {
		acc[j], v[j] = s.vec(), s.vec()
		s.zero(acc[j])
	}
	Label(s.name + "_dot_loop")
	for j := range acc {
		VMOVUPS(Mem{Base: x, Disp: j * s.bytes()}, v[j])
		VFMADD231PS(Mem{Base: y, Disp: j * s.bytes()}, v[j], acc[j])
	}
	ADDQ(U32(4*s.bytes()), x)
	ADDQ(U32(4*s.bytes()), y)
	SUBQ(U32(4*s.lanes), n)
	JNZ(LabelRef(s.name + "_dot_loop"))
	VADDPS(acc[1], acc[0], acc[0])
	VADDPS(acc[3], acc[2], acc[2])
	VADDPS(acc[2], acc[0], acc[0])
	VMOVUPS(acc[0], Mem{Base: out})
	VZEROUPPER()
	RET()
}

// sum keeps four running sums, as dot does.
func sum(s isa) {
	TEXT(fmt.Sprintf("sum%s", s.name), NOSPLIT, "func(n int, x, sums *float32)")
	Doc(fmt.Sprintf("sum%s writes %d partial sums of x. n is a multiple of %d.", s.name, s.lanes, 4*s.lanes))
	Pragma("noescape")
	n, x, out := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("sums"), GP64())
	var acc [4]Register
	for j := range acc {
		acc[j] = s.vec()
		s.zero(acc[j])
	}
	Label(s.name + "_sum_loop")
	for j := range acc {
		VADDPS(Mem{Base: x, Disp: j * s.bytes()}, acc[j], acc[j])
	}
	ADDQ(U32(4*s.bytes()), x)
	SUBQ(U32(4*s.lanes), n)
	JNZ(LabelRef(s.name + "_sum_loop"))
	VADDPS(acc[1], acc[0], acc[0])
	VADDPS(acc[3], acc[2], acc[2])
	VADDPS(acc[2], acc[0], acc[0])
	VMOVUPS(acc[0], Mem{Base: out})
	VZEROUPPER()
	RET()
}

// adam is a step of the optimizer, see Adam in optimize.go.
func adam(s isa) {
	TEXT(fmt.Sprintf("adam%s", s.name), NOSPLIT, "func(n int, k, w, grad, m, v *float32)")
	Doc(fmt.Sprintf("adam%s makes a step with the eight factors of k. n is a multiple of %d.", s.name, s.lanes))
	Pragma("noescape")
	n, k := Load(Param("n"), GP64()), Load(Param("k"), GP64())
	w, g, m, v := Load(Param("w"), GP64()), Load(Param("grad"), GP64()), Load(Param("m"), GP64()), Load(Param("v"), GP64())
	var f [8]Register
	for i := range f {
		f[i] = s.vec()
		VBROADCASTSS(Mem{Base: k, Disp: 4 * i}, f[i])
	}
	zero, x, mean, square := s.vec(), s.vec(), s.vec(), s.vec()
	s.zero(zero)
	Label(s.name + "_adam_loop")
	VMOVUPS(Mem{Base: g}, x)
	VMOVUPS(zero, Mem{Base: g})
	VMULPS(Mem{Base: m}, f[0], mean)
	VFMADD231PS(x, f[1], mean)
	VMOVUPS(mean, Mem{Base: m})
	VMULPS(x, x, x)
	VMULPS(Mem{Base: v}, f[2], square)
	VFMADD231PS(x, f[3], square)
	VMOVUPS(square, Mem{Base: v})
	VSQRTPS(square, square)
	VFMADD213PS(f[6], f[5], square) // √v·root + ε
	VMULPS(f[4], mean, mean)
	VDIVPS(square, mean, mean)
	VMOVUPS(Mem{Base: w}, x)
	VFMADD231PS(x, f[7], mean)
	VSUBPS(mean, x, x)
	VMOVUPS(x, Mem{Base: w})
	for _, p := range []Register{w, g, m, v} {
		ADDQ(U32(s.bytes()), p)
	}
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_adam_loop"))
	VZEROUPPER()
	RET()
}

// relu keeps what is above 0; a NaN stays one.
func relu(s isa) {
	TEXT(fmt.Sprintf("relu%s", s.name), NOSPLIT, "func(n int, x, y *float32)")
	Doc(fmt.Sprintf("relu%s sets y to x where it is above 0, else to 0. n is a multiple of %d.", s.name, s.lanes))
	Pragma("noescape")
	n, x, y := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64())
	zero, v := s.vec(), s.vec()
	s.zero(zero)
	Label(s.name + "_relu_loop")
	VMAXPS(Mem{Base: x}, zero, v) // x, and not 0, is the result if it is NaN
	VMOVUPS(v, Mem{Base: y})
	ADDQ(U32(s.bytes()), x)
	ADDQ(U32(s.bytes()), y)
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_relu_loop"))
	VZEROUPPER()
	RET()
}

func reluBack(s isa) {
	TEXT(fmt.Sprintf("reluBack%s", s.name), NOSPLIT, "func(n int, y, dy, dx *float32)")
	Doc(fmt.Sprintf("reluBack%s adds dy to dx where y is not 0. n is a multiple of %d.", s.name, s.lanes))
	Pragma("noescape")
	n, y, dy, dx := Load(Param("n"), GP64()), Load(Param("y"), GP64()), Load(Param("dy"), GP64()), Load(Param("dx"), GP64())
	zero, v, d := s.vec(), s.vec(), s.vec()
	s.zero(zero)
	Label(s.name + "_reluBack_loop")
	const unequal = 4
	if s.lanes == 16 {
		mask := K()
		VCMPPS(Imm(unequal), Mem{Base: y}, zero, mask)
		VMOVUPS_Z(Mem{Base: dy}, mask, d)
	} else {
		VCMPPS(Imm(unequal), Mem{Base: y}, zero, v)
		VANDPS(Mem{Base: dy}, v, d)
	}
	VADDPS(Mem{Base: dx}, d, d)
	VMOVUPS(d, Mem{Base: dx})
	for _, p := range []Register{y, dy, dx} {
		ADDQ(U32(s.bytes()), p)
	}
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_reluBack_loop"))
	VZEROUPPER()
	RET()
}

// constant is a float32 as often as the widest register has lanes, in memory.
func constant(v float32) Mem {
	bits := math.Float32bits(v)
	m, ok := constants[bits]
	if !ok {
		m = GLOBL(fmt.Sprintf("c%08x", bits), attr.RODATA|attr.NOPTR)
		for i := range avx512.lanes {
			DATA(4*i, U32(bits))
		}
		constants[bits] = m
	}
	return m
}

var constants = map[uint32]Mem{}

// all is a register with a constant in all lanes.
func (s isa) all(v float32) Register {
	r := s.vec()
	VBROADCASTSS(constant(v), r)
	return r
}

// exponential puts e to the power of x into a register of its own.
//
// x = n·ln 2 + r with a whole n; eʳ, |r| ≤ ln 2/2, is a polynomial of the sixth
// degree (that of Cephes' expf), and 2ⁿ is made by writing n into the exponent.
// Below -87.3, where that would fail, the result is 0; above 88.3 it is e^88.3.
// Most constants stay in memory, as AVX2 has 16 registers only.
type exponential struct {
	s           isa
	least, most Register
}

func newExponential(s isa) exponential { return exponential{s, s.all(-87.3), s.all(88.3)} }

// bias is the exponent of 1, as a whole number, seen as a float32.
var bias = math.Float32frombits(127)

// of computes it; x is changed, and a NaN stays one.
func (e exponential) of(x Register) Register {
	s := e.s
	n, y := s.vec(), s.vec()
	VMINPS(x, e.most, x) // x, and not the constant, is the result if it is NaN
	// The mask is kept until the end: what is too small becomes 0.
	var tooSmall Register
	if s.lanes == 16 {
		tooSmall = K()
		VCMPPS(Imm(1), e.least, x, tooSmall) // x < least
	} else {
		tooSmall = s.vec()
		VCMPPS(Imm(1), e.least, x, tooSmall)
	}
	VMAXPS(x, e.least, x)
	VMULPS(constant(1.44269504088896341), x, n)
	if s.lanes == 16 {
		VRNDSCALEPS(Imm(8), n, n)
	} else {
		VROUNDPS(Imm(8), n, n)
	}
	VFNMADD231PS(constant(0.693359375), n, x)
	VFNMADD231PS(constant(-2.12194440e-4), n, x)
	VMOVUPS(constant(1.9875691500e-4), y)
	for _, p := range []float32{1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1} {
		VFMADD213PS(constant(p), x, y)
	}
	square := s.vec()
	VMULPS(x, x, square)
	VFMADD213PS(x, square, y) // y·x² + x
	VADDPS(constant(1), y, y)
	VCVTPS2DQ(n, n)
	VPADDD(constant(bias), n, n)
	VPSLLD(Imm(23), n, n)
	VMULPS(n, y, y)
	if s.lanes == 16 {
		VXORPS(y, y, tooSmall, y)
	} else {
		VANDNPS(y, tooSmall, y)
	}
	return y
}

// expSum raises e to x - shift and adds up.
func expSum(s isa) {
	TEXT(fmt.Sprintf("expSum%s", s.name), NOSPLIT, "func(n int, shift float32, x, y, sums *float32)")
	Doc(fmt.Sprintf("expSum%s writes e to the x-shift to y and %d partial sums of y. n is a multiple of %d.", s.name, s.lanes, s.lanes))
	Pragma("noescape")
	n, x, y, out := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64()), Load(Param("sums"), GP64())
	shift, sum, v := s.vec(), s.vec(), s.vec()
	addr, err := Param("shift").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(addr.Addr, shift)
	s.zero(sum)
	e := newExponential(s)
	Label(s.name + "_expSum_loop")
	VMOVUPS(Mem{Base: x}, v)
	VSUBPS(shift, v, v)
	r := e.of(v)
	VMOVUPS(r, Mem{Base: y})
	VADDPS(r, sum, sum)
	ADDQ(U32(s.bytes()), x)
	ADDQ(U32(s.bytes()), y)
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_expSum_loop"))
	VMOVUPS(sum, Mem{Base: out})
	VZEROUPPER()
	RET()
}

// gelu computes x·g with the gate g = 1/(1+e^(-2u)), u = √(2/π)·(x+0.044715·x³),
// which is x/2·(1+tanh u).
func gelu(s isa) {
	TEXT(fmt.Sprintf("gelu%s", s.name), NOSPLIT, "func(n int, x, y, gate *float32)")
	Doc(fmt.Sprintf("gelu%s writes GELU(x) to y and its gate, GELU(x)/x. n is a multiple of %d.", s.name, s.lanes))
	Pragma("noescape")
	n, x, y, gate := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64()), Load(Param("gate"), GP64())
	const c, a = 0.7978845608028654, 0.044715
	minus2c, minus2ca, one := s.all(-2*c), s.all(-2*c*a), s.all(1)
	v, u := s.vec(), s.vec()
	e := newExponential(s)
	Label(s.name + "_gelu_loop")
	VMOVUPS(Mem{Base: x}, v)
	VMULPS(v, v, u)
	VFMADD132PS(minus2ca, minus2c, u) // u·(-2ca) - 2c
	VMULPS(v, u, u)
	r := e.of(u)
	VADDPS(one, r, r)
	VDIVPS(r, one, r)
	VMOVUPS(r, Mem{Base: gate})
	VMULPS(v, r, r)
	VMOVUPS(r, Mem{Base: y})
	ADDQ(U32(s.bytes()), x)
	ADDQ(U32(s.bytes()), y)
	ADDQ(U32(s.bytes()), gate)
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_gelu_loop"))
	VZEROUPPER()
	RET()
}

// maxOf keeps the largest of each lane. A NaN is lost if a number follows it.
func maxOf(s isa) {
	TEXT(fmt.Sprintf("max%s", s.name), NOSPLIT, "func(n int, x, lanes *float32)")
	Doc(fmt.Sprintf("max%s writes the largest of x in each of %d lanes. n is a multiple of %d, and not 0.", s.name, s.lanes, s.lanes))
	Pragma("noescape")
	n, x, out := Load(Param("n"), GP64()), Load(Param("x"), GP64()), Load(Param("lanes"), GP64())
	m := s.vec()
	VMOVUPS(Mem{Base: x}, m)
	Label(s.name + "_max_loop")
	VMAXPS(Mem{Base: x}, m, m)
	ADDQ(U32(s.bytes()), x)
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(s.name + "_max_loop"))
	VMOVUPS(m, Mem{Base: out})
	VZEROUPPER()
	RET()
}

// A format is a short way to write numbers, from which float32 are made on the
// way to the arithmetic.
type format struct {
	name, typ string
	size      int
	load      func(s isa, m Mem, r Register)
}

var formats = []format{
	{"F32", "float32", 4, func(_ isa, m Mem, r Register) { VMOVUPS(m, r) }},
	{"F16", "uint16", 2, func(_ isa, m Mem, r Register) { VCVTPH2PS(m, r) }},
	{"BF16", "uint16", 2, func(_ isa, m Mem, r Register) { // the upper half of a float32
		VPMOVZXWD(m, r)
		VPSLLD(Imm(16), r, r)
	}},
	{"I8", "int8", 1, func(_ isa, m Mem, r Register) {
		VPMOVSXBD(m, r)
		VCVTDQ2PS(r, r)
	}},
}

// dotRows multiplies rows of a matrix with the same x, four rows and two
// registers of each at a time, so that x is read once for four rows that
// stream from memory.
func dotRows(s isa, f format) {
	TEXT(fmt.Sprintf("dotRows%s%s", f.name, s.name), NOSPLIT, fmt.Sprintf("func(rows, n int, x *float32, w *%s, stride int, y *float32)", f.typ))
	Doc(fmt.Sprintf("dotRows%s%s sets y to the products of x with rows of w, stride numbers apart. rows is a multiple of 4, n of %d; neither is 0.", f.name, s.name, 2*s.lanes))
	Pragma("noescape")
	rows, x, w, stride, y := Load(Param("rows"), GP64()), Load(Param("x"), GP64()), Load(Param("w"), GP64()), Load(Param("stride"), GP64()), Load(Param("y"), GP64())
	if f.size > 1 {
		SHLQ(Imm(uint64(f.size/2)), stride)
	}
	s3 := GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, s3)
	n, at, from, ahead := GP64(), GP64(), GP64(), GP64()
	row := func(i int, base Register, disp int) Mem {
		m := Mem{Base: base, Disp: disp}
		switch i {
		case 1:
			m.Index, m.Scale = stride, 1
		case 2:
			m.Index, m.Scale = stride, 2
		case 3:
			m.Index, m.Scale = s3, 1
		}
		return m
	}
	var acc [4][2]Register
	for i := range acc {
		for j := range acc[i] {
			acc[i][j] = s.vec()
		}
	}
	v, t := [2]Register{s.vec(), s.vec()}, s.vec()
	label := fmt.Sprintf("%s_dotRows%s", s.name, f.name)
	Label(label + "_four")
	for i := range acc {
		for j := range acc[i] {
			s.zero(acc[i][j])
		}
	}
	Load(Param("n"), n)
	MOVQ(w, at)
	MOVQ(x, from)
	if f.size < 4 {
		LEAQ(Mem{Base: w, Index: stride, Scale: 4}, ahead)
	}
	Label(label + "_loop")
	for j := range v {
		VMOVUPS(Mem{Base: from, Disp: j * s.bytes()}, v[j])
	}
	for i := range acc {
		if f.size < 4 {
			// The processor foresees the next rows only where they are long.
			PREFETCHT0(row(i, ahead, 0))
		}
		for j := range v {
			m := row(i, at, j*f.size*s.lanes)
			if f.size == 4 {
				VFMADD231PS(m, v[j], acc[i][j])
				continue
			}
			f.load(s, m, t)
			VFMADD231PS(v[j], t, acc[i][j])
		}
	}
	ADDQ(U32(2*s.bytes()), from)
	ADDQ(U32(2*f.size*s.lanes), at)
	if f.size < 4 {
		ADDQ(U32(2*f.size*s.lanes), ahead)
	}
	SUBQ(U32(2*s.lanes), n)
	JNZ(LabelRef(label + "_loop"))
	// The lanes of the four sums are added up together.
	var sum [4]Register
	for i := range acc {
		VADDPS(acc[i][1], acc[i][0], acc[i][0])
		sum[i] = acc[i][0]
		if s.lanes == 16 {
			low, high := acc[i][0].(VecVirtual).AsY(), acc[i][1].(VecVirtual).AsY()
			VEXTRACTF32X8(Imm(1), acc[i][0], high)
			VADDPS(high, low, low)
			sum[i] = low
		}
	}
	VHADDPS(sum[1], sum[0], sum[0])
	VHADDPS(sum[3], sum[2], sum[2])
	VHADDPS(sum[2], sum[0], sum[0])
	low, high := sum[0].(VecVirtual).AsX(), sum[1].(VecVirtual).AsX()
	VEXTRACTF128(Imm(1), sum[0], high)
	VADDPS(high, low, low)
	VMOVUPS(low, Mem{Base: y})
	ADDQ(Imm(16), y)
	LEAQ(Mem{Base: w, Index: stride, Scale: 4}, w)
	SUBQ(Imm(4), rows)
	JNZ(LabelRef(label + "_four"))
	VZEROUPPER()
	RET()
}

// widen makes float32 of numbers, times a factor, a register at a time.
func widen(s isa, f format) {
	TEXT(fmt.Sprintf("widen%s%s", f.name, s.name), NOSPLIT, fmt.Sprintf("func(n int, w *%s, factor float32, y *float32)", f.typ))
	Doc(fmt.Sprintf("widen%s%s sets y to the factor times w. n is a multiple of %d, and not 0.", f.name, s.name, s.lanes))
	Pragma("noescape")
	n, w, y := Load(Param("n"), GP64()), Load(Param("w"), GP64()), Load(Param("y"), GP64())
	factor, v := s.vec(), s.vec()
	m, err := Param("factor").Resolve()
	if err != nil {
		log.Fatal(err)
	}
	VBROADCASTSS(m.Addr, factor)
	label := fmt.Sprintf("%s_widen%s", s.name, f.name)
	Label(label + "_loop")
	f.load(s, Mem{Base: w}, v)
	VMULPS(factor, v, v)
	VMOVUPS(v, Mem{Base: y})
	ADDQ(U32(f.size*s.lanes), w)
	ADDQ(U32(s.bytes()), y)
	SUBQ(U32(s.lanes), n)
	JNZ(LabelRef(label + "_loop"))
	VZEROUPPER()
	RET()
}
