package transformer

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"oneword/internal/mapped"
	"oneword/internal/safetensors"
	"oneword/internal/simd"
	"oneword/transformer/token"
)

// The files of a model, as on the Hub.
const (
	ConfigFile  = "config.json"
	WeightsFile = "model.safetensors"
)

// Load opens the model in a folder: config.json, model.safetensors and, if they
// are there, vocab.json and merges.txt. As F32 the weights are not read but mapped
// into memory; in fewer bits they are narrowed, which takes longer.
func Load(dir string, dtype DType) (*Model, error) {
	config, err := os.ReadFile(filepath.Join(dir, ConfigFile))
	if err != nil {
		return nil, fmt.Errorf("no model: %w", err)
	}
	c, err := ParseConfig(config)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, ConfigFile), err)
	}
	var v *token.Vocabulary
	if _, err := os.Stat(filepath.Join(dir, token.VocabFile)); err == nil {
		if v, err = token.Read(dir); err != nil {
			return nil, err
		}
	}
	path := filepath.Join(dir, WeightsFile)
	file, close, err := mapped.Open(path)
	if err != nil {
		return nil, fmt.Errorf("a model without weights: %w", err)
	}
	m, err := New(path, file, c, v, dtype)
	if err != nil {
		close()
		return nil, err
	}
	m.Name, m.close = filepath.Base(dir), close
	return m, nil
}

// LoadFS reads a model from a file system, as one embedded in a program.
func LoadFS(files fs.FS, dtype DType) (*Model, error) {
	read := func(name string) (file []byte) {
		if b, err := fs.ReadFile(files, name); err == nil {
			file = b
		}
		return file
	}
	c, err := ParseConfig(read(ConfigFile))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ConfigFile, err)
	}
	v, err := token.Parse(read(token.VocabFile), read(token.MergesFile))
	if err != nil {
		return nil, err
	}
	return New(WeightsFile, read(WeightsFile), c, v, dtype)
}

// New makes a model of the contents of a safetensors file, whose name is for
// errors. Tensors may have the prefix "transformer."; the masks that some
// files carry are not needed. A tensor that is missing or misshapen, and a
// vocabulary of another size, are errors. The file's memory may be used as
// long as the model is.
func New(name string, file []byte, c Config, v *token.Vocabulary, dtype DType) (*Model, error) {
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if v != nil && v.Len() != c.Vocab {
		return nil, fmt.Errorf("%s: a vocabulary of %d tokens, but the model has %d", name, v.Len(), c.Vocab)
	}
	f, err := safetensors.Parse(name, file)
	if err != nil {
		return nil, err
	}
	l := &loader{f: f, dtype: dtype}
	if f.Shape("wte.weight") == nil && f.Shape("transformer.wte.weight") != nil {
		l.prefix = "transformer."
	}
	m := &Model{Config: c, Name: strings.TrimSuffix(filepath.Base(name), ".safetensors"), Vocabulary: v, DType: dtype}
	table := l.matrix("wte.weight", c.Vocab, c.Width)
	m.positions = l.matrix("wpe.weight", c.Context, c.Width)
	if l.err == nil {
		m.tokens = simd.Narrow(table, false, simd.DType(dtype))
		l.bytes += m.tokens.Bytes() - 4*len(table.Data)
	}
	for i := range c.Blocks {
		l.block = fmt.Sprintf("h.%d.", i)
		m.blocks = append(m.blocks, layer{
			gain1: l.vector("ln_1.weight", c.Width), bias1: l.vector("ln_1.bias", c.Width),
			gain2: l.vector("ln_2.weight", c.Width), bias2: l.vector("ln_2.bias", c.Width),
			qkv: l.dense("attn.c_attn", c.Width, 3*c.Width), attnProj: l.dense("attn.c_proj", c.Width, c.Width),
			up: l.dense("mlp.c_fc", c.Width, c.Hidden()), down: l.dense("mlp.c_proj", c.Hidden(), c.Width),
		})
	}
	l.block = ""
	m.gain, m.bias = l.vector("ln_f.weight", c.Width), l.vector("ln_f.bias", c.Width)
	m.bytes = l.bytes
	return m, l.err
}

// A loader takes tensors from a file, and keeps the first error.
type loader struct {
	f             *safetensors.File
	dtype         DType
	prefix, block string
	bytes         int
	err           error
}

func (l *loader) take(name string, shape ...int) []float32 {
	if l.err != nil {
		return nil
	}
	name = l.prefix + l.block + name
	n := 1
	for _, d := range shape {
		n *= d
	}
	// The file has as many numbers as it says; so memory is taken only for what
	// is there.
	if got := l.f.Shape(name); fmt.Sprint(got) != fmt.Sprint(shape) {
		l.err = l.f.Float32(name, shape, nil)
		return nil
	}
	v := l.f.Shared(name)
	if v == nil {
		v = make([]float32, n)
		l.err = l.f.Float32(name, shape, v)
	}
	l.bytes += 4 * n
	return v
}

func (l *loader) vector(name string, n int) []float32 { return l.take(name, n) }

func (l *loader) matrix(name string, rows, cols int) simd.Matrix {
	return simd.Dense(rows, cols, l.take(name, rows, cols))
}

func (l *loader) dense(name string, in, out int) dense {
	m := l.matrix(name+".weight", in, out)
	d := dense{bias: l.vector(name+".bias", out)}
	if l.err != nil || l.dtype == F32 {
		d.asStored = m
		return d
	}
	d.transposed = simd.Narrow(m, true, simd.DType(l.dtype))
	l.bytes += d.transposed.Bytes() - 4*in*out
	return d
}
