// Package figures is the catalogue: which things the essay shows.
//
// Each figure is a row of a table, one file a chapter: its ID, title, kind,
// what it needs, and a function that draws it from what the [Lab] hands out.
// How things look is package chart's affair, and the algorithms stand in the
// package of the chapter; a figure only calls them.
//
//	for result := range figures.Run(ctx, figures.NewLab(1), figures.All()) { … }
//
// Reading order: figures.go, lab.go, run.go, gallery.go, then the chapters.
package figures
