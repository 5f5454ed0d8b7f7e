package digits

import (
	"fmt"
	"math"

	"oneword/internal/simd"
)

// A Matcher recognises a digit without any net: it compares the pixels with
// those of stored examples and says what the most similar one is (nearest
// neighbour, by Euclidean distance).
type Matcher struct {
	pixels []float32 // of all examples
	square []float32 // of each example, the sum of its squares
	labels []byte
}

// NewMatcher stores examples of Pixels bytes each, with a label each.
func NewMatcher(images, labels []byte) (*Matcher, error) {
	if len(images) != len(labels)*Pixels || len(labels) == 0 {
		return nil, fmt.Errorf("digits: %d pixels for %d labels", len(images), len(labels))
	}
	m := &Matcher{make([]float32, len(images)), make([]float32, len(labels)), labels}
	for i, v := range images {
		m.pixels[i] = float32(v) / 255
	}
	for i := range labels {
		x := m.pixels[i*Pixels : (i+1)*Pixels]
		m.square[i] = simd.Dot(x, x)
	}
	return m, nil
}

// Averages stores one example of each digit instead: the mean of the images
// with its label. A digit without images is left out.
func Averages(images, labels []byte) (*Matcher, error) {
	all, err := NewMatcher(images, labels)
	if err != nil {
		return nil, err
	}
	m := &Matcher{}
	for digit := range byte(10) {
		mean, n := make([]float32, Pixels), 0
		for i, l := range labels {
			if l == digit {
				simd.Axpy(1, all.pixels[i*Pixels:(i+1)*Pixels], mean)
				n++
			}
		}
		if n > 0 {
			simd.Scale(1/float32(n), mean)
			m.pixels, m.square, m.labels = append(m.pixels, mean...), append(m.square, simd.Dot(mean, mean)), append(m.labels, digit)
		}
	}
	return m, nil
}

// Stored is the number of examples.
func (m *Matcher) Stored() int { return len(m.labels) }

// Accuracy is the share of images that the most similar example is right about.
func (m *Matcher) Accuracy(images, labels []byte) (float64, error) {
	test, err := NewMatcher(images, labels)
	if err != nil {
		return 0, err
	}
	// |x-y|² = |x|² - 2x·y + |y|², and |x|² is the same for all y.
	n := len(m.labels)
	products := make([]float32, len(labels)*n)
	simd.MatMul(simd.Dense(len(labels), n, products), simd.Dense(len(labels), Pixels, test.pixels), false, simd.Dense(n, Pixels, m.pixels), true, false)
	right := 0
	for i, label := range labels {
		best, least := 0, float32(math.Inf(1))
		for k, p := range products[i*n : (i+1)*n] {
			if d := m.square[k] - 2*p; d < least {
				best, least = k, d
			}
		}
		if m.labels[best] == label {
			right++
		}
	}
	return float64(right) / float64(len(labels)), nil
}

// A NamedMatcher is a Matcher and what it compares with.
type NamedMatcher struct {
	Name string
	*Matcher
}

// Matchers stores the averages of all images, and the first so many of them.
func Matchers(images, labels []byte, stored ...int) ([]NamedMatcher, error) {
	averages, err := Averages(images, labels)
	if err != nil {
		return nil, err
	}
	out := []NamedMatcher{{"the average image of each digit", averages}}
	for _, n := range stored {
		if n < 1 || n > len(labels) {
			return nil, fmt.Errorf("digits: %d stored images of %d", n, len(labels))
		}
		m, err := NewMatcher(images[:n*Pixels], labels[:n])
		if err != nil {
			return nil, err
		}
		out = append(out, NamedMatcher{fmt.Sprintf("%d stored images", n), m})
	}
	return out, nil
}
