package embedding

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"oneword/internal/simd"
	"oneword/lm"
)

// SkipGram learns vectors by negative sampling (Mikolov et al., Distributed
// Representations of Words and Phrases, 2013): each word has a vector as a
// centre and one as a neighbour. For each pair that stands together in the text,
// the product of the two is pushed up, and for some drawn words down, by
// logistic regression. The centre vectors are kept.
//
// With Sides it is told, too, on which side a neighbour stands (structured skip-gram,
// Ling et al., Two/Too Simple Adaptations of Word2Vec for Syntax Problems, 2015), so
// that what a word can follow counts apart from what can follow it.
type SkipGram struct {
	Dim       int     // numbers in a vector
	Window    int     // neighbours on each side at most; the reach is drawn anew for each word
	Sides     bool    // a word has two vectors as a neighbour, one on the left and one on the right
	Negatives int     // drawn words for each pair
	Epochs    int     // how often the text is read
	Rate      float64 // learning rate at first; it falls evenly to a ten-thousandth
	Sample    float64 // words above this frequency are thinned out; 0 keeps all
	Threads   int     // see Train
	Seed      uint64
}

// DefaultSkipGram are word2vec's, with vectors of 100 numbers.
func DefaultSkipGram() SkipGram {
	return SkipGram{Dim: 100, Window: 5, Negatives: 5, Epochs: 5, Rate: 0.025, Sample: 1e-3, Threads: 1, Seed: 1}
}

// Progress tells how far learning is.
type Progress struct {
	Words, Of int            // words of the text seen, in all epochs
	HeldOut   func() float64 // mean loss of pairs that are not learned from, always the same, in nats
	PerSecond float64        // words a second
	Left      time.Duration  // at this speed
	Vectors   func() (*Vectors, error)
}

func (s SkipGram) check() error {
	switch {
	case s.Dim < 1 || s.Dim > 1<<14 || s.Window < 1 || s.Negatives < 1 || s.Epochs < 1:
		return fmt.Errorf("embedding: %d numbers, a window of %d, %d negatives, %d epochs: want 1 or more of each", s.Dim, s.Window, s.Negatives, s.Epochs)
	case s.Window > 1<<16 || s.Negatives > 1<<16 || s.Epochs > 1<<20:
		return fmt.Errorf("embedding: a window of %d, %d negatives, %d epochs: too many", s.Window, s.Negatives, s.Epochs)
	case !(s.Rate > 0) || math.IsInf(s.Rate, 1):
		return fmt.Errorf("embedding: learning rate %v: want more than 0", s.Rate)
	case !(s.Sample >= 0):
		return fmt.Errorf("embedding: sample %v: want 0 or more", s.Sample)
	}
	return nil
}

// Train learns vectors. With one thread the same seed gives the same vectors,
// bit for bit. More threads each take a part of the text and change the same
// memory without waiting for each other (Recht et al., Hogwild, 2011); what
// comes out is as good, but not the same twice. Progress, which may be nil, is
// told at times and ends the learning by returning false.
func (s SkipGram) Train(c *Corpus, progress func(Progress) bool) (*Vectors, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	threads := max(s.Threads, 1)
	l := &training{SkipGram: s, corpus: c, stride: (s.Dim + 15) &^ 15}
	l.centres = make([]float32, len(c.Words)*l.stride)
	l.neighbours = make([]float32, len(c.Words)*l.stride*l.sides())
	rng := lm.Rand(s.Seed, "word vectors")
	for w := range c.Words {
		for i := range s.Dim {
			l.centres[w*l.stride+i] = (rng.Float32() - 0.5) / float32(s.Dim)
		}
	}
	l.keep = make([]uint32, len(c.Counts))
	all := 0.0
	for _, n := range c.Counts {
		all += float64(n)
	}
	for w, n := range c.Counts {
		keep := 1.0
		if s.Sample > 0 {
			f := float64(n) / all / s.Sample
			keep = min(1, (math.Sqrt(f)+1)/f)
		}
		l.keep[w] = uint32(keep * math.MaxUint32)
	}
	var err error
	if l.noise, err = noise(c.Counts); err != nil {
		return nil, err
	}
	text, held := pieces(c.Text, lm.Rand(s.Seed, "pieces of the text"))
	l.total = int64(s.Epochs) * int64(len(text))
	l.held = l.pairs(held)
	l.start, l.progress = time.Now(), progress
	var wait sync.WaitGroup
	for t := range threads {
		part := text[len(text)*t/threads : len(text)*(t+1)/threads]
		wait.Go(func() { l.run(part, lm.Rand(s.Seed, fmt.Sprintf("skip-gram, thread %d", t)), t == 0) })
	}
	wait.Wait()
	return l.vectors()
}

// noise is the distribution of the drawn words: by frequency to the power of
// 0.75, so that rare words come more often than in the text.
func noise(counts []uint64) (*lm.Alias, error) {
	weights := make([]float64, len(counts))
	for w, n := range counts {
		weights[w] = math.Pow(float64(n), 0.75)
	}
	a, err := lm.NewAlias(weights)
	if err != nil {
		return nil, fmt.Errorf("embedding: drawing words: %w", err)
	}
	return a, nil
}

// A training is one under way.
type training struct {
	SkipGram
	corpus              *Corpus
	stride              int       // floats from a vector to the next, D up to whole registers
	centres, neighbours []float32 // [V][stride], D of which count; neighbours with Sides [2][V][stride]
	held                []heldPair
	keep                []uint32 // with which probability a word is kept, of 1<<32
	noise               *lm.Alias
	done                atomic.Int64 // places of the text
	total               int64
	stop                atomic.Bool
	start               time.Time
	progress            func(Progress) bool
}

// reportEvery is after how many places of the text the first thread reports.
const reportEvery = 200_000

// run learns from a part of the text.
func (l *training) run(text []int32, rng *rand.Rand, reports bool) {
	w := &worker{training: l, rng: rng,
		sum: make([]float32, l.stride), at: make([]int, l.Negatives+1), dots: make([]float32, l.Negatives+1)}
	words := make([]int32, 0, pieceWords)
	since := 0
	for range l.Epochs {
		for at := 0; at < len(text); {
			words = words[:0]
			from := at
			for ; at < len(text); at++ {
				id := text[at]
				if id == Break {
					at++
					break
				}
				if uint32(rng.Uint64()>>32) <= l.keep[id] {
					words = append(words, id)
				}
			}
			rate := l.Rate * max(1e-4, 1-float64(l.done.Load())/float64(l.total))
			w.learn(words, float32(rate))
			l.done.Add(int64(at - from))
			if l.stop.Load() {
				return
			}
			if since += at - from; reports && since >= reportEvery && l.progress != nil {
				since = 0
				l.report()
			}
		}
	}
}

func (l *training) report() {
	done := int(l.done.Load())
	speed := float64(done) / time.Since(l.start).Seconds()
	if !l.progress(Progress{Words: done, Of: int(l.total), PerSecond: speed, Vectors: l.vectors, HeldOut: l.heldOut,
		Left: time.Duration(float64(int(l.total)-done) / speed * float64(time.Second))}) {
		l.stop.Store(true)
	}
}

func (l *training) vectors() (*Vectors, error) {
	data := make([]float32, len(l.corpus.Words)*l.Dim) // [V][D]
	for w := range l.corpus.Words {
		copy(data[w*l.Dim:(w+1)*l.Dim], l.centres[w*l.stride:])
	}
	return New(l.corpus.Words, l.Dim, data)
}

// A worker is what one thread needs.
type worker struct {
	*training
	rng  *rand.Rand
	sum  []float32 // [stride], what is to be added to the centre's vector
	at   []int     // [1+Negatives], where the rows of the neighbour and the drawn words begin
	dots []float32 // [1+Negatives]
}

// learn goes over a sentence.
func (w *worker) learn(words []int32, rate float32) {
	for i, centre := range words {
		reach := 1 + int(w.rng.Uint64()>>33)%w.Window
		for j := max(0, i-reach); j <= min(len(words)-1, i+reach); j++ {
			if j != i {
				w.pair(int(words[j]), int(centre), w.side(j > i), rate)
			}
		}
	}
}

func (s SkipGram) sides() int {
	if s.Sides {
		return 2
	}
	return 1
}

// side is where the vectors of a neighbour on the left, or else on the right, begin.
func (l *training) side(left bool) int {
	if l.Sides && !left {
		return len(l.corpus.Words) * l.stride
	}
	return 0
}

// pair is one step of logistic regression: the neighbour, which stands on a side, is
// to be told from the drawn words. As in word2vec the two may change places,
// since each pair is met from both sides.
func (w *worker) pair(centre, neighbour, side int, rate float32) {
	x := w.centres[centre*w.stride : (centre+1)*w.stride] // [stride]
	at := append(w.at[:0], side+neighbour*w.stride)
	for range w.Negatives {
		if drawn := w.noise.Draw(w.rng); drawn != neighbour {
			at = append(at, side+drawn*w.stride)
		}
	}
	dots := w.dots[:len(at)]
	simd.DotAt(x, w.neighbours, at, dots) // [stride]·[V][stride] at n rows → [n]
	for k, dot := range dots {
		if p := logistic(dot); k == 0 {
			dots[k] = rate * (1 - p)
		} else {
			dots[k] = -rate * p
		}
	}
	clear(w.sum)
	simd.Exchange(dots, x, w.sum, w.neighbours, at) // sum += dots·rows, rows += dots·x
	simd.Axpy(1, w.sum, x)
}

// The logistic function from a table: 1,024 steps from -8 to 8, and the ends
// beyond.
const logisticSteps, logisticEnd = 1024, 8

var logisticTable = func() (t [logisticSteps + 1]float32) {
	for i := range t {
		x := (2*float64(i)/logisticSteps - 1) * logisticEnd
		t[i] = float32(1 / (1 + math.Exp(-x)))
	}
	return t
}()

func logistic(x float32) float32 {
	x = max(-logisticEnd, min(logisticEnd, x))
	return logisticTable[int((x+logisticEnd)*(logisticSteps/(2*logisticEnd))+0.5)]
}

// A piece is what is read at a time: a document, or so many words of a long one. Of
// so many pieces one is held out, and so many pairs of words are drawn from those.
const pieceWords, heldEvery, heldPairs = 1000, 500, 20_000

// pieces cuts a text and shuffles what results: vectors forget, and would be those of
// the last source where texts of a kind stand together. Some pieces are held out; of
// a text of few pieces none is.
func pieces(text []int32, rng *rand.Rand) (learned, held []int32) {
	var list [][]int32
	for at := 0; at < len(text); {
		end := at
		for end < len(text) && text[end] != Break && end-at < pieceWords {
			end++
		}
		if end > at {
			list = append(list, text[at:end])
		}
		for end < len(text) && text[end] == Break {
			end++
		}
		at = end
	}
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	learned = make([]int32, 0, len(text)+len(list))
	for i, piece := range list {
		to := &learned
		if i%heldEvery == heldEvery-1 {
			to = &held
		}
		*to = append(append(*to, piece...), Break)
	}
	return learned, held
}

// A heldPair is a pair that is not learned from, and the drawn words beside it.
type heldPair struct {
	centre, neighbour, side int
	drawn                   []int
}

// pairs draws pairs from held-out text much as learning does: frequent words are thinned
// out, and near neighbours come more often.
func (l *training) pairs(text []int32) (list []heldPair) {
	rng := lm.Rand(l.Seed, "held-out pairs")
	var words []int32
	for _, id := range text {
		if id == Break || uint32(rng.Uint64()>>32) <= l.keep[id] {
			words = append(words, id)
		}
	}
	if len(words) == 0 || len(words) < 2*l.Window {
		return nil
	}
	for range 20 * heldPairs {
		i := rng.IntN(len(words))
		j := i + (1-2*rng.IntN(2))*(1+rng.IntN(1+rng.IntN(l.Window)))
		if j < 0 || j >= len(words) || slices.Contains(words[min(i, j):max(i, j)+1], Break) {
			continue
		}
		p := heldPair{centre: int(words[j]), neighbour: int(words[i]), side: l.side(j > i)}
		for range l.Negatives {
			p.drawn = append(p.drawn, l.noise.Draw(rng))
		}
		if list = append(list, p); len(list) == heldPairs {
			break
		}
	}
	return list
}

// heldOut is the mean loss of the held-out pairs; NaN if there are none. It reads
// vectors while they are learned.
func (l *training) heldOut() float64 {
	sum := 0.0
	for _, p := range l.held {
		x := l.centres[p.centre*l.stride : (p.centre+1)*l.stride]
		dot := func(word int) float64 {
			return float64(simd.Dot(x, l.neighbours[p.side+word*l.stride:p.side+(word+1)*l.stride]))
		}
		sum += math.Log1p(math.Exp(-dot(p.neighbour)))
		for _, w := range p.drawn {
			sum += math.Log1p(math.Exp(dot(w)))
		}
	}
	return sum / float64(len(l.held))
}
