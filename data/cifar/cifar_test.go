package cifar_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/color"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"oneword/data/cifar"
)

// records are n records of classes in turn, with pixels that say where they are.
func records(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		b.WriteByte(byte(i % 10))
		for c := range 3 {
			for p := range 1024 {
				b.WriteByte(byte(c*64 + p%61 + i%3))
			}
		}
	}
	return b.Bytes()
}

func TestImage(t *testing.T) {
	set, err := cifar.Parse("file", records(12))
	if err != nil || set.Len() != 12 || set.Label(3) != cifar.Cat || set.Label(11) != 1 {
		t.Fatalf("%d images, %v", set.Len(), err)
	}
	if got, want := set.Image(1).RGBAAt(5, 2), (color.RGBA{69%61 + 1, 64 + 69%61 + 1, 128 + 69%61 + 1, 255}); got != want {
		t.Errorf("the pixel in column 5, row 2 is %v", got)
	}
}

func TestRefused(t *testing.T) {
	bad := records(2)
	bad[3073] = 10
	for want, file := range map[string][]byte{
		"3074 bytes are not": append(records(1), 0),
		"0 bytes are not":    nil,
		"byte 3073: class":   bad,
	} {
		if _, err := cifar.Parse("file", file); err == nil || !strings.HasPrefix(err.Error(), "file: "+want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}

func TestFetch(t *testing.T) {
	t.Setenv("ONEWORD_CIFAR10", filepath.Join(t.TempDir(), "cifar"))
	if _, _, err := cifar.Load(); err == nil || !strings.Contains(err.Error(), "essay data get cifar10") {
		t.Errorf("without the files: %v", err)
	}
	archive := func(names ...string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		w := tar.NewWriter(z)
		for _, name := range names {
			w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: 3073 * 20})
			w.Write(records(20))
		}
		w.Close()
		z.Close()
		return b.Bytes()
	}
	var served []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(served) }))
	defer server.Close()
	old := cifar.Source
	defer func() { cifar.Source = old }()
	offer := func(b []byte) {
		sum := sha256.Sum256(b)
		served = b
		cifar.Source.URL, cifar.Source.Size, cifar.Source.SHA256 = server.URL, int64(len(b)), hex.EncodeToString(sum[:])
	}
	offer(archive("cifar/data_batch_1.bin", "../../test_batch.bin"))
	if err := cifar.Fetch(context.Background(), nil); err == nil || !strings.Contains(err.Error(), "no data_batch_2.bin") || cifar.Present() {
		t.Errorf("an archive that is not whole: %v", err)
	}
	names := []string{"cifar/test_batch.bin", "cifar/readme.html"}
	for i := range 5 {
		names = append(names, fmt.Sprintf("cifar/data_batch_%d.bin", i+1))
	}
	offer(archive(names...))
	if err := cifar.Fetch(context.Background(), nil); err != nil || !cifar.Present() {
		t.Fatalf("present: %v, %v", cifar.Present(), err)
	}
	train, test, err := cifar.Load()
	if err != nil || train.Len() != 100 || test.Len() != 20 {
		t.Errorf("%d and %d images, %v", train.Len(), test.Len(), err)
	}
	if left, _ := os.ReadDir(os.Getenv("ONEWORD_CIFAR10")); len(left) != 6 {
		t.Errorf("%d files are left", len(left))
	}
}

func FuzzParse(f *testing.F) {
	f.Add(records(1))
	f.Add(append(records(2), 1))
	f.Fuzz(func(t *testing.T, file []byte) {
		set, err := cifar.Parse("fuzz", file)
		if err == nil {
			set.Image(set.Len() - 1)
			set.Label(0)
		}
	})
}
