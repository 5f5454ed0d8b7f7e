package transformer

import (
	"math"

	"oneword/internal/simd"
)

// A Session is a text under way: a model and the keys and values of the tokens
// that it has seen, so that each new token costs one pass. It serves one
// goroutine at a time.
type Session struct {
	m      *Model
	tokens []int
	slid   bool
	// Keys and values of each block, by head, then place: [Heads][Context][size].
	keys, values [][]float32
	x, h, qkv    []float32 // rows of the batch: the stream, a normalised copy, queries keys and values
	wide, gate   []float32 // rows of the fully connected part
	scores       []float32 // [Heads][rows][places], attention weights
	logits       []float32

	// What attend works on at the moment.
	block, past, rows int
	attend            func(lo, hi int)
}

// NewSession begins an empty text.
func (m *Model) NewSession() *Session {
	s := &Session{m: m, logits: make([]float32, m.Config.Vocab)}
	n := m.Context * m.Config.Width
	for range m.Blocks {
		s.keys, s.values = append(s.keys, make([]float32, n)), append(s.values, make([]float32, n))
	}
	s.attend = s.heads
	return s
}

// Reset forgets the text.
func (s *Session) Reset() { s.tokens, s.slid = s.tokens[:0], false }

// Tokens is what the session has in its window. It must not be changed.
func (s *Session) Tokens() []int { return s.tokens }

// Slid says whether the text has become longer than the window, so that its
// beginning was forgotten.
func (s *Session) Slid() bool { return s.slid }

// Feed reads more tokens, one at the least, and returns the logits of what
// comes after the last: one for each token of the vocabulary, the logarithms
// of the probabilities but for a constant. They are valid until the next call.
// When the window is full, it slides: the older half of it is forgotten, and
// the rest is computed anew at its new places. Tokens that do not exist are an
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
		s.tokens, s.slid = s.tokens[:0], true
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

// pass computes a batch of tokens, and the logits after its last if they are
// wanted.
func (s *Session) pass(tokens []int, trace *Trace, wanted bool) {
	m := s.m
	n, width, hidden := len(tokens), m.Config.Width, m.Hidden()
	s.past, s.rows = len(s.tokens), n
	s.tokens = append(s.tokens, tokens...)
	s.x, s.h, s.qkv = room(s.x, n*width), room(s.h, n*width), room(s.qkv, 3*n*width)
	s.wide, s.gate = room(s.wide, n*hidden), room(s.gate, n*hidden)
	s.scores = room(s.scores, m.Heads*n*(s.past+n))
	x, h, qkv, wide := simd.Dense(n, width, s.x), simd.Dense(n, width, s.h), simd.Dense(n, 3*width, s.qkv), simd.Dense(n, hidden, s.wide)
	for i, id := range tokens {
		row := s.x[i*width : (i+1)*width]
		m.tokens.Row(id, row)
		simd.Axpy(1, m.places.Data[(s.past+i)*width:(s.past+i+1)*width], row)
	}
	trace.begin(s, tokens)
	for b := range m.blocks {
		l := &m.blocks[b]
		s.normalise(h, x, l.gain1, l.bias1)
		l.qkv.apply(qkv, h)
		s.block = b
		s.remember()
		simd.Parallel(m.Heads, 1, s.attend)
		trace.attention(s, b)
		l.joined.apply(simd.Dense(n, width, s.qkv[:n*width]), h) // the queries are not needed any more
		simd.Axpy(1, s.qkv[:n*width], s.x)
		s.normalise(h, x, l.gain2, l.bias2)
		l.up.apply(wide, h)
		simd.GELU(s.wide, s.gate, s.wide)
		l.down.apply(h, wide)
		simd.Axpy(1, s.h, s.x)
		trace.hidden(s, b)
	}
	if wanted {
		s.unembed(s.x[(n-1)*width:])
	}
}

// unembed computes logits from a vector of the stream: the layer norm at the
// end, and the product with the vector of each token.
func (s *Session) unembed(x []float32) {
	width := s.m.Config.Width
	last := simd.Dense(1, width, s.h[:width])
	s.normalise(last, simd.Dense(1, width, x), s.m.gain, s.m.bias)
	s.m.tokens.MulVec(s.logits, last.Data)
}

// normalise is the layer norm of each row.
func (s *Session) normalise(y, x simd.Matrix, gain, bias []float32) {
	d := x.Cols
	for r := range x.Rows {
		row, out := x.Data[r*d:(r+1)*d], y.Data[r*d:(r+1)*d]
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

// remember puts the keys and values of the batch to those before it.
func (s *Session) remember() {
	m := s.m
	width, size := m.Config.Width, m.Config.Width/m.Heads
	keys, values := s.keys[s.block], s.values[s.block]
	for i := range s.rows {
		row := s.qkv[i*3*width : (i+1)*3*width]
		for head := range m.Heads {
			at := (head*m.Context + s.past + i) * size
			copy(keys[at:at+size], row[width+head*size:])
			copy(values[at:at+size], row[2*width+head*size:])
		}
	}
}

// heads is attention for heads lo … hi-1: results go to s.h, the weights to
// s.scores.
func (s *Session) heads(lo, hi int) {
	m := s.m
	width, size, places := m.Config.Width, m.Config.Width/m.Heads, s.past+s.rows
	scale := float32(1 / math.Sqrt(float64(size)))
	for head := lo; head < hi; head++ {
		at := head * m.Context * size
		keys, values := simd.Dense(places, size, s.keys[s.block][at:]), simd.Dense(places, size, s.values[s.block][at:])
		queries := simd.Matrix{Rows: s.rows, Cols: size, Stride: 3 * width, Data: s.qkv[head*size:]}
		w := simd.Dense(s.rows, places, s.scores[head*s.rows*places:])
		simd.MatMulSerial(w, queries, false, keys, true, false)
		for i := range s.rows {
			row := w.Data[i*places : (i+1)*places]
			seen := row[:s.past+i+1]
			simd.Scale(scale, seen)
			simd.Softmax(seen, seen)
			clear(row[s.past+i+1:])
		}
		simd.MatMulSerial(simd.Matrix{Rows: s.rows, Cols: size, Stride: width, Data: s.h[head*size:]}, w, false, values, false, false)
	}
}

func room(v []float32, n int) []float32 {
	if cap(v) < n {
		return make([]float32, n+n/4)[:n]
	}
	return v[:n]
}
