// Package cifar fetches and reads CIFAR-10, 60,000 colour photographs of 32×32
// pixels in ten classes, cats and dogs among them (Krizhevsky 2009), in its
// "binary version": records of a byte for the class and 3,072 bytes for the
// pixels, all reds first, then all greens, then all blues.
package cifar

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"oneword/internal/atomicfile"
	"oneword/internal/cache"
	"oneword/internal/download"
)

// Size is the width and height of an image.
const Size = 32

const record = 1 + 3*Size*Size

// The classes of cats and dogs.
const (
	Cat = 3
	Dog = 5
)

// A Set holds images with their classes, as they stand in the files.
type Set struct{ records []byte }

// Len is the number of images.
func (s Set) Len() int { return len(s.records) / record }

// Label is the class of the i-th image, 0 to 9.
func (s Set) Label(i int) byte { return s.records[i*record] }

// Image is the i-th image.
func (s Set) Image(i int) *image.RGBA {
	r := s.records[i*record+1 : (i+1)*record]
	img := image.NewRGBA(image.Rect(0, 0, Size, Size))
	for p := range Size * Size {
		copy(img.Pix[4*p:], []byte{r[p], r[Size*Size+p], r[2*Size*Size+p], 255})
	}
	return img
}

// Parse reads the contents of a file. The name is for errors.
func Parse(name string, file []byte) (Set, error) {
	if len(file) == 0 || len(file)%record != 0 {
		return Set{}, fmt.Errorf("%s: %d bytes are not a whole number of CIFAR-10's records of %d", name, len(file), record)
	}
	for at := 0; at < len(file); at += record {
		if file[at] > 9 {
			return Set{}, fmt.Errorf("%s: byte %d: class %d, want 0 to 9", name, at, file[at])
		}
	}
	return Set{file}, nil
}

// Source is where the data comes from; tests replace it.
var Source = download.File{
	URL:    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
	Size:   170_052_171,
	SHA256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
}

// trainFiles and testFile are those of the archive that are kept.
var trainFiles = []string{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"}

const testFile = "test_batch.bin"

// Dir is the folder of the files: ONEWORD_CIFAR10 if it is set, else one in
// the cache.
func Dir() (string, error) {
	if dir := os.Getenv("ONEWORD_CIFAR10"); dir != "" {
		return dir, nil
	}
	root, err := cache.Dir()
	return filepath.Join(root, "cifar10"), err
}

// Present says whether the files are there.
func Present() bool {
	dir, err := Dir()
	if err != nil {
		return false
	}
	for _, name := range append(trainFiles, testFile) {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

// Fetch downloads the archive (170 MB) and unpacks the files it holds.
func Fetch(ctx context.Context, progress func(have, of int64)) error {
	dir, err := Dir()
	if err != nil {
		return err
	}
	f := Source
	f.Path, f.Progress = filepath.Join(dir, "cifar-10-binary.tar.gz"), progress
	if err := f.Fetch(ctx); err != nil {
		return err
	}
	if err := unpack(f.Path, dir); err != nil {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	return os.Remove(f.Path)
}

// maxFile bounds what a file unpacks to; those of CIFAR-10 have 30.7 MB.
const maxFile = 64 << 20

func unpack(archive, dir string) error {
	in, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	missing := append(slices.Clone(trainFiles), testFile)
	for t := tar.NewReader(z); len(missing) > 0; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("the archive has no %s", missing[0])
		}
		if err != nil {
			return err
		}
		name := path.Base(h.Name) // the folder in the archive does not matter, and may not lead elsewhere
		i := slices.Index(missing, name)
		if i < 0 || h.Typeflag != tar.TypeReg {
			continue
		}
		var b bytes.Buffer
		if _, err := io.Copy(&b, io.LimitReader(t, maxFile)); err != nil {
			return err
		}
		if _, err := Parse(name, b.Bytes()); err != nil {
			return err
		}
		if err := atomicfile.WriteBytes(filepath.Join(dir, name), b.Bytes()); err != nil {
			return err
		}
		missing = slices.Delete(missing, i, i+1)
	}
	return nil
}

// Load reads the 50,000 images for training and the 10,000 for testing.
func Load() (train, test Set, err error) {
	dir, err := Dir()
	if err != nil {
		return train, test, err
	}
	var all []byte
	for _, name := range trainFiles {
		set, err := read(dir, name)
		if err != nil {
			return train, test, err
		}
		all = append(all, set.records...)
	}
	test, err = read(dir, testFile)
	return Set{all}, test, err
}

func read(dir, name string) (Set, error) {
	file, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return Set{}, fmt.Errorf("%w (`essay data get cifar10` fetches CIFAR-10, or set ONEWORD_CIFAR10 to a folder with its binary version)", err)
	}
	if err != nil {
		return Set{}, err
	}
	return Parse(filepath.Join(dir, name), file)
}
