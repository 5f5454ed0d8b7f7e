package book

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"oneword/chapters/cells"
	"oneword/chart"
	"oneword/labs"
)

// long says that tests may take minutes.
var long = os.Getenv("ONEWORD_LONG") != ""

// The figures are those of a machine without the large models.
func TestMain(m *testing.M) {
	os.Setenv("HF_HUB_CACHE", filepath.Join(os.TempDir(), "no such cache"))
	os.Exit(m.Run())
}

// chineseText says whether a text has Chinese characters, and no English
// sentence left in it.
func chineseText(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !strings.Contains(s, "randomness") && !strings.Contains(s, "Seed ")
}

// Every figure is drawn as the gallery has it, has a caption with its source
// and, if anything is random, its seed; and another seed gives another picture.
// Those that take long are drawn with ONEWORD_LONG.
func TestGalleryIsUpToDate(t *testing.T) {
	if testing.Short() {
		t.Skip("draws figures twice")
	}
	b := open1(t)
	same, err := b.Comparable("../gallery")
	if err != nil {
		t.Fatal(err)
	}
	var list []Figure
	for _, f := range b.Figures() {
		if long || f.Chapter != 8 { // the trainings of chapter 8 take most of the time
			list = append(list, f)
		}
	}
	svgs, captions := map[string][]byte{}, map[string]string{}
	var again []Figure
	b.Draw(context.Background(), labs.New(1), list, func(r Result) {
		if r.Err != nil {
			t.Error(r.Err)
			return
		}
		svg, err := chart.SVG(r.Picture)
		if err != nil {
			t.Error(r.ID, err)
			return
		}
		golden, err := os.ReadFile(filepath.Join("..", "gallery", r.ID+".svg"))
		if err != nil || same(r.ID) && !bytes.Equal(svg, golden) {
			t.Errorf("%s: not as in the gallery (%v); `essay build` makes it anew, then look at it", r.ID, err)
		}
		caption := r.Captions["en"]
		if strings.Contains(caption, "\n") || len(caption) < 60 || !strings.HasSuffix(caption, ".") {
			t.Errorf("%s: the caption is not one full line: %q", r.ID, caption)
		}
		if !strings.Contains(caption, "Source") && !strings.Contains(caption, "Seed") && !strings.Contains(caption, "No randomness") && !strings.Contains(caption, "words of English") {
			t.Errorf("%s: the caption names neither source nor seed: %q", r.ID, caption)
		}
		if zh := r.Captions["zh"]; !chineseText(zh) || !strings.HasSuffix(zh, "。") {
			t.Errorf("%s: not in Chinese: %q", r.ID, zh)
		}
		svgs[r.ID], captions[r.ID] = svg, caption
		if long || r.Seconds < 0.2 {
			again = append(again, r.Figure)
		}
	})
	b.Draw(context.Background(), labs.New(2), again, func(r Result) {
		if r.Err != nil {
			t.Error(r.Err)
		} else if svg, _ := chart.SVG(r.Picture); bytes.Equal(svg, svgs[r.ID]) == strings.Contains(captions[r.ID], "Seed") {
			t.Errorf("%s: depends on the seed otherwise than its caption says", r.ID)
		}
	})
}

// Where a gallery was drawn by another kind of processor, only exact figures are
// compared with it.
func TestComparable(t *testing.T) {
	dir, b := t.TempDir(), open1(t)
	for processor, want := range map[string]bool{Processor(): true, "abacus, wood": false} {
		page := pageIndex + `[{"id": "06-network", "processor": "` + processor + `"}]</script>`
		if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		same, err := b.Comparable(dir)
		if err != nil || !same("02-cat-letters") || same("06-network") != want {
			t.Errorf("%s: %v", processor, err)
		}
	}
	if same, err := b.Comparable(t.TempDir()); err != nil || same("06-network") || same("") || !same("02-cat-letters") {
		t.Errorf("without a gallery only exact figures are comparable (%v)", err)
	}
}

func TestDrawGoesOnAfterFailure(t *testing.T) {
	b, err := Read([]cells.Chapter{small(nil)})
	if err != nil {
		t.Fatal(err)
	}
	good := b.Figures()[0]
	broken := func(id string, cell cells.Cell) Figure {
		f := good
		f.ID, f.draw = id, cell
		return f
	}
	list := []Figure{
		broken("a", func(labs.Lab, labs.Show) { panic("oh") }),
		broken("b", func(labs.Lab, labs.Show) { panic(os.ErrNotExist) }),
		broken("c", func(_ labs.Lab, show labs.Show) { show("no picture") }),
		broken("d", func(_ labs.Lab, show labs.Show) { show(chart.Prose("x"), labs.Values{"n": 1, "more": 2}) }),
		good,
	}
	g, err := b.Gallery(t.TempDir(), []string{"svg", "png"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	b.Draw(context.Background(), labs.New(1), list, func(r Result) {
		if err := g.Add(r); err != nil {
			failed++
			if !strings.Contains(err.Error(), "figure "+r.ID) {
				t.Errorf("the error does not name the figure: %v", err)
			}
		} else if r.Captions["en"] != "There are 3 of them. Seed 1." {
			t.Errorf("the caption is %q", r.Captions["en"])
		}
	})
	if failed != 4 {
		t.Errorf("%d figures failed, want four", failed)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b.Draw(ctx, labs.New(1), list[4:], func(r Result) {
		if r.Err == nil {
			t.Error("drawn although called off")
		}
	})
}

func TestGalleryKeepsWhatIsNotDrawnAnew(t *testing.T) {
	dir, b := t.TempDir(), open1(t)
	for i, id := range []string{"04-line", "04-cannonball"} {
		g, err := b.Gallery(dir, []string{"svg"}, 1)
		if err != nil {
			t.Fatal(err)
		}
		list, _ := b.Select([]string{id}, nil)
		b.Draw(context.Background(), labs.New(1), list, func(r Result) {
			if err := g.Add(r); err != nil {
				t.Error(err)
			}
		})
		page, err := g.Close("en")
		if err != nil {
			t.Fatal(err)
		}
		html, _ := os.ReadFile(page)
		if n := strings.Count(string(html), "<figure"); n != i+1 {
			t.Errorf("after %d figures the page has %d", i+1, n)
		}
	}
	// What was called off stays as it was.
	g, err := b.Gallery(dir, []string{"svg"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	list, _ := b.Select(nil, []int{4})
	b.Draw(ctx, labs.New(1), list, func(r Result) {
		if err := g.Add(r); err == nil {
			t.Error("added although called off")
		}
	})
	page, err := g.Close("en")
	if err != nil {
		t.Fatal(err)
	}
	if html, _ := os.ReadFile(page); strings.Count(string(html), "<figure") != 2 || strings.Contains(string(html), `class="failed"`) {
		t.Error("figures that were called off have spoilt the page")
	}
	os.WriteFile(page, []byte(pageIndex+"["), 0o644)
	if _, err := b.Gallery(dir, []string{"svg"}, 1); err == nil || !strings.Contains(err.Error(), "index.html") {
		t.Errorf("a damaged index: %v", err)
	}
	for _, formats := range [][]string{nil, {"gif"}} {
		if _, err := b.Gallery(dir, formats, 1); err == nil {
			t.Errorf("formats %v passed", formats)
		}
	}
}
