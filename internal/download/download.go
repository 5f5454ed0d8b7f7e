// Package download fetches files over HTTP so that one can rely on them: a
// transfer that broke off goes on where it stopped, and nothing appears under
// its name before its length and checksum are right.
package download

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A File is what to fetch and where to put it.
type File struct {
	URL    string
	Path   string
	Part   string // where it is while it arrives; "" for Path + ".part"
	SHA256 string // in hexadecimal; "" if it is not known
	Size   int64  // in bytes; 0 if it is not known
	Header http.Header
	Client *http.Client // nil for http.DefaultClient
	// Progress, if set, is told how many bytes are there, of how many (0 if
	// that is not known).
	Progress func(have, of int64)
}

// Attempts is how often a broken transfer is taken up again before Fetch gives
// up; what has arrived by then is kept for the next time.
const Attempts = 5

// wait is how long to wait before the second attempt; it doubles each time.
var wait = 500 * time.Millisecond

// A StatusError is an answer that is not the file.
type StatusError struct {
	URL    string
	Status int
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("%s answers %d %s", e.URL, e.Status, http.StatusText(e.Status))
}

// Fetch fetches the file. Of several processes that fetch the same, one does
// and the others wait for it. A file that turns out to have another length or checksum than it should is
// removed, so that the next attempt begins afresh.
func (f File) Fetch(ctx context.Context) error {
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o755); err != nil {
		return err
	}
	part := cmp.Or(f.Part, f.Path+".part")
	var err error
	for attempt, pause := 0, wait; attempt < Attempts; attempt, pause = attempt+1, 2*pause {
		if attempt > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(pause):
			}
		}
		if err = f.attempt(ctx, part); err == nil {
			return nil
		}
		var final *finalError
		if ctx.Err() != nil || errors.As(err, &final) {
			break
		}
	}
	return fmt.Errorf("fetching %s: %w", filepath.Base(f.Path), err)
}

// A finalError is one that another attempt would not change.
type finalError struct{ error }

func (f *finalError) Unwrap() error { return f.error }

func (f File) attempt(ctx context.Context, part string) error {
	out, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return &finalError{err}
	}
	defer out.Close() // which also ends the lock
	if err := lock(ctx, out); err != nil {
		return &finalError{err}
	}
	if there, err := os.Stat(f.Path); err == nil && (f.Size == 0 || there.Size() == f.Size) {
		return nil // another process has fetched it meanwhile
	}
	sum := sha256.New()
	have, err := io.Copy(sum, out)
	if err != nil {
		return &finalError{err}
	}
	if f.Size > 0 && have == f.Size {
		return f.finish(part, have, have, sum)
	}
	if f.Size > 0 && have > f.Size {
		return f.spoilt(part, "%d bytes are there, it has %d", have, f.Size)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL, nil)
	if err != nil {
		return &finalError{err}
	}
	for k, v := range f.Header {
		req.Header[k] = v
	}
	// A compressed transfer would have other lengths and places.
	req.Header.Set("Accept-Encoding", "identity")
	if have > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	client := f.Client
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusPartialContent && have > 0:
		if !strings.HasPrefix(answer.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", have)) {
			return f.spoilt(part, "the server goes on at %q instead of byte %d", answer.Header.Get("Content-Range"), have)
		}
	case answer.StatusCode == http.StatusOK:
		// The whole file, whatever was asked for.
		if _, err := out.Seek(0, io.SeekStart); err != nil {
			return &finalError{err}
		}
		if err := out.Truncate(0); err != nil {
			return &finalError{err}
		}
		have = 0
		sum.Reset()
	case answer.StatusCode == http.StatusRequestedRangeNotSatisfiable && have > 0:
		if f.Size == 0 && f.SHA256 != "" && hex.EncodeToString(sum.Sum(nil)) == f.SHA256 {
			return os.Rename(part, f.Path) // all of it was there
		}
		return f.spoilt(part, "the server has no byte %d", have)
	case answer.StatusCode >= 500 || answer.StatusCode == http.StatusTooManyRequests:
		return &StatusError{f.URL, answer.StatusCode}
	default:
		return &finalError{&StatusError{f.URL, answer.StatusCode}}
	}
	total := f.Size
	if answer.ContentLength >= 0 {
		said := have + answer.ContentLength
		if total > 0 && said != total {
			return &finalError{fmt.Errorf("the server says that it has %d bytes, want %d", said, total)}
		}
		total = said
	}
	body := io.Reader(answer.Body)
	if total > 0 {
		body = io.LimitReader(body, total-have+1) // one more than there may be
	}
	n, err := io.Copy(io.MultiWriter(out, sum, &meter{f.Progress, have, total}), body)
	have += n
	if err != nil {
		return fmt.Errorf("the transfer broke off after %d bytes: %w", have, err)
	}
	return f.finish(part, have, total, sum)
}

// finish gives a whole file its name.
func (f File) finish(part string, have, total int64, sum hash.Hash) error {
	if total > 0 && have < total {
		return fmt.Errorf("the transfer broke off after %d of %d bytes", have, total)
	}
	if total > 0 && have > total {
		return f.spoilt(part, "it is longer than %d bytes", total)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); f.SHA256 != "" && !strings.EqualFold(got, f.SHA256) {
		return f.spoilt(part, "its SHA-256 is %s, want %s", got, f.SHA256)
	}
	return os.Rename(part, f.Path)
}

// spoilt removes what has arrived.
func (f File) spoilt(part, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &finalError{errors.Join(err, os.Remove(part))}
}

// A meter tells how much has come through it.
type meter struct {
	tell     func(have, of int64)
	have, of int64
}

func (m *meter) Write(p []byte) (int, error) {
	m.have += int64(len(p))
	if m.tell != nil {
		m.tell(m.have, m.of)
	}
	return len(p), nil
}
