package main

import (
	_ "embed"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneword/data/texts"
	"oneword/transformer"
)

// losses.json is what PyTorch has, by transformer/small/losses.sh.
//
//go:embed testdata/losses.json
var torchLosses []byte

// From the same weights, the same batches give the same losses as in PyTorch, step
// by step: net, gradients, clipping, optimizer and schedule are those of train.py.
func TestLosses(t *testing.T) {
	var want map[string][]float64
	if err := json.Unmarshal(torchLosses, &want); err != nil {
		t.Fatal(err)
	}
	novel, cat, dog := write(t, "novel.txt", texts.TomSawyer().Text), write(t, "cat.txt", texts.Cat().Text), write(t, "dog.txt", texts.Dog().Text)
	for name, args := range map[string]string{
		"small": "-context 64 -width 64 -blocks 2 -heads 4 -steps 20 -batch 8 -warmup 5 -rows 8",
		"full":  "-steps 2 -batch 2 -warmup 1",
	} {
		t.Run(name, func(t *testing.T) {
			if name == "full" && os.Getenv("ONEWORD_LONG") == "" {
				t.Skip("set ONEWORD_LONG to train the net in full size")
			}
			dir := t.TempDir()
			for _, file := range []string{"vocab.json", "merges.txt"} {
				b, err := os.ReadFile(filepath.Join("../../transformer/small/model", file))
				if err == nil {
					err = os.WriteFile(filepath.Join(dir, file), b, 0o644)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			code, _, stderr := essay(t, strings.Fields("train gpt -corpus "+novel+"=3,"+cat+"=1 -heldout "+dog+" -out "+dir+" "+args)...)
			if code != 0 {
				t.Fatal(stderr)
			}
			file, err := os.ReadFile(filepath.Join(dir, "training.json"))
			if err != nil {
				t.Fatal(err)
			}
			var log transformer.Log
			if err := json.Unmarshal(file, &log); err != nil {
				t.Fatal(err)
			}
			got := log.Points.Column("loss")
			if len(got) != len(want[name]) || len(got) < 2 {
				t.Fatalf("%d losses, PyTorch has %d", len(got), len(want[name]))
			}
			for i, w := range want[name] {
				if !(math.Abs(got[i]-w) <= 1e-4) {
					t.Errorf("step %d: %v, PyTorch has %v", i+1, got[i], w)
				}
			}
			if !(got[len(got)-1] < got[0]) {
				t.Errorf("it does not learn: %v", got)
			}
		})
	}
}
