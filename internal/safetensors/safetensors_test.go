package safetensors_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"oneword/internal/safetensors"
)

// build makes a file of a header and numbers.
func build(header string, data ...byte) []byte {
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...), data...)
}

func TestRoundTrip(t *testing.T) {
	var b bytes.Buffer
	tensors := []safetensors.Tensor{{Name: "w", Shape: []int{2, 3}, Data: []float32{1, 2, 3, 4, 5, float32(math.Inf(1))}}, {Name: "b", Shape: []int{1}, Data: []float32{-0.5}, Type: "F16"},
		{Name: "h", Shape: []int{3}, Data: []float32{1.5, -3, 0}, Type: "BF16"}, {Name: "none", Shape: []int{0, 4}, Type: "F32"}, {Name: "i", Shape: []int{2, 2}, Int8: []int8{-128, -1, 0, 127}, Type: "I8"}}
	if err := safetensors.Write(&b, tensors, map[string]string{"made": "here"}); err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Parse("file", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range tensors {
		if want.Type == "I8" {
			if got, err := f.Int8(want.Name, want.Shape); err != nil || !slices.Equal(got, want.Int8) {
				t.Errorf("%s: %v, %v", want.Name, got, err)
			}
			continue
		}
		got := make([]float32, len(want.Data))
		if err := f.Float32(want.Name, want.Shape, got); err != nil || !slices.Equal(got, want.Data) {
			t.Errorf("%s: %v, %v", want.Name, got, err)
		}
	}
	if f.Metadata["made"] != "here" || strings.Join(f.Names(), " ") != "b h i none w" {
		t.Errorf("metadata %v, names %v", f.Metadata, f.Names())
	}
	_, missing := f.Int8("x", nil)
	_, shape := f.Int8("i", []int{4})
	_, kind := f.Int8("w", []int{2, 3})
	for want, err := range map[string]error{
		`there is no tensor "x"`: missing, `shape [2 2], want [4]`: shape, `"w" is of type F32, want I8`: kind,
		`no tensor "x"`:         f.Float32("x", nil, nil),
		`shape [2 3], want [6]`: f.Float32("w", []int{6}, make([]float32, 6)),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if err := safetensors.Write(&b, []safetensors.Tensor{{Name: "a"}, {Name: "a"}}, nil); err == nil {
		t.Error("a name that stands twice was written")
	}
	if err := safetensors.Write(&b, []safetensors.Tensor{{Name: "a", Data: []float32{1}, Type: "I8"}}, nil); err == nil {
		t.Error("float32 were written as I8")
	}
}

func TestHalves(t *testing.T) {
	// Bit patterns and values as in IEEE 754's tables.
	f, err := safetensors.Parse("half", build(`{"h":{"dtype":"F16","shape":[7],"data_offsets":[0,14]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[14,18]}}`,
		0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x04, 0x00, 0x7c, 0x00, 0x80, 0x80, 0x3f, 0x49, 0x40))
	if err != nil {
		t.Fatal(err)
	}
	h, b := make([]float32, 7), make([]float32, 2)
	if err := f.Float32("h", []int{7}, h); err != nil {
		t.Fatal(err)
	}
	if err := f.Float32("b", []int{2}, b); err != nil {
		t.Fatal(err)
	}
	want := []float32{1, -2, 65504, 5.9604645e-08, 6.1035156e-05, float32(math.Inf(1)), 0}
	if !slices.Equal(h, want) || !math.Signbit(float64(h[6])) || !slices.Equal(b, []float32{1, 3.140625}) {
		t.Errorf("halves %v, want %v; bfloat16 %v", h, want, b)
	}
}

func TestRefused(t *testing.T) {
	for want, file := range map[string][]byte{
		"length of its header":            {1, 2},
		"bytes, but 0 are left":           binary.LittleEndian.AppendUint64(nil, math.MaxUint64),
		"the header":                      build(`{"a":`),
		"unknown type":                    build(`{"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,1]}}`, 0),
		"impossible shape [-1":            build(`{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}`, 0, 0, 0, 0),
		"impossible shape [92":            build(`{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}`, 0, 0, 0, 0),
		"takes 8 bytes":                   build(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, 0, 0, 0, 0),
		"stands at 0 to 8 of 4":           build(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 0, 0, 0, 0),
		"is where the one before it ends": build(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`, 0, 0, 0),
		"begins at 1":                     build(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`, 0, 0, 0),
		"belong to no tensor":             build(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}`, 0, 0, 0),
		"the metadata":                    build(`{"__metadata__":7}`),
	} {
		if _, err := safetensors.Parse("bad.safetensors", file); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "bad.safetensors: byte ") {
			t.Errorf("%q: %v", want, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(build(`{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"__metadata__":{"x":"y"}}`, 0, 0, 0, 0))
	f.Add(build(`{}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := safetensors.Parse("fuzz", b)
		if err != nil {
			return
		}
		for _, name := range file.Names() {
			n := 1
			for _, d := range file.Shape(name) {
				n *= d
			}
			if n < 1<<16 {
				_ = file.Float32(name, file.Shape(name), make([]float32, n)) // may refuse the type, must not panic
			}
		}
	})
}
