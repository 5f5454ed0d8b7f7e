package book

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"go/format"
	"maps"
	"slices"
	"strings"

	"oneword/chapters/cells"
	"oneword/chart"
	"oneword/chart/live"
	"oneword/internal/notebook"
)

// notebook builds a notebook of a text of the chapter. Made are the outputs of
// cells; those that have none get none.
func (c *Chapter) notebook(t *text, made map[place][]notebook.Output) (*notebook.Notebook, error) {
	n := &notebook.Notebook{Format: 4, Minor: 5, Metadata: map[string]any{
		"kernelspec": map[string]any{"display_name": "Go (gonb)", "language": "go", "name": "gonb"},
		"language_info": map[string]any{"codemirror_mode": "", "file_extension": ".go", "mimetype": "text/x-go", "name": "go",
			"nbconvert_exporter": "", "pygments_lexer": "go"},
	}}
	for i, p := range t.pieces {
		if p.names == nil {
			n.Cells = append(n.Cells, notebook.Cell{Type: "markdown", ID: c.id("markdown", fmt.Sprint(i)), Metadata: map[string]any{}, Source: notebook.Lines(p.markdown)})
			continue
		}
		cell := notebook.Cell{Type: "code", ID: c.id("code", p.names...), Metadata: map[string]any{}}
		if p.names[0] == setup {
			source, err := c.setup(t)
			if err != nil {
				return nil, err
			}
			cell.Source = notebook.Lines(source)
			// What GoNB says to the flags.
			cell.Outputs = []notebook.Output{{Type: "stream", Name: "stdout", Text: "%goflags=[\"-ldflags=-s\"]\n"}}
			n.Cells = append(n.Cells, cell)
			continue
		}
		cell.Source = notebook.Lines(c.cellSource(p))
		last := p.names[len(p.names)-1]
		if d := c.source.declared[last]; d.cell {
			if d.figure != "" {
				tags := []string{d.figure}
				if d.live {
					tags = append(tags, "live")
				}
				cell.Metadata["tags"] = tags
			}
			cell.Outputs = made[place{c.Number, last}]
		}
		n.Cells = append(n.Cells, cell)
	}
	return n, nil
}

// id names a cell for front ends: the same each time that the notebook is built.
func (c *Chapter) id(kind string, names ...string) string {
	sum := sha256.Sum256([]byte(c.Notebook + " " + kind + " " + strings.Join(names, " ")))
	return fmt.Sprintf("%x", sum[:4])
}

// cellSource is the Go of a mark: its definitions, then "%%" and the cell.
func (c *Chapter) cellSource(p piece) string {
	var parts []string
	for _, name := range p.names {
		d := c.source.declared[name]
		if d.cell && len(p.names) > 1 {
			parts = append(parts, "%%\n"+d.text)
		} else if d.cell {
			return "%%\n" + d.text
		} else {
			parts = append(parts, d.text)
		}
	}
	return strings.Join(parts, "\n\n")
}

// setup is the first cell of a notebook: what all its cells import, and the lab
// and the place where they show things. Without symbols a cell links faster.
func (c *Chapter) setup(t *text) (string, error) {
	needed := map[string]bool{"oneword/labs": true}
	for _, name := range names(marks(t)) {
		if name != setup {
			for _, path := range c.source.declared[name].imports {
				needed[path] = true
			}
		}
	}
	std, ours := []string{}, []string{}
	for _, path := range slices.Sorted(maps.Keys(needed)) {
		line := fmt.Sprintf("\t%q\n", path)
		if strings.HasPrefix(path, "oneword/") {
			ours = append(ours, line)
		} else {
			std = append(std, line)
		}
	}
	source := "import (\n" + strings.Join(std, "") + "\n" + strings.Join(ours, "") + ")\n\nvar lab = labs.New(1)\nvar show = labs.Notebook()\n"
	formatted, err := format.Source([]byte(source))
	if err != nil {
		return "", err
	}
	return "%goflags -ldflags=-s\n" + strings.TrimSpace(string(formatted)), nil
}

// outputs are all that a cell has shown, as a notebook keeps it.
func outputs(r cells.Result) (list []notebook.Output, err error) {
	for _, o := range r.Outputs {
		out, err := output(o)
		if err != nil {
			return nil, err
		}
		list = append(list, out)
	}
	return list, nil
}

// output is one thing that a cell has shown, as a notebook keeps it.
func output(o cells.Output) (notebook.Output, error) {
	var display *chart.Shown
	var err error
	switch {
	case o.Live != nil:
		display, err = o.Live.Display()
	case o.Moving && o.Drawing != nil:
		display, err = chart.Preview(o.Drawing, 2)
	case o.Moving:
		display = live.Said(o.Text)
	case o.Drawing != nil:
		display, err = chart.Display(o.Drawing)
	default:
		return notebook.Output{Type: "stream", Name: "stdout", Text: notebook.Lines(o.Text)}, nil
	}
	if err != nil {
		return notebook.Output{}, err
	}
	out := notebook.Output{Type: "display_data", Data: map[string]notebook.Lines{}, Metadata: display.Metadata}
	for form, content := range display.Data {
		switch content := content.(type) {
		case []byte:
			out.Data[string(form)] = notebook.Lines(base64.StdEncoding.EncodeToString(content))
		case string:
			out.Data[string(form)] = notebook.Lines(content)
		default:
			return out, fmt.Errorf("an output of %T", content)
		}
	}
	return out, nil
}
