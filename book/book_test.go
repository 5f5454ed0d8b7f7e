package book

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"oneword/chapters/cells"
	"oneword/chart"
	"oneword/data"
	"oneword/labs"
)

// A chapter for tests: cells of this file under the names that its source says.
func First(lab labs.Lab, show labs.Show)  { show(chart.Prose("x").Title("First"), labs.Values{"n": 3}) }
func Second(lab labs.Lab, show labs.Show) { show.Println("two") }

const (
	goHead = "package c\n\nimport (\n\t\"fmt\"\n\t\"math/rand/v2\"\n\n\t\"oneword/labs\"\n)\n\n"
	first  = `// helper helps.
func helper(n int) int { return rand.IntN(n) }

// First is figure 99-first: a test.
func First(lab labs.Lab, show labs.Show) {
	text := ` + "`raw\n\tstring`" + `
	if n := helper(3); n > 1 {
		fmt.Println(text)
	}
}
`
	second  = "\n// Second shows nothing.\nfunc Second(lab labs.Lab, show labs.Show) { show(helper(2)) }\n"
	english = "# 99 · A test\n\nHello.\n\n```cell setup\n```\n\n```cell helper First\nkind: text\nneeds: cat, dog\ntitle: The first\ncaption: There are {n} of them.\n Seed {seed}.\n```\n\n```cell Second\n```\n"
	chinese = "# 99 · 测试\n\n你好。\n\n```cell setup\n```\n\n```cell helper First\ntitle: 第一\ncaption: 有 {n} 个。种子 {seed}。\n```\n\n```cell Second\n```\n"
)

func small(change func(files map[string]string)) cells.Chapter {
	files := map[string]string{"c.go": goHead + first + second, "en.md": english, "zh.md": chinese}
	if change != nil {
		change(files)
	}
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return cells.Chapter{Number: 99, Notebook: "99-test", Files: folder, Cells: []cells.Cell{First, Second}}
}

func TestRead(t *testing.T) {
	b, err := Read([]cells.Chapter{small(nil)})
	if err != nil {
		t.Fatal(err)
	}
	f := b.Figures()[0]
	if f.ID != "99-first" || f.Title != "The first" || f.TitleIn("zh") != "第一" || f.Kind != "text" || !slices.Equal(f.Needs, []string{"cat", "dog"}) || f.Exact || f.Responds() {
		t.Errorf("read %+v", f)
	}
	d := b.Chapters[0].source.declared["First"]
	if want := "text := `raw\n\tstring`\nif n := helper(3); n > 1 {\n\tfmt.Println(text)\n}"; d.text != want {
		t.Errorf("the cell is\n%s\nwant\n%s", d.text, want)
	}
	if !slices.Equal(d.uses, []string{"helper"}) || !slices.Equal(d.imports, []string{"fmt"}) {
		t.Errorf("it uses %v and imports %v", d.uses, d.imports)
	}
	if h := b.Chapters[0].source.declared["helper"]; !slices.Equal(h.imports, []string{"math/rand/v2"}) || !strings.HasPrefix(h.text, "// helper helps.\nfunc helper") {
		t.Errorf("the helper is %+v", h)
	}
}

// What does not fit together is refused, with the place.
func TestReadRefuses(t *testing.T) {
	replace := func(file, old, new string) func(map[string]string) {
		return func(files map[string]string) { files[file] = strings.Replace(files[file], old, new, 1) }
	}
	both := func(old, new string) func(map[string]string) {
		return func(files map[string]string) {
			replace("en.md", old, new)(files)
			replace("zh.md", old, new)(files)
		}
	}
	for want, change := range map[string]func(map[string]string){
		"en.md:8: First uses helper, which no mark has shown": both("helper First", "First"),
		"en.md:8: the chapter declares no Thrid":              both("First", "Thrid"),
		"no mark for the cell Second":                         both("```cell Second\n```\n", ""),
		"the marks of the two languages":                      replace("zh.md", "```cell helper First\n", "```cell helper\n```\n\n```cell First\n"),
		"a mark of no cell":                                   replace("en.md", "```cell Second", "```cell "),
		"setup stands alone, and first":                       both("```cell setup\n```\n\n", ""),
		"the mark setup stands alone, and first":              both("cell setup", "cell setup Second"),
		`exact is "true"`:                                     replace("en.md", "kind: text", "kind: text\nexact: true"),
		"zh.md:8: a mark of First has no kind":                replace("zh.md", "title: 第一", "title: 第一\nkind: text"),
		"must come last":                                      both("helper First", "First helper"),
		"shown twice":                                         both("```cell Second\n", "```cell helper Second\n"),
		"a mark has lines such as":                            replace("en.md", "Second\n```\n", "Second\n"),
		"does not end":                                        both("```cell Second\n```\n", "```cell Second"),
		`this is "colour: red"`:                               replace("en.md", "kind: text", "colour: red"),
		"kind stands twice":                                   replace("en.md", "kind: text", "kind: text\nkind: plot"),
		`the kind of 99-first is "picture"`:                   replace("en.md", "kind: text", "kind: picture"),
		"of another chapter":                                  replace("c.go", "figure 99-first", "figure 98-first"),
		"lacks a title or a caption":                          replace("zh.md", "title: 第一\n", ""),
		"a mark of Second has no kind here":                   replace("en.md", "```cell Second\n", "```cell Second\nkind: text\n"),
		"does not list the cell Third":                        replace("c.go", "// Second shows", "// Third is not listed.\nfunc Third(lab labs.Lab, show labs.Show) {}\n\n// Second shows"),
		"expected":                                            replace("c.go", "func helper", "func func"),
		"file does not exist":                                 func(files map[string]string) { delete(files, "zh.md") },
	} {
		if _, err := Read([]cells.Chapter{small(change)}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "chapter 99") {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// A caption says all numbers that the cell hands over, and no other.
func TestFill(t *testing.T) {
	note := func(name string) (string, error) {
		if name == "seed" {
			return "7", nil
		}
		return "", fmt.Errorf("nothing is known of %s", name)
	}
	for _, tt := range []struct {
		caption string
		values  labs.Values
		want    string
	}{
		{"{a|%.2f} of {b}, seed {seed}", labs.Values{"a": 1.0 / 3, "b": 12}, "0.33 of 12, seed 7"},
		{"no numbers, 100 %", nil, "no numbers, 100 %"},
		{"seed {seed .", nil, "error: a brace of no number"},
		{"{a}", labs.Values{"a": 1, "b": 2}, `error: the cell hands over "b"`},
		{"{a} {c}", labs.Values{"a": 1}, "error: nothing is known of c"},
		{"{a|%d}", labs.Values{"a": "x"}, "error: the caption says {a|%d} of x"},
	} {
		got, err := fill(tt.caption, tt.values, note)
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != tt.want && (err == nil || !strings.HasPrefix(got, tt.want)) {
			t.Errorf("%q: %q, want %q", tt.caption, got, tt.want)
		}
	}
}

func open1(t testing.TB) *Book {
	t.Helper()
	b, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCatalogue(t *testing.T) {
	b, seen := open1(t), map[string]bool{}
	for _, f := range b.Figures() {
		if seen[f.ID] {
			t.Errorf("%s stands twice", f.ID)
		}
		seen[f.ID] = true
		for _, name := range f.Needs {
			if _, err := data.Find(name); err != nil {
				t.Errorf("%s needs %q: %v", f.ID, name, err)
			}
		}
		if !chineseText(f.TitleIn("zh")) {
			t.Errorf("%s is called %q", f.ID, f.TitleIn("zh"))
		}
	}
	for _, c := range b.Chapters {
		if !chineseText(c.Title("zh")) || c.Title("en") == "" {
			t.Errorf("chapter %d is called %q, %q", c.Number, c.Title("en"), c.Title("zh"))
		}
	}
	if len(seen) != 111 {
		t.Errorf("%d figures; if one was added, say so here", len(seen))
	}
	if got, err := b.Select([]string{"03-unseen", "02-cat-letters"}, []int{4}); err != nil || len(got) != 7 || got[0].ID != "02-cat-letters" {
		t.Errorf("selected %d figures, %v", len(got), err)
	}
	if _, err := b.Select([]string{"cat-letters"}, nil); err == nil || !strings.Contains(err.Error(), "02-cat-letters") {
		t.Errorf("a part of an ID: %v", err)
	}
	if _, err := b.Select(nil, []int{99}); err == nil {
		t.Error("a chapter that is not there passed")
	}
}
