package figures

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the chapter table into the README")

// The README's table of chapters is made from the catalogue.
func TestReadmeHasTheChapters(t *testing.T) {
	var table strings.Builder
	table.WriteString("| chapter | figures | package | notebook |\n| --- | ---: | --- | --- |\n")
	for _, c := range Chapters() {
		fmt.Fprintf(&table, "| %d · %s | %d | [`%s`](%s) | [`%s`](notebooks/%s) |\n", c.Number, c.Title, len(c.Figures), c.Package, c.Package, c.Notebook, c.Notebook)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- chapters -->\n", "<!-- /chapters -->"
	before, rest, ok := strings.Cut(string(readme), begin)
	old, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("the README has no place for the table")
	}
	if old == table.String() {
		return
	}
	if !*update {
		t.Fatal("the README's table is not the catalogue's; run the test with -update")
	}
	if err := os.WriteFile("../README.md", []byte(before+begin+table.String()+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
