package transformer

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"oneword/lm"
)

// A Check is one thing that was compared with what is known of a model.
type Check struct {
	What      string
	Got, Want string
	OK        bool
}

// Golden are vectors that an independent implementation computed for a model,
// from the file golden.json in its folder. What is missing is not checked.
type Golden struct {
	Tokens    []int        `json:"tokens"`
	Logits    []float64    `json:"last_logits"`
	Top5      [][2]float64 `json:"last_probs_top5"`
	Attention [][]float64  `json:"attention_first_head_last_row"`
	Hidden    [][]float64  `json:"hidden_last_token"`
	Greedy    []int        `json:"greedy"`
	Loss      float64      `json:"loss"`
}

// GoldenFile is the name of that file.
const GoldenFile = "golden.json"

// tolerance is how far a number may be off, relative to the largest of its
// vector.
const tolerance = 1e-4

// ParseGolden reads a golden.json.
func ParseGolden(file []byte) (Golden, error) {
	var g Golden
	if err := json.Unmarshal(file, &g); err != nil {
		return g, fmt.Errorf("%s: %w", GoldenFile, err)
	}
	if len(g.Tokens) == 0 {
		return g, fmt.Errorf("%s: no tokens", GoldenFile)
	}
	return g, nil
}

// Check compares a model with golden vectors.
func (g Golden) Check(m *Model) ([]Check, error) {
	trace, err := m.Trace(g.Tokens)
	if err != nil {
		return nil, err
	}
	logits, err := m.NewSession().Feed(g.Tokens...)
	if err != nil {
		return nil, err
	}
	var checks []Check
	vector := func(what string, got []float32, want []float64) {
		c := Check{What: what, Want: fmt.Sprintf("within %g", tolerance)}
		if len(got) != len(want) {
			c.Got, c.Want = fmt.Sprint(len(got), " numbers"), fmt.Sprint(len(want), " numbers")
		} else {
			off, top := 0.0, 0.0
			for i, w := range want {
				off, top = max(off, math.Abs(float64(got[i])-w)), max(top, math.Abs(w))
			}
			c.Got, c.OK = fmt.Sprintf("%.1e off", off/max(top, 1e-30)), off <= tolerance*top
		}
		checks = append(checks, c)
	}
	last := len(g.Tokens) - 1
	if g.Logits != nil {
		vector("logits after the last token", logits, g.Logits)
	}
	for b, want := range g.Hidden {
		if b < len(trace.Hidden) {
			vector(fmt.Sprintf("last vector after block %d", b), trace.Hidden[b][last], want)
		}
	}
	for b, want := range g.Attention {
		if b < len(trace.Attention) {
			vector(fmt.Sprintf("attention of block %d, head 0", b+1), trace.Attention[b][0][last], want)
		}
	}
	for _, p := range g.Top5 {
		id := int(p[0])
		if id >= 0 && id < m.Config.Vocab {
			checks = append(checks, m.probable(id, trace.Next[m.Blocks][id], p[1]))
		}
	}
	if g.Greedy != nil {
		got, err := lm.Collect(len(g.Greedy), m.Generate(g.Tokens, lm.Sampling{}, nil))
		if err != nil {
			return nil, err
		}
		checks = append(checks, Check{"most probable continuation", fmt.Sprint(got), fmt.Sprint(g.Greedy), slices.Equal(got, g.Greedy)})
	}
	if g.Loss > 0 && len(g.Tokens) <= m.Context {
		score, err := m.Score(g.Tokens)
		if err != nil {
			return nil, err
		}
		got := score.Nats / float64(score.Tokens)
		checks = append(checks, Check{"loss", fmt.Sprintf("%.5f", got), fmt.Sprintf("%.5f", g.Loss), math.Abs(got-g.Loss) <= tolerance*g.Loss})
	}
	return checks, nil
}

func (m *Model) probable(id int, got, want float64) Check {
	name := fmt.Sprint("token ", id)
	if m.Vocabulary != nil {
		name = fmt.Sprintf("%q", m.Vocabulary.Token(id))
	}
	return Check{"probability of " + name, fmt.Sprintf("%.7f", got), fmt.Sprintf("%.7f", want), math.Abs(got-want) <= tolerance}
}

// EssayPrompt is the text of which the essay reports what comes next, by GPT-2
// with 124 million weights.
const EssayPrompt = "The best thing about AI is its ability to"

// EssayNext are its five most probable tokens after EssayPrompt.
func EssayNext() []Guess {
	return []Guess{{2193, " learn", 0.0445305}, {4331, " predict", 0.0349748}, {787, " make", 0.0319072}, {1833, " understand", 0.0307805}, {466, " do", 0.0288508}}
}

// EssaySteps are the most probable tokens one after the other.
func EssaySteps() []string {
	return []string{" learn", " from", " experience", ".", " It", "'s", " not"}
}

// CheckEssay compares a model with what the essay reports of GPT-2.
func CheckEssay(m *Model) ([]Check, error) {
	if m.Vocabulary == nil {
		return nil, fmt.Errorf("transformer: %s has no vocabulary", m.Name)
	}
	prompt := m.Vocabulary.Encode(EssayPrompt)
	p := make([]float64, m.Vocab())
	m.Next(prompt, p)
	var checks []Check
	for _, want := range EssayNext() {
		if id := m.Vocabulary.Encode(want.Text); len(id) == 1 {
			checks = append(checks, m.probable(id[0], p[id[0]], want.P))
		}
	}
	want := EssaySteps()
	ids, err := lm.Collect(len(want), m.Generate(prompt, lm.Sampling{}, nil))
	if err != nil {
		return nil, err
	}
	var got []string
	for _, id := range ids {
		got = append(got, m.Vocabulary.Token(id))
	}
	return append(checks, Check{"most probable continuation", fmt.Sprintf("%q", got), fmt.Sprintf("%q", want), slices.Equal(got, want)}), nil
}
