package simd

import (
	"fmt"
	"sync"
)

// A Matrix is a view of a slice: element (i, j) is Data[i*Stride+j].
type Matrix struct {
	Rows, Cols, Stride int
	Data               []float32
}

// Dense views a whole slice as a matrix.
func Dense(rows, cols int, data []float32) Matrix { return Matrix{rows, cols, cols, data} }

// Blocks of a multiplication: a sliver of B of depth blockK stays in the first
// cache, a block of A of blockM rows in the second, and a block of B of blockN
// columns beside it.
const (
	blockK = 256
	blockM = 120
	blockN = 1024

	maxMR, maxNR = 12, 32
)

// MatMul computes C = A·B, or C += A·B if add is set. With transA, A is given
// as its transpose, and so for B: a has then k rows and m columns. It panics
// if the shapes do not fit, as that is a mistake in the program; nn checks
// the shapes that its callers give.
func MatMul(c, a Matrix, transA bool, b Matrix, transB bool, add bool) {
	matMul(c, a, transA, b, transB, add, Parallel)
}

// MatMulSerial is MatMul on the calling thread alone, for use inside Parallel.
// Its result is the same.
func MatMulSerial(c, a Matrix, transA bool, b Matrix, transB bool, add bool) {
	matMul(c, a, transA, b, transB, add, func(n, _ int, f func(lo, hi int)) { f(0, n) })
}

func matMul(c, a Matrix, transA bool, b Matrix, transB bool, add bool, share func(n, grain int, f func(lo, hi int))) {
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	kb, n := b.Rows, b.Cols
	if transB {
		kb, n = n, kb
	}
	if k != kb || c.Rows != m || c.Cols != n {
		panic(fmt.Sprintf("simd: (%d×%d)·(%d×%d) into %d×%d", m, k, kb, n, c.Rows, c.Cols))
	}
	if m == 0 || n == 0 || k == 0 || m == 1 && !transA {
		for i := 0; i < m && !add; i++ {
			clear(c.Data[i*c.Stride : i*c.Stride+n])
		}
		if m == 1 && n > 0 && k > 0 {
			vecMat(c.Data[:n], a.Data[:k], b, transB, share)
		}
		return
	}
	mr, nr := tileSize()
	switch {
	case m*n*k < 1<<16: // not worth sharing
		multiply(c, a, transA, b, transB, add, 0, m, 0, n, k)
	case n >= 4*nr || m <= mr:
		share(n, nr, func(lo, hi int) { multiply(c, a, transA, b, transB, add, 0, m, lo, hi, k) })
	default:
		share(m, mr, func(lo, hi int) { multiply(c, a, transA, b, transB, add, lo, hi, 0, n, k) })
	}
}

// packs are the buffers for packed blocks of A and B.
type packs struct {
	a [(blockM + maxMR) * blockK]float32
	b [(blockN + maxNR) * blockK]float32
}

var packPool = sync.Pool{New: func() any { return new(packs) }}

// A Left is a matrix packed once, to be the left one of many products.
type Left struct {
	rows, cols int
	blocks     [][]float32 // by blockK, then blockM
}

// PackLeft packs a matrix, or with trans its transpose. The result does not
// share its memory.
func PackLeft(a Matrix, trans bool) *Left {
	m, k := a.Rows, a.Cols
	if trans {
		m, k = k, m
	}
	mr, _ := tileSize()
	l := &Left{rows: m, cols: k}
	for kb := 0; kb < k; kb += blockK {
		depth := min(blockK, k-kb)
		for ib := 0; ib < m; ib += blockM {
			height := min(blockM, m-ib)
			block := make([]float32, (height+mr-1)/mr*mr*depth)
			packAll(block, mr, a, trans, ib, height, kb, depth)
			l.blocks = append(l.blocks, block)
		}
	}
	return l
}

// MulSerial computes C = L·B, or C += L·B if add is set, on the calling thread
// alone. It panics if the shapes do not fit.
func (l *Left) MulSerial(c, b Matrix, add bool) {
	if b.Rows != l.cols || c.Rows != l.rows || c.Cols != b.Cols {
		panic(fmt.Sprintf("simd: (%d×%d)·(%d×%d) into %d×%d", l.rows, l.cols, b.Rows, b.Cols, c.Rows, c.Cols))
	}
	if l.cols == 0 && !add {
		for i := range c.Rows {
			clear(c.Data[i*c.Stride : i*c.Stride+c.Cols])
		}
	}
	multiplyPacked(c, Matrix{}, false, b, false, add, 0, l.rows, 0, c.Cols, l.cols, l)
}

// multiply sets rows i0 … i1 and columns j0 … j1 of c to those of the product, or
// adds these.
func multiply(c, a Matrix, transA bool, b Matrix, transB, add bool, i0, i1, j0, j1, k int) {
	multiplyPacked(c, a, transA, b, transB, add, i0, i1, j0, j1, k, nil)
}

// multiplyPacked is multiply with A taken from left, if it is there.
func multiplyPacked(c, a Matrix, transA bool, b Matrix, transB, add bool, i0, i1, j0, j1, k int, left *Left) {
	buf := packPool.Get().(*packs)
	defer packPool.Put(buf)
	mr, nr := tileSize()
	for jb := j0; jb < j1; jb += blockN {
		width := min(blockN, j1-jb)
		for kb := 0; kb < k; kb += blockK {
			depth := min(blockK, k-kb)
			packAll(buf.b[:], nr, b, !transB, jb, width, kb, depth)
			for ib := i0; ib < i1; ib += blockM {
				height := min(blockM, i1-ib)
				block := buf.a[:]
				if left != nil {
					block = left.blocks[kb/blockK*((left.rows+blockM-1)/blockM)+ib/blockM]
				} else {
					packAll(block, mr, a, transA, ib, height, kb, depth)
				}
				for j := 0; j < width; j += nr {
					for i := 0; i < height; i += mr {
						addTile(c, ib+i, jb+j, min(mr, height-i), min(nr, width-j), depth, block[i*depth:], buf.b[j*depth:], add || kb > 0)
					}
				}
			}
		}
	}
}

// packAll copies n rows (or, if byColumn, columns) of m from the first on, and
// of each the elements kb … kb+depth-1, into slivers: width rows each, one
// sliver after the other, in which the elements with the same place stand
// together. Rows that are missing in the last sliver are 0.
func packAll(dst []float32, width int, m Matrix, byColumn bool, first, n, kb, depth int) {
	if last := n - n%width; last < n {
		clear(dst[last*depth : (last+width)*depth])
	}
	if byColumn {
		// Along the rows of m, as memory likes to be read.
		for p := range depth {
			at := (kb+p)*m.Stride + first
			row, d := m.Data[at:at+n], dst[p*width:]
			if done := spread(row, d, width, width*depth); done > 0 {
				if row = row[done*width:]; len(row) == 0 {
					continue
				}
				d = d[done*width*depth:]
			}
			for len(row) > width {
				copy(d[:width], row)
				row, d = row[width:], d[width*depth:]
			}
			copy(d, row)
		}
		return
	}
	for i := 0; i < n; i += width {
		packRows(dst[i*depth:], width, m, first+i, min(width, n-i), kb, depth)
	}
}

// packRows packs one sliver of n rows.
func packRows(dst []float32, width int, m Matrix, first, n, kb, depth int) {
	i := 0
	for ; i+8 <= n; i += 8 {
		at := (first+i)*m.Stride + kb
		done := turn8(m.Data[at:], m.Stride, depth, dst[i:], width)
		for r := range 8 {
			row := m.Data[at+r*m.Stride : at+r*m.Stride+depth]
			for p := done; p < depth; p++ {
				dst[p*width+i+r] = row[p]
			}
		}
	}
	for ; i+4 <= n; i += 4 { // four rows at once: their elements stand side by side
		at := (first+i)*m.Stride + kb
		r0, r1 := m.Data[at:at+depth], m.Data[at+m.Stride:at+m.Stride+depth]
		r2, r3 := m.Data[at+2*m.Stride:at+2*m.Stride+depth], m.Data[at+3*m.Stride:at+3*m.Stride+depth]
		for p := range r0 {
			d := dst[p*width+i : p*width+i+4 : p*width+i+4]
			d[0], d[1], d[2], d[3] = r0[p], r1[p], r2[p], r3[p]
		}
	}
	for ; i < n; i++ {
		at := (first+i)*m.Stride + kb
		for p, v := range m.Data[at : at+depth] {
			dst[p*width+i] = v
		}
	}
}

// addTile adds the product of two packed slivers to rows × cols of c at (i, j), which
// are set to 0 first unless there is something to add to. (Here, and not for all
// of c before: what is in the first cache is cheap to clear.)
func addTile(c Matrix, i, j, rows, cols, depth int, a, b []float32, add bool) {
	mr, nr := tileSize()
	for r := i; r < i+rows && !add; r++ {
		clear(c.Data[r*c.Stride+j : r*c.Stride+j+cols])
	}
	if rows == mr && cols == nr {
		tile(depth, a, b, c.Data[i*c.Stride+j:], c.Stride)
		return
	}
	var edge [maxMR * maxNR]float32 // the kernel knows only whole tiles
	tile(depth, a, b, edge[:], nr)
	for r := range rows {
		row := c.Data[(i+r)*c.Stride+j : (i+r)*c.Stride+j+cols]
		for x := range row {
			row[x] += edge[r*nr+x]
		}
	}
}

// vecMat adds x·B to y: the rows of B stream through, eight at a time, or with
// transB each is multiplied with x. Each thread takes a part of y.
func vecMat(y, x []float32, b Matrix, transB bool, share func(n, grain int, f func(lo, hi int))) {
	grain := 64 // whole registers, so that no element is summed otherwise if threads are fewer
	if len(x)*len(y) < 1<<15 {
		grain = len(y)
	}
	task := vecTasks.Get().(*vecTask)
	task.y, task.x, task.b, task.transB = y, x, b, transB
	share(len(y), grain, task.run)
	*task = vecTask{run: task.run}
	vecTasks.Put(task)
}

// A vecTask is a product under way. Its function is made once and used again,
// so that a product takes no memory.
type vecTask struct {
	y, x   []float32
	b      Matrix
	transB bool
	run    func(lo, hi int)
}

var vecTasks = sync.Pool{New: func() any {
	t := &vecTask{}
	t.run = t.columns
	return t
}}

func (t *vecTask) columns(lo, hi int) {
	x, b, y := t.x, t.b, t.y[lo:hi]
	if t.transB {
		for j := range y {
			y[j] += Dot(x, b.Data[(lo+j)*b.Stride:(lo+j)*b.Stride+len(x)])
		}
		return
	}
	k := 0
	for ; k+8 <= len(x); k += 8 {
		axpy8(x[k:k+8], b.Data[k*b.Stride+lo:], b.Stride, y)
	}
	for ; k < len(x); k++ {
		Axpy(x[k], b.Data[k*b.Stride+lo:k*b.Stride+hi], y)
	}
}

// tilePlain is what the assembly does, in plain Go, for tiles of mr × nr.
func tilePlain(mr, nr, k int, a, b, c []float32, stride int) {
	for i := range mr {
		var sum [maxNR]float32
		for p := range k {
			x := a[p*mr+i]
			row := b[p*nr : p*nr+nr : p*nr+nr]
			for j, v := range row {
				sum[j] += x * v
			}
		}
		row := c[i*stride : i*stride+nr]
		for j := range row {
			row[j] += sum[j]
		}
	}
}

func axpy8Plain(x, w []float32, stride int, y []float32, from int) {
	for j := from; j < len(y); j++ {
		s := y[j]
		for r, f := range x[:8] {
			s += f * w[r*stride+j]
		}
		y[j] = s
	}
}
