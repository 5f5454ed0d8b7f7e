// Package chapters is the essay: a folder a chapter, with its cells and its
// text. Nothing else knows what the essay shows.
//
//	letters/letters.go    the cells, in reading order, and the definitions they show
//	letters/en.md, zh.md  the narrative, with marks where the cells stand
//	letters/solutions.*   the same for the solutions of the exercises
//	letters/facts_test.go what must hold of each figure
//
// Package cells says what a cell is; package book makes of all this what
// people open.
package chapters

import (
	"fmt"

	"oneword/embedding/vectors"
	"oneword/labs"
	"oneword/must"
)

// Note is what captions may ask for without being given it: {seed}; {cat},
// {dog} and {novel}, whose source they are; {model}, {corpus}, {vectors}. Language is "en" or "zh"; what the lab cannot tell
// panics.
func Note(lab labs.Lab, name, language string) (string, error) {
	say := func(en, zh string, args ...any) string {
		if language == "zh" {
			return fmt.Sprintf(zh, args...)
		}
		return fmt.Sprintf(en, args...)
	}
	switch name {
	case "seed":
		return fmt.Sprint(lab.Seed()), nil
	case "cat":
		return lab.Cat().Source, nil
	case "dog":
		return lab.Dog().Source, nil
	case "novel":
		return lab.Novel().Source, nil
	case "model":
		m := lab.GPT()
		million := float64(m.Params()) / 1e6
		if m.Name == "small" {
			return say("Stand-in: the small GPT of this project (%.1f million weights, trained on English prose) instead of GPT-2",
				"替身：用的是本项目的小 GPT（%.1f 百万个权重，用英语文章训练），不是 GPT-2", million), nil
		}
		return say("Model: %s (%.0f million weights)", "模型：%s（%.0f 百万个权重）", m.Name, million), nil
	case "corpus":
		million := float64(lab.Measured().Words) / 1e6
		return say("%.1f million words of English prose (books, encyclopedia, news, textbooks)", "%.1f 百万词的英语文章（书、百科、新闻、教科书）", million), nil
	case "vectors":
		v := lab.Vectors()
		million := float64(must.Get(vectors.Recorded()).Words) / 1e6
		return say("Vectors: %d numbers for each of %d words, learned by this project from %.1f million words of English prose", "向量：%[2]d 个词各 %[1]d 个数，由本项目从%.1[3]f 百万词的英语文章学得", v.Dim(), v.Len(), million), nil
	}
	return "", fmt.Errorf("the caption asks for {%s}, which the cell does not hand over: show(…, labs.Values{%[1]q: …})", name)
}
