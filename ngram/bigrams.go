package ngram

// Bigrams is the matrix of which token follows which, [second][first]: At(row,
// col) is the share of the token of the row among those that follow the token of
// the column.
type Bigrams struct {
	table *Table
	ids   []int
	total []float64 // [first], over all second tokens
}

// Bigrams looks at the pairs of some tokens, which stand in this order across
// and down; shares are among these tokens only.
func (t *Table) Bigrams(ids ...int) Bigrams {
	b := Bigrams{t, ids, make([]float64, len(ids))}
	for col, first := range ids {
		for _, second := range ids {
			b.total[col] += float64(t.Count(first, second))
		}
	}
	return b
}

// Dims is the number of rows and of columns.
func (b Bigrams) Dims() (rows, cols int) { return len(b.ids), len(b.ids) }

// At is the share of the second token, down, after the first, across.
func (b Bigrams) At(row, col int) float64 {
	if b.total[col] == 0 {
		return 0
	}
	return float64(b.table.Count(b.ids[col], b.ids[row])) / b.total[col]
}
