// Gen writes kernels_amd64.s, the assembly of package simd, with avo.
package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	for _, isa := range []isa{avx2, avx512} {
		tile(isa)
		axpy8(isa)
		axpy(isa)
		dot(isa)
	}
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
