//go:build !unix

// Package mapped makes the contents of a file appear in memory: elsewhere
// without reading it, on this system by reading it.
package mapped

import "os"

// Open reads a file.
func Open(path string) (contents []byte, close func() error, err error) {
	contents, err = os.ReadFile(path)
	return contents, func() error { return nil }, err
}
