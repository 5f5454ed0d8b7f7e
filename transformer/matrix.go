package transformer

// A Matrix is a copy of some of a model's numbers, row by row.
type Matrix struct {
	Rows, Cols int
	Data       []float32 // [Rows][Cols]
}

// RowsOf is a Matrix of vectors of the same length.
func RowsOf(vectors [][]float32) Matrix {
	m := Matrix{Rows: len(vectors)}
	for _, v := range vectors {
		m.Cols = len(v)
		m.Data = append(m.Data, v...)
	}
	return m
}

// Dims and At make a Matrix one that can be drawn.
func (m Matrix) Dims() (rows, cols int)  { return m.Rows, m.Cols }
func (m Matrix) At(row, col int) float64 { return float64(m.Data[row*m.Cols+col]) }

// AttnProj is the matrix, [Width][Width], by which a block, counted from 0,
// brings the results of its heads together (c_proj in GPT-2's files). It panics
// if there is no such block.
func (m *Model) AttnProj(block int) Matrix { return m.blocks[block].attnProj.matrix(m.Width) }

// matrix is a copy as it stands in GPT-2's files, [in][out].
func (d dense) matrix(in int) Matrix {
	out := len(d.bias)
	c := Matrix{Rows: in, Cols: out, Data: make([]float32, in*out)}
	if d.transposed == nil {
		copy(c.Data, d.asStored.Data)
		return c
	}
	row := make([]float32, in)
	for o := range out {
		d.transposed.Row(o, row)
		for i, v := range row {
			c.Data[i*out+o] = v
		}
	}
	return c
}
