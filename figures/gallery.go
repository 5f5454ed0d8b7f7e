package figures

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"oneword/chart"
	"oneword/data"
	"oneword/internal/atomicfile"
)

// An Entry is what a gallery's index.json says of one figure. The names of
// its fields are a promise to other programs.
type Entry struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Chapter int      `json:"chapter"`
	Kind    string   `json:"kind"`
	Caption string   `json:"caption"`
	Source  string   `json:"source"`
	Seed    uint64   `json:"seed"`
	Files   []string `json:"files"`
	Live    string   `json:"live,omitempty"` // the page of a figure that responds
	Seconds float64  `json:"seconds"`
	Error   string   `json:"error,omitempty"`
}

// A Gallery is a folder of figures, with a page that shows them.
type Gallery struct {
	Dir     string
	Formats []string // svg, png
	Seed    uint64
	entries map[string]Entry
}

// OpenGallery prepares a folder for figures, and keeps what it has of figures
// that are not drawn anew. A folder that cannot be written is an error.
func OpenGallery(dir string, formats []string, seed uint64) (*Gallery, error) {
	for _, f := range formats {
		if f != "svg" && f != "png" {
			return nil, fmt.Errorf("format %q: a picture is written as svg or png", f)
		}
	}
	if len(formats) == 0 {
		return nil, errors.New("no format: a picture is written as svg or png")
	}
	if err := atomicfile.Writable(dir); err != nil {
		return nil, err
	}
	g := &Gallery{Dir: dir, Formats: formats, Seed: seed, entries: map[string]Entry{}}
	old, err := readIndex(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range old {
		if len(e.Files) > 0 && !slices.ContainsFunc(e.Files, func(f string) bool {
			_, err := os.Stat(filepath.Join(dir, filepath.Base(f)))
			return err != nil
		}) {
			g.entries[e.ID] = e
		}
	}
	return g, nil
}

// The page carries the index too, without the times that differ from run to
// run, so that a page under version control is enough to go on from.
const pageIndex = `<script type="application/json" id="index">`

// readIndex reads what is known of the figures in a folder: from index.json,
// else from the page, else nothing.
func readIndex(dir string) (entries []Entry, err error) {
	path := filepath.Join(dir, "index.json")
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		path = filepath.Join(dir, "index.html")
		file, err = os.ReadFile(path)
		_, file, _ = bytes.Cut(file, []byte(pageIndex))
		file, _, _ = bytes.Cut(file, []byte("</script>"))
	}
	if errors.Is(err, os.ErrNotExist) || err == nil && len(file) == 0 && filepath.Ext(path) == ".html" {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(file, &entries)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w (delete it to begin a new index)", path, err)
	}
	return entries, nil
}

// Add writes the files of a figure that was drawn. The error, also kept for
// the index, is the figure's own or that of writing it.
func (g *Gallery) Add(r Result) error {
	e := Entry{ID: r.ID, Title: r.Title, Chapter: r.Chapter, Kind: r.Kind, Caption: r.Caption,
		Source: sources(r.Needs), Seed: g.Seed, Seconds: math.Round(r.Seconds*10) / 10, Files: []string{}}
	err := r.Err
	for _, format := range g.Formats {
		if err != nil {
			break
		}
		name := r.ID + "." + format
		if err = chart.WriteFile(filepath.Join(g.Dir, name), r.Picture); err == nil {
			e.Files = append(e.Files, name)
		}
	}
	if err == nil && r.Live != nil {
		e.Live = r.ID + ".html"
		err = atomicfile.WriteBytes(filepath.Join(g.Dir, e.Live), r.Live)
	}
	if err != nil {
		e.Error = err.Error()
	}
	g.entries[r.ID] = e
	return err
}

// sources joins what is known of a figure's data into one line.
func sources(needs []string) string {
	var parts []string
	for _, name := range needs {
		if s, err := data.Find(name); err == nil {
			parts = append(parts, fmt.Sprintf("%s: %s (%s; %s)", s.Name, s.What, s.From, s.Licence))
		}
	}
	if len(parts) == 0 {
		return "computed, no data"
	}
	return strings.Join(parts, "; ")
}

//go:embed gallery.html
var galleryHTML string

var gallery = template.Must(template.New("gallery").Parse(galleryHTML))

// Close writes index.json and index.html, and returns the path of the latter.
func (g *Gallery) Close() (string, error) {
	var list []Entry
	type chapter struct {
		Chapter
		Entries []Entry
	}
	var chapters []chapter
	for _, c := range Chapters() {
		ch := chapter{Chapter: c}
		for _, f := range c.Figures {
			if e, ok := g.entries[f.ID]; ok {
				ch.Entries = append(ch.Entries, e)
			}
		}
		if len(ch.Entries) > 0 {
			chapters = append(chapters, ch)
			list = append(list, ch.Entries...)
		}
	}
	index, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return "", err
	}
	if err := atomicfile.WriteBytes(filepath.Join(g.Dir, "index.json"), append(index, '\n')); err != nil {
		return "", err
	}
	var html bytes.Buffer
	for i := range list {
		list[i].Seconds = 0
	}
	if err := gallery.Execute(&html, map[string]any{"Chapters": chapters, "Index": list}); err != nil {
		return "", err
	}
	path := filepath.Join(g.Dir, "index.html")
	return path, atomicfile.WriteBytes(path, html.Bytes())
}
