// Package chart is the visual vocabulary of the project: how things look.
//
// It knows bars, lines and points, heat maps, grids of images, tables and blocks
// of text, diagrams, and panels that put several of them side by side. It knows
// nothing of letters or of language models: each kind takes numbers and labels
// through a small interface, or as slices.
//
//	chart.Show(chart.Bars(counts).Title("Letters in an article about cats"))
//
// Every kind is a [Drawing]. [Show] displays it in a notebook, and prints a text
// form elsewhere; [SVG], [PNG] and [WriteFile] make files of it. All share one
// look: one font, one size grid, a light background, viridis for magnitudes
// and a categorical palette that colour-blind people can tell apart.
//
// Hard input does no harm: what is empty says so in its place, values that
// are not numbers are gaps, and what a logarithmic axis cannot show is counted
// and said.
//
// Characters: the bundled font (Liberation) covers Latin, Greek and Cyrillic; the
// marks of a space and of a line's end, ␣ and ⏎, are drawn.
// Chinese, Japanese and Korean text in SVG is left to the fonts of whoever
// looks at it; in PNG it needs such a font on the machine that draws, see
// [FallbackFont].
//
// Reading order: drawing.go, style.go, then one kind a file (bars.go, plot.go,
// heat.go, images.go, table.go, text.go, panels.go), then write.go, show.go, font.go.
package chart
