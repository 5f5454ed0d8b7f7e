// Package small is the GPT that comes with this program: GPT-2's architecture, as
// many blocks and heads, vectors half as long (384 numbers), a window of 512
// tokens and a vocabulary of its own of 8,192. It has read 702 million tokens
// of English prose, by the recipe of `essay train gpt`, which train.py beside
// this file follows on a GPU. Its weights are shipped in 8 bits. Its card is in
// data/README.md. It is a package of its own because it makes programs 26 MB
// larger.
package small

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sync"

	"oneword/transformer"
)

//go:embed model
var files embed.FS

var opened [transformer.I8 + 1]struct {
	sync.Once
	*transformer.Model
	error
}

// Model returns the model, with its weights in 8 bits, as they are shipped.
func Model() (*transformer.Model, error) { return Open(transformer.Own) }

// Open returns the model with its weights kept as some type. It is read once. All
// types hold the same numbers; what is wider than 8 bits takes more memory, and
// more time for a token.
func Open(dtype transformer.DType) (*transformer.Model, error) {
	if dtype == transformer.Own {
		dtype = transformer.I8
	}
	if dtype < 0 || int(dtype) >= len(opened) {
		return nil, fmt.Errorf("small: no type of weights %d", dtype)
	}
	o := &opened[dtype]
	o.Do(func() {
		dir, err := fs.Sub(files, "model")
		if err != nil {
			o.error = err
			return
		}
		if o.Model, o.error = transformer.LoadFS(dir, dtype); o.error == nil {
			o.Model.Name = "small"
		}
	})
	return o.Model, o.error
}

// Net is the model as a net that can be trained further: a new one each time.
func Net() (*transformer.Net, error) {
	m, err := Open(transformer.I8)
	if err != nil {
		return nil, err
	}
	return m.Net()
}

// Log is how it was trained.
func Log() (transformer.Log, error) {
	var l transformer.Log
	file, err := files.ReadFile("model/training.json")
	if err == nil {
		err = json.Unmarshal(file, &l)
	}
	return l, err
}
