// Package nets is chapter 6 of the essay: what neural nets are made of, and what
// they compute.
package nets

import (
	"embed"

	"oneword/chapters/cells"
)

//go:embed *.go *.md
var files embed.FS

// Chapter is the chapter with its cells.
func Chapter() cells.Chapter {
	return cells.Chapter{
		Number: 6, Notebook: "06-nets", Package: "nn", Files: files,
		Cells: []cells.Cell{
			Lenet, OnesTwos, Attractors, ThreePoints, Network, Evaluate, Activations, Formula,
			OneNeuron, NetFunction, BiggerNets, BiggerNetsLive, DigitMap,
			CatsDogs, CatFirstLayer, CatDeepLayer, NeuronCounts, Exercise,
		},
		Solutions: []cells.Cell{WhichWeight, OneLayerOrTwo, OneHiddenNeuron},
	}
}
