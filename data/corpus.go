package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/ulikunitz/xz"
)

// EndOfText is the line that ends a document in a corpus file.
const EndOfText = "<|endoftext|>"

// CorpusFiles lists the files of a corpus in the order given; a folder stands
// for the text files in and below it (.txt, .md, .txt.gz, .txt.xz), by name.
// A path that does not exist and a folder without text are errors.
func CorpusFiles(paths ...string) ([]string, error) {
	var files []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("corpus: %w", err)
		}
		if !info.IsDir() {
			files = append(files, path)
			continue
		}
		before := len(files)
		err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			plain := strings.TrimSuffix(strings.TrimSuffix(p, ".gz"), ".xz")
			if ext := filepath.Ext(plain); d.Type().IsRegular() && (ext == ".txt" || ext == ".md") {
				files = append(files, p)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("corpus: %w", err)
		}
		if len(files) == before {
			return nil, fmt.Errorf("corpus: no text files (.txt, .md, .gz, .xz) in %s", path)
		}
	}
	return files, nil
}

// OpenText opens a text file, unpacking .gz and .xz. Lines that hold only
// EndOfText are read as form feeds, the mark between documents.
func OpenText(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	var r io.Reader = bufio.NewReaderSize(f, 1<<18)
	switch filepath.Ext(path) {
	case ".gz":
		r, err = gzip.NewReader(r)
	case ".xz":
		r, err = xz.NewReader(r)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("corpus: %s: %w", path, err)
	}
	return &textFile{breakReader{r: r}, f, path}, nil
}

// Documents yields the documents of a text file, one after the other, without
// the white space around them. After an error it ends.
func Documents(path string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		f, err := OpenText(path)
		if err != nil {
			yield("", err)
			return
		}
		defer f.Close()
		r := bufio.NewReaderSize(f, 1<<18)
		for {
			text, err := r.ReadString('\f')
			if text = strings.TrimSpace(strings.TrimSuffix(text, "\f")); text != "" && !yield(text, nil) {
				return
			}
			if err != nil {
				if err != io.EOF {
					yield("", err)
				}
				return
			}
		}
	}
}

type textFile struct {
	breakReader
	file *os.File
	path string
}

func (t *textFile) Read(p []byte) (int, error) {
	n, err := t.breakReader.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("corpus: %s: %w", t.path, err)
	}
	return n, err
}

func (t *textFile) Close() error { return t.file.Close() }

// A breakReader replaces EndOfText by a form feed while reading.
type breakReader struct {
	r    io.Reader
	buf  []byte // read, not yet handed on
	err  error
	room [1 << 16]byte
}

func (d *breakReader) Read(p []byte) (int, error) {
	mark := []byte(EndOfText)
	for len(p) > 0 {
		// What is safe to hand on: up to a mark, or up to where one could begin.
		i := bytes.Index(d.buf, mark)
		safe := i
		if i < 0 {
			safe = len(d.buf)
			if d.err == nil {
				safe = max(0, len(d.buf)-len(mark)+1)
			}
		}
		switch {
		case safe > 0:
			n := copy(p, d.buf[:safe])
			d.buf = d.buf[n:]
			return n, nil
		case i == 0:
			p[0] = '\f'
			d.buf = d.buf[len(mark):]
			return 1, nil
		case d.err != nil:
			return 0, d.err
		}
		n, err := d.r.Read(d.room[:])
		d.buf, d.err = append(d.buf, d.room[:n]...), err
	}
	return 0, nil
}
