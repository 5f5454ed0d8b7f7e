// Package small is the GPT that comes with this program: GPT-2's architecture
// in six blocks with vectors of 256 numbers, and a vocabulary of its own of
// 8,192 tokens, trained on 25 million tokens of English prose by `essay train
// gpt`. Its card is in data/README.md. It is a package of its own because it
// makes programs 14 MB larger.
package small

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"sync"

	"oneword/nn"
	"oneword/transformer"
)

//go:embed model
var files embed.FS

var opened [transformer.I8 + 1]struct {
	sync.Once
	*transformer.Model
	error
}

// Model returns the model, with its weights as float32.
func Model() (*transformer.Model, error) { return Open(transformer.F32) }

// Open returns the model with its weights kept as some type. It is read once.
func Open(dtype transformer.DType) (*transformer.Model, error) {
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

// Net is the model as a net that can be trained further.
func Net() (*transformer.Net, error) {
	m, err := Open(transformer.F32)
	if err != nil {
		return nil, err
	}
	net, err := transformer.NewNet(m.Config, rand.New(rand.NewPCG(0, 0))) // all weights are replaced
	if err != nil {
		return nil, err
	}
	name := "model/" + transformer.WeightsFile
	file, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return net, nn.Load(name, file, net.Params())
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
