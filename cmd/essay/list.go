package main

import (
	"encoding/json"

	"oneword/book"
)

// listCommand is `essay list`.
type listCommand struct {
	JSON bool `help:"Write an array of {id, title, chapter, kind, needs}."`
}

func (l *listCommand) Run(e *env) error {
	b, err := book.Open()
	if err != nil {
		return err
	}
	if l.JSON {
		type row struct {
			ID      string   `json:"id"`
			Title   string   `json:"title"`
			Chapter int      `json:"chapter"`
			Kind    string   `json:"kind"`
			Needs   []string `json:"needs"`
		}
		rows := []row{}
		for _, f := range b.Figures() {
			rows = append(rows, row{f.ID, f.Title, f.Chapter, f.Kind, append([]string{}, f.Needs...)})
		}
		return e.json(rows)
	}
	for _, c := range b.Chapters {
		if len(c.Figures) == 0 {
			continue
		}
		e.say("%d  %s  (package %s, notebooks/%s.ipynb)", c.Number, c.Title("en"), c.Package, c.Notebook)
		for _, f := range c.Figures {
			e.say("   %-22s %-8s %s", f.ID, f.Kind, f.Title)
		}
	}
	return nil
}

// json writes a value for other programs.
func (e *env) json(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
