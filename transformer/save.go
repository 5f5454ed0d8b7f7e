package transformer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"oneword/internal/atomicfile"
	"oneword/internal/safetensors"
	"oneword/internal/simd"
	"oneword/transformer/token"
)

// A file of weights holds them as the Hub's programs expect GPT-2's: each tensor
// by its name there, matrices [in][out]. In 8 bits it is this project's own: a
// matrix stands by neuron, [out][in], as NAME.int8, and row i of it is NAME.int8[i]
// times NAME.scale[i]; what is no matrix of a layer stays in 16 bits. That is what
// the engine multiplies with, so that nothing has to be converted.

// ErrOtherModel is what Save ends with where another model is in the folder.
var ErrOtherModel = errors.New("there is another model in the folder")

// Save writes the model into a folder, with weights of some type: config.json,
// model.safetensors and, of a model with a vocabulary, vocab.json, merges.txt and
// tokenizer.json. As F32, F16 or BF16 it is what the Hub's programs read; as I8
// only Load reads it. The same model gives the same bytes. Where there is another
// model, or another vocabulary, it is ErrOtherModel, and nothing is changed,
// unless replace is set.
func (m *Model) Save(dir string, dtype DType, replace bool) error {
	var weights bytes.Buffer
	if err := m.writeWeights(&weights, dtype); err != nil {
		return err
	}
	type file struct {
		name     string
		contents []byte
	}
	files := []file{{ConfigFile, m.Config.JSON(m.Vocabulary)}, {WeightsFile, weights.Bytes()}}
	if v := m.Vocabulary; v != nil {
		vocab, merges := v.Files()
		files = append(files, file{token.VocabFile, vocab}, file{token.MergesFile, merges}, file{token.TokenizerFile, v.TokenizerJSON()})
	}
	var foreign []string // a vocabulary beside a model that has none
	if m.Vocabulary == nil {
		foreign = []string{token.VocabFile, token.MergesFile, token.TokenizerFile}
	}
	for _, name := range foreign {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil && !replace {
			return fmt.Errorf("%s is not this model's: %w", filepath.Join(dir, name), ErrOtherModel)
		}
	}
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		switch before, err := os.ReadFile(path); {
		case errors.Is(err, os.ErrNotExist):
		case err != nil:
			return err
		case !replace && !bytes.Equal(before, f.contents):
			return fmt.Errorf("%s is not this model's: %w", path, ErrOtherModel)
		}
	}
	for _, name := range foreign {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for _, f := range files {
		if err := atomicfile.WriteBytes(filepath.Join(dir, f.name), f.contents); err != nil {
			return err
		}
	}
	return nil
}

// writeWeights writes model.safetensors.
func (m *Model) writeWeights(w io.Writer, dtype DType) error {
	metadata := map[string]string{"format": "pt"} // the Hub's programs ask for it
	if dtype != I8 {
		kind := map[DType]string{F32: "F32", F16: "F16", BF16: "BF16"}[dtype]
		if kind == "" {
			return fmt.Errorf("transformer: no type of weights %d", dtype)
		}
		tensors := m.tensors()
		for i := range tensors {
			tensors[i].Type = kind
		}
		return writeTensors(w, tensors, metadata)
	}
	metadata = map[string]string{"int8": "row i of a matrix is NAME.int8[i] * NAME.scale[i]; matrices of layers are [out][in]"}
	var scales, rows, vectors []safetensors.Tensor
	var unfit error
	matrix := func(name string, r *simd.Rows) {
		weights, scale := r.As(simd.I8).Int8()
		if i := badScale(scale); i >= 0 && unfit == nil {
			unfit = fmt.Errorf("transformer: row %d of %s has a weight that is no finite number", i, name)
		}
		scales = append(scales, safetensors.Tensor{Name: name + scaleName, Shape: []int{r.Rows}, Data: scale})
		rows = append(rows, safetensors.Tensor{Name: name + int8Name, Shape: []int{r.Rows, r.Cols}, Int8: weights, Type: "I8"})
	}
	matrix("wte", m.tokens)
	for i, b := range m.blocks {
		for name, d := range b.denses() {
			r := d.transposed
			if r == nil {
				r = simd.Narrow(d.asStored, true, simd.I8)
			}
			matrix(fmt.Sprintf("h.%d.%s", i, name), r)
		}
	}
	for _, t := range m.tensors() {
		if len(t.Shape) == 1 || t.Name == "wpe.weight" {
			t.Type = "F16"
			vectors = append(vectors, t)
		}
	}
	if unfit != nil {
		return unfit
	}
	// What has wider numbers first, so that all of them are aligned.
	return writeTensors(w, append(append(scales, vectors...), rows...), metadata)
}

// writeTensors writes tensors, and refuses numbers that are too large for their type.
func writeTensors(w io.Writer, tensors []safetensors.Tensor, metadata map[string]string) error {
	for _, t := range tensors {
		for i, v := range t.Data {
			if size := math.Abs(float64(v)); t.Type == "F16" && size >= 65520 && !math.IsInf(size, 1) {
				return fmt.Errorf("transformer: number %d of %s is %v, too large for float16", i, t.Name, v)
			}
		}
	}
	return safetensors.Write(w, tensors, metadata)
}

// denses are the layers of a block, by their names, in the order of the file.
func (l *layer) denses() func(yield func(string, dense) bool) {
	return func(yield func(string, dense) bool) {
		_ = yield("attn.c_attn", l.qkv) && yield("attn.c_proj", l.attnProj) && yield("mlp.c_fc", l.up) && yield("mlp.c_proj", l.down)
	}
}

// tensors are the weights as float32, named and laid out as in GPT-2's files.
func (m *Model) tensors() []safetensors.Tensor {
	table := make([]float32, m.Config.Vocab*m.Width) // [V][D]
	for id := range m.Config.Vocab {
		m.tokens.Row(id, table[id*m.Width:(id+1)*m.Width])
	}
	all := []safetensors.Tensor{
		{Name: "wte.weight", Shape: []int{m.Config.Vocab, m.Width}, Data: table},
		{Name: "wpe.weight", Shape: []int{m.Context, m.Width}, Data: m.positions.Data},
	}
	for i := range m.blocks {
		b := &m.blocks[i]
		vector := func(name string, v []float32) {
			all = append(all, safetensors.Tensor{Name: fmt.Sprintf("h.%d.%s", i, name), Shape: []int{len(v)}, Data: v})
		}
		matrix := func(name string, d dense, in int) {
			w := d.matrix(in)
			all = append(all, safetensors.Tensor{Name: fmt.Sprintf("h.%d.%s.weight", i, name), Shape: []int{w.Rows, w.Cols}, Data: w.Data})
			vector(name+".bias", d.bias)
		}
		vector("ln_1.weight", b.gain1)
		vector("ln_1.bias", b.bias1)
		matrix("attn.c_attn", b.qkv, m.Width)
		matrix("attn.c_proj", b.attnProj, m.Width)
		vector("ln_2.weight", b.gain2)
		vector("ln_2.bias", b.bias2)
		matrix("mlp.c_fc", b.up, m.Width)
		matrix("mlp.c_proj", b.down, m.Hidden())
	}
	return append(all, safetensors.Tensor{Name: "ln_f.weight", Shape: []int{m.Width}, Data: m.gain},
		safetensors.Tensor{Name: "ln_f.bias", Shape: []int{m.Width}, Data: m.bias})
}

// Net is the model as a net that can be trained further: a copy.
func (m *Model) Net() (*Net, error) {
	n, err := NewNet(m.Config, rand.New(rand.NewPCG(0, 0))) // all weights are replaced
	if err != nil {
		return nil, err
	}
	from := map[string][]float32{}
	for _, t := range m.tensors() {
		from[t.Name] = t.Data
	}
	for _, p := range n.Params() {
		copy(p.Data, from[p.Name])
	}
	return n, nil
}
