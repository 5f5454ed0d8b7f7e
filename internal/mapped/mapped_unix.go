//go:build unix

// Package mapped makes the contents of a file appear in memory without reading
// it: pages come from the disk when they are looked at, and are shared with
// other processes that do the same.
package mapped

import (
	"fmt"
	"math"
	"os"

	"golang.org/x/sys/unix"
)

// Open maps a file for reading. The memory must not be written, nor used after
// close has been called. An empty file is an empty slice.
func Open(path string) (contents []byte, close func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() == 0 {
		return nil, func() error { return nil }, nil
	}
	if info.IsDir() || info.Size() > math.MaxInt {
		return nil, nil, fmt.Errorf("%s: not a file that can be mapped", path)
	}
	contents, err = unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, nil, fmt.Errorf("mapping %s: %w", path, err)
	}
	return contents, func() error { return unix.Munmap(contents) }, nil
}
