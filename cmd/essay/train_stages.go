package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"oneword/data/texts"
	"oneword/internal/atomicfile"
	"oneword/lm"
	"oneword/transformer"
	"oneword/transformer/models"
	"oneword/transformer/small"
)

// trainStages makes the record of package small's Stages: `essay train stages`.
type trainStages struct {
	Models []string `arg:"" name:"dir" help:"Folders of models, as essay train gpt and train.py write them, with training.json."`
	Out    string   `default:"stages.json" placeholder:"FILE" help:"Where to write their answers."`
	Seed   uint64   `default:"1" help:"Seed of what they write."`
}

func (t *trainStages) Help() string {
	return `Asks models that have read less than the shipped one: how well they predict the
article about cats, which none of them has read, and how they go on with the
essay's prompt. The models are made by essay train gpt, with fewer -steps.`
}

func (t *trainStages) Run(e *env) error {
	var list []small.Stage
	for _, dir := range t.Models {
		e.step("asking %s", dir)
		path := filepath.Join(dir, "training.json")
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var log transformer.Log
		if err := json.Unmarshal(file, &log); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		m, err := models.Open(e.ctx, dir, transformer.Own, nil)
		if err != nil {
			return err
		}
		s, err := t.ask(m)
		if err != nil {
			return err
		}
		s.Tokens = log.Points.Last().Seen
		list = append(list, s)
		if err := m.Close(); err != nil {
			return err
		}
	}
	slices.SortFunc(list, func(a, b small.Stage) int { return cmp.Compare(a.Tokens, b.Tokens) })
	text, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(t.Out, append(text, '\n'))
}

func (t *trainStages) ask(m *transformer.Model) (s small.Stage, err error) {
	if s.BitsPerByte, err = m.BitsPerByte(texts.Cat().Text); err != nil {
		return s, err
	}
	s.Text, err = m.ContinueText(transformer.EssayPrompt, small.StageTokens, lm.Sampling{Temperature: 0.8}, lm.Rand(t.Seed, "01-larger-models"))
	return s, err
}
