package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"oneword/lm"
	"oneword/transformer"
	"oneword/transformer/models"
	"oneword/transformer/token"
	"oneword/transformer/token/gpt2"
)

// gptFlags choose a model. They are part of several commands.
type gptFlags struct {
	Model   string `default:"small" placeholder:"NAME" help:"small, gpt2, gpt2-medium, gpt2-large, gpt2-xl, or a folder with a model."`
	Weights string `placeholder:"WIDTH" help:"How weights are kept in memory: float32, float16, bfloat16 or int8 (default: as the model's file has them)."`
}

func (g gptFlags) open(e *env) (*transformer.Model, error) {
	dtype, err := transformer.Own, error(nil)
	if g.Weights != "" {
		if dtype, err = transformer.ParseDType(g.Weights); err != nil {
			return nil, usageError{err}
		}
	}
	var bar progress
	current := ""
	m, err := models.Open(e.ctx, g.Model, dtype, func(file string, have, of int64) {
		if file != current {
			if current != "" {
				bar.finish()
			}
			current, bar = file, e.progress(1000, file)
		}
		if of > 0 {
			bar.set(int(1000*have/of), fmt.Sprintf("%s: %.0f of %.0f MB", file, float64(have)/1e6, float64(of)/1e6))
		}
	})
	if current != "" {
		bar.finish()
	}
	return m, err
}

// words opens a model that can read and write.
func (g gptFlags) words(e *env) (*transformer.Model, error) {
	m, err := g.open(e)
	if err == nil && m.Vocabulary == nil {
		err = fmt.Errorf("%s has no vocabulary (%s and %s)", g.Model, token.VocabFile, token.MergesFile)
	}
	return m, err
}

// nextCommand is `essay next`.
type nextCommand struct {
	gptFlags
	Prompt string `required:"" placeholder:"TEXT" help:"What comes before."`
	Top    int    `default:"5" placeholder:"N" help:"How many tokens to list."`
	JSON   bool   `help:"Write an array of {id, text, p}."`
}

// A nextRow is a token that may come next.
type nextRow struct {
	ID   int     `json:"id"`
	Text string  `json:"text"`
	P    float64 `json:"p"`
}

func (n *nextCommand) Run(e *env) error {
	if n.Top < 1 {
		return usageError{fmt.Errorf("-top %d: want 1 or more", n.Top)}
	}
	m, err := n.words(e)
	if err != nil {
		return err
	}
	prompt, err := encode(m, n.Prompt)
	if err != nil {
		return err
	}
	p := make([]float64, m.Vocab())
	m.Next(prompt, p)
	rows := []nextRow{}
	for id, v := range p {
		rows = append(rows, nextRow{id, m.Vocabulary.Token(id), v})
	}
	slices.SortStableFunc(rows, func(a, b nextRow) int { return cmp.Compare(b.P, a.P) })
	rows = rows[:min(n.Top, len(rows))]
	if n.JSON {
		return e.json(rows)
	}
	for _, r := range rows {
		e.say("%-16q %.7f", r.Text, r.P)
	}
	return nil
}

// encode cuts a prompt into tokens; one without any is an error.
func encode(m *transformer.Model, text string) ([]int, error) {
	ids := m.Vocabulary.Encode(text)
	if len(ids) == 0 {
		return nil, usageError{errors.New("the prompt is empty")}
	}
	return ids, nil
}

// generateCommand is `essay generate`.
type generateCommand struct {
	gptFlags
	Prompt      string  `required:"" placeholder:"TEXT" help:"What to go on from."`
	N           int     `short:"n" name:"tokens" default:"50" placeholder:"N" help:"Tokens to write."`
	Temperature float64 `default:"0.8" placeholder:"T" help:"0 for always the most probable; 1 for what the model says."`
	TopK        int     `default:"40" placeholder:"K" help:"Only the K most probable; 0 for all."`
	TopP        float64 `placeholder:"P" help:"Only the most probable that have P together."`
	Seed        uint64  `default:"1" help:"Seed of the choice."`
	JSON        bool    `help:"Write one object {text, tokens, seed, tokens_per_second} in the end."`
}

func (g *generateCommand) Run(e *env) error {
	sampling := lm.Sampling{Temperature: g.Temperature, TopK: g.TopK, TopP: g.TopP}
	if err := sampling.Check(); err != nil {
		return usageError{err}
	}
	if g.N < 0 {
		return usageError{fmt.Errorf("-n %d: want 0 or more", g.N)}
	}
	m, err := g.words(e)
	if err != nil {
		return err
	}
	prompt, err := encode(m, g.Prompt)
	if err != nil {
		return err
	}
	if !g.JSON {
		fmt.Fprint(e.out, g.Prompt)
	}
	if len(prompt)+g.N > m.Context {
		e.step("the text will be longer than the model's window of %d tokens: its beginning is then forgotten", m.Context)
	}
	var ids []int
	start := time.Now()
	for id, err := range m.Generate(prompt, sampling, lm.Rand(g.Seed, "generate")) {
		if err != nil {
			return err
		}
		if len(ids) == g.N || e.ctx.Err() != nil {
			break
		}
		ids = append(ids, id)
		if !g.JSON {
			fmt.Fprint(e.out, m.Vocabulary.Token(id))
		}
	}
	rate := float64(len(ids)) / time.Since(start).Seconds()
	if g.JSON {
		return e.json(struct {
			Text      string  `json:"text"`
			Tokens    []int   `json:"tokens"`
			Seed      uint64  `json:"seed"`
			PerSecond float64 `json:"tokens_per_second"`
		}{g.Prompt + m.Vocabulary.Decode(ids), append([]int{}, ids...), g.Seed, rate})
	}
	fmt.Fprintln(e.out)
	fmt.Fprintf(e.stderr, "%d tokens, %.0f a second, by %s in %v\n", len(ids), rate, m.Name, m.DType)
	return nil
}

// tokensCommand is `essay tokens`.
type tokensCommand struct {
	Model string `default:"gpt2" placeholder:"NAME" help:"Whose vocabulary: gpt2 (offline), small, or a folder with vocab.json and merges.txt."`
	JSON  bool   `help:"Write an array of {id, text}."`
	Text  string `arg:"" optional:"" help:"The text; standard input if it is missing."`
}

func (t *tokensCommand) Run(e *env) error {
	v, err := vocabulary(e, t.Model)
	if err != nil {
		return err
	}
	text := t.Text
	if text == "" {
		b, err := io.ReadAll(bufio.NewReader(e.in))
		if err != nil {
			return err
		}
		text = string(b)
	}
	type row struct {
		ID   int    `json:"id"`
		Text string `json:"text"`
	}
	rows := []row{}
	for _, id := range v.Encode(text) {
		rows = append(rows, row{id, v.Token(id)})
	}
	if t.JSON {
		return e.json(rows)
	}
	for _, r := range rows {
		e.say("%6d  %q", r.ID, r.Text)
	}
	return nil
}

func vocabulary(e *env, name string) (*token.Vocabulary, error) {
	if strings.HasPrefix(name, "gpt2") {
		return gpt2.Vocabulary()
	}
	if name == models.Small {
		m, err := models.Open(e.ctx, name, transformer.Own, nil)
		if err != nil {
			return nil, err
		}
		return m.Vocabulary, nil
	}
	return token.Read(name)
}

// verifyCommand is `essay verify`.
type verifyCommand struct {
	gptFlags
	Heldout string `placeholder:"FILE" help:"Measure instead how well each width of weights predicts this text (.xz and .gz too)."`
}

func (v *verifyCommand) Help() string {
	return `With a golden.json in the model's folder, compares the model with the vectors in
it; and GPT-2 of 124 million weights with the probabilities and the
continuation that the essay reports. With -heldout, says what is lost if
weights are kept in fewer bits.`
}

// dtypes prints how well the model predicts a text with weights of each type.
func (v *verifyCommand) dtypes(e *env) error {
	for _, dtype := range transformer.DTypes() {
		v.Weights = dtype.String()
		m, err := v.words(e)
		if err != nil {
			return err
		}
		ids, err := documentTokens(m.Vocabulary, []string{v.Heldout})
		if err != nil {
			return err
		}
		score, err := m.Score(ids)
		if err != nil {
			return err
		}
		e.say("%-9s %8.2f MB  perplexity %.4f a token, %.5f bits a byte", v.Weights, float64(m.Bytes())/1e6,
			score.Perplexity(), score.BitsPerByte(len(m.Vocabulary.Decode(ids))))
		if err := m.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifyCommand) Run(e *env) error {
	if v.Heldout != "" {
		return v.dtypes(e)
	}
	m, err := v.open(e)
	if err != nil {
		return err
	}
	var checks []transformer.Check
	switch file, err := os.ReadFile(filepath.Join(v.Model, transformer.GoldenFile)); {
	case err == nil:
		golden, err := transformer.ParseGolden(file)
		if err != nil {
			return fmt.Errorf("%s: %w", v.Model, err)
		}
		if checks, err = golden.Check(m); err != nil {
			return err
		}
	case m.Config == transformer.Sizes()["gpt2"]:
		if checks, err = transformer.CheckEssay(m); err != nil {
			return err
		}
	default:
		return fmt.Errorf("nothing is known of %s to compare it with: no %s, and it is not GPT-2 of 124 million weights", v.Model, transformer.GoldenFile)
	}
	failed := 0
	for _, c := range checks {
		mark := "ok"
		if !c.OK {
			mark = "WRONG"
			failed++
		}
		e.say("%-5s  %-36s %s (want %s)", mark, c.What, c.Got, c.Want)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(checks))
	}
	e.say("%d checks passed", len(checks))
	return nil
}
