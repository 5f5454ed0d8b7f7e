package book

import (
	"bytes"
	"context"
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
	Chinese string   `json:"caption_zh"`
	Source  string   `json:"source"`
	Seed    uint64   `json:"seed"`
	Files   []string `json:"files"`
	Live    string   `json:"live,omitempty"` // the page of a figure that responds
	Seconds float64  `json:"seconds"`
	Error   string   `json:"error,omitempty"`
	// Processor is the kind of processor that drew it, see Processor.
	Processor string `json:"processor,omitempty"`
}

// A Gallery is a folder of figures, with pages that show them.
type Gallery struct {
	Dir     string
	Formats []string // svg, png
	Seed    uint64
	book    *Book
	entries map[string]Entry
}

// Gallery prepares a folder for figures, and keeps what it has of figures
// that are not drawn anew. A folder that cannot be written is an error.
func (b *Book) Gallery(dir string, formats []string, seed uint64) (*Gallery, error) {
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
	g := &Gallery{Dir: dir, Formats: formats, Seed: seed, book: b, entries: map[string]Entry{}}
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
// run: it is under version control, and what a gallery goes on from.
const pageIndex = `<script type="application/json" id="index">`

// readIndex reads what the page in a folder knows of its figures; nothing if
// there is none.
func readIndex(dir string) (entries []Entry, err error) {
	path := filepath.Join(dir, pages["en"])
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if _, index, ok := bytes.Cut(file, []byte(pageIndex)); ok {
		index, _, _ = bytes.Cut(index, []byte("</script>"))
		if err := json.Unmarshal(index, &entries); err != nil {
			return nil, fmt.Errorf("%s: %w (delete it to begin a new index)", path, err)
		}
	}
	return entries, nil
}

// Add writes the files of a figure that was drawn. The error, also kept for
// the index, is the figure's own or that of writing it. One that was called off
// leaves what the gallery has of it.
func (g *Gallery) Add(r Result) error {
	if errors.Is(r.Err, context.Canceled) {
		return r.Err
	}
	e := Entry{ID: r.ID, Title: r.Title, Chapter: r.Chapter, Kind: r.Kind, Caption: r.Captions["en"], Chinese: r.Captions["zh"],
		Source: sources(r.Needs), Seed: g.Seed, Seconds: math.Round(r.Seconds*10) / 10, Files: []string{}, Processor: Processor()}
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
	if err == nil && r.Page != nil {
		e.Live = r.ID + ".html"
		err = atomicfile.WriteBytes(filepath.Join(g.Dir, e.Live), r.Page)
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

// wording is what the page says around the figures, by language.
var wording = map[string]map[string]template.HTML{
	"en": {
		"title":    "oneword: the figures",
		"heading":  "What comes next?",
		"intro":    `The experiments behind Stephen Wolfram’s essay <a href="https://writings.stephenwolfram.com/2023/02/what-is-chatgpt-doing-and-why-does-it-work/">“What Is ChatGPT Doing … and Why Does It Work?”</a>, rebuilt in Go. Every picture on this page was computed by this repository’s code; <code>go run ./cmd/essay</code> draws them all again.`,
		"chapters": "Chapters", "where": "package", "notebook": "notebook", "move": "Move it", "data": "Data",
		"folder": "notebooks/", "other": "index.zh.html", "otherName": "中文",
	},
	"zh": {
		"title":    "oneword：全部图表",
		"heading":  "下一个词是什么？",
		"intro":    `Stephen Wolfram 的文章<a href="https://writings.stephenwolfram.com/2023/02/what-is-chatgpt-doing-and-why-does-it-work/">《ChatGPT 在做什么……它为何能做到？》</a>里的实验，用 Go 重做了一遍。本页的每张图都由本仓库的代码算出；<code>go run ./cmd/essay</code> 可以全部重画。图中的文字保留英文。`,
		"chapters": "章节", "where": "程序包", "notebook": "笔记本", "move": "动一动", "data": "数据来源",
		"folder": "notebooks/zh/", "other": "index.html", "otherName": "English",
	},
}

// pages are the names of the page by language.
var pages = map[string]string{"en": "index.html", "zh": "index.zh.html"}

// A section of the gallery's page is a chapter.
type section struct {
	Number            int
	Title             string
	Package, Notebook string
	Entries           []Entry
	titles            map[string]string // of the entries
}

// TitleOf is what a figure is called on the page.
func (s section) TitleOf(id string) string { return s.titles[id] }

// sections are the chapters of which there are figures.
func (g *Gallery) sections(language string) (list []section) {
	for _, c := range g.book.Chapters {
		s := section{c.Number, c.Title(language), c.Package, c.Notebook + ".ipynb", nil, map[string]string{}}
		for _, f := range c.Figures {
			if e, ok := g.entries[f.ID]; ok {
				s.Entries, s.titles[f.ID] = append(s.Entries, e), f.titles[language]
			}
		}
		if len(s.Entries) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// Close writes index.json and the pages, in English and in Chinese, and returns
// the path of the one in a language.
func (g *Gallery) Close(language string) (string, error) {
	var list []Entry
	for _, s := range g.sections(language) {
		list = append(list, s.Entries...)
	}
	index, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return "", err
	}
	if err := atomicfile.WriteBytes(filepath.Join(g.Dir, "index.json"), append(index, '\n')); err != nil {
		return "", err
	}
	for i := range list {
		list[i].Seconds = 0
	}
	for lang, name := range pages {
		var html bytes.Buffer
		values := map[string]any{"Chapters": g.sections(lang), "Lang": lang, "Say": wording[lang]}
		if lang == "en" {
			values["Index"] = list
		}
		if err := gallery.Execute(&html, values); err != nil {
			return "", err
		}
		if err := atomicfile.WriteBytes(filepath.Join(g.Dir, name), html.Bytes()); err != nil {
			return "", err
		}
	}
	return filepath.Join(g.Dir, pages[language]), nil
}
