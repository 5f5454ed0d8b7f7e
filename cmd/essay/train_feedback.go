package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"oneword/internal/atomicfile"
	"oneword/lm"
	"oneword/transformer"
	"oneword/transformer/feedback"
	"oneword/transformer/small"
)

// trainFeedback is the recipe of package feedback: `essay train feedback`.
type trainFeedback struct {
	HeldOut string  `required:"" name:"heldout" placeholder:"FILE" help:"Text to measure the model on before and after."`
	Out     string  `default:"feedback.json" placeholder:"FILE" help:"Where to write how it went."`
	Texts   int     `default:"1500" placeholder:"N" help:"Texts that are rated, to learn the reward from."`
	Steps   int     `default:"25" placeholder:"N" help:"Steps of tuning."`
	Batch   int     `default:"32" placeholder:"N" help:"Texts of a step."`
	Length  int     `default:"24" placeholder:"N" help:"Tokens of a text."`
	Rate    float64 `default:"0.0001" placeholder:"R" help:"Learning rate."`
	Penalty float64 `default:"0.3" placeholder:"P" help:"Penalty for each nat by which a text is more probable than it was."`
	Seed    uint64  `default:"1" help:"Seed of all that is drawn."`
}

func (t *trainFeedback) Help() string {
	return `Lets the small GPT write, rates its texts by the kindness of their words, learns
to foresee the ratings, and tunes the model by that, with a penalty for leaving
what it was. Writes down how it went; the tuned model itself is not kept.`
}

func (t *trainFeedback) Run(e *env) error {
	if t.Texts < 10 || t.Steps < 1 {
		return usageError{fmt.Errorf("%d texts and %d steps: want 10 and 1 or more", t.Texts, t.Steps)}
	}
	if err := atomicfile.Writable(filepath.Dir(t.Out)); err != nil { // before the work, not after it
		return err
	}
	m, err := small.Model()
	if err != nil {
		return err
	}
	held, err := documentTokens(m.Vocabulary, []string{t.HeldOut})
	if err != nil {
		return err
	}
	log := feedback.Log{Texts: t.Texts, Penalty: t.Penalty}
	measure := func(m *transformer.Model) (f feedback.Measure, err error) {
		texts, err := feedback.Rollouts(m, min(320, t.Texts), t.Length, lm.Rand(t.Seed, "fresh texts"))
		if err != nil {
			return f, err
		}
		f.Rating = feedback.MeanRating(texts)
		for _, text := range texts[:5] {
			f.Samples = append(f.Samples, m.Vocabulary.Decode(text.Tokens))
		}
		score, err := m.Score(held)
		if err != nil {
			return f, err
		}
		f.Perplexity, f.BitsPerByte = score.Perplexity(), score.BitsPerByte(len(m.Vocabulary.Decode(held)))
		return f, nil
	}
	e.step("writing and rating %d texts", t.Texts)
	texts, err := feedback.Rollouts(m, t.Texts, t.Length, lm.Rand(t.Seed, "rated texts"))
	if err != nil {
		return err
	}
	reward, agreement, err := feedback.LearnReward(m, texts, lm.Rand(t.Seed, "reward"))
	if err != nil {
		return err
	}
	log.Agreement = agreement
	e.say("the reward agrees with the ratings on %.1f %% of the pairs held out", 100*agreement)
	if log.Before, err = measure(m); err != nil {
		return err
	}
	net, err := small.Net()
	if err != nil {
		return err
	}
	reference, err := small.Net()
	if err != nil {
		return err
	}
	bar := e.progress(t.Steps, "tuning")
	tuner := &feedback.Tuner{Net: net, Reference: reference, Reward: reward, Prompts: feedback.Prompts(m), Length: t.Length,
		Batch: t.Batch, Rate: t.Rate, Penalty: t.Penalty, Seed: t.Seed}
	for r, err := range tuner.Steps(e.ctx, t.Steps) {
		if err != nil {
			bar.finish()
			return err
		}
		log.Rounds = append(log.Rounds, r)
		bar.set(r.Step, fmt.Sprintf("reward %.2f, rating %.2f, %.3f nats a token away", r.Measured["reward"], r.Measured["rating"], r.Measured["divergence"]))
	}
	bar.finish()
	tuned, err := net.Model(m.Vocabulary, transformer.F32)
	if err != nil {
		return err
	}
	if log.After, err = measure(tuned); err != nil {
		return err
	}
	text, err := json.MarshalIndent(log, "", " ")
	if err != nil {
		return err
	}
	e.say("mean rating %.2f before, %.2f after; held out %.4f bits a byte before, %.4f after", log.Before.Rating, log.After.Rating, log.Before.BitsPerByte, log.After.BitsPerByte)
	return atomicfile.WriteBytes(t.Out, append(text, '\n'))
}
