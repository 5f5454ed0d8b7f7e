package transformer

import (
	"fmt"
	"math"

	"oneword/nn"
)

// A Recipe says how a net is trained. Its zero values are those of a short
// training; what the shipped GPT was trained with is in [Log].
type Recipe struct {
	Steps    int
	Batch    int     // rows a step
	Parts    int     // in which the rows of a step are computed one after the other, to save memory; 0 for 1
	Length   int     // tokens that are predicted in a row; 0 for the net's window
	Rate     float64 // of AdamW, after the warm-up
	Warmup   int     // steps
	Schedule Schedule
	Beta2    float64 // how slowly AdamW's mean of squares changes; 0 for 0.999
	Decay    float64 // of weights
	Clip     float64 // norm of the gradients at most
	Seed     uint64
}

// A Schedule is how the learning rate falls after the warm-up.
type Schedule string

const (
	Cosine Schedule = "cosine" // along half a cosine to a tenth; "" means the same
	Linear Schedule = "linear" // straight to zero
)

// Tokens is how many tokens a step predicts.
func (r Recipe) Tokens(c Config) int { return r.Batch * r.length(c) }

func (r Recipe) length(c Config) int {
	if r.Length > 0 {
		return r.Length
	}
	return c.Context
}

func (r Recipe) rate() (nn.Schedule, error) {
	switch r.Schedule {
	case "", Cosine:
		return nn.Cosine(r.Rate, r.Rate/10, r.Warmup), nil
	case Linear:
		return nn.Linear(r.Rate, r.Warmup), nil
	}
	return nil, fmt.Errorf("transformer: no schedule is called %q, want %s or %s", r.Schedule, Cosine, Linear)
}

// A Source is text to learn from, as tokens. Of several, each is drawn from by its
// Weight among theirs; a Weight of 0 counts by the number of tokens.
type Source struct {
	Tokens []uint16
	Weight float64
}

// SourceOf is a Source of tokens. Those that do not fit 16 bits are an error.
func SourceOf(tokens []int) (Source, error) {
	s := Source{Tokens: make([]uint16, len(tokens))}
	for i, id := range tokens {
		if id < 0 || id > math.MaxUint16 {
			return Source{}, fmt.Errorf("transformer: token %d at place %d, want 0 to %d", id, i, math.MaxUint16)
		}
		s.Tokens[i] = uint16(id)
	}
	return s, nil
}

func (s Source) weight() float64 {
	if s.Weight == 0 {
		return float64(len(s.Tokens))
	}
	return s.Weight
}

// Trainer prepares the training of a net: AdamW, a learning rate that warms up
// and then falls, and gradients that are clipped. Each row of a step begins at a
// random place of a source.
func (n *Net) Trainer(r Recipe, sources ...Source) (*nn.Trainer, error) {
	d := draw{sources: sources, length: r.length(n.Config), batch: r.Batch / max(r.Parts, 1), seed: r.Seed}
	if err := d.check(n.Config, r); err != nil {
		return nil, err
	}
	rate, err := r.rate()
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		d.weights += s.weight()
	}
	adam := nn.NewAdamW(r.Decay)
	if r.Beta2 > 0 {
		adam.Beta2 = r.Beta2
	}
	return &nn.Trainer{
		Params: n.Params(), Optimizer: adam, Batch: r.Batch, Parts: max(r.Parts, 1), MaxSteps: r.Steps, Clip: r.Clip, Seed: r.Seed, Rate: rate,
		Draw: func(g *nn.Graph, batch int) *nn.Tensor { return n.Loss(g, d.rows(batch)...) },
	}, nil
}

// A draw finds the rows of each batch. small/train.py draws the same.
type draw struct {
	sources       []Source
	weights       float64 // sum
	length, batch int     // tokens of a row, rows of a batch
	seed          uint64
}

func (d draw) check(c Config, r Recipe) error {
	switch {
	case d.length < 1 || d.length > c.Context:
		return fmt.Errorf("transformer: rows of %d tokens, want 1 to %d", d.length, c.Context)
	case r.Steps < 1 || r.Batch < 1:
		return fmt.Errorf("transformer: %d steps of %d rows", r.Steps, r.Batch)
	case r.Parts < 0 || r.Parts > 1 && r.Batch%r.Parts != 0:
		return fmt.Errorf("transformer: %d rows in %d parts, want parts of the same size", r.Batch, r.Parts)
	case len(d.sources) == 0:
		return fmt.Errorf("transformer: no text to learn from")
	case r.Beta2 < 0 || r.Beta2 >= 1:
		return fmt.Errorf("transformer: beta2 is %v, want 0 to below 1", r.Beta2)
	}
	for i, s := range d.sources {
		if len(s.Tokens) <= d.length {
			return fmt.Errorf("transformer: source %d has %d tokens, too few for a row of %d", i+1, len(s.Tokens), d.length)
		}
		if !(s.Weight >= 0) || math.IsInf(s.Weight, 1) {
			return fmt.Errorf("transformer: source %d has the weight %v", i+1, s.Weight)
		}
		for at, id := range s.Tokens {
			if int(id) >= c.Vocab {
				return fmt.Errorf("transformer: token %d at place %d of source %d, but the vocabulary has %d", id, at, i+1, c.Vocab)
			}
		}
	}
	return nil
}

// rows are those of a batch, [batch][length+1].
func (d draw) rows(batch int) [][]int {
	rows := make([][]int, d.batch)
	for r := range rows {
		i := uint64(batch*d.batch + r)
		source, u := d.sources[len(d.sources)-1].Tokens, d.uniform(2*i)*d.weights
		for _, s := range d.sources {
			if u -= s.weight(); u < 0 {
				source = s.Tokens
				break
			}
		}
		begin := int(d.uniform(2*i+1) * float64(len(source)-d.length))
		rows[r] = make([]int, d.length+1)
		for k := range rows[r] {
			rows[r][k] = int(source[begin+k])
		}
	}
	return rows
}

// uniform is number i, from 0 to below 1, of the generator SplitMix64 (Steele, Lea
// and Flood 2014), which another language has in three lines, too.
func (d draw) uniform(i uint64) float64 {
	z := d.seed + (i+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return float64((z^z>>31)>>11) / (1 << 53)
}

// HeldOutLoss is the mean surprise of a net, in nats a token, at tokens it was not
// trained on: at most so many rows of the window's length, spread evenly over
// the text, each predicted on its own.
func (n *Net) HeldOutLoss(tokens []int, rows int) float64 {
	g := &nn.Graph{NoGrad: true}
	whole := (len(tokens) - 1) / n.Context
	rows = min(rows, whole)
	if rows < 1 {
		return math.NaN()
	}
	sum := 0.0
	for i := range rows {
		at := whole * i / rows * n.Context
		g.Reset()
		sum += float64(n.Loss(g, tokens[at:at+n.Context+1]).Data[0])
	}
	return sum / float64(rows)
}

// A Log is how the training of a shipped model went: "held out" is measured, in
// nats a token, and tokens are what is seen.
type Log struct {
	Config Config    `json:"config"`
	Points nn.Record `json:"points"`
	// BytesPerToken is that of the held-out text, to compare with models of
	// other tokens.
	BytesPerToken float64 `json:"bytes_per_token"`
	// Sources are what it learned from, by name.
	Sources map[string]LogSource `json:"sources"`
	HeldOut float64              `json:"held_out"` // of the whole held-out text in the end, nats a token
	// Seconds and Device are how long it took, and where; only small/train.py says so,
	// since `essay train gpt` writes the same bytes each time.
	Seconds float64 `json:"seconds,omitempty"`
	Device  string  `json:"device,omitempty"`
}

// A LogSource is one of the texts that a model learned from.
type LogSource struct {
	Tokens int     `json:"tokens"`
	Weight float64 `json:"weight"` // its weight among theirs, by which rows were drawn
}

// Passes is how often a source of a training was read, in the mean of its tokens.
func (l Log) Passes(source string) float64 {
	weights := 0.0
	for _, s := range l.Sources {
		weights += s.Weight
	}
	s := l.Sources[source]
	return l.Points.Last().Seen * s.Weight / weights / float64(s.Tokens)
}
