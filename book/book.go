// Package book turns the chapters into what people open: figures and a gallery
// of them, and notebooks in two languages. It knows no figure by name; what
// there is, it reads from the chapters' Go and Markdown.
//
//	b, err := book.Open()
//	b.Draw(ctx, labs.New(1), b.Figures(), func(r book.Result) { … })
//
// Reading order: book.go, source.go, text.go, draw.go, gallery.go, notebook.go,
// build.go.
package book

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"oneword/chapters"
	"oneword/chapters/cells"
)

// languages are those that the chapters are written in.
var languages = []string{"en", "zh"}

// A Book is a list of chapters.
type Book struct {
	Chapters []Chapter // in the essay's order
}

// A Chapter is a part of the essay, with the package and the notebook that
// rebuild it.
type Chapter struct {
	cells.Chapter
	Figures []Figure // in reading order

	folder    string // in the repository
	source    *source
	text      map[string]*text // by language
	solutions map[string]*text
	functions map[string]cells.Cell // by name
}

// A Figure is one picture of the essay, or one that goes beyond it.
type Figure struct {
	ID      string   // stable, as "02-cat-letters"
	Chapter int      // of the essay
	Title   string   // what it shows
	Kind    string   // plot, image, diagram, table, text or 3d
	Needs   []string // data and models, by their names in data.Sources
	// Exact says that the picture has the same bytes on every kind of processor.
	// Behind the others stands a net, whose sums differ in their last bits with
	// the order in which a processor's instructions add; of them the facts are
	// the same.
	Exact bool

	titles, captions map[string]string // by language; captions with their marks
	places           map[string]string // of the marks, file:line
	responds         bool
	draw, live       cells.Cell // live is nil if it does not respond, or if draw shows one that does
}

// Open reads the chapters of this program.
func Open() (*Book, error) { return open() }

var open = sync.OnceValues(func() (*Book, error) { return Read(chapters.All()) })

// Read reads chapters: their Go and their Markdown. It refuses a mark of what
// is not there, a cell without a mark, a helper that no earlier mark of the same
// notebook shows, and a figure without a title or a caption.
func Read(list []cells.Chapter) (*Book, error) {
	b := &Book{}
	for _, c := range list {
		chapter, err := read(c)
		if err != nil {
			return nil, fmt.Errorf("chapter %d: %w", c.Number, err)
		}
		b.Chapters = append(b.Chapters, *chapter)
	}
	return b, nil
}

// kinds are those of figures.
var kinds = []string{"plot", "image", "diagram", "table", "text", "3d"}

func read(c cells.Chapter) (*Chapter, error) {
	folder := ""
	if len(c.Cells) > 0 {
		folder = cells.Folder(c.Cells[0])
	}
	source, err := readSource(c.Files, folder)
	if err != nil {
		return nil, err
	}
	chapter := &Chapter{Chapter: c, folder: folder, source: source, text: map[string]*text{}, solutions: map[string]*text{}, functions: map[string]cells.Cell{}}
	for _, cell := range slices.Concat(c.Cells, c.Solutions) {
		name := cells.Name(cell)
		if chapter.functions[name] != nil {
			return nil, fmt.Errorf("the cell %s is listed twice", name)
		}
		chapter.functions[name] = cell
	}
	for _, language := range languages {
		for _, part := range []struct {
			file string
			into map[string]*text
			list []cells.Cell
		}{{language + ".md", chapter.text, c.Cells}, {"solutions." + language + ".md", chapter.solutions, c.Solutions}} {
			if len(part.list) == 0 && part.file != language+".md" {
				continue // no solutions
			}
			t, err := readText(c.Files, folder, part.file)
			if err != nil {
				return nil, err
			}
			if err := chapter.verify(part.file, t, part.list); err != nil {
				return nil, err
			}
			part.into[language] = t
		}
	}
	for _, texts := range []map[string]*text{chapter.text, chapter.solutions} {
		if en, zh := marks(texts["en"]), marks(texts["zh"]); !slices.EqualFunc(en, zh, func(a, b piece) bool { return slices.Equal(a.names, b.names) }) {
			return nil, fmt.Errorf("the marks of the two languages are not the same, or not in the same order: %v, %v", names(en), names(zh))
		}
	}
	for name, d := range source.declared {
		if d.cell && chapter.functions[name] == nil {
			return nil, fmt.Errorf("%s: the chapter does not list the cell %s; add it in chapter.go", d.at, name)
		}
	}
	return chapter, chapter.collect()
}

// marks are the pieces of a text that are marks.
func marks(t *text) (list []piece) {
	if t == nil {
		return nil
	}
	for _, p := range t.pieces {
		if p.names != nil {
			list = append(list, p)
		}
	}
	return list
}

func names(marks []piece) (all []string) {
	for _, m := range marks {
		all = append(all, m.names...)
	}
	return all
}

// verify checks the marks of one text: each name exists, helpers come first, and
// every cell of the list stands once.
func (c *Chapter) verify(file string, t *text, list []cells.Cell) error {
	shown := map[string]bool{}
	for i, m := range marks(t) {
		fail := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", path.Join(c.folder, file), m.line, fmt.Sprintf(format, args...))
		}
		if (i == 0 || slices.Contains(m.names, setup)) && !(i == 0 && slices.Equal(m.names, []string{setup})) {
			return fail("the mark %s stands alone, and first", setup)
		}
		if m.names[0] == setup {
			if len(m.keys) > 0 {
				return fail("the mark %s has nothing below it", setup)
			}
			continue
		}
		for i, name := range m.names {
			d := c.source.declared[name]
			switch {
			case d == nil:
				return fail("the chapter declares no %s; it has %s", name, strings.Join(c.source.names(), ", "))
			case shown[name]:
				return fail("%s is shown twice", name)
			case d.cell && i != len(m.names)-1:
				return fail("the cell %s must come last", name)
			}
			shown[name] = true
			for _, other := range d.group {
				shown[other] = true
			}
		}
		allowed := []string{}
		if d := c.source.declared[m.names[len(m.names)-1]]; d != nil && d.figure != "" && !d.again {
			if allowed = markKeys; file != "en.md" {
				allowed = []string{"title", "caption"}
			}
			if strings.HasPrefix(file, "solutions") {
				return fail("a solution draws a figure of the essay")
			}
		}
		for _, key := range slices.Sorted(maps.Keys(m.keys)) {
			if !slices.Contains(allowed, key) {
				return fail("a mark of %s has no %s here: only a cell with a comment “… is figure NN-name” has, and a title and a caption in zh.md", m.names[len(m.names)-1], key)
			}
		}
		if exact, ok := m.keys["exact"]; ok && exact != "yes" {
			return fail("exact is %q, want yes, or no such line", exact)
		}
		for _, name := range m.names {
			for _, used := range c.source.declared[name].uses {
				if !shown[used] {
					return fail("%s uses %s, which no mark has shown: name it here, before %[1]s, or in an earlier mark", name, used)
				}
			}
		}
	}
	for _, cell := range list {
		if !shown[cells.Name(cell)] {
			name := cells.Name(cell)
			return fmt.Errorf("%s has no mark for the cell %s (%s): put a line ```cell %[2]s and a line ``` where it stands", path.Join(c.folder, file), name, c.source.declared[name].at)
		}
	}
	return nil
}

// titled finds the titles that a cell gives its drawings.
var titled = regexp.MustCompile(`\.\s*Title\(("(?:[^"\\]|\\.)*")\)`)

// collect makes the chapter's list of figures.
func (c *Chapter) collect() error {
	at := map[string]int{}
	english, chinese := marks(c.text["en"]), marks(c.text["zh"])
	for i, m := range english {
		d := c.source.declared[m.names[len(m.names)-1]]
		if d == nil || d.figure == "" {
			continue
		}
		function := c.functions[d.name]
		if d.again {
			k, ok := at[d.figure]
			if !ok || c.Figures[k].responds {
				return fmt.Errorf("en.md:%d: the figure %s has to stand before the one that responds, of which there is one", m.line, d.figure)
			}
			c.Figures[k].live, c.Figures[k].responds = function, true
			continue
		}
		f := Figure{ID: d.figure, Chapter: c.Number, Title: m.keys["title"], Kind: m.keys["kind"], Exact: m.keys["exact"] == "yes",
			captions: map[string]string{"en": m.keys["caption"], "zh": chinese[i].keys["caption"]}, draw: function, responds: d.live}
		if f.Title == "" {
			if all := titled.FindAllStringSubmatch(d.text, -1); all != nil {
				f.Title, _ = strconv.Unquote(all[len(all)-1][1])
			}
		}
		f.places = map[string]string{}
		for language, m := range map[string]piece{"en": m, "zh": chinese[i]} {
			f.places[language] = fmt.Sprintf("%s:%d", path.Join(c.folder, language+".md"), m.line)
		}
		f.titles = map[string]string{"en": f.Title, "zh": chinese[i].keys["title"]}
		if list := m.keys["needs"]; list != "" {
			f.Needs = strings.Split(list, ", ")
		}
		_, twice := at[f.ID]
		switch {
		case twice:
			return fmt.Errorf("%s: the figure %s is drawn twice", d.at, f.ID)
		case !strings.HasPrefix(f.ID, fmt.Sprintf("%02d-", c.Number)):
			return fmt.Errorf("%s: the figure %s is of another chapter", d.at, f.ID)
		case !slices.Contains(kinds, f.Kind):
			return fmt.Errorf("en.md:%d: the kind of %s is %q, not one of %v", m.line, f.ID, f.Kind, kinds)
		}
		for _, language := range languages {
			if f.titles[language] == "" || f.captions[language] == "" {
				return fmt.Errorf("%s: the figure %s lacks a title or a caption", f.places[language], f.ID)
			}
		}
		at[f.ID] = len(c.Figures)
		c.Figures = append(c.Figures, f)
	}
	return nil
}

// Title is what the chapter is called in a language, "en" or "zh".
func (c Chapter) Title(language string) string { return c.text[language].title }

// TitleIn is what the figure is called in a language.
func (f Figure) TitleIn(language string) string { return f.titles[language] }

// Responds says whether there is a form of the figure that responds.
func (f Figure) Responds() bool { return f.responds }

// Figures lists all figures in the essay's order.
func (b *Book) Figures() []Figure {
	var all []Figure
	for _, c := range b.Chapters {
		all = append(all, c.Figures...)
	}
	return all
}

// Select lists the figures with these IDs and of these chapters, in the
// essay's order; all of them if both lists are empty. An ID or a chapter that
// does not exist is an error.
func (b *Book) Select(ids []string, numbers []int) ([]Figure, error) {
	all := b.Figures()
	if len(ids) == 0 && len(numbers) == 0 {
		return all, nil
	}
	for _, id := range ids {
		if !slices.ContainsFunc(all, func(f Figure) bool { return f.ID == id }) {
			return nil, fmt.Errorf("no figure is called %q%s (`essay list` lists them)", id, nearest(all, id))
		}
	}
	for _, n := range numbers {
		if !slices.ContainsFunc(b.Chapters, func(c Chapter) bool { return c.Number == n && len(c.Figures) > 0 }) {
			return nil, fmt.Errorf("there is no chapter %d (`essay list` lists the figures)", n)
		}
	}
	return slices.DeleteFunc(all, func(f Figure) bool {
		return !slices.Contains(ids, f.ID) && !slices.Contains(numbers, f.Chapter)
	}), nil
}

// nearest suggests an ID that has the given one within it.
func nearest(all []Figure, id string) string {
	for _, f := range all {
		if id != "" && strings.Contains(f.ID, id) {
			return fmt.Sprintf("; perhaps %q", f.ID)
		}
	}
	return ""
}
