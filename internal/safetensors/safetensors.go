// Package safetensors reads and writes tensors in the format of that name
// (github.com/huggingface/safetensors): eight bytes, the length of a header in
// JSON; the header, with each tensor's type, shape and place; then the numbers.
package safetensors

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"unsafe"

	"oneword/internal/simd"
)

// A File is a parsed file. Its tensors share the memory it was parsed from.
type File struct {
	Name     string // for errors
	Metadata map[string]string
	tensors  map[string]entry
	data     []byte
}

type entry struct {
	DType   string    `json:"dtype"`
	Shape   []int64   `json:"shape"`
	Offsets [2]uint64 `json:"data_offsets"`
}

// widths are the bytes of a number, by type.
var widths = map[string]uint64{"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}

// maxHeader bounds the header, as the format's own library does.
const maxHeader = 100 << 20

// Parse reads the header of a file and checks that the tensors lie within the
// file, one after the other without gap or overlap, each with the bytes that
// its type and shape take. It takes no memory for the numbers.
func Parse(name string, file []byte) (*File, error) {
	fail := func(offset int, format string, args ...any) (*File, error) {
		return nil, fmt.Errorf("%s: byte %d: not a safetensors file: %s", name, offset, fmt.Sprintf(format, args...))
	}
	if len(file) < 8 {
		return fail(len(file), "the file ends before the length of its header")
	}
	length := binary.LittleEndian.Uint64(file)
	if length > maxHeader || length > uint64(len(file)-8) {
		return fail(0, "a header of %d bytes, but %d are left", length, len(file)-8)
	}
	f := &File{Name: name, tensors: map[string]entry{}, data: file[8+length:]}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(file[8:8+length], &header); err != nil {
		return fail(8, "the header: %v", err)
	}
	type place struct {
		name       string
		begin, end uint64
	}
	var places []place
	for tensor, raw := range header {
		if tensor == "__metadata__" {
			if err := json.Unmarshal(raw, &f.Metadata); err != nil {
				return fail(8, "the metadata: %v", err)
			}
			continue
		}
		var e entry
		if err := json.Unmarshal(raw, &e); err != nil {
			return fail(8, "tensor %q: %v", tensor, err)
		}
		width, ok := widths[e.DType]
		if !ok {
			return fail(8, "tensor %q: unknown type %q", tensor, e.DType)
		}
		bytes := width
		for _, d := range e.Shape {
			if d < 0 || d > 0 && bytes > math.MaxInt64/uint64(d) {
				return fail(8, "tensor %q: impossible shape %v", tensor, e.Shape)
			}
			bytes *= uint64(d)
		}
		begin, end := e.Offsets[0], e.Offsets[1]
		if begin > end || end > uint64(len(f.data)) || end-begin != bytes {
			return fail(8, "tensor %q: %s of shape %v takes %d bytes, but it stands at %d to %d of %d", tensor, e.DType, e.Shape, bytes, begin, end, len(f.data))
		}
		f.tensors[tensor] = e
		places = append(places, place{tensor, begin, end})
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.begin != b.begin {
			return int(int64(a.begin) - int64(b.begin))
		}
		return int(int64(a.end) - int64(b.end))
	})
	at := uint64(0)
	for _, p := range places {
		if p.begin != at {
			return fail(8, "tensor %q begins at %d, but %d is where the one before it ends", p.name, p.begin, at)
		}
		at = p.end
	}
	if at != uint64(len(f.data)) {
		return fail(len(file)-len(f.data)+int(at), "%d bytes belong to no tensor", uint64(len(f.data))-at)
	}
	return f, nil
}

// Names lists the tensors in alphabetical order.
func (f *File) Names() []string { return slices.Sorted(maps.Keys(f.tensors)) }

// Shape is the shape of a tensor, nil if there is none of that name.
func (f *File) Shape(name string) []int {
	e, ok := f.tensors[name]
	if !ok {
		return nil
	}
	shape := make([]int, len(e.Shape))
	for i, d := range e.Shape {
		shape[i] = int(d)
	}
	return shape
}

// Type is the type of a tensor's numbers, as "F32"; "" if there is none of that name.
func (f *File) Type(name string) string { return f.tensors[name].DType }

// Float32 copies a tensor's numbers, of type F32, F16 or BF16, into dst, which
// must have as many places. A tensor that is missing, has another shape or
// another type is an error that names it.
func (f *File) Float32(name string, shape []int, dst []float32) error {
	e, ok := f.tensors[name]
	if !ok {
		return fmt.Errorf("%s: there is no tensor %q", f.Name, name)
	}
	if got := f.Shape(name); !slices.Equal(got, shape) {
		return fmt.Errorf("%s: tensor %q has shape %v, want %v", f.Name, name, got, shape)
	}
	b := f.data[e.Offsets[0]:e.Offsets[1]]
	if uint64(len(dst))*widths[e.DType] != uint64(len(b)) {
		return fmt.Errorf("%s: tensor %q has %d bytes, for %d numbers", f.Name, name, len(b), len(dst))
	}
	switch e.DType {
	case "F32":
		for i := range dst {
			dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
	case "BF16":
		for i := range dst {
			dst[i] = simd.BFloat16(binary.LittleEndian.Uint16(b[2*i:])).Float32()
		}
	case "F16":
		for i := range dst {
			dst[i] = simd.Float16(binary.LittleEndian.Uint16(b[2*i:])).Float32()
		}
	default:
		return fmt.Errorf("%s: tensor %q is of type %s, want F32, F16 or BF16", f.Name, name, e.DType)
	}
	return nil
}

// Shared is the memory of a tensor of type F32, if this machine can use it as it
// stands in the file; it must not be written. Else, and for other types, it is
// nil, and Float32 copies.
func (f *File) Shared(name string) []float32 {
	e, ok := f.tensors[name]
	b := f.data[e.Offsets[0]:e.Offsets[1]]
	if !ok || e.DType != "F32" || len(b) == 0 || uintptr(unsafe.Pointer(&b[0]))%4 != 0 || binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		return nil
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&b[0])), len(b)/4)
}

// Int8 is the memory of a tensor of type I8; it must not be written. A tensor that
// is missing, has another shape or another type is an error that names it.
func (f *File) Int8(name string, shape []int) ([]int8, error) {
	e, ok := f.tensors[name]
	if !ok {
		return nil, fmt.Errorf("%s: there is no tensor %q", f.Name, name)
	}
	if got := f.Shape(name); !slices.Equal(got, shape) {
		return nil, fmt.Errorf("%s: tensor %q has shape %v, want %v", f.Name, name, got, shape)
	}
	if e.DType != "I8" {
		return nil, fmt.Errorf("%s: tensor %q is of type %s, want I8", f.Name, name, e.DType)
	}
	b := f.data[e.Offsets[0]:e.Offsets[1]]
	if len(b) == 0 {
		return nil, nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&b[0])), len(b)), nil
}

// A Tensor is what Write writes.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float32
	Type  string // F32, which "" means, F16 or BF16
	Int8  []int8 // instead of Data, for the type I8
}

// Write writes tensors in their order. The same tensors give the same bytes.
func Write(w io.Writer, tensors []Tensor, metadata map[string]string) error {
	header := map[string]any{}
	if len(metadata) > 0 {
		header["__metadata__"] = metadata
	}
	at := uint64(0)
	for _, t := range tensors {
		if _, twice := header[t.Name]; twice || t.Name == "" {
			return fmt.Errorf("safetensors: the name %q is empty or stands twice", t.Name)
		}
		shape := make([]int64, len(t.Shape))
		for i, d := range t.Shape {
			shape[i] = int64(d)
		}
		kind := cmp.Or(t.Type, "F32")
		if kind != "F32" && kind != "F16" && kind != "BF16" && kind != "I8" {
			return fmt.Errorf("safetensors: tensor %q is to be written as %s, want F32, F16, BF16 or I8", t.Name, kind)
		}
		if kind == "I8" && t.Data != nil || kind != "I8" && t.Int8 != nil {
			return fmt.Errorf("safetensors: tensor %q is to be written as %s, but its numbers are of another type", t.Name, kind)
		}
		end := at + widths[kind]*uint64(max(len(t.Data), len(t.Int8)))
		header[t.Name] = entry{kind, shape, [2]uint64{at, end}}
		at = end
	}
	text, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for len(text)%8 != 0 { // so that the numbers are aligned
		text = append(text, ' ')
	}
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	if _, err := w.Write(append(b, text...)); err != nil {
		return err
	}
	for _, t := range tensors {
		b = b[:0]
		for _, v := range t.Int8 {
			b = append(b, byte(v))
		}
		for _, v := range t.Data {
			switch t.Type {
			case "F16":
				b = binary.LittleEndian.AppendUint16(b, uint16(simd.ToFloat16(v)))
			case "BF16":
				b = binary.LittleEndian.AppendUint16(b, uint16(simd.ToBFloat16(v)))
			default:
				b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
			}
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}
