package book

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A text is a chapter's Markdown in one language: pieces of Markdown, and marks
// of cells.
type text struct {
	title  string // of the first heading, without its number
	pieces []piece
}

// A piece is Markdown, or a mark where a cell stands:
//
//	```cell fiveNets ManySolutions
//	kind: plot
//	needs: mnist, lenet
//	exact: yes
//	title: What the lists say
//	caption: What one sees. The worst is {worst|%.3f} off. Seed {seed}.
//	```
//
// It names definitions of the chapter, which are shown above, and at most one
// cell, the last. Figures have a kind and a caption; the other lines are for
// those that need them. A line that begins with a space goes on with the one
// before. The mark "setup" stands for the notebook's first cell.
type piece struct {
	markdown string
	names    []string // of a mark
	keys     map[string]string
	line     int
}

var (
	fence   = regexp.MustCompile("^```cell *(.*)$")
	keyLine = regexp.MustCompile(`^([a-z]+):\s*(.*)$`)
	heading = regexp.MustCompile(`(?m)^# (?:\d+ · )?(.+)$`)
)

// markKeys are what a mark may say.
var markKeys = []string{"kind", "needs", "exact", "title", "caption"}

// setup is the mark of the cell with the imports.
const setup = "setup"

func readText(files fs.FS, folder, name string) (*text, error) {
	file, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	return parseText(path.Join(folder, name), strings.ReplaceAll(string(file), "\r\n", "\n"))
}

func parseText(name, file string) (*text, error) {
	t := &text{}
	if m := heading.FindStringSubmatch(file); m != nil {
		t.title = m[1]
	}
	var markdown strings.Builder
	flush := func() {
		if s := strings.TrimSpace(markdown.String()); s != "" {
			// Two Markdown cells in a row are parted by a line of its own.
			for _, part := range strings.Split(s, "\n\n<!-- cell -->\n\n") {
				t.pieces = append(t.pieces, piece{markdown: part})
			}
		}
		markdown.Reset()
	}
	var mark *piece
	last := ""
	for i, line := range strings.Split(file, "\n") {
		fail := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", name, i+1, fmt.Sprintf(format, args...))
		}
		switch m := fence.FindStringSubmatch(line); {
		case mark == nil && m != nil:
			flush()
			mark, last = &piece{names: strings.Fields(m[1]), keys: map[string]string{}, line: i + 1}, ""
			if len(mark.names) == 0 {
				return nil, fail("a mark of no cell")
			}
		case mark == nil:
			markdown.WriteString(line + "\n")
		case line == "```":
			t.pieces = append(t.pieces, *mark)
			mark = nil
		case strings.HasPrefix(line, " ") && last != "":
			mark.keys[last] += " " + strings.TrimSpace(line)
		default:
			m := keyLine.FindStringSubmatch(line)
			if m == nil || !slices.Contains(markKeys, m[1]) {
				return nil, fail("a mark has lines such as “caption: …”, for %s; this is %q", strings.Join(markKeys, ", "), line)
			}
			if _, twice := mark.keys[m[1]]; twice {
				return nil, fail("%s stands twice in a mark", m[1])
			}
			last, mark.keys[m[1]] = m[1], m[2]
		}
	}
	if mark != nil {
		return nil, fmt.Errorf("%s:%d: the mark does not end", name, mark.line)
	}
	flush()
	return t, nil
}

// A number in a caption: {worst}, {worst|%.3f}.
var number = regexp.MustCompile(`\{([A-Za-z][A-Za-z0-9]*)(?:\|(%[^}]*))?\}`)

// fill puts numbers into a caption. Values are what the cell has handed over,
// all of which the caption must use; note finds those that every caption may
// ask for, such as the seed.
func fill(caption string, values map[string]any, note func(name string) (string, error)) (string, error) {
	used := map[string]bool{}
	var failed error
	out := number.ReplaceAllStringFunc(caption, func(m string) string {
		parts := number.FindStringSubmatch(m)
		name, format := parts[1], parts[2]
		v, ok := values[name]
		if !ok {
			s, err := note(name)
			if err != nil && failed == nil {
				failed = err
			}
			return s
		}
		used[name] = true
		if format == "" {
			format = "%v"
		}
		s := fmt.Sprintf(format, v)
		if strings.Contains(s, "%!") && failed == nil {
			failed = fmt.Errorf("the caption says %s of %v", m, v)
		}
		return s
	})
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !used[name] && failed == nil {
			failed = fmt.Errorf("the cell hands over %q, which its caption does not say: %q", name, caption)
		}
	}
	if failed == nil && strings.ContainsAny(number.ReplaceAllString(caption, ""), "{}") {
		failed = fmt.Errorf("a brace of no number in the caption %q", caption)
	}
	return out, failed
}
