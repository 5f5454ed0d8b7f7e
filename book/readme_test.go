package book

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the chapter tables into the READMEs")

// The READMEs' tables of chapters are made from the catalogue.
func TestReadmesHaveTheChapters(t *testing.T) {
	for _, edition := range []struct{ file, language, header, folder string }{
		{"../README.md", "en", "| chapter | figures | package | notebook |", "notebooks/"},
		{"../README.zh-CN.md", "zh", "| 章 | 图 | 程序包 | 笔记本 |", "notebooks/zh/"},
	} {
		var table strings.Builder
		table.WriteString(edition.header + "\n| --- | ---: | --- | --- |\n")
		for _, c := range open1(t).Chapters {
			if len(c.Figures) == 0 {
				continue
			}
			fmt.Fprintf(&table, "| %d · %s | %d | [`%s`](%s) | [`%s`](%s%s) |\n", c.Number, c.Title(edition.language), len(c.Figures), c.Package, c.Package, c.Notebook+".ipynb", edition.folder, c.Notebook+".ipynb")
		}
		readme, err := os.ReadFile(edition.file)
		if err != nil {
			t.Fatal(err)
		}
		const begin, end = "<!-- chapters -->\n", "<!-- /chapters -->"
		before, rest, ok := strings.Cut(string(readme), begin)
		old, after, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("%s has no place for the table", edition.file)
		}
		if old == table.String() {
			continue
		}
		if !*update {
			t.Errorf("the table of %s is not the catalogue's; run the test with -update", edition.file)
			continue
		}
		if err := os.WriteFile(edition.file, []byte(before+begin+table.String()+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var markdownLink = regexp.MustCompile(`\]\(([^)#]+)`)

// What the documents link to is there, and the figures that they name exist.
func TestDocumentsLinkToWhatExists(t *testing.T) {
	documents, err := filepath.Glob("../*.md")
	if err != nil {
		t.Fatal(err)
	}
	figure, known := regexp.MustCompile(`\b\d\d-[a-z][a-z0-9-]+`), map[string]bool{}
	for _, f := range open1(t).Figures() {
		known[f.ID] = true
	}
	for _, path := range append(documents, "../docs/lessons.md", "../docs/lessons.zh-CN.md", "../data/README.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range markdownLink.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		if strings.Contains(path, "lessons") {
			for _, id := range figure.FindAllString(string(text), -1) {
				if _, err := os.Stat(filepath.Join("../notebooks", id+".ipynb")); err != nil && !known[id] {
					t.Errorf("%s: there is no figure %s", path, id)
				}
			}
		}
	}
}
