// Package notebook reads, checks and cleans Jupyter notebooks (nbformat 4).
package notebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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

// TakeCode replaces the code cells, with their outputs, by those of another
// edition of the notebook. Both must have the same kinds of cells in the same
// order.
func (n *Notebook) TakeCode(from *Notebook) error {
	if len(n.Cells) != len(from.Cells) {
		return fmt.Errorf("%d cells, but %d in the other edition", len(n.Cells), len(from.Cells))
	}
	for i, c := range from.Cells {
		if n.Cells[i].Type != c.Type {
			return fmt.Errorf("cell %d is %s, but %s in the other edition", i+1, n.Cells[i].Type, c.Type)
		}
	}
	for i, c := range from.Cells {
		if c.Type == "code" {
			n.Cells[i] = c
		}
	}
	return nil
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
// a notebook that is run again and computes the same is the same.
func (n *Notebook) Clean() {
	for i := range n.Cells {
		c := &n.Cells[i]
		c.ExecutionCount = nil
		c.Metadata = map[string]any{}
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

// Failures lists the code cells that ended in an error, wrote to standard
// error, or were not run.
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

var (
	figureMark = regexp.MustCompile(`(?m)^// figure: (\S+)$`)
	liveMark   = regexp.MustCompile(`(?m)^// live: (\S+)$`)
)

// Figures lists the figures that cells are marked with ("// figure: ID"), with
// the SHA-256 of the SVG of the picture that the cell shows; empty if none.
func (n *Notebook) Figures() map[string]string { return n.marked(figureMark, "svg") }

// Live lists the figures that respond ("// live: ID"), with the SHA-256 of the
// HTML that the cell shows; empty if none.
func (n *Notebook) Live() map[string]string { return n.marked(liveMark, "live") }

func (n *Notebook) marked(mark *regexp.Regexp, form string) map[string]string {
	figures := map[string]string{}
	for _, c := range n.Cells {
		m := mark.FindStringSubmatch(string(c.Source))
		if c.Type != "code" || m == nil {
			continue
		}
		figures[m[1]] = ""
		for _, o := range c.Outputs {
			if own, ok := o.Metadata["oneword"].(map[string]any); ok && o.Data["image/png"] != "" {
				figures[m[1]], _ = own[form].(string)
			}
		}
	}
	return figures
}

// Compare lists in what the figures of the notebook differ from those in a
// gallery folder, as far as they must be the same. With nil, all must.
func (n *Notebook) Compare(gallery string, same func(id string) bool) []string {
	var problems []string
	for id, sum := range n.Figures() {
		golden, err := os.ReadFile(filepath.Join(gallery, id+".svg"))
		switch {
		case err != nil:
			problems = append(problems, fmt.Sprintf("figure %s: %v", id, err))
		case differs(golden, sum, same == nil || same(id)):
			problems = append(problems, fmt.Sprintf("the cell of figure %s shows another picture than the gallery", id))
		}
	}
	for id, sum := range n.Live() {
		page, err := os.ReadFile(filepath.Join(gallery, id+".html"))
		_, page, _ = bytes.Cut(page, []byte("<body>\n"))
		fragment, _, _ := bytes.Cut(page, []byte("</body>"))
		switch {
		case err != nil:
			problems = append(problems, fmt.Sprintf("figure %s, as one that responds: %v", id, err))
		case differs(fragment, sum, same == nil || same(id)):
			problems = append(problems, fmt.Sprintf("the live cell of figure %s shows other HTML than the gallery", id))
		}
	}
	slices.Sort(problems)
	return problems
}

// differs says whether a file has another sum, or, if that does not matter,
// whether there is none.
func differs(file []byte, sum string, matters bool) bool {
	return sum == "" || matters && fmt.Sprintf("%x", sha256.Sum256(file)) != sum
}
