package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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
	Corpus  []string `required:"" sep:"," placeholder:"PATH[=WEIGHT]" help:"Text files (.txt, .gz, .xz) or folders of them, each with its share of what is read (default: by size). Lines that hold only <|endoftext|> part documents."`
	More    []string `arg:"" optional:"" name:"path" help:"More of the corpus."`
	HeldOut []string `required:"" name:"heldout" sep:"," placeholder:"PATH" help:"Text that is not learned, to measure on."`
	Out     string   `default:"gpt" placeholder:"DIR" help:"Where to write the model, its vocabulary and the log."`
	Prepare bool     `help:"Only write what transformer/small/train.py needs to do the same on a GPU."`

	Vocabulary int           `default:"8192" placeholder:"N" help:"Tokens."`
	Context    int           `default:"512" placeholder:"N" help:"Tokens it sees at once."`
	Width      int           `default:"384" placeholder:"N" help:"Numbers in a vector."`
	Blocks     int           `default:"12" placeholder:"N" help:"Blocks."`
	Heads      int           `default:"12" placeholder:"N" help:"Heads of attention in a block."`
	Steps      int           `default:"5358" placeholder:"N" help:"Steps of training."`
	Batch      int           `default:"256" placeholder:"N" help:"Rows of text a step."`
	Rows       int           `default:"8" placeholder:"N" help:"Rows that are computed at a time; more take more memory."`
	Rate       float64       `default:"0.0016" placeholder:"X" help:"Learning rate."`
	Warmup     int           `default:"200" placeholder:"N" help:"Steps in which it rises."`
	Schedule   string        `default:"linear" enum:"linear,cosine" placeholder:"NAME" help:"How it falls then: linear, to zero; or cosine, to a tenth."`
	Beta2      float64       `default:"0.95" placeholder:"X" help:"How slowly AdamW's mean of squares changes."`
	Seed       uint64        `default:"1" help:"Seed of weights and order."`
	Checkpoint time.Duration `default:"3m" placeholder:"TIME" help:"How often to write down where the training stands."`
}

func (t *trainGPT) Help() string {
	return `Learns a vocabulary by byte-pair encoding, cuts the corpus into tokens and trains
a model of GPT-2's architecture on rows from random places of it. The size of
model and training that are set take days on a processor: every few minutes all
is written down, and the same command goes on from there, to the same result.

On a GPU it takes minutes: with -prepare the command ends before the training,
and "python3 transformer/small/train.py DIR" does that, by PyTorch. "essay export
-model DIR -weights int8" then makes 8 bits of the result, as they are shipped.`
}

// A gptRecipe is what is to be done, as recipe.json in the folder says it, to
// train.py and to those who come back.
type gptRecipe struct {
	Sources  []gptSource          `json:"sources"`
	Steps    int                  `json:"steps"`
	Batch    int                  `json:"batch"`
	Length   int                  `json:"length"`
	Rate     float64              `json:"rate"`
	Warmup   int                  `json:"warmup"`
	Schedule transformer.Schedule `json:"schedule"`
	Beta2    float64              `json:"beta2"`
	Decay    float64              `json:"decay"`
	Clip     float64              `json:"clip"`
	Seed     uint64               `json:"seed"`
	Prompt   []int                `json:"prompt"` // what samples go on from
	// BytesPerToken is that of the held-out text.
	BytesPerToken float64 `json:"bytes_per_token"`
}

// A gptSource is one text to learn from.
type gptSource struct {
	Name   string  `json:"name"`
	Tokens string  `json:"tokens"` // the file that has them, two bytes each
	Weight float64 `json:"weight"`
	paths  []string
	ids    []uint16
}

const recipeFile, startFile, heldOutFile = "recipe.json", "start.safetensors", "heldout.bin"

// A gptBegun is what a folder was begun with, as begun.json in it says.
type gptBegun struct {
	Config                     transformer.Config
	Corpus, HeldOut            []gptFile
	Weights                    []string // as they were given
	Steps, Batch, Rows, Warmup int
	Rate, Beta2                float64
	Schedule                   string
	Seed                       uint64
}

// A gptFile is a text by its name and size.
type gptFile struct {
	Name  string
	Bytes int64
}

const begunFile = "begun.json"

func (t *trainGPT) Run(e *env) error {
	config := transformer.Config{Vocab: t.Vocabulary, Context: t.Context, Width: t.Width, Blocks: t.Blocks, Heads: t.Heads, Epsilon: 1e-5}
	if err := config.Check(); err != nil {
		return usageError{err}
	}
	if t.Rows < 1 || t.Batch < 1 {
		return usageError{fmt.Errorf("%d rows a step, %d at a time: want 1 or more", t.Batch, t.Rows)}
	}
	sources, files, err := gptSources(append(t.Corpus, t.More...))
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
	begun, err := t.agree(config, files, heldFiles)
	if err != nil {
		return err
	}
	vocabulary, err := t.vocabulary(e, files)
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(filepath.Join(t.Out, begunFile), begun); err != nil {
		return err
	}
	if config.Vocab = vocabulary.Len(); config.Vocab > math.MaxUint16 {
		return usageError{fmt.Errorf("a vocabulary of %d tokens, want %d at most", config.Vocab, math.MaxUint16)}
	}
	if vocabulary.EndOfText() < 0 {
		return fmt.Errorf("%s: there is no token %s", filepath.Join(t.Out, token.VocabFile), token.End)
	}
	for i := range sources {
		s := &sources[i]
		if s.ids, err = t.tokens(e, s.Tokens, vocabulary, s.paths); err != nil {
			return err
		}
		if s.Weight == 0 {
			s.Weight = float64(len(s.ids)) / 1e6
		}
	}
	heldTokens, err := t.tokens(e, heldOutFile, vocabulary, heldFiles)
	if err != nil {
		return err
	}
	for _, s := range append(slices.Clone(sources), gptSource{paths: heldFiles, ids: heldTokens}) {
		if len(s.ids) <= t.Context {
			return fmt.Errorf("%s: %d tokens, too few for a row of %d", strings.Join(s.paths, ", "), len(s.ids), t.Context)
		}
	}
	held := make([]int, len(heldTokens))
	for i, id := range heldTokens {
		held[i] = int(id)
	}
	recipe := gptRecipe{Sources: sources, Steps: t.Steps, Batch: t.Batch, Length: t.Context, Rate: t.Rate, Warmup: t.Warmup,
		Schedule: transformer.Schedule(t.Schedule), Beta2: t.Beta2, Decay: 0.1, Clip: 1, Seed: t.Seed,
		Prompt: vocabulary.Encode(gptPrompt), BytesPerToken: float64(len(vocabulary.Decode(held))) / float64(len(held))}
	text, err := json.MarshalIndent(recipe, "", " ")
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(filepath.Join(t.Out, recipeFile), append(text, '\n')); err != nil {
		return err
	}
	net, err := transformer.NewNet(config, lm.Rand(t.Seed, "gpt"))
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(filepath.Join(t.Out, transformer.ConfigFile), net.Config.JSON(vocabulary)); err != nil {
		return err
	}
	if t.Prepare {
		if err := saveNet(filepath.Join(t.Out, startFile), net.Params(), nil); err != nil {
			return err
		}
		e.say("prepared: python3 transformer/small/train.py %s", t.Out)
		return nil
	}
	return t.train(e, net, vocabulary, recipe, held)
}

// gptSources are the texts of a corpus, PATH or PATH=WEIGHT, and all their files.
func gptSources(args []string) (sources []gptSource, files []string, err error) {
	names := map[string]bool{}
	for _, arg := range args {
		s := gptSource{}
		path := arg
		if i := strings.LastIndexByte(arg, '='); i > 0 {
			if weight, err := strconv.ParseFloat(arg[i+1:], 64); err == nil {
				if !(weight > 0) || math.IsInf(weight, 1) {
					return nil, nil, usageError{fmt.Errorf("%s: a weight of %v, want more than 0", arg, weight)}
				}
				path, s.Weight = arg[:i], weight
			}
		}
		if s.paths, err = data.CorpusFiles(path); err != nil {
			return nil, nil, err
		}
		s.Name, _, _ = strings.Cut(filepath.Base(path), ".")
		for s.Name == "" || names[s.Name] {
			s.Name = fmt.Sprintf("%s-%d", s.Name, len(sources)+1)
		}
		names[s.Name] = true
		s.Tokens = "tokens-" + s.Name + ".bin"
		sources, files = append(sources, s), append(files, s.paths...)
	}
	for _, s := range sources {
		if (s.Weight == 0) != (sources[0].Weight == 0) {
			return nil, nil, usageError{errors.New("some of the corpus has a weight, and some has none: want one for all or for none")}
		}
	}
	return sources, files, nil
}

// agree says, for begun.json, what the folder is begun with, and refuses one that was
// begun with something else: its tokens and weights would be taken for this one's.
func (t *trainGPT) agree(config transformer.Config, corpus, heldOut []string) ([]byte, error) {
	begun := gptBegun{Config: config, Steps: t.Steps, Batch: t.Batch, Rows: t.Rows, Warmup: t.Warmup, Rate: t.Rate, Beta2: t.Beta2, Schedule: t.Schedule, Seed: t.Seed}
	for _, arg := range append(t.Corpus, t.More...) {
		begun.Weights = append(begun.Weights, filepath.Base(arg))
	}
	for _, list := range []struct {
		to    *[]gptFile
		paths []string
	}{{&begun.Corpus, corpus}, {&begun.HeldOut, heldOut}} {
		for _, path := range list.paths {
			info, err := os.Stat(path)
			if err != nil {
				return nil, err
			}
			*list.to = append(*list.to, gptFile{filepath.Base(path), info.Size()})
		}
	}
	text, err := json.MarshalIndent(begun, "", " ")
	if err != nil {
		return nil, err
	}
	text = append(text, '\n')
	path := filepath.Join(t.Out, begunFile)
	switch before, err := os.ReadFile(path); {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return nil, err
	case !bytes.Equal(before, text):
		return nil, fmt.Errorf("%s: the folder was begun with other texts or settings; take another -out, or delete it", path)
	}
	return text, nil
}

// train makes all steps, on the processor.
func (t *trainGPT) train(e *env, net *transformer.Net, vocabulary *token.Vocabulary, r gptRecipe, held []int) error {
	recipe := transformer.Recipe{Steps: r.Steps, Batch: r.Batch, Rate: r.Rate, Warmup: r.Warmup, Schedule: r.Schedule,
		Beta2: r.Beta2, Decay: r.Decay, Clip: r.Clip, Seed: r.Seed}
	for recipe.Parts = (r.Batch + t.Rows - 1) / t.Rows; r.Batch%recipe.Parts != 0; recipe.Parts++ {
	}
	log := transformer.Log{Config: net.Config, BytesPerToken: r.BytesPerToken, Sources: map[string]transformer.LogSource{}}
	var texts []transformer.Source
	for _, s := range r.Sources {
		texts = append(texts, transformer.Source{Tokens: s.ids, Weight: s.Weight})
		log.Sources[s.Name] = transformer.LogSource{Tokens: len(s.ids), Weight: s.Weight}
	}
	trainer, err := net.Trainer(recipe, texts...)
	if err != nil {
		return err
	}
	e.step("training %d weights on %.1f million tokens", net.Config.Params(), float64(r.Steps*recipe.Tokens(net.Config))/1e6)
	watch := &gptWatch{t: t, e: e, net: net, vocabulary: vocabulary, recipe: recipe, held: held, trainer: trainer, log: log}
	last, done, err := e.train(trainer, t.weights(), "rows", t.Checkpoint, watch.step)
	if err != nil {
		return err
	}
	loss := net.HeldOutLoss(held, math.MaxInt)
	watch.log.HeldOut = loss
	if err := watch.write(); err != nil {
		return err
	}
	bits := loss / math.Ln2 / r.BytesPerToken
	if err := t.save(net, map[string]string{"steps": fmt.Sprint(r.Steps), "held-out loss": fmt.Sprintf("%.4f nats a token, %.4f bits a byte", loss, bits)}); err != nil {
		return err
	}
	e.say("held out: %.3f nats a token, %.3f bits a byte; %.0f tokens/s; the model is in %s", loss, bits, last.PerSecond*float64(net.Context), t.Out)
	return done()
}

// save writes the model, in 16 bits.
func (t *trainGPT) save(net *transformer.Net, metadata map[string]string) error {
	metadata["format"], metadata["made by"] = "pt", "essay train gpt"
	return atomicfile.Write(t.weights(), func(w io.Writer) error { return nn.SaveAs(w, net.Params(), "F16", metadata) })
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
func (t *trainGPT) tokens(e *env, name string, v *token.Vocabulary, files []string) ([]uint16, error) {
	path := filepath.Join(t.Out, name)
	if file, err := os.ReadFile(path); err == nil && len(file)%2 == 0 {
		ids := make([]uint16, len(file)/2)
		for i := range ids {
			ids[i] = binary.LittleEndian.Uint16(file[2*i:])
		}
		return ids, nil
	}
	e.step("cutting %s into tokens", strings.Join(files, ", "))
	var ids []uint16
	for _, file := range files {
		for text, err := range data.Documents(file) {
			if err != nil {
				return nil, err
			}
			for _, id := range append(v.Encode(text), v.EndOfText()) {
				ids = append(ids, uint16(id))
			}
		}
	}
	return ids, atomicfile.Write(path, func(w io.Writer) error {
		b := make([]byte, 0, 2*len(ids))
		for _, id := range ids {
			b = binary.LittleEndian.AppendUint16(b, id)
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
// changes, then every fortieth part. (train.py says the same.)
func (g *gptWatch) due(step int) bool {
	part := max(1, g.t.Steps/40)
	return step == g.t.Steps || step%part == 0 || step&(step-1) == 0 && step < part
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
	if err := g.write(); err != nil {
		return err
	}
	// It can be tried while it still learns.
	return g.t.save(g.net, map[string]string{"step": fmt.Sprintf("%d of %d", s.Number, s.Of)})
}

func (g *gptWatch) write() error {
	file, err := json.MarshalIndent(g.log, "", " ")
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(g.path(), append(file, '\n'))
}
