package simd

// NEON is part of every 64-bit ARM processor.
func detect() level { return useNEON }

//go:noescape
func tileNEON(k int, a, b, c *float32, stride int)

//go:noescape
func axpy8NEON(n int, x, w *float32, stride int, y *float32)

//go:noescape
func axpyNEON(n int, a float32, x, y *float32)

//go:noescape
func dotNEON(n int, x, y, sums *float32)

// tileSize is the number of rows and columns of the tiles in use.
func tileSize() (mr, nr int) { return 6, 16 }

func tile(k int, a, b, c []float32, stride int) {
	mr, nr := tileSize()
	_, _, _ = a[k*mr-1], b[k*nr-1], c[(mr-1)*stride+nr-1] // the assembly does not look
	if current == useNEON {
		tileNEON(k, &a[0], &b[0], &c[0], stride)
	} else {
		tilePlain(mr, nr, k, a, b, c, stride)
	}
}

// axpy8 adds to y the eight rows of w times the eight factors in x.
func axpy8(x, w []float32, stride int, y []float32) {
	n := len(y) &^ 7
	if n == 0 || current == portable {
		n = 0
	} else {
		_, _, _ = x[7], w[7*stride+n-1], y[n-1]
		axpy8NEON(n, &x[0], &w[0], stride, &y[0])
	}
	axpy8Plain(x, w, stride, y, n)
}

func dotBlocks(x, y []float32) (sum float32, done int) {
	done = len(x) &^ 15
	if done == 0 || current == portable {
		return 0, 0
	}
	var sums [16]float32
	dotNEON(done, &x[0], &y[0], &sums[0])
	return Sum(sums[:]), done
}

func axpyBlocks(a float32, x, y []float32) (done int) {
	done = len(x) &^ 7
	if done == 0 || current == portable {
		return 0
	}
	axpyNEON(done, a, &x[0], &y[0])
	return done
}

// dotRows multiplies rows of float32 with the first n of x; the other formats
// are left to plain Go.
func dotRows[T number](y, x []float32, w []T, stride int) (n int) {
	n = len(x) &^ 15
	floats, ok := any(w).([]float32)
	if !ok || n == 0 || current == portable {
		return 0
	}
	for i := range y {
		y[i], _ = dotBlocks(x[:n], floats[i*stride:i*stride+n])
	}
	return n
}

// The rest is plain Go on this processor.

func scaleAddBlocks(a float32, x, y []float32) (done int) { return 0 }

func maxBlocks(x []float32) (top float32, done int) { return 0, 0 }

func width() int { return 1 }

func exp(y, x []float32, shift float32) (sum float32) { return expPlain(y, x, shift) }

func gelu(y, gate, x []float32) { geluPlain(y, gate, x) }

func spread(row, dst []float32, width, step int) int { return 0 }

func sumBlocks(x []float32) (sum float32, done int) { return 0, 0 }

func adamBlocks(k *[8]float32, w, g, m, v []float32) (done int) { return 0 }

func reluBlocks(y, x []float32) (done int) { return 0 }

func reluBackBlocks(dx, y, dy []float32) (done int) { return 0 }

func turn8(rows []float32, stride, length int, dst []float32, width int) int { return 0 }

func dotAtBlocks(x, table []float32, at []int, out []float32) bool { return false }

func exchangeBlocks(a, x, y, table []float32, at []int) bool { return false }

func widenBlocks[T number](y []float32, w []T, factor float32) (done int) { return 0 }
