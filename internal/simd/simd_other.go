//go:build !amd64 && !arm64

package simd

func detect() level { return portable }

// tileSize is the number of rows and columns of the tiles in use.
func tileSize() (mr, nr int) { return 6, 16 }

func tile(k int, a, b, c []float32, stride int) {
	mr, nr := tileSize()
	tilePlain(mr, nr, k, a, b, c, stride)
}

// axpy8 adds to y the eight rows of w times the eight factors in x.
func axpy8(x, w []float32, stride int, y []float32) { axpy8Plain(x, w, stride, y, 0) }

func dotBlocks(x, y []float32) (sum float32, done int) { return 0, 0 }

func axpyBlocks(a float32, x, y []float32) (done int) { return 0 }

func scaleAddBlocks(a float32, x, y []float32) (done int) { return 0 }

func maxBlocks(x []float32) (top float32, done int) { return 0, 0 }

// width is how many numbers exp and gelu take at once.
func width() int { return 1 }

func exp(y, x []float32, shift float32) (sum float32) { return expPlain(y, x, shift) }

func gelu(y, gate, x []float32) { geluPlain(y, gate, x) }

func dotRows[T number](y, x []float32, w []T, stride int) (n int) { return 0 }

func spread(row, dst []float32, width, step int) int { return 0 }

func sumBlocks(x []float32) (sum float32, done int) { return 0, 0 }

func adamBlocks(k *[8]float32, w, g, m, v []float32) (done int) { return 0 }

func reluBlocks(y, x []float32) (done int) { return 0 }

func reluBackBlocks(dx, y, dy []float32) (done int) { return 0 }

func turn8(rows []float32, stride, length int, dst []float32, width int) int { return 0 }

func dotAtBlocks(x, table []float32, at []int, out []float32) bool { return false }

func exchangeBlocks(a, x, y, table []float32, at []int) bool { return false }

func widenBlocks[T number](y []float32, w []T, factor float32) (done int) { return 0 }
