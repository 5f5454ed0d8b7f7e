package transformer

import (
	"math"

	"oneword/internal/simd"
	"oneword/lm"
)

// A Session is a text under way: a model and the keys and values of the tokens
// that it has seen, so that each new token costs one pass. It is an lm.Session,
// and serves one goroutine at a time.
type Session struct {
	m      *Model
	tokens []int
	// Keys and values of each block, by head, then position: [H][Context][D/H].
	keys, values [][]float32
	x, h, qkv    []float32 // rows of the batch: the stream [n][D], a normalised copy [n][D], queries keys and values [n][3·D]
	wide, gate   []float32 // rows of the fully connected part, [n][Hidden]
	scores       []float32 // attention weights: of a block of rows, [H][some][past+n]; for a trace of all, [H][n][past+n]
	logits, exp  []float32 // [V], and room for their exponentials

	// begins says, where several texts are computed at once by a session that was just
	// reset, with which row the text of each row begins; it is empty where there is one
	// text.
	begins []int

	// What attend works on at the moment.
	block, past, rows, some int
	attend                  func(lo, hi int)
}

// NewSession begins an empty text.
func (m *Model) NewSession() *Session {
	s := &Session{m: m, logits: make([]float32, m.Config.Vocab)}
	n := m.Context * m.Width
	for range m.Blocks {
		s.keys, s.values = append(s.keys, make([]float32, n)), append(s.values, make([]float32, n))
	}
	s.attend = s.heads
	return s
}

// Start is NewSession, for lm.Start.
func (m *Model) Start() lm.Session { return m.NewSession() }

// Reset forgets the text.
func (s *Session) Reset() { s.tokens = s.tokens[:0] }

// Tokens is what the session has in its window. It must not be changed.
func (s *Session) Tokens() []int { return s.tokens }

// Vocab is the number of tokens.
func (s *Session) Vocab() int { return s.m.Config.Vocab }

// Append is Feed for those who do not want the logits. It may be called without
// tokens.
func (s *Session) Append(tokens ...int) error {
	if len(tokens) == 0 {
		return nil
	}
	_, err := s.Feed(tokens...)
	return err
}

// Next fills p with the probability of each token after the text, at a
// temperature by which the logits are divided. A text without tokens begins with
// the end of another.
func (s *Session) Next(p []float64, temperature float64) {
	if len(s.tokens) == 0 {
		s.feed([]int{s.m.startToken()}, nil)
	}
	s.exp = room(s.exp, len(s.logits))
	logits := s.logits
	if temperature != 1 {
		top := simd.Max(logits) // relative to the largest, so that nothing becomes infinite
		for i, v := range logits {
			s.exp[i] = float32(float64(v-top) / temperature)
		}
		logits = s.exp
	}
	simd.Softmax64(p, s.exp, logits)
}

// Feed reads more tokens, one at the least, and returns the logits of what
// comes after the last: one for each token of the vocabulary, the logarithms
// of the probabilities but for a constant. They are valid until the next call.
// When the window is full, it slides: the older half of it is forgotten, and
// the rest is computed anew at its new positions. Tokens that do not exist are an
// error.
func (s *Session) Feed(tokens ...int) ([]float32, error) {
	if err := s.m.checkTokens(tokens); err != nil {
		return nil, err
	}
	if len(tokens) == 0 {
		return nil, errNoTokens
	}
	if len(s.tokens)+len(tokens) > s.m.Context {
		all := append(append([]int{}, s.tokens...), tokens...)
		keep := max(s.m.Context/2, 1)
		tokens = all[len(all)-min(keep, len(all)):]
		s.tokens = s.tokens[:0]
	}
	return s.feed(tokens, nil), nil
}

// batch is how many tokens of a prompt are computed at once.
const batch = 256

// feed computes tokens that fit the window. If a trace is given, it is filled.
func (s *Session) feed(tokens []int, trace *Trace) []float32 {
	for len(tokens) > batch && trace == nil {
		s.pass(tokens[:batch], nil, false)
		tokens = tokens[batch:]
	}
	s.pass(tokens, trace, true)
	return s.logits
}

// pass computes a batch of n tokens, and the logits after its last if they are
// wanted.
func (s *Session) pass(tokens []int, trace *Trace, wanted bool) {
	m := s.m
	n, width, hidden := len(tokens), m.Width, m.Hidden()
	s.past, s.rows = len(s.tokens), n
	s.tokens = append(s.tokens, tokens...)
	s.x, s.h, s.qkv = room(s.x, n*width), room(s.h, n*width), room(s.qkv, 3*n*width)
	s.wide, s.gate = room(s.wide, n*hidden), room(s.gate, n*hidden)
	s.some = min(n, attendRows)
	if trace != nil {
		s.some = n
	}
	s.scores = room(s.scores, m.Heads*s.some*(s.past+n))
	x, h, qkv, wide := simd.Dense(n, width, s.x), simd.Dense(n, width, s.h), simd.Dense(n, 3*width, s.qkv), simd.Dense(n, hidden, s.wide)
	for i, id := range tokens {
		row := s.x[i*width : (i+1)*width] // [D]
		m.tokens.Row(id, row)
		at := s.past + i - s.begin(i)
		simd.Axpy(1, m.positions.Data[at*width:(at+1)*width], row)
	}
	trace.begin(s, tokens)
	for b := range m.blocks {
		l := &m.blocks[b]
		s.normalise(h, x, l.gain1, l.bias1) // [n][D]
		l.qkv.apply(qkv, h)                 // [n][D] → [n][3·D]
		s.block = b
		s.cache()
		simd.Parallel(m.Heads, 1, s.attend) // [n][3·D] → h, [n][D]
		trace.attention(s, b)
		found := simd.Dense(n, width, s.qkv[:n*width]) // [n][D], where the queries were
		l.attnProj.apply(found, h)                     // [n][D] → [n][D]
		s.add(found)                                   // [n][D]
		s.normalise(h, x, l.gain2, l.bias2)            // [n][D]
		l.up.apply(wide, h)                            // [n][D] → [n][Hidden]
		s.gelu(wide)                                   // [n][Hidden]
		l.down.apply(h, wide)                          // [n][Hidden] → [n][D]
		s.add(h)                                       // [n][D]
		trace.hidden(s, b)
	}
	if wanted {
		s.unembed(s.x[(n-1)*width:])
	}
}

// begin is where the text of a row of the batch begins.
func (s *Session) begin(i int) int {
	if len(s.begins) == 0 {
		return 0
	}
	return s.begins[i]
}

// unembed computes logits from a vector of the stream: the layer norm at the
// end, and the product with the vector of each token.
func (s *Session) unembed(x []float32) {
	width := s.m.Width
	last := simd.Dense(1, width, s.h[:width])
	s.normalise(last, simd.Dense(1, width, x), s.m.gain, s.m.bias) // [1][D]
	s.m.tokens.MulVec(s.logits, last.Data)                         // [D] → [V]
}

// normalise is the layer norm of each row, [n][D] → [n][D].
func (s *Session) normalise(y, x simd.Matrix, gain, bias []float32) {
	if x.Rows < manyRows {
		s.normaliseRows(y, x, gain, bias, 0, x.Rows)
		return
	}
	simd.Parallel(x.Rows, 8, func(lo, hi int) { s.normaliseRows(y, x, gain, bias, lo, hi) })
}

func (s *Session) normaliseRows(y, x simd.Matrix, gain, bias []float32, lo, hi int) {
	d := x.Cols
	for r := lo; r < hi; r++ {
		row, out := x.Data[r*d:(r+1)*d], y.Data[r*d:(r+1)*d] // [D]
		mean := simd.Sum(row) / float32(d)
		for i, v := range row {
			out[i] = v - mean
		}
		scale := float32(1 / math.Sqrt(float64(simd.Dot(out, out)/float32(d)+s.m.Epsilon)))
		for i, v := range out {
			out[i] = v*scale*gain[i] + bias[i]
		}
	}
}

// cache puts the keys and values of the batch to those before it.
func (s *Session) cache() {
	if s.rows < manyRows {
		s.cacheRows(0, s.rows)
		return
	}
	simd.Parallel(s.rows, 8, s.cacheRows)
}

func (s *Session) cacheRows(lo, hi int) {
	m := s.m
	width, size := m.Width, m.Width/m.Heads
	keys, values := s.keys[s.block], s.values[s.block] // [H][Context][D/H]
	for i := lo; i < hi; i++ {
		row := s.qkv[i*3*width : (i+1)*3*width] // [3·D]
		for head := range m.Heads {
			at := (head*m.Context + s.past + i) * size
			copy(keys[at:at+size], row[width+head*size:])
			copy(values[at:at+size], row[2*width+head*size:])
		}
	}
}

// attendRows is for how many positions at a time attention is computed: what
// comes after the last of them need not be looked at.
const attendRows = 96

// heads is attention for heads lo … hi-1: results go to s.h, the weights to
// s.scores.
func (s *Session) heads(lo, hi int) {
	m := s.m
	width, size, all := m.Width, m.Width/m.Heads, s.past+s.rows
	scale := float32(1 / math.Sqrt(float64(size)))
	for head := lo; head < hi; head++ {
		at := head * m.Context * size
		for first := 0; first < s.rows; first += s.some {
			n := min(s.some, s.rows-first)
			seen := s.past + first + n                                                                                   // by the last of them
			keys, values := simd.Dense(seen, size, s.keys[s.block][at:]), simd.Dense(seen, size, s.values[s.block][at:]) // [seen][D/H]
			queries := simd.Matrix{Rows: n, Cols: size, Stride: 3 * width, Data: s.qkv[first*3*width+head*size:]}        // [n][D/H]
			w := simd.Matrix{Rows: n, Cols: seen, Stride: all, Data: s.scores[head*s.some*all:]}                         // [n][seen]
			out := simd.Matrix{Rows: n, Cols: size, Stride: width, Data: s.h[first*width+head*size:]}                    // [n][D/H], a head's part of [n][D]
			simd.MatMulSerial(w, queries, false, keys, true, false)                                                      // [n][D/H]·[seen][D/H]ᵀ
			for i := range n {
				row := w.Data[i*all : i*all+seen] // [seen]
				begin, end := s.begin(first+i), s.past+first+i+1
				simd.Scale(scale, row[begin:end])
				simd.Softmax(row[begin:end], row[begin:end])
				clear(row[:begin])
				clear(row[end:])
			}
			simd.MatMulSerial(out, w, false, values, false, false) // [n][seen]·[seen][D/H]
		}
	}
}

// manyRows is from how many rows on they are shared by all processors. (A function
// to be shared takes memory: one token shall take none.)
const manyRows = 16

// add adds rows to the stream.
func (s *Session) add(y simd.Matrix) {
	if y.Rows < manyRows {
		simd.Axpy(1, y.Data, s.x)
		return
	}
	simd.Parallel(y.Rows, 8, func(lo, hi int) { simd.Axpy(1, y.Data[lo*y.Cols:hi*y.Cols], s.x[lo*y.Cols:hi*y.Cols]) })
}

// gelu is the activation of the neurons, in place.
func (s *Session) gelu(x simd.Matrix) {
	if x.Rows < manyRows {
		simd.GELU(x.Data, s.gate, x.Data)
		return
	}
	simd.Parallel(x.Rows, 8, func(lo, hi int) {
		part := x.Data[lo*x.Cols : hi*x.Cols]
		simd.GELU(part, s.gate[lo*x.Cols:hi*x.Cols], part)
	})
}

func room(v []float32, n int) []float32 {
	if cap(v) < n {
		return make([]float32, n+n/4)[:n]
	}
	return v[:n]
}
