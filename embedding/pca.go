package embedding

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// PCA lays points out along the directions in which they differ most
// (principal component analysis): rows of equal length become rows of dims
// numbers, around 0. Explained is the share of the variance that each direction
// has. Directions have no sign of their own: each is turned so that the point
// farthest out on it is on the positive side, the same on every run.
func PCA(points [][]float64, dims int) (projected [][]float64, explained []float64, err error) {
	centred, err := centre(points) // [N][D]
	if err != nil {
		return nil, nil, err
	}
	n, d := centred.Dims()
	if dims < 1 || dims > min(n, d) {
		return nil, nil, fmt.Errorf("embedding: %d directions of %d points of %d numbers", dims, n, d)
	}
	var svd mat.SVD
	if !svd.Factorize(centred, mat.SVDThin) {
		return nil, nil, fmt.Errorf("embedding: the decomposition did not converge")
	}
	var u mat.Dense
	svd.UTo(&u) // [N][min(N, D)]
	values := svd.Values(nil)
	all := 0.0
	for _, v := range values {
		all += v * v
	}
	first := mat.NewDense(n, dims, nil) // [N][dims] of U·Σ
	for k := range dims {
		for i := range n {
			first.Set(i, k, u.At(i, k)*values[k])
		}
		explained = append(explained, values[k]*values[k]/max(all, math.SmallestNonzeroFloat64))
	}
	fixSigns(first)
	for i := range n {
		projected = append(projected, slices.Clone(first.RawRowView(i)))
	}
	return projected, explained, nil
}

// UnitPCA is the PCA of points made of length 1: what is near by cosine stays
// near.
func UnitPCA(points [][]float64, dims int) ([][]float64, error) {
	projected, _, err := PCA(Unit(points), dims)
	return projected, err
}

// OffsetPlane lays out pairs of points, which stand one after the other, in the
// plane of two directions: upwards the mean difference of a pair, from its
// first point to its second, and across, at a right angle to it, the direction
// in which the middles of the pairs differ most.
func OffsetPlane(points [][]float64) ([][]float64, error) {
	if len(points) < 4 || len(points)%2 != 0 {
		return nil, fmt.Errorf("embedding: %d points, want two pairs or more", len(points))
	}
	m, err := centre(points)
	if err != nil {
		return nil, err
	}
	n, d := m.Dims()
	up := mat.NewVecDense(d, nil) // [D]
	for i := range n {
		sign := float64(2*(i%2) - 1)
		up.AddScaledVec(up, sign, m.RowView(i))
	}
	if length := up.Norm(2); length > 0 {
		up.ScaleVec(1/length, up)
	}
	middles := mat.NewDense(n/2, d, nil) // [N/2][D]
	for i := range n / 2 {
		var middle mat.VecDense
		middle.AddVec(m.RowView(2*i), m.RowView(2*i+1))
		middle.AddScaledVec(&middle, -mat.Dot(&middle, up), up)
		middles.SetRow(i, middle.RawVector().Data)
	}
	var svd mat.SVD
	if !svd.Factorize(middles, mat.SVDThin) {
		return nil, fmt.Errorf("embedding: the decomposition did not converge")
	}
	var directions mat.Dense
	svd.VTo(&directions) // [D][min(N/2, D)]
	fixSigns(&directions)
	across := directions.ColView(0)
	projected := make([][]float64, n)
	for i := range n {
		projected[i] = []float64{mat.Dot(m.RowView(i), across), mat.Dot(m.RowView(i), up)}
	}
	return projected, nil
}

// Unit divides each point by its distance from 0, so that distances between
// them go with the cosine. A point at 0 stays there.
func Unit(points [][]float64) [][]float64 {
	unit := make([][]float64, len(points))
	for i, p := range points {
		length := 0.0
		for _, v := range p {
			length += v * v
		}
		for _, v := range p {
			unit[i] = append(unit[i], v/math.Max(math.Sqrt(length), math.SmallestNonzeroFloat64))
		}
	}
	return unit
}

// centre checks points and takes off their mean.
func centre(points [][]float64) (*mat.Dense, error) {
	if len(points) < 2 || len(points[0]) == 0 {
		return nil, fmt.Errorf("embedding: %d points, want 2 or more", len(points))
	}
	n, d := len(points), len(points[0])
	m := mat.NewDense(n, d, nil)
	for i, p := range points {
		if len(p) != d {
			return nil, fmt.Errorf("embedding: point %d has %d numbers, the first %d", i, len(p), d)
		}
		for j, v := range p {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("embedding: number %d of point %d is %v", j, i, v)
			}
			m.Set(i, j, v)
		}
	}
	for j := range d {
		mean := 0.0
		for i := range n {
			mean += m.At(i, j) / float64(n)
		}
		for i := range n {
			m.Set(i, j, m.At(i, j)-mean)
		}
	}
	return m, nil
}

// fixSigns turns each column so that its largest entry by size is positive. Of
// entries equal but for rounding the first decides.
func fixSigns(m *mat.Dense) {
	n, d := m.Dims()
	for k := range d {
		top := 0.0
		for i := range n {
			if v := m.At(i, k); math.Abs(v) > math.Abs(top)*(1+1e-9) {
				top = v
			}
		}
		if top < 0 {
			for i := range n {
				m.Set(i, k, -m.At(i, k))
			}
		}
	}
}

// bySize are the places of numbers, the largest by size first.
func bySize(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(x[b]), math.Abs(x[a])) })
	return order
}
