package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"time"

	"oneword/data/texts"
	"oneword/internal/simd"
	"oneword/letterfreq"
	"oneword/lm"
	"oneword/ngram"
	"oneword/ngram/tables"
	"oneword/transformer"
)

// benchCommand is `essay bench`: how fast this project is on this machine.
type benchCommand struct {
	JSON bool   `help:"Write an array of {name, value, unit, limit}."`
	Text string `placeholder:"FILE" help:"Text to count (default: an embedded novel of 0.4 MB, 20 times over)."`
}

// measure is one line of the report. Limit is what the machine, or the
// plainest code, reaches at the same; 0 where there is nothing to compare.
type measure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Limit float64 `json:"limit,omitempty"`
}

func (b *benchCommand) Run(e *env) error {
	text := []byte(strings.Repeat(texts.TomSawyer().Text, 20))
	if b.Text != "" {
		var err error
		if text, err = os.ReadFile(b.Text); err != nil {
			return err
		}
	}
	var rows []measure
	var failed error
	// best is the highest of some runs of f, as amount a second.
	best := func(amount float64, f func() error) float64 {
		rate := 0.0
		for range 3 {
			start := time.Now()
			if err := f(); err != nil && failed == nil {
				failed = err
			}
			rate = max(rate, amount/time.Since(start).Seconds())
		}
		return rate
	}
	mb := float64(len(text)) / 1e6
	e.step("multiplying matrices")
	bandwidth := 0.0
	rows, bandwidth = kernels(best)
	e.step("generating with GPT-2's size, random weights")
	gpt, err := generation(bandwidth)
	if err != nil {
		return err
	}
	rows = append(rows, gpt...)

	e.step("counting letters and words of %.0f MB", mb)
	tidy := strings.Join(strings.FieldsFunc(strings.ToLower(string(text)), func(r rune) bool { return r < 'a' || r > 'z' }), " ")
	plainLetters := best(mb, func() error { ngram.CountNaive(strings.Split(tidy, ""), "", 5); return nil })
	plainWords := best(mb, func() error { ngram.CountNaive(strings.Fields(tidy), " ", 3); return nil })
	letters := best(mb, func() error {
		tok, err := ngram.NewLetters(ngram.EnglishAlphabet)
		if err != nil {
			return err
		}
		return countAll(text, tok, 5, len(ngram.EnglishAlphabet))
	})
	words := best(mb, func() error { return countAll(text, ngram.NewWords(), 3, 0) })
	rows = append(rows,
		measure{"count letter n-grams, n = 1…5", letters, "MB/s", 0},
		measure{"the same in a map[string]int", plainLetters, "MB/s", 0},
		measure{"count word n-grams, n = 1…3", words, "MB/s", 0},
		measure{"the same in a map[string]int", plainWords, "MB/s", 0})

	table, err := tables.Words()
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if _, err := table.WriteTo(&file); err != nil {
		return err
	}
	parse := best(1, func() error { _, err := ngram.Parse("words", file.Bytes()); return err })
	rows = append(rows, measure{"read the table of words", 1000 / parse, "ms", 0})

	alphabet, err := tables.Letters()
	if err != nil {
		return err
	}
	sampler, err := letterfreq.NewSampler(letterfreq.FromMap(alphabet.LetterCounts()))
	if err != nil {
		return err
	}
	rng := lm.Rand(1, "bench")
	draws := best(1, func() error {
		for range 1_000_000 {
			sampler.Letter(rng)
		}
		return nil
	})
	rows = append(rows, measure{"draw letters", draws, "million/s", 0})
	if failed != nil {
		return failed
	}
	if b.JSON {
		return e.json(rows)
	}
	for _, r := range rows {
		line := fmt.Sprintf("%-38s %10.1f %s", r.Name, r.Value, r.Unit)
		if r.Limit > 0 {
			line += fmt.Sprintf(", %.0f %% of the limit", 100*r.Value/r.Limit)
		}
		e.say("%s", line)
	}
	e.say("counting letters is %.0f times as fast as the map, counting words %.1f times", letters/plainLetters, words/plainWords)
	return nil
}

func countAll(text []byte, tok ngram.Tokenizer, order, vocab int) error {
	c, err := ngram.NewCounter(order, vocab, 0)
	if err != nil {
		return err
	}
	return c.Read(bytes.NewReader(text), tok)
}

// kernels measures the arithmetic under the nets, on all processors, beside the
// machine's limits for it.
func kernels(best func(amount float64, f func() error) float64) (rows []measure, bandwidth float64) {
	flops, bandwidth := simd.Limits()
	rows = []measure{
		{"limit of arithmetic, " + simd.Level(), flops, "GFLOP/s", 0},
		{"limit of reading memory", bandwidth, "GB/s", 0},
	}
	for _, s := range [][3]int{{64, 768, 3072}, {512, 512, 512}, {512, 768, 3072}} {
		m, k, n := s[0], s[1], s[2]
		a, b, c := simd.Dense(m, k, make([]float32, m*k)), simd.Dense(k, n, make([]float32, k*n)), simd.Dense(m, n, make([]float32, m*n))
		times := 1 + 1<<31/(m*n*k)
		rows = append(rows, measure{fmt.Sprintf("matrices %d×%d times %d×%d", m, k, k, n), best(2*float64(m*n*k*times)/1e9, func() error {
			for range times {
				simd.MatMul(c, a, false, b, false, false)
			}
			return nil
		}), "GFLOP/s", flops})
	}
	const out, in = 160_000, 768 // as many as GPT-2 has
	m := simd.Dense(out, in, make([]float32, out*in))
	x, y := make([]float32, in), make([]float32, out)
	for i := range m.Data { // memory that was never written is not really there
		m.Data[i] = 1
	}
	for width := simd.F32; width <= simd.I8; width++ {
		w := simd.Narrow(m, false, width)
		rows = append(rows, measure{fmt.Sprintf("%d×%d of %v times a vector", out, in, width), best(10*float64(w.Bytes())/1e9, func() error {
			for range 10 {
				w.MulVec(y, x)
			}
			return nil
		}), "GB/s", bandwidth})
	}
	return rows, bandwidth
}

// generation measures a model as large as GPT-2 of 124 million weights: a
// prompt of 512 tokens, and one token after the other behind 100, beside what
// reading the weights once a token allows.
func generation(bandwidth float64) ([]measure, error) {
	net, err := transformer.NewNet(transformer.Sizes()["gpt2"], lm.Rand(1, "bench"))
	if err != nil {
		return nil, err
	}
	prompt := make([]int, 512)
	for i := range prompt {
		prompt[i] = 97 * i
	}
	var rows []measure
	for _, dtype := range transformer.DTypes() {
		m, err := net.Model(nil, dtype)
		if err != nil {
			return nil, err
		}
		s := m.NewSession()
		start := time.Now()
		if _, err := s.Feed(prompt...); err != nil {
			return nil, err
		}
		rows = append(rows, measure{fmt.Sprintf("GPT-2 in %v reads a prompt", dtype), float64(len(prompt)) / time.Since(start).Seconds(), "tokens/s", 0})
		s.Reset()
		if _, err := s.Feed(prompt[:100]...); err != nil {
			return nil, err
		}
		start = time.Now()
		for _, id := range prompt[:200] {
			if _, err := s.Feed(id); err != nil {
				return nil, err
			}
		}
		rows = append(rows, measure{fmt.Sprintf("GPT-2 in %v writes", dtype), 200 / time.Since(start).Seconds(), "tokens/s", 1e9 * bandwidth / float64(m.Bytes())})
	}
	return rows, nil
}
