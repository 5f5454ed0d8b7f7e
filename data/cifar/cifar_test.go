package cifar_test

import (
	"bytes"
	"image/color"
	"strings"
	"testing"

	"oneword/data/cifar"
)

// records are n records of classes in turn, with pixels that say where they are.
func records(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		b.WriteByte(byte(i % 10))
		for c := range 3 {
			for p := range 1024 {
				b.WriteByte(byte(c*64 + p%61 + i%3))
			}
		}
	}
	return b.Bytes()
}

func TestImage(t *testing.T) {
	set, err := cifar.Parse("file", records(12))
	if err != nil || set.Len() != 12 || set.Label(3) != cifar.Cat || set.Label(11) != 1 {
		t.Fatalf("%d images, %v", set.Len(), err)
	}
	if got, want := set.Image(1).RGBAAt(5, 2), (color.RGBA{69%61 + 1, 64 + 69%61 + 1, 128 + 69%61 + 1, 255}); got != want {
		t.Errorf("the pixel in column 5, row 2 is %v", got)
	}
}

func TestRefused(t *testing.T) {
	bad := records(2)
	bad[3073] = 10
	for want, file := range map[string][]byte{
		"3074 bytes are not": append(records(1), 0),
		"0 bytes are not":    nil,
		"byte 3073: class":   bad,
	} {
		if _, err := cifar.Parse("file", file); err == nil || !strings.HasPrefix(err.Error(), "file: "+want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(records(1))
	f.Add(append(records(2), 1))
	f.Fuzz(func(t *testing.T, file []byte) {
		set, err := cifar.Parse("fuzz", file)
		if err == nil {
			set.Image(set.Len() - 1)
			set.Label(0)
		}
	})
}
