package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"oneword/data"
	"oneword/internal/atomicfile"
	"oneword/lm"
	"oneword/nn"
	"oneword/transformer"
	"oneword/transformer/token"
)

// trainGPT is the recipe of the shipped GPT: `essay train gpt`.
type trainGPT struct {
	Corpus  []string `required:"" sep:"," placeholder:"PATH" help:"Text files (.txt, .gz, .xz) or folders of them. Lines that hold only <|endoftext|> part documents."`
	More    []string `arg:"" optional:"" name:"path" help:"More of the corpus."`
	HeldOut []string `required:"" name:"heldout" sep:"," placeholder:"PATH" help:"Text that is not learned, to measure on."`
	Out     string   `default:"gpt" placeholder:"DIR" help:"Where to write the model, its vocabulary and the log."`

	Vocabulary int           `default:"8192" placeholder:"N" help:"Tokens."`
	Context    int           `default:"256" placeholder:"N" help:"Tokens it sees at once."`
	Width      int           `default:"256" placeholder:"N" help:"Numbers in a vector."`
	Blocks     int           `default:"6" placeholder:"N" help:"Blocks."`
	Heads      int           `default:"8" placeholder:"N" help:"Heads of attention in a block."`
	Steps      int           `default:"12000" placeholder:"N" help:"Steps of training."`
	Batch      int           `default:"8" placeholder:"N" help:"Rows of text a step."`
	Rate       float64       `default:"0.001" placeholder:"X" help:"Learning rate."`
	Seed       uint64        `default:"1" help:"Seed of weights and order."`
	Checkpoint time.Duration `default:"3m" placeholder:"TIME" help:"How often to write down where the training stands."`
}

func (t *trainGPT) Help() string {
	return `Learns a vocabulary by byte-pair encoding, cuts the corpus into tokens and trains
a model of GPT-2's architecture on them. It takes hours; every few minutes all
is written down, and the same command goes on from there, to the same result.`
}

func (t *trainGPT) Run(e *env) error {
	config := transformer.Config{Vocab: t.Vocabulary, Context: t.Context, Width: t.Width, Blocks: t.Blocks, Heads: t.Heads, Epsilon: 1e-5}
	if err := config.Check(); err != nil {
		return usageError{err}
	}
	files, err := data.CorpusFiles(append(t.Corpus, t.More...)...)
	if err != nil {
		return err
	}
	heldFiles, err := data.CorpusFiles(t.HeldOut...)
	if err != nil {
		return err
	}
	if err := atomicfile.Writable(t.Out); err != nil {
		return err
	}
	vocabulary, err := t.vocabulary(e, files)
	if err != nil {
		return err
	}
	if config.Vocab = vocabulary.Len(); config.Vocab > math.MaxUint16 {
		return usageError{fmt.Errorf("a vocabulary of %d tokens, want %d at most", config.Vocab, math.MaxUint16)}
	}
	learned, err := t.tokens(e, "tokens.bin", vocabulary, files)
	if err != nil {
		return err
	}
	held, err := t.tokens(e, "heldout.bin", vocabulary, heldFiles)
	if err != nil {
		return err
	}
	net, err := transformer.NewNet(config, lm.Rand(t.Seed, "gpt"))
	if err != nil {
		return err
	}
	recipe := transformer.Recipe{Steps: t.Steps, Batch: t.Batch, Rate: t.Rate, Warmup: min(300, t.Steps/10), Decay: 0.1, Clip: 1, Seed: t.Seed}
	trainer, err := net.Trainer(learned, recipe)
	if err != nil {
		return err
	}
	e.step("training %d weights on %.1f of %.1f million tokens", config.Params(), float64(t.Steps*recipe.Tokens(config))/1e6, float64(len(learned))/1e6)
	watch := &gptWatch{t: t, e: e, net: net, vocabulary: vocabulary, recipe: recipe, held: held, trainer: trainer, log: transformer.Log{Config: config}}
	watch.log.BytesPerToken = float64(len(vocabulary.Decode(held))) / float64(len(held))
	last, done, err := e.train(trainer, t.weights(), "rows", t.Checkpoint, watch.step)
	if err != nil {
		return err
	}
	loss := net.HeldOutLoss(held, math.MaxInt)
	bits := loss / math.Ln2 / watch.log.BytesPerToken
	if err := t.save(net, map[string]string{"steps": fmt.Sprint(t.Steps), "held-out loss": fmt.Sprintf("%.4f nats a token, %.4f bits a byte", loss, bits)}); err != nil {
		return err
	}
	e.say("held out: %.3f nats a token, %.3f bits a byte; %.0f tokens/s; the model is in %s", loss, bits, last.PerSecond*float64(config.Context), t.Out)
	return done()
}

// save writes the model, in 16 bits.
func (t *trainGPT) save(net *transformer.Net, metadata map[string]string) error {
	metadata["format"], metadata["made by"] = "pt", "essay train gpt"
	if err := atomicfile.Write(t.weights(), func(w io.Writer) error { return nn.SaveAs(w, net.Params(), "F16", metadata) }); err != nil {
		return err
	}
	return atomicfile.WriteBytes(filepath.Join(t.Out, transformer.ConfigFile), net.Config.JSON())
}

func (t *trainGPT) weights() string { return filepath.Join(t.Out, transformer.WeightsFile) }

// vocabulary learns the tokens, or reads them if that was done before.
func (t *trainGPT) vocabulary(e *env, files []string) (*token.Vocabulary, error) {
	if v, err := token.Read(t.Out); err == nil && v.Len() == t.Vocabulary {
		return v, nil
	}
	e.step("learning %d tokens", t.Vocabulary)
	counts := map[string]int{}
	for _, path := range files {
		for text, err := range data.Documents(path) {
			if err != nil {
				return nil, err
			}
			token.Count(counts, text)
		}
	}
	v, err := token.Train(counts, t.Vocabulary)
	if err != nil {
		return nil, err
	}
	vocab, merges := v.Files()
	if err := atomicfile.WriteBytes(filepath.Join(t.Out, token.VocabFile), vocab); err != nil {
		return nil, err
	}
	return v, atomicfile.WriteBytes(filepath.Join(t.Out, token.MergesFile), merges)
}

// tokens cuts files into tokens, an end of text behind each document, or reads
// what was cut before: two bytes a token.
func (t *trainGPT) tokens(e *env, name string, v *token.Vocabulary, files []string) ([]int, error) {
	path := filepath.Join(t.Out, name)
	if file, err := os.ReadFile(path); err == nil && len(file)%2 == 0 {
		ids := make([]int, len(file)/2)
		for i := range ids {
			ids[i] = int(binary.LittleEndian.Uint16(file[2*i:]))
		}
		return ids, nil
	}
	e.step("cutting %d files into tokens", len(files))
	ids, err := documentTokens(v, files)
	if err != nil {
		return nil, err
	}
	return ids, atomicfile.Write(path, func(w io.Writer) error {
		b := make([]byte, 0, 2*len(ids))
		for _, id := range ids {
			b = binary.LittleEndian.AppendUint16(b, uint16(id))
		}
		_, err := w.Write(b)
		return err
	})
}

// documentTokens cuts the documents of files into tokens, with the end of text
// after each.
func documentTokens(v *token.Vocabulary, files []string) ([]int, error) {
	var ids []int
	for _, path := range files {
		for text, err := range data.Documents(path) {
			if err != nil {
				return nil, err
			}
			ids = append(v.Append(ids, text), v.EndOfText())
		}
	}
	return ids, nil
}

// A gptWatch measures, and lets the net write, as training goes on.
type gptWatch struct {
	t          *trainGPT
	e          *env
	net        *transformer.Net
	vocabulary *token.Vocabulary
	recipe     transformer.Recipe
	held       []int
	trainer    *nn.Trainer
	log        transformer.Log
}

// gptPrompt is what the net goes on from.
const gptPrompt = "The best thing about"

func (g *gptWatch) path() string { return filepath.Join(g.t.Out, "training.json") }

// due says at which steps the log has points: often at first, when much
// changes, then every two-hundredth part.
func (g *gptWatch) due(step int) bool {
	return step == 1 || step == g.t.Steps || step&(step-1) == 0 && step > 4 && step < g.t.Steps/100 || step%max(1, g.t.Steps/200) == 0
}

func (g *gptWatch) step(s nn.Step) error {
	if !g.due(s.Number) {
		return nil
	}
	m, err := g.net.Model(g.vocabulary, transformer.F32)
	if err != nil {
		return err
	}
	rng := lm.Rand(g.t.Seed, fmt.Sprint("sample ", s.Number))
	text, err := lm.Collect(40, lm.Write(m.NewSession(), g.vocabulary.Encode(gptPrompt), lm.Sampling{Temperature: 0.8}, rng, nil))
	if err != nil {
		return err
	}
	p := g.trainer.Note(map[string]float64{"held out": g.net.HeldOutLoss(g.held, 48)})
	p.Seen, p.Sample = float64(s.Number*g.recipe.Tokens(g.net.Config)), strings.ToValidUTF8(gptPrompt+g.vocabulary.Decode(text), "�") // as JSON keeps it
	g.log.Points = g.trainer.Record
	g.e.step("step %d of %d, %.1f million tokens, %.0f tokens/s: loss %.3f, held out %.3f: %q", s.Number, s.Of, p.Seen/1e6,
		s.PerSecond*float64(g.net.Context), p.Loss, p.Measured["held out"], p.Sample)
	file, err := json.MarshalIndent(g.log, "", " ")
	if err == nil {
		err = atomicfile.WriteBytes(g.path(), append(file, '\n'))
	}
	if err == nil { // it can be tried while it still learns
		err = g.t.save(g.net, map[string]string{"step": fmt.Sprintf("%d of %d", s.Number, s.Of)})
	}
	return err
}
