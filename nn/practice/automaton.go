package practice

// Automaton runs an elementary cellular automaton from a single black cell: a
// row of cells, each of which becomes what the rule (a number from 0 to 255, in
// Wolfram's numbering) says for itself and its two neighbours. It returns
// steps+1 rows of 2·steps+1 cells, 1 for black.
//
// For rule 30 nobody knows how to say what row 1,000 looks like other than by
// running the 999 before it.
func Automaton(rule uint8, steps int) [][]float32 {
	steps = max(steps, 0)
	width := 2*steps + 1
	rows := [][]float32{make([]float32, width)}
	rows[0][steps] = 1
	at := func(row []float32, i int) uint8 {
		if i < 0 || i >= width {
			return 0
		}
		return uint8(row[i])
	}
	for range steps {
		last, next := rows[len(rows)-1], make([]float32, width)
		for i := range next {
			next[i] = float32(rule >> (at(last, i-1)<<2 | at(last, i)<<1 | at(last, i+1)) & 1)
		}
		rows = append(rows, next)
	}
	return rows
}
