// Package cifar reads CIFAR-10, 60,000 colour photographs of 32×32
// pixels in ten classes, cats and dogs among them (Krizhevsky 2009), in its
// "binary version": records of a byte for the class and 3,072 bytes for the
// pixels, all reds first, then all greens, then all blues.
package cifar

import (
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"

	"oneword/internal/cache"
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

// Files are the names of the files: five to train on and one to test on.
func Files() []string {
	return []string{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"}
}

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
	for _, name := range Files() {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

// Load reads the 50,000 images for training and the 10,000 for testing.
func Load() (train, test Set, err error) {
	dir, err := Dir()
	if err != nil {
		return train, test, err
	}
	var sets []Set
	for _, name := range Files() {
		set, err := read(dir, name)
		if err != nil {
			return train, test, err
		}
		sets = append(sets, set)
	}
	for _, set := range sets[:5] {
		train.records = append(train.records, set.records...)
	}
	return train, sets[5], nil
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
