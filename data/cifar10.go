package data

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"oneword/data/cifar"
	"oneword/internal/atomicfile"
	"oneword/internal/download"
)

// cifar10 is where the photographs come from; tests replace it.
var cifar10 = download.File{
	URL:    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
	Size:   170_052_171,
	SHA256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
}

// FetchCIFAR10 downloads the archive of CIFAR-10 (170 MB) and unpacks the files
// that package cifar reads.
func FetchCIFAR10(ctx context.Context, progress func(have, of int64)) error {
	dir, err := cifar.Dir()
	if err != nil {
		return err
	}
	f := cifar10
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
	missing := cifar.Files()
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
		if _, err := cifar.Parse(name, b.Bytes()); err != nil {
			return err
		}
		if err := atomicfile.WriteBytes(filepath.Join(dir, name), b.Bytes()); err != nil {
			return err
		}
		missing = slices.Delete(missing, i, i+1)
	}
	return nil
}
