package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"time"

	"oneword/data"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/embedding/vectors"
	"oneword/internal/atomicfile"
	"oneword/nn"
)

// trainVectors is the recipe of package embedding/vectors: `essay train vectors`.
type trainVectors struct {
	Corpus []string `required:"" sep:"," placeholder:"PATH" help:"Text files (.txt, .gz, .xz) or folders of them."`
	Out    string   `default:"vectors" placeholder:"DIR" help:"Where to write vectors.byte and training.json."`

	Words     int     `default:"34000" placeholder:"N" help:"Keep the N most frequent words."`
	Least     int     `default:"5" placeholder:"N" help:"Leave out words that occur less often."`
	Dim       int     `default:"192" placeholder:"N" help:"Numbers in a vector."`
	Window    int     `default:"5" placeholder:"N" help:"Neighbours on each side, at most."`
	Sides     bool    `default:"true" negatable:"" help:"Tell neighbours on the left from those on the right."`
	Negatives int     `default:"5" placeholder:"N" help:"Drawn words for each pair."`
	Epochs    int     `default:"8" placeholder:"N" help:"How often the text is read."`
	Rate      float64 `default:"0.025" placeholder:"R" help:"Learning rate at first."`
	Sample    float64 `default:"0.0001" placeholder:"F" help:"Words above this frequency are thinned out."`
	Threads   int     `default:"1" placeholder:"N" help:"More than one is faster, and not the same twice."`
	Seed      uint64  `default:"1" help:"Seed of the vectors and of what is drawn."`
}

func (t *trainVectors) Help() string {
	return `Learns vectors of words by skip-gram with negative sampling, and measures them on
the project's own pairs and analogies as it goes. With one thread the same corpus
gives the same bytes.`
}

func (t *trainVectors) Run(e *env) error {
	files, err := data.CorpusFiles(t.Corpus...)
	if err != nil {
		return err
	}
	if err := atomicfile.Writable(t.Out); err != nil {
		return err
	}
	var texts []io.Reader
	for _, path := range files {
		f, err := data.OpenText(path)
		if err != nil {
			return err
		}
		defer f.Close()
		texts = append(texts, f)
	}
	e.step("reading %d files", len(files))
	corpus, err := embedding.NewCorpus(t.Words, t.Least, texts...)
	if err != nil {
		return err
	}
	s := embedding.SkipGram{Dim: t.Dim, Window: t.Window, Sides: t.Sides, Negatives: t.Negatives, Epochs: t.Epochs, Rate: t.Rate, Sample: t.Sample, Threads: t.Threads, Seed: t.Seed}
	log := vectors.Training{SkipGram: s, Words: corpus.Tokens}
	e.step("learning %d words from %.1f million, %d times", len(corpus.Words), float64(corpus.Tokens)/1e6, t.Epochs)
	bar := e.progress(1000, "learning")
	start := time.Now()
	var failed error
	note := func(v *embedding.Vectors, p embedding.Progress) {
		loss := p.HeldOut()
		if math.IsNaN(loss) { // a text of few documents: nothing is held out
			loss = 0
		}
		log.Points = append(log.Points, nn.Point{Seen: float64(p.Words) / float64(p.Of) * float64(corpus.Tokens*t.Epochs), Loss: loss,
			Measured: map[string]float64{
				"similarity": v.EvaluateSimilarity(judged.Pairs()).Spearman,
				"analogies":  embedding.Total(v.EvaluateAnalogies(judged.Relations(), embedding.CosAdd)).Accuracy()}})
	}
	var last embedding.Progress
	due := 0.001
	learned, err := s.Train(corpus, func(p embedding.Progress) bool {
		last = p
		bar.set(1000*p.Words/p.Of, fmt.Sprintf("%.0f words/s, %v left", p.PerSecond, p.Left.Round(time.Second)))
		if part := float64(p.Words) / float64(p.Of); part >= due {
			for due <= part {
				due += max(due/4, 0.001) // often at first, when most is learned
			}
			v, err := p.Vectors()
			if failed = err; err == nil {
				note(v, p)
			}
		}
		return failed == nil && e.ctx.Err() == nil
	})
	bar.finish()
	if err == nil {
		err = failed
	}
	if err == nil && e.ctx.Err() != nil {
		err = fmt.Errorf("interrupted; nothing is written")
	}
	if err != nil {
		return err
	}
	took := time.Since(start)
	if last.Words = last.Of; last.HeldOut != nil {
		note(learned, last)
	}
	if err := atomicfile.Write(filepath.Join(t.Out, vectors.VectorsFile), func(w io.Writer) error { return learned.Write(w, embedding.Byte) }); err != nil {
		return err
	}
	text, err := json.MarshalIndent(log, "", " ")
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(filepath.Join(t.Out, vectors.TrainingFile), append(text, '\n')); err != nil {
		return err
	}
	e.say("%.0f words/s; the vectors are in %s", float64(corpus.Tokens*t.Epochs)/took.Seconds(), filepath.Join(t.Out, vectors.VectorsFile))
	return (&nearCommand{Vectors: filepath.Join(t.Out, vectors.VectorsFile), Score: true, N: 1}).Run(e)
}
