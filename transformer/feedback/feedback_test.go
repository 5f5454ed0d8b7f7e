package feedback_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"oneword/lm"
	"oneword/nn"
	"oneword/transformer"
	"oneword/transformer/feedback"
	"oneword/transformer/small"
)

func ExampleRating() {
	fmt.Println(feedback.Rating("A good and gentle friend, but a terrible cook."))
	// Output: 2
}

func model(t *testing.T) *transformer.Model {
	t.Helper()
	m, err := small.Model()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Texts that differ in their words are told apart after learning from pairs.
func TestLearnReward(t *testing.T) {
	m := model(t)
	var texts []feedback.RatedText
	rng := lm.Rand(1, "texts")
	for i := range 60 {
		words := feedback.KindWords()
		if i%2 == 0 {
			words = feedback.UnkindWords()
		}
		text := "The old man said that it was"
		for range 4 {
			text += " " + words[rng.IntN(len(words))]
		}
		texts = append(texts, feedback.RatedText{Tokens: m.Vocabulary.Encode(text), Prompt: 3, Rating: feedback.Rating(text)})
	}
	reward, agreement, err := feedback.LearnReward(m, texts, lm.Rand(2, "reward"))
	if err != nil || agreement < 0.75 {
		t.Fatalf("agreement %v, %v", agreement, err)
	}
	good, err := reward.Of(m.Vocabulary.Encode("The old man said that it was good and beautiful"), 3)
	bad, err2 := reward.Of(m.Vocabulary.Encode("The old man said that it was cruel and horrible"), 3)
	if err != nil || err2 != nil || good <= bad {
		t.Errorf("reward %v for kind words, %v for unkind ones", good, bad)
	}
	same := []feedback.RatedText{{Tokens: []int{1, 2, 3}, Prompt: 1}, {Tokens: []int{1, 2, 4}, Prompt: 1}}
	if _, _, err := feedback.LearnReward(m, same, lm.Rand(2, "reward")); err == nil {
		t.Error("learned from equal ratings")
	}
}

// A tiny net is tuned to write what is rewarded, and stays nearer to what it was
// if leaving costs more.
func TestTuner(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a net three times")
	}
	config := transformer.Config{Vocab: 6, Context: 10, Width: 16, Blocks: 1, Heads: 2, Epsilon: 1e-5}
	reference, err := transformer.NewNet(config, lm.Rand(1, "tiny"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := reference.Model(nil, transformer.F32)
	if err != nil {
		t.Fatal(err)
	}
	var texts []feedback.RatedText
	rng := lm.Rand(1, "texts")
	for range 200 {
		text, err := feedback.Rollout(m, []int{0}, 8, rng)
		if err != nil {
			t.Fatal(err)
		}
		threes := 0.0
		for _, id := range text {
			if id == 3 {
				threes++
			}
		}
		texts = append(texts, feedback.RatedText{Tokens: text, Prompt: 1, Rating: threes})
	}
	reward, agreement, err := feedback.LearnReward(m, texts, lm.Rand(1, "reward"))
	if err != nil || agreement < 0.85 {
		t.Fatalf("agreement %v, %v", agreement, err)
	}
	run := func(penalty float64) nn.Record {
		net, _ := transformer.NewNet(config, lm.Rand(1, "tiny"))
		tuner := feedback.Tuner{Net: net, Reference: reference, Reward: reward, Prompts: [][]int{{0}, {1}}, Length: 8, Batch: 16, Rate: 0.003, Penalty: penalty, Seed: 1}
		var rounds nn.Record
		for r, err := range tuner.Steps(context.Background(), 60) {
			if err != nil {
				t.Fatal(err)
			}
			rounds = append(rounds, r)
		}
		return rounds
	}
	free, bound := run(0), run(5)
	first, last := free[0].Measured, free.Last().Measured
	if math.Abs(first["divergence"]) > 1e-5 || last["reward"] < first["reward"]+0.5 || last["divergence"] < 0.2 {
		t.Errorf("from %+v to %+v", first, last)
	}
	if end := bound.Last().Measured["divergence"]; end > last["divergence"]/2 {
		t.Errorf("with a penalty it leaves by %v, without by %v", end, last["divergence"])
	}
	if again := run(0); fmt.Sprint(again) != fmt.Sprint(free) {
		t.Error("the same seed tuned otherwise")
	}
	bad := feedback.Tuner{Net: reference, Reference: reference, Reward: reward, Prompts: [][]int{{1}, {1, 2}}, Length: 5, Batch: 4, Rate: 1}
	for _, err := range bad.Steps(context.Background(), 1) {
		if err == nil {
			t.Error("prompts of unequal length passed")
		}
	}
}
