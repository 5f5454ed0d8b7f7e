//go:build !unix

package download

import (
	"context"
	"os"
)

// lock does nothing on this system: two processes at once may both fail, with
// an error about the checksum.
func lock(context.Context, *os.File) error { return nil }
