// Package feedback is the last step of training in miniature: people rate what
// a model writes, a second model learns to foresee their ratings, and the first
// one is tuned by the second (Ziegler et al., Fine-Tuning Language Models from
// Human Preferences, 2019; Ouyang et al., InstructGPT, 2022).
//
// The people are a rule that a person could follow ([Rating]): of two texts the
// one with the kinder words is better. From pairs so judged, [LearnReward] makes
// a [Reward]; and a [Tuner] changes a GPT so that the reward of what it writes
// rises, while it pays for leaving the model that it was.
//
//	texts, err := feedback.Rollouts(model, 1500, 24, rng) // written and rated
//	reward, agreement, err := feedback.LearnReward(model, texts, rng)
//	tuner := feedback.Tuner{Net: net, Reference: before, Reward: reward, …}
//	for point, err := range tuner.Steps(ctx, 60) {
//		…
//	}
//
// Reading order: rating.go, prompts.go, reward.go, tune.go; recorded.go has how it
// went with the small GPT.
package feedback
