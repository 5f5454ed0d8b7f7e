package embedding

import (
	"fmt"
	"math"

	"oneword/internal/simd"
)

// TSNE lays points out so that near ones stay near, whatever becomes of the far
// ones (van der Maaten and Hinton, Visualizing Data using t-SNE, 2008).
type TSNE struct {
	Dims       int     // 2 or 3; 0 means 2
	Perplexity float64 // about how many neighbours a point has; 0 means 30, or fewer if there are few points
	Steps      int     // 0 means 750
}

// maxPoints is what the exact method, which looks at all pairs, is good for.
const maxPoints = 5000

// Embed lays out points, rows of equal length. It begins with their PCA, so
// that nothing is random and the same points give the same picture; the result
// is turned along its own principal directions.
func (t TSNE) Embed(points [][]float64) ([][]float64, error) {
	dims, steps, perplexity := t.Dims, t.Steps, t.Perplexity
	if dims == 0 {
		dims = 2
	}
	if steps == 0 {
		steps = 750
	}
	n := len(points)
	if perplexity == 0 {
		perplexity = min(30, float64(n-1)/3)
	}
	switch {
	case n < 4 || n > maxPoints:
		return nil, fmt.Errorf("embedding: t-SNE of %d points, want 4 to %d", n, maxPoints)
	case dims < 1 || dims > 3 || steps < 0 || !(perplexity >= 1 && perplexity < float64(n)):
		return nil, fmt.Errorf("embedding: t-SNE of %d points in %d dimensions, %d steps, perplexity %v", n, dims, steps, perplexity)
	}
	projected, _, err := PCA(points, min(dims, len(points[0])))
	if err != nil {
		return nil, err
	}
	y := make([][3]float64, n) // [N][dims], and 0 for the rest
	for i := range y {
		copy(y[i][:dims], projected[i])
	}
	spread := 0.0
	for i := range y {
		spread += y[i][0] * y[i][0] / float64(n)
	}
	if spread == 0 {
		return nil, fmt.Errorf("embedding: t-SNE of points that all are the same")
	}
	for i := range y {
		for k := range dims {
			y[i][k] *= 1e-4 / math.Sqrt(spread)
		}
	}
	near := affinities(points, perplexity) // [N][N]
	// The settings of scikit-learn: near points pull twelve times as hard at
	// first, and the rate goes with the number of points.
	const exaggeration = 12
	early := min(250, steps/3)
	rate := max(float64(n)/exaggeration/4, 50)
	velocity, gain := make([][3]float64, n), make([][3]float64, n)
	for i := range gain {
		gain[i] = [3]float64{1, 1, 1}
	}
	gradient := make([][3]float64, n)
	sums := make([]float64, n)
	for step := range steps {
		pull, momentum := 1.0, 0.8
		if step < early {
			pull, momentum = exaggeration, 0.5
		}
		gradientAt(y, near, pull, gradient, sums)
		for i := range y {
			for k := range dims {
				if g := gradient[i][k]; g*velocity[i][k] < 0 {
					gain[i][k] += 0.2
				} else {
					gain[i][k] = max(gain[i][k]*0.8, 0.01)
				}
				velocity[i][k] = momentum*velocity[i][k] - rate*gain[i][k]*gradient[i][k]
				y[i][k] += velocity[i][k]
			}
		}
	}
	result := make([][]float64, n)
	for i := range result {
		result[i] = y[i][:dims]
	}
	turned, _, err := PCA(result, dims)
	return turned, err
}

// affinities are the probabilities that pairs of points are neighbours: each
// point has a bell curve around it, so wide that the entropy of its neighbours
// is the logarithm of the perplexity.
func affinities(points [][]float64, perplexity float64) []float32 {
	n := len(points)
	p := make([]float64, n*n) // [N][N]
	simd.Parallel(n, 1, func(lo, hi int) {
		distance := make([]float64, n)
		for i := lo; i < hi; i++ {
			least := math.Inf(1)
			for j := range points {
				distance[j] = 0
				for k, v := range points[i] {
					d := v - points[j][k]
					distance[j] += d * d
				}
				if j != i {
					least = min(least, distance[j])
				}
			}
			row := p[i*n : (i+1)*n]
			precision, low, high := 1.0, 0.0, math.Inf(1)
			for range 100 {
				sum, mean := 0.0, 0.0
				for j := range row {
					row[j] = 0
					if j != i {
						row[j] = math.Exp(-(distance[j] - least) * precision)
						sum += row[j]
						mean += row[j] * (distance[j] - least)
					}
				}
				entropy := math.Log(sum) + precision*mean/sum
				for j := range row {
					row[j] /= sum
				}
				if math.Abs(entropy-math.Log(perplexity)) < 1e-5 {
					break
				}
				if entropy > math.Log(perplexity) {
					low = precision
				} else {
					high = precision
				}
				if precision = (low + high) / 2; math.IsInf(high, 1) {
					precision = low * 2
				}
			}
		}
	})
	both := make([]float32, n*n) // [N][N], symmetric
	for i := range n {
		for j := range n {
			both[i*n+j] = float32((p[i*n+j] + p[j*n+i]) / float64(2*n))
		}
	}
	return both
}

// gradientAt finds the gradient at y: neighbours pull, all push. Sums is room for N
// numbers.
func gradientAt(y [][3]float64, near []float32, pull float64, gradient [][3]float64, sums []float64) {
	n := len(y)
	simd.Parallel(n, 8, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			a, sum := y[i], 0.0
			for _, b := range y {
				d0, d1, d2 := a[0]-b[0], a[1]-b[1], a[2]-b[2]
				sum += 1 / (1 + d0*d0 + d1*d1 + d2*d2)
			}
			sums[i] = sum - 1 // itself
		}
	})
	all := 0.0
	for _, s := range sums {
		all += s
	}
	simd.Parallel(n, 8, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			a := y[i]
			var g [3]float64
			for j, b := range y {
				d0, d1, d2 := a[0]-b[0], a[1]-b[1], a[2]-b[2]
				q := 1 / (1 + d0*d0 + d1*d1 + d2*d2)
				f := 4 * (pull*float64(near[i*n+j]) - q/all) * q
				g[0] += f * d0
				g[1] += f * d1
				g[2] += f * d2
			}
			gradient[i] = g
		}
	})
}
