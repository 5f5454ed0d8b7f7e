package chart

import "math"

// Contours are the lines on which a function of two variables has given
// heights, found on a grid of n × n squares (marching squares): coordinates
// for LinePlot.Line, with gaps (NaN) between the pieces.
func Contours(f func(x, y float64) float64, xlo, xhi, ylo, yhi float64, n int, heights ...float64) (xs, ys []float64) {
	n = min(max(n, 1), 1000)
	x := func(i int) float64 { return xlo + (xhi-xlo)*float64(i)/float64(n) }
	y := func(j int) float64 { return ylo + (yhi-ylo)*float64(j)/float64(n) }
	grid := make([][]float64, n+1)
	for i := range grid {
		grid[i] = make([]float64, n+1)
		for j := range grid[i] {
			grid[i][j] = f(x(i), y(j))
		}
	}
	for _, h := range heights {
		for i := range n {
			for j := range n {
				// Where the line crosses the four edges, in order round the square.
				corners := [5][2]int{{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}, {i, j}}
				var cross [][2]float64
				for k := range 4 {
					p, q := corners[k], corners[k+1]
					a, b := grid[p[0]][p[1]]-h, grid[q[0]][q[1]]-h
					if (a < 0) != (b < 0) {
						t := a / (a - b)
						cross = append(cross, [2]float64{x(p[0]) + t*(x(q[0])-x(p[0])), y(p[1]) + t*(y(q[1])-y(p[1]))})
					}
				}
				for k := 0; k+1 < len(cross); k += 2 {
					xs = append(xs, cross[k][0], cross[k+1][0], math.NaN())
					ys = append(ys, cross[k][1], cross[k+1][1], math.NaN())
				}
			}
		}
	}
	return xs, ys
}
