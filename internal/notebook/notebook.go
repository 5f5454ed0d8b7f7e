// Package notebook reads, checks and cleans Jupyter notebooks (nbformat 4).
package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"oneword/internal/atomicfile"
)

// A Notebook is the part of the format that is used here.
type Notebook struct {
	Cells    []Cell         `json:"cells"`
	Metadata map[string]any `json:"metadata"`
	Format   int            `json:"nbformat"`
	Minor    int            `json:"nbformat_minor"`
}

// A Cell is code or Markdown.
type Cell struct {
	Type           string         `json:"cell_type"`
	ID             string         `json:"id,omitempty"`
	Metadata       map[string]any `json:"metadata"`
	Source         Lines          `json:"source"`
	ExecutionCount *int           `json:"execution_count"` // null in a clean code cell
	Outputs        []Output       `json:"outputs"`
}

// MarshalJSON leaves out of Markdown cells what only code cells have.
func (c Cell) MarshalJSON() ([]byte, error) {
	type plain Cell
	if c.Type == "code" {
		if c.Outputs == nil {
			c.Outputs = []Output{}
		}
		return marshal(plain(c))
	}
	return marshal(struct {
		Type     string         `json:"cell_type"`
		ID       string         `json:"id,omitempty"`
		Metadata map[string]any `json:"metadata"`
		Source   Lines          `json:"source"`
	}{c.Type, c.ID, c.Metadata, c.Source})
}

// An Output is what a cell has produced.
type Output struct {
	Type           string           `json:"output_type"`
	Data           map[string]Lines `json:"data"`
	Metadata       map[string]any   `json:"metadata"`
	ExecutionCount *int             `json:"execution_count"`
	Name           string           `json:"name"` // stdout or stderr
	Text           Lines            `json:"text"`
	ErrorName      string           `json:"ename"`
	ErrorValue     string           `json:"evalue"`
	Traceback      []string         `json:"traceback"`
}

// MarshalJSON writes the fields that the format demands of each type.
func (o Output) MarshalJSON() ([]byte, error) {
	m := map[string]any{"output_type": o.Type}
	switch o.Type {
	case "display_data", "execute_result", "update_display_data":
		m["data"], m["metadata"] = o.Data, o.Metadata
		if o.Data == nil {
			m["data"] = struct{}{}
		}
		if o.Metadata == nil {
			m["metadata"] = struct{}{}
		}
		if o.Type == "execute_result" {
			m["execution_count"] = o.ExecutionCount
		}
	case "stream":
		m["name"], m["text"] = o.Name, o.Text
	case "error":
		m["ename"], m["evalue"], m["traceback"] = o.ErrorName, o.ErrorValue, append([]string{}, o.Traceback...)
	default:
		return nil, fmt.Errorf("an output of type %q", o.Type)
	}
	return marshal(m)
}

// Lines is text that the format stores as a list of lines, or as one string.
type Lines string

func (l Lines) MarshalJSON() ([]byte, error) {
	if l == "" {
		return []byte("[]"), nil
	}
	lines := strings.SplitAfter(string(l), "\n")
	if n := len(lines) - 1; lines[n] == "" {
		lines = lines[:n]
	}
	return marshal(lines)
}

func (l *Lines) UnmarshalJSON(b []byte) error {
	var lines []string
	if json.Unmarshal(b, &lines) == nil {
		*l = Lines(strings.Join(lines, ""))
		return nil
	}
	return json.Unmarshal(b, (*string)(l))
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// Read reads a notebook file.
func Read(path string) (*Notebook, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var n Notebook
	if err := json.Unmarshal(b, &n); err != nil {
		return nil, fmt.Errorf("%s: not a notebook: %w", path, err)
	}
	if n.Format != 4 {
		return nil, fmt.Errorf("%s: a notebook of format %d, want 4", path, n.Format)
	}
	return &n, nil
}

// Write writes a notebook file, whole or not at all.
func (n *Notebook) Write(path string) error {
	compact, err := marshal(n)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", " "); err != nil {
		return err
	}
	b.WriteByte('\n')
	return atomicfile.WriteBytes(path, b.Bytes())
}

// temporary matches what differs each time that a cell is run.
var temporary = regexp.MustCompile(`/tmp/gonb_[0-9a-f]+|gonb_id_[0-9a-f]+`)

// Clean removes what changes from run to run without meaning anything, so that
// a notebook that is run again and computes the same is the same. Of the cells'
// metadata it leaves the tags.
func (n *Notebook) Clean() {
	for i := range n.Cells {
		c := &n.Cells[i]
		c.ExecutionCount = nil
		tags := c.Metadata["tags"]
		c.Metadata = map[string]any{}
		if tags != nil {
			c.Metadata["tags"] = tags
		}
		for k := range c.Outputs {
			o := &c.Outputs[k]
			o.ExecutionCount = nil
			o.Text = Lines(temporary.ReplaceAllString(string(o.Text), "gonb"))
		}
	}
}

// A Failure is a cell that did not do what it should.
type Failure struct {
	Cell   int // counted from 1
	Reason string
}

// Failures lists the code cells that ended in an error, or wrote to standard
// error.
func (n *Notebook) Failures() []Failure {
	var out []Failure
	for i, c := range n.Cells {
		if c.Type != "code" {
			continue
		}
		fail := func(format string, args ...any) {
			out = append(out, Failure{i + 1, fmt.Sprintf(format, args...)})
		}
		for _, o := range c.Outputs {
			switch {
			case o.Type == "error":
				fail("%s: %s\n%s", o.ErrorName, o.ErrorValue, strings.Join(o.Traceback, "\n"))
			case o.Type == "stream" && o.Name == "stderr":
				fail("standard error: %s", o.Text)
			}
		}
	}
	return out
}

// Tags are the tags of a cell.
func (c Cell) Tags() (tags []string) {
	switch list := c.Metadata["tags"].(type) {
	case []string:
		return list
	case []any: // as JSON has it
		for _, t := range list {
			if s, ok := t.(string); ok {
				tags = append(tags, s)
			}
		}
	}
	return tags
}

// Differences lists in what the code cells of a notebook that was executed
// differ from those of another: in their text, or in what they have shown. Same
// says of a cell whether what it shows must be the same; of the others only the
// kinds of outputs must be. Pictures are compared by the sums of their SVG; those
// without one, the last of a live view, may differ.
func (n *Notebook) Differences(want *Notebook, same func(Cell) bool) (problems []string) {
	if len(n.Cells) != len(want.Cells) {
		return []string{fmt.Sprintf("%d cells, want %d", len(n.Cells), len(want.Cells))}
	}
	for i, c := range n.Cells {
		w := want.Cells[i]
		fail := func(format string, args ...any) {
			problems = append(problems, fmt.Sprintf("cell %d %v: ", i+1, c.Tags())+fmt.Sprintf(format, args...))
		}
		switch {
		case c.Type != w.Type || c.Source != w.Source:
			fail("other text than in the notebook that is kept")
			continue
		case c.Type != "code":
			continue
		case len(c.Outputs) != len(w.Outputs):
			fail("%d outputs, want %d", len(c.Outputs), len(w.Outputs))
			continue
		}
		for k, o := range c.Outputs {
			a, b := o.form(same(c)), w.Outputs[k].form(same(c))
			if a != b {
				fail("output %d is %s, want %s", k+1, a, b)
			}
		}
	}
	return problems
}

// form is what is compared of an output: exactly, or its kind alone.
func (o Output) form(exactly bool) string {
	kind := o.Type + " " + o.Name
	for _, form := range slices.Sorted(maps.Keys(o.Data)) {
		kind += " " + form
	}
	if own, ok := o.Metadata["oneword"]; ok && exactly {
		b, _ := marshal(own) // of strings
		return kind + " " + string(b)
	}
	if exactly && o.Data["image/png"] == "" {
		return fmt.Sprintf("%s %q", kind, o.Text+o.Data["text/plain"])
	}
	return kind
}
