package figures

import (
	"fmt"
	"slices"
	"strings"

	"oneword/chart"
)

// A Figure is one picture of the essay, or one that goes beyond it.
type Figure struct {
	ID      string   // stable, as "02-cat-letters"
	Chapter int      // of the essay
	Title   string   // what it shows
	Kind    string   // plot, image, diagram, table, text or 3d
	Needs   []string // data and models, by their names in data.Sources
	// Draw makes the picture and its caption: one line that says what was
	// computed, from which data, with which seed.
	Draw func(*Lab) (picture chart.Drawing, caption Caption, err error)
}

// A Chapter is a part of the essay, with the package and notebook that
// rebuild it.
type Chapter struct {
	Number   int
	Title    string
	Package  string
	Notebook string
	Figures  []Figure
}

// Chapters lists the chapters in the essay's order.
func Chapters() []Chapter {
	return []Chapter{
		{1, "One word at a time", "transformer", "01-next.ipynb", chapter1},
		{2, "Where probabilities come from: letters", "letterfreq", "02-letters.ipynb", chapter2},
		{3, "n-grams", "ngram", "03-ngrams.ipynb", chapter3},
		{4, "What is a model?", "nn/fit", "04-models.ipynb", chapter4},
		{5, "A task for people: digits", "nn/digits", "05-digits.ipynb", chapter5},
		{6, "Neural nets", "nn", "06-nets.ipynb", chapter6},
		{7, "Training", "nn/curve", "07-training.ipynb", chapter7},
		{8, "Practice and lore", "nn/practice", "08-practice.ipynb", chapter8},
		{9, "Meaning as numbers", "embedding", "09-embeddings.ipynb", chapter9},
		{10, "Inside a GPT", "transformer", "10-inside.ipynb", chapter10},
		{11, "Training a GPT; grammar", "transformer", "11-training.ipynb", chapter11},
		{12, "Meaning space", "embedding", "12-meaning.ipynb", chapter12},
	}
}

// All lists the figures in the essay's order.
func All() []Figure {
	var all []Figure
	for _, c := range Chapters() {
		all = append(all, c.Figures...)
	}
	return all
}

// Select lists the figures with these IDs and of these chapters, in the
// essay's order; all of them if both lists are empty. An ID or a chapter that
// does not exist is an error.
func Select(ids []string, chapters []int) ([]Figure, error) {
	if len(ids) == 0 && len(chapters) == 0 {
		return All(), nil
	}
	for _, id := range ids {
		if !slices.ContainsFunc(All(), func(f Figure) bool { return f.ID == id }) {
			return nil, fmt.Errorf("no figure is called %q%s (`essay list` lists them)", id, nearest(id))
		}
	}
	for _, n := range chapters {
		if !slices.ContainsFunc(Chapters(), func(c Chapter) bool { return c.Number == n }) {
			return nil, fmt.Errorf("there is no chapter %d (`essay list` lists the figures)", n)
		}
	}
	var selected []Figure
	for _, f := range All() {
		if slices.Contains(ids, f.ID) || slices.Contains(chapters, f.Chapter) {
			selected = append(selected, f)
		}
	}
	return selected, nil
}

// nearest suggests an ID that has the given one within it.
func nearest(id string) string {
	for _, f := range All() {
		if id != "" && strings.Contains(f.ID, id) {
			return fmt.Sprintf("; perhaps %q", f.ID)
		}
	}
	return ""
}
