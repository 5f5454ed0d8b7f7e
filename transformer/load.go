package transformer

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
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
// are there, vocab.json and merges.txt. Weights that the file has in the type wanted
// are not read but mapped into memory; others are narrowed or widened, which
// takes longer.
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
// errors: the Hub's for GPT-2, or one in 8 bits as [Model.Save] writes it.
// Tensors may have the prefix "transformer."; the masks that some files carry
// are not needed. A tensor that is missing or misshapen, a scale that is no
// number, and a vocabulary of another size are errors. The file's memory may be
// used as long as the model is.
func New(name string, file []byte, c Config, v *token.Vocabulary, dtype DType) (*Model, error) {
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if dtype != Own && (dtype < F32 || dtype > I8) {
		return nil, fmt.Errorf("%s: no type of weights %d", name, int(dtype))
	}
	if v != nil && v.Len() != c.Vocab {
		return nil, fmt.Errorf("%s: a vocabulary of %d tokens, but the model has %d", name, v.Len(), c.Vocab)
	}
	f, err := safetensors.Parse(name, file)
	if err != nil {
		return nil, err
	}
	l := &loader{f: f, dtype: dtype}
	const prefix = "transformer."
	if f.Shape(prefix+"wte.weight") != nil || f.Shape(prefix+"wte"+int8Name) != nil {
		l.prefix = prefix
	}
	l.inInt8 = f.Shape(l.prefix+"wte"+int8Name) != nil
	if dtype == Own {
		dtype = ownType(f.Type(l.prefix+"wte.weight"), l.inInt8)
		l.dtype = dtype
	}
	m := &Model{Config: c, Name: strings.TrimSuffix(filepath.Base(name), ".safetensors"), Vocabulary: v, DType: dtype}
	if l.inInt8 {
		m.tokens = l.int8("wte", c.Vocab, c.Width)
	} else if table := l.matrix("wte.weight", c.Vocab, c.Width); l.err == nil {
		m.tokens = simd.Narrow(table, false, simd.DType(dtype))
		l.bytes += m.tokens.Bytes() - 4*len(table.Data)
	}
	m.positions = l.matrix("wpe.weight", c.Context, c.Width)
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

// ownType is the type in which a file has its weights.
func ownType(kind string, inInt8 bool) DType {
	switch {
	case inInt8:
		return I8
	case kind == "F16":
		return F16
	case kind == "BF16":
		return BF16
	}
	return F32
}

// A loader takes tensors from a file, and keeps the first error.
type loader struct {
	f             *safetensors.File
	dtype         DType
	prefix, block string
	inInt8        bool
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

// The names of a matrix in 8 bits, behind that of its layer: the rows, which stand by
// neuron, [out][in], and the scale of each, [out].
const int8Name, scaleName = ".int8", ".scale"

// int8 is a matrix of the file in 8 bits, in the type wanted.
func (l *loader) int8(name string, rows, cols int) *simd.Rows {
	scale := l.vector(name+scaleName, rows)
	if l.err != nil {
		return nil
	}
	name = l.prefix + l.block + name
	if i := badScale(scale); i >= 0 {
		l.err = fmt.Errorf("%s: tensor %q has %v for row %d, want a finite number of 0 or more", l.f.Name, name+scaleName, scale[i], i)
		return nil
	}
	var weights []int8
	if weights, l.err = l.f.Int8(name+int8Name, []int{rows, cols}); l.err != nil {
		return nil
	}
	r := simd.Int8(rows, cols, weights, scale).As(simd.DType(l.dtype))
	l.bytes += r.Bytes() - 4*rows // the scales were counted
	return r
}

// badScale is the first row whose scale is none, or -1.
func badScale(scale []float32) int {
	return slices.IndexFunc(scale, func(s float32) bool { return !(s >= 0) || math.IsInf(float64(s), 1) })
}

func (l *loader) dense(name string, in, out int) dense {
	if l.inInt8 {
		return dense{transposed: l.int8(name, out, in), bias: l.vector(name+".bias", out)}
	}
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
