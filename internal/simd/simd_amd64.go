package simd

import "golang.org/x/sys/cpu"

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
	return Sum(sums[:]), done
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
