package notebook_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneword/internal/notebook"
)

const sample = `{"cells":[
 {"cell_type":"markdown","id":"a","metadata":{},"source":["# One\n","two < three"]},
 {"cell_type":"code","id":"b","metadata":{"x":1,"tags":["01-a"]},"execution_count":7,"source":"f()","outputs":[
  {"output_type":"display_data","metadata":{"oneword":{"svg":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}},"data":{"image/png":"iVBO","text/plain":["x\n","<y>"]}},
  {"output_type":"stream","name":"stdout","text":["in /tmp/gonb_12ab\n"]}]},
 {"cell_type":"code","id":"c","metadata":{},"execution_count":8,"source":"panic(1)","outputs":[
  {"output_type":"stream","name":"stderr","text":"panic: 1"},
  {"output_type":"error","ename":"ERROR","evalue":"exit status 2","traceback":["t"]}]}],
 "metadata":{"kernelspec":{"name":"gonb"}},"nbformat":4,"nbformat_minor":5}`

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "n.ipynb")
	if err := os.WriteFile(path, []byte(sample), 0o644); err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if f := n.Failures(); len(f) != 2 || f[0].Cell != 3 || !strings.Contains(f[1].Reason, "exit status 2") {
		t.Errorf("failures %v", f)
	}
	if tags := n.Cells[1].Tags(); len(tags) != 1 || tags[0] != "01-a" {
		t.Errorf("tags %v", tags)
	}
	n.Clean()
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	first, _ := os.ReadFile(path)
	if n, err = notebook.Read(path); err != nil {
		t.Fatal(err)
	}
	n.Clean()
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	again, _ := os.ReadFile(path)
	if string(first) != string(again) {
		t.Error("written again, it differs")
	}
	if tags := n.Cells[1].Tags(); len(tags) != 1 || n.Cells[1].Metadata["x"] != nil {
		t.Errorf("cleaned, the metadata is %v", n.Cells[1].Metadata)
	}
	text := string(first)
	for _, gone := range []string{"gonb_12ab", `\u003c`, `"execution_count": 7`} {
		if strings.Contains(text, gone) {
			t.Errorf("%q is left", gone)
		}
	}
	// What nbformat's schema demands of each kind of output.
	var raw struct {
		Cells []struct {
			Type    string           `json:"cell_type"`
			Outputs []map[string]any `json:"outputs"`
		}
	}
	if err := json.Unmarshal(first, &raw); err != nil {
		t.Fatal(err)
	}
	need := map[string]string{"display_data": "data metadata output_type", "stream": "name output_type text", "error": "ename evalue output_type traceback"}
	for _, c := range raw.Cells {
		if c.Type == "markdown" && c.Outputs != nil {
			t.Error("a Markdown cell with outputs")
		}
		for _, o := range c.Outputs {
			fields := strings.Fields(need[o["output_type"].(string)])
			for _, f := range fields {
				if _, ok := o[f]; !ok {
					t.Errorf("%v lacks %q", o, f)
				}
			}
			if len(o) != len(fields) {
				t.Errorf("%v has more than %v", o, fields)
			}
		}
	}
}

// What a notebook shows is compared with what another has, as far as it must be
// the same.
func TestDifferences(t *testing.T) {
	build := func(change func(*notebook.Notebook)) *notebook.Notebook {
		var n notebook.Notebook
		if err := json.Unmarshal([]byte(sample), &n); err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(&n)
		}
		return &n
	}
	for what, tt := range map[string]struct {
		change        func(*notebook.Notebook)
		exact, anyhow int // differences, if it must be the same, and if not
	}{
		"nothing":         {nil, 0, 0},
		"another picture": {func(n *notebook.Notebook) { n.Cells[1].Outputs[0].Metadata["oneword"] = map[string]any{"svg": "00"} }, 1, 0},
		"other text":      {func(n *notebook.Notebook) { n.Cells[1].Outputs[1].Text = "else" }, 1, 0},
		"other code":      {func(n *notebook.Notebook) { n.Cells[1].Source = "g()" }, 1, 1},
		"no output":       {func(n *notebook.Notebook) { n.Cells[1].Outputs = nil }, 1, 1},
		"another kind":    {func(n *notebook.Notebook) { n.Cells[1].Outputs[1].Type = "display_data" }, 1, 1},
		"fewer cells":     {func(n *notebook.Notebook) { n.Cells = n.Cells[:2] }, 1, 1},
	} {
		n := build(tt.change)
		for must, want := range map[bool]int{true: tt.exact, false: tt.anyhow} {
			if got := n.Differences(build(nil), func(notebook.Cell) bool { return must }); len(got) != want {
				t.Errorf("%s, must it be the same: %v: %q", what, must, got)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.ipynb")
	for _, bad := range []string{"", "{", `{"nbformat":3}`, `[]`} {
		os.WriteFile(path, []byte(bad), 0o644)
		if _, err := notebook.Read(path); err == nil || !strings.Contains(err.Error(), "bad.ipynb") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
