package feedback

import (
	"math/rand/v2"

	"oneword/transformer"
)

// openings are beginnings to go on from.
var openings = []string{
	"The old man looked at", "The young woman went to", "In the evening the children", "My brother and I had", "The king said to his",
	"When the sun rose over", "One day a stranger came", "She opened the door and", "There was once a little", "The people of the town",
	"He had never seen a", "After the long winter the", "The doctor told them that", "It was the first time", "They sat by the fire",
	"The soldier came home from",
}

// promptTokens is how long a prompt is: all must be equally long.
const promptTokens = 4

// Prompts are beginnings of sentences, each cut to the same number of tokens.
func Prompts(m *transformer.Model) [][]int {
	var list [][]int
	for _, o := range openings {
		if ids := m.Vocabulary.Encode(o); len(ids) >= promptTokens {
			list = append(list, ids[:promptTokens])
		}
	}
	return list
}

// Rollouts lets a model write after each prompt in turn, and rates what it
// wrote.
func Rollouts(m *transformer.Model, texts, length int, rng *rand.Rand) ([]RatedText, error) {
	prompts := Prompts(m)
	list := make([]RatedText, texts)
	for i := range list {
		prompt := prompts[i%len(prompts)]
		tokens, err := Rollout(m, prompt, length, rng)
		if err != nil {
			return nil, err
		}
		list[i] = RatedText{tokens, len(prompt), Rating(m.Vocabulary.Decode(tokens[len(prompt):]))}
	}
	return list, nil
}

// MeanRating is the mean rating.
func MeanRating(texts []RatedText) float64 {
	sum := 0.0
	for _, t := range texts {
		sum += t.Rating / float64(len(texts))
	}
	return sum
}
