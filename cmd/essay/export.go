package main

import (
	"errors"
	"fmt"
	"math"

	"oneword/transformer"
	"oneword/transformer/models"
)

// exportCommand is `essay export`.
type exportCommand struct {
	Model   string `default:"small" placeholder:"NAME" help:"small, gpt2, gpt2-medium, gpt2-large, gpt2-xl, or a folder with a model."`
	Weights string `default:"float16" placeholder:"WIDTH" help:"How weights are written: float32, float16 or bfloat16, as the Hub's programs read them; or int8, as this program ships them."`
	Out     string `required:"" placeholder:"DIR" help:"The folder to write."`
	Force   bool   `help:"Replace another model that is there."`
}

func (x *exportCommand) Help() string {
	return `Writes a model as a folder that Hugging Face's programs read: config.json,
model.safetensors, vocab.json, merges.txt and tokenizer.json (with -weights int8
one that only this program reads). Then it reads the folder back and compares.`
}

func (x *exportCommand) Run(e *env) error {
	dtype, err := transformer.ParseDType(x.Weights)
	if err != nil {
		return usageError{err}
	}
	m, err := gptFlags{Model: x.Model}.open(e)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := m.Save(x.Out, dtype, x.Force); err != nil {
		if errors.Is(err, transformer.ErrOtherModel) {
			return fmt.Errorf("%w; -force replaces it", err)
		}
		return err
	}
	again, err := models.Open(e.ctx, x.Out, dtype, nil)
	if err != nil {
		return fmt.Errorf("what was written cannot be read: %w", err)
	}
	defer again.Close()
	text := []int{0}
	if m.Vocabulary != nil {
		text = m.Vocabulary.Encode(transformer.EssayPrompt)
	}
	p, q, off := make([]float64, m.Vocab()), make([]float64, m.Vocab()), 0.0
	m.Next(text, p)
	again.Next(text, q)
	for i := range p {
		off = max(off, math.Abs(p[i]-q[i]))
	}
	if !(off < 0.1) {
		return fmt.Errorf("what was written predicts otherwise: a probability is off by %v", off)
	}
	e.say("%s, %d weights as %v, is in %s; read back, no probability of a next token is off by more than %.1e", m.Name, m.Params(), dtype, x.Out, off)
	return nil
}
