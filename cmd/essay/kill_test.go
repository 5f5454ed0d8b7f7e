package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"oneword/data/mnist"
)

// A training that is killed while it works, and started again, ends with the
// same bytes as one that nobody disturbs: each command, for real, again and
// again.
func TestKilledTrainings(t *testing.T) {
	if os.Getenv("ONEWORD_LONG") == "" {
		t.Skip("set ONEWORD_LONG to kill trainings")
	}
	program := filepath.Join(t.TempDir(), "essay")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text := strings.Repeat("The cat sat on the mat, and the dog sat on the cat. ", 400)
	corpus, held := write(t, "corpus.txt", text), write(t, "held.txt", text[:1000])
	digits := someDigits(t, 640)
	for name, tt := range map[string]struct {
		args  string
		files []string
	}{
		"lenet":    {"-epochs 6 -out DIR/lenet.safetensors", []string{"lenet.safetensors"}},
		"catsdogs": {"-pictures 256 -epochs 3 -out DIR/pets.safetensors", []string{"pets.safetensors"}},
		"gpt": {"-corpus " + corpus + " -heldout " + held + " -vocabulary 280 -context 32 -width 48 -blocks 2 -heads 4 -steps 300 -batch 8 -rows 4 -warmup 30 -out DIR",
			[]string{"model.safetensors", "training.json", "vocab.json", "merges.txt"}},
		"parens": {"-steps 40 -out DIR", []string{"parens-1.safetensors", "parens-2.safetensors", "training.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			train := func(dir string) *exec.Cmd {
				args := strings.Fields("train " + name + " -checkpoint 1ms " + strings.ReplaceAll(tt.args, "DIR", dir))
				c := exec.Command(program, args...)
				c.Env = append(os.Environ(), "ONEWORD_MNIST="+digits)
				return c
			}
			whole, killed := t.TempDir(), t.TempDir()
			if out, err := train(whole).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			kills := 0
			for ended := false; !ended; {
				c := train(killed)
				var said bytes.Buffer
				c.Stderr = &said
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				done := make(chan error, 1)
				go func() { done <- c.Wait() }()
				select {
				case err := <-done:
					if err != nil {
						t.Fatalf("after %d kills: %v\n%s", kills, err, &said)
					}
					ended = true
				case <-time.After(300 * time.Millisecond << min(kills, 7)): // later each time, so that it ends some day
					if err := c.Process.Kill(); err == nil {
						kills++
					}
					<-done
				}
			}
			t.Logf("killed %d times", kills)
			if kills < 2 {
				t.Errorf("killed %d times, want twice at the least", kills)
			}
			for _, file := range tt.files {
				a, errA := os.ReadFile(filepath.Join(whole, file))
				b, errB := os.ReadFile(filepath.Join(killed, file))
				if err := errors.Join(errA, errB); err != nil || !bytes.Equal(a, b) {
					t.Errorf("%s: killed %d times, the training ends with other bytes (%v), here: %s", file, kills, err, difference(a, b))
				}
			}
			if left, _ := filepath.Glob(filepath.Join(killed, "*.checkpoint")); left != nil {
				t.Errorf("%v is left", left)
			}
		})
	}
}

// difference is where two files begin to differ.
func difference(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	part := func(x []byte) []byte { return x[max(0, at-60):min(len(x), at+60)] }
	return fmt.Sprintf("%q, undisturbed %q", part(b), part(a))
}

// someDigits is a folder with the first digits of MNIST.
func someDigits(t *testing.T, n int) string {
	dir := t.TempDir()
	train, test, err := mnist.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]mnist.Set{"train": train, "t10k": test} {
		images := append([]byte{0, 0, 8, 3, 0, 0, byte(n >> 8), byte(n), 0, 0, 0, 28, 0, 0, 0, 28}, s.Images[:n*28*28]...)
		labels := append([]byte{0, 0, 8, 1, 0, 0, byte(n >> 8), byte(n)}, s.Labels[:n]...)
		for file, b := range map[string][]byte{"-images-idx3-ubyte": images, "-labels-idx1-ubyte": labels} {
			if err := os.WriteFile(filepath.Join(dir, name+file), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}
