package digits

import (
	"math"

	"oneword/internal/simd"
)

// A NearestNeighbour recognises a digit without any net: it compares the pixels
// with those of stored examples, and says what the most similar one is, by
// Euclidean distance.
type NearestNeighbour struct {
	pixels []float32 // [N][Pixels], of all N examples
	square []float32 // [N], the sum of an example's squares
	labels []byte    // [N]
}

// NewNearestNeighbour stores examples of Pixels bytes each, with a label each.
func NewNearestNeighbour(images, labels []byte) (*NearestNeighbour, error) {
	if err := check(images, labels); err != nil {
		return nil, err
	}
	m := &NearestNeighbour{make([]float32, len(images)), make([]float32, len(labels)), labels}
	for i, v := range images {
		m.pixels[i] = float32(v) / 255
	}
	for i := range labels {
		x := m.pixels[i*Pixels : (i+1)*Pixels]
		m.square[i] = simd.Dot(x, x)
	}
	return m, nil
}

// NewNearestMean stores one example of each digit instead: the mean of the
// images with its label (nearest centroid). A digit without images is left out.
func NewNearestMean(images, labels []byte) (*NearestNeighbour, error) {
	all, err := NewNearestNeighbour(images, labels)
	if err != nil {
		return nil, err
	}
	m := &NearestNeighbour{}
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

// Accuracy is the share of images that the most similar example is right about.
func (m *NearestNeighbour) Accuracy(images, labels []byte) (float64, error) {
	test, err := NewNearestNeighbour(images, labels)
	if err != nil {
		return 0, err
	}
	// |x-y|² = |x|² - 2x·y + |y|², and |x|² is the same for all y.
	n := len(m.labels)
	products := make([]float32, len(labels)*n) // [B][N] = [B][Pixels]·[N][Pixels]ᵀ
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
