package simd

import (
	"slices"

	"golang.org/x/sys/cpu"
)

func detect() level {
	switch x := &cpu.X86; {
	case x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX2 && x.HasFMA:
		return useAVX512
	case x.HasAVX2 && x.HasFMA:
		return useAVX2
	}
	return portable
}

// tileSize is the number of rows and columns of the tiles in use.
func tileSize() (mr, nr int) {
	if current == useAVX512 {
		return 12, 32
	}
	return 6, 16
}

func tile(k int, a, b, c []float32, stride int) {
	mr, nr := tileSize()
	_, _, _ = a[k*mr-1], b[k*nr-1], c[(mr-1)*stride+nr-1] // the assembly does not look
	switch current {
	case useAVX512:
		tileAVX512(k, &a[0], &b[0], &c[0], stride)
	case useAVX2:
		tileAVX2(k, &a[0], &b[0], &c[0], stride)
	default:
		tilePlain(mr, nr, k, a, b, c, stride)
	}
}

// axpy8 adds to y the eight rows of w times the eight factors in x.
func axpy8(x, w []float32, stride int, y []float32) {
	n := 0
	switch current {
	case useAVX512:
		n = len(y) &^ 31
	case useAVX2:
		n = len(y) &^ 15
	}
	if n > 0 {
		_, _, _ = x[7], w[7*stride+n-1], y[n-1]
		if current == useAVX512 {
			axpy8AVX512(n, &x[0], &w[0], stride, &y[0])
		} else {
			axpy8AVX2(n, &x[0], &w[0], stride, &y[0])
		}
	}
	axpy8Plain(x, w, stride, y, n)
}

func dotBlocks(x, y []float32) (sum float32, done int) {
	var sums [16]float32
	switch {
	case current == useAVX512 && len(x) >= 64:
		done = len(x) &^ 63
		dotAVX512(done, &x[0], &y[0], &sums[0])
	case current != portable && len(x) >= 32:
		done = len(x) &^ 31
		dotAVX2(done, &x[0], &y[0], &sums[0])
	default:
		return 0, 0
	}
	return sumPlain(sums[:]), done
}

func axpyBlocks(a float32, x, y []float32) (done int) {
	switch {
	case current == useAVX512 && len(x) >= 16:
		done = len(x) &^ 15
		axpyAVX512(done, a, &x[0], &y[0])
	case current != portable && len(x) >= 8:
		done = len(x) &^ 7
		axpyAVX2(done, a, &x[0], &y[0])
	}
	return done
}

func scaleAddBlocks(a float32, x, y []float32) (done int) {
	switch {
	case current == useAVX512 && len(x) >= 16:
		done = len(x) &^ 15
		scaleAddAVX512(done, a, &x[0], &y[0])
	case current == useAVX2 && len(x) >= 8:
		done = len(x) &^ 7
		scaleAddAVX2(done, a, &x[0], &y[0])
	}
	return done
}

func maxBlocks(x []float32) (top float32, done int) {
	var lanes [16]float32
	switch {
	case current == useAVX512 && len(x) >= 16:
		done = len(x) &^ 15
		maxAVX512(done, &x[0], &lanes[0])
		return slices.Max(lanes[:]), done
	case current != portable && len(x) >= 8:
		done = len(x) &^ 7
		maxAVX2(done, &x[0], &lanes[0])
		return slices.Max(lanes[:8]), done
	}
	return 0, 0
}

// width is how many numbers exp and gelu take at once.
func width() int {
	switch current {
	case useAVX512:
		return 16
	case useAVX2:
		return 8
	}
	return 1
}

// exp needs a multiple of width numbers.
func exp(y, x []float32, shift float32) (sum float32) {
	if len(x) == 0 {
		return 0
	}
	var sums [16]float32
	switch current {
	case useAVX512:
		expSumAVX512(len(x), shift, &x[0], &y[0], &sums[0])
	case useAVX2:
		expSumAVX2(len(x), shift, &x[0], &y[0], &sums[0])
	default:
		return expPlain(y, x, shift)
	}
	return sumPlain(sums[:])
}

// gelu needs a multiple of width numbers.
func gelu(y, gate, x []float32) {
	if len(x) == 0 {
		return
	}
	switch current {
	case useAVX512:
		geluAVX512(len(x), &x[0], &y[0], &gate[0])
	case useAVX2:
		geluAVX2(len(x), &x[0], &y[0], &gate[0])
	default:
		geluPlain(y, gate, x)
	}
}

// dotRows multiplies rows of w, a multiple of four, with the first n of x, n as
// large a multiple of the registers as there is, which it returns.
func dotRows[T number](y, x []float32, w []T, stride int) (n int) {
	switch current {
	case useAVX512:
		n = len(x) &^ 31
	case useAVX2:
		n = len(x) &^ 15
	}
	rows := len(y)
	if n == 0 || rows == 0 {
		return 0
	}
	_ = w[(rows-1)*stride+n-1]
	switch w := any(&w[0]).(type) {
	case *float32:
		pick(dotRowsF32AVX512, dotRowsF32AVX2)(rows, n, &x[0], w, stride, &y[0])
	case *Float16:
		pick(dotRowsF16AVX512, dotRowsF16AVX2)(rows, n, &x[0], (*uint16)(w), stride, &y[0])
	case *BFloat16:
		pick(dotRowsBF16AVX512, dotRowsBF16AVX2)(rows, n, &x[0], (*uint16)(w), stride, &y[0])
	case *int8:
		pick(dotRowsI8AVX512, dotRowsI8AVX2)(rows, n, &x[0], w, stride, &y[0])
	}
	return n
}

// widenBlocks sets the first of y to a factor times w, and returns how many.
func widenBlocks[T number](y []float32, w []T, factor float32) (done int) {
	switch current {
	case useAVX512:
		done = len(w) &^ 15
	case useAVX2:
		done = len(w) &^ 7
	}
	if done == 0 {
		return 0
	}
	_ = y[done-1]
	switch w := any(&w[0]).(type) {
	case *float32:
		pick(widenF32AVX512, widenF32AVX2)(done, w, factor, &y[0])
	case *Float16:
		pick(widenF16AVX512, widenF16AVX2)(done, (*uint16)(w), factor, &y[0])
	case *BFloat16:
		pick(widenBF16AVX512, widenBF16AVX2)(done, (*uint16)(w), factor, &y[0])
	case *int8:
		pick(widenI8AVX512, widenI8AVX2)(done, w, factor, &y[0])
	}
	return done
}

func pick[F any](avx512, avx2 F) F {
	if current == useAVX512 {
		return avx512
	}
	return avx2
}

// spread copies whole pieces of a row, if they are as wide or as high as the
// tiles, to places a step apart, and returns how many there were.
func spread(row, dst []float32, width, step int) int {
	mr, nr := tileSize()
	n := len(row) / width
	if current == portable || n == 0 {
		return 0
	}
	_ = dst[(n-1)*step+width-1]
	switch width {
	case nr:
		pick(spreadAVX512, spreadAVX2)(n, &row[0], &dst[0], step)
	case mr:
		pick(spreadLeftAVX512, spreadLeftAVX2)(n, &row[0], &dst[0], step)
	default:
		return 0
	}
	return n
}

// turn8 writes the first elements of eight rows, stride apart, as columns, width
// apart, and returns how many of each.
func turn8(rows []float32, stride, length int, dst []float32, width int) int {
	n := length / 8
	if current == portable || n == 0 {
		return 0
	}
	_, _ = rows[7*stride+8*n-1], dst[(8*n-1)*width+7]
	turn8AVX(n, &rows[0], stride, &dst[0], width)
	return 8 * n
}

// whole is how many of n numbers fill registers.
func whole(n int) int {
	switch current {
	case useAVX512:
		return n &^ 15
	case useAVX2:
		return n &^ 7
	}
	return 0
}

func sumBlocks(x []float32) (sum float32, done int) {
	var sums [16]float32
	switch {
	case current == useAVX512 && len(x) >= 64:
		done = len(x) &^ 63
		sumAVX512(done, &x[0], &sums[0])
	case current == useAVX2 && len(x) >= 32:
		done = len(x) &^ 31
		sumAVX2(done, &x[0], &sums[0])
	default:
		return 0, 0
	}
	return sumPlain(sums[:]), done
}

func adamBlocks(k *[8]float32, w, g, m, v []float32) (done int) {
	if done = whole(len(w)); done > 0 {
		pick(adamAVX512, adamAVX2)(done, &k[0], &w[0], &g[0], &m[0], &v[0])
	}
	return done
}

func reluBlocks(y, x []float32) (done int) {
	if done = whole(len(x)); done > 0 {
		pick(reluAVX512, reluAVX2)(done, &x[0], &y[0])
	}
	return done
}

func reluBackBlocks(dx, y, dy []float32) (done int) {
	if done = whole(len(y)); done > 0 {
		pick(reluBackAVX512, reluBackAVX2)(done, &y[0], &dy[0], &dx[0])
	}
	return done
}

// dotAtBlocks says whether it could: rows are whole registers.
func dotAtBlocks(x, table []float32, at []int, out []float32) bool {
	if current == portable || len(at) == 0 || len(x) == 0 || len(x)%width() != 0 {
		return false
	}
	if current == useAVX512 {
		dotAtAVX512(len(x), len(at), &x[0], &table[0], &at[0], &out[0])
	} else {
		dotAtAVX2(len(x), len(at), &x[0], &table[0], &at[0], &out[0])
	}
	return true
}

func exchangeBlocks(a, x, y, table []float32, at []int) bool {
	if current == portable || len(at) == 0 || len(x) == 0 || len(x)%width() != 0 {
		return false
	}
	if current == useAVX512 {
		exchangeAVX512(len(x), len(at), &a[0], &x[0], &y[0], &table[0], &at[0])
	} else {
		exchangeAVX2(len(x), len(at), &a[0], &x[0], &y[0], &table[0], &at[0])
	}
	return true
}
