package mnist_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneword/data/mnist"
)

func TestLoad(t *testing.T) {
	train, test, err := mnist.Load()
	if err != nil {
		t.Fatal(err)
	}
	if train.Len() != 60_000 || test.Len() != 10_000 {
		t.Errorf("%d and %d images", train.Len(), test.Len())
	}
	if got := train.Labels[:5]; string(got) != "\x05\x00\x04\x01\x09" { // as everybody's first five
		t.Errorf("the first labels are %v", got)
	}
	var count [10]int
	for _, l := range test.Labels {
		count[l]++
	}
	if count != [10]int{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009} {
		t.Errorf("test images of each digit: %v", count)
	}
}

// Where the files are in the module cache, nobody needs the go command.
func TestFoundWithoutGo(t *testing.T) {
	if _, err := mnist.Find(); err != nil { // fetches them, if need be
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := mnist.ReadTest(); err != nil {
		t.Error(err)
	}
	t.Setenv("GOMODCACHE", t.TempDir())
	if _, err := mnist.ReadTest(); err == nil || !strings.Contains(err.Error(), "ONEWORD_MNIST") {
		t.Errorf("without the files and without go: %v", err)
	}
}

func TestRefused(t *testing.T) {
	for want, file := range map[string]string{
		"first four":              "\x00\x00",
		"begins with 01 00 08":    "\x01\x00\x08\x01",
		"2 dimensions, want 1":    "\x00\x00\x08\x02",
		"within its dimensions":   "\x00\x00\x08\x01\x00",
		"[3], but 2 bytes follow": "\x00\x00\x08\x01\x00\x00\x00\x03ab",
		"[1], but 2 bytes follow": "\x00\x00\x08\x01\x00\x00\x00\x01ab",
		"[4294967295], but 0":     "\x00\x00\x08\x01\xff\xff\xff\xff",
	} {
		if _, _, err := mnist.ParseIDX("file", []byte(file), 1); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "file: byte ") {
			t.Errorf("%q: %v", want, err)
		}
	}
	dir := t.TempDir()
	write := func(name, contents string) { os.WriteFile(filepath.Join(dir, name), []byte(contents), 0o644) }
	if _, err := mnist.Read(dir, "t10k"); err == nil || !strings.Contains(err.Error(), "t10k-images") {
		t.Errorf("an empty folder: %v", err)
	}
	write("t10k-images-idx3-ubyte", "\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x1c\x00\x00\x00\x1c"+strings.Repeat("\x00", 784))
	write("t10k-labels-idx1-ubyte", "\x00\x00\x08\x01\x00\x00\x00\x01\x0a")
	if _, err := mnist.Read(dir, "t10k"); err == nil || !strings.Contains(err.Error(), "label 0 is 10") {
		t.Errorf("a label of 10: %v", err)
	}
	write("t10k-labels-idx1-ubyte", "\x00\x00\x08\x01\x00\x00\x00\x02\x01\x02")
	if _, err := mnist.Read(dir, "t10k"); err == nil || !strings.Contains(err.Error(), "1 MNIST images and 2 labels") {
		t.Errorf("labels for other images: %v", err)
	}
}

func FuzzParseIDX(f *testing.F) {
	f.Add([]byte("\x00\x00\x08\x01\x00\x00\x00\x02ab"), 1)
	f.Add([]byte("\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x02ab"), 2)
	f.Fuzz(func(t *testing.T, file []byte, dims int) {
		data, shape, err := mnist.ParseIDX("fuzz", file, dims)
		if err != nil {
			return
		}
		n := 1
		for _, d := range shape {
			n *= d
		}
		if n != len(data) || len(shape) != dims {
			t.Fatalf("shape %v for %d bytes", shape, len(data))
		}
	})
}
