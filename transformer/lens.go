package transformer

import "oneword/lm"

// LogitLens is the most probable next token at each position of a text if the
// model stopped after 0, 1, … all blocks (nostalgebraist 2020): [Blocks+1][T].
func (m *Model) LogitLens(text string) ([][]Guess, error) {
	ids, err := m.encode(text)
	if err != nil {
		return nil, err
	}
	trace, s, err := m.read(ids, nil)
	if err != nil {
		return nil, err
	}
	p := make([]float64, m.Vocab())
	var lens [][]Guess
	for _, vectors := range trace.Hidden { // [T][D]
		var row []Guess
		for _, v := range vectors {
			s.unembed(v)
			s.Next(p, 1)
			best := lm.ArgMax(p)
			row = append(row, Guess{best, m.Vocabulary.Token(best), p[best]})
		}
		lens = append(lens, row)
	}
	return lens, nil
}
