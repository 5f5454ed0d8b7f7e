package data

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"oneword/data/cifar"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFetchCIFAR10(t *testing.T) {
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
			w.Write(make([]byte, 3073*20)) // of class 0
		}
		w.Close()
		z.Close()
		return b.Bytes()
	}
	var served []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(served) }))
	defer server.Close()
	old := cifar10
	defer func() { cifar10 = old }()
	offer := func(b []byte) {
		sum := sha256.Sum256(b)
		served = b
		cifar10.URL, cifar10.Size, cifar10.SHA256 = server.URL, int64(len(b)), hex.EncodeToString(sum[:])
	}
	offer(archive("cifar/data_batch_1.bin", "../../test_batch.bin"))
	if err := FetchCIFAR10(context.Background(), nil); err == nil || !strings.Contains(err.Error(), "no data_batch_2.bin") || cifar.Present() {
		t.Errorf("an archive that is not whole: %v", err)
	}
	names := []string{"cifar/test_batch.bin", "cifar/readme.html"}
	for i := range 5 {
		names = append(names, fmt.Sprintf("cifar/data_batch_%d.bin", i+1))
	}
	offer(archive(names...))
	if err := FetchCIFAR10(context.Background(), nil); err != nil || !cifar.Present() {
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
