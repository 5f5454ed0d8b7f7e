// Package practice tries out what people who train nets have learned to do,
// and why: an art more than a science, the essay says.
//
// Each experiment trains small nets with one thing changed at a time, and
// returns curves to be compared:
//
//	curves, err := practice.Losses(train, test, 1)
//	for _, c := range curves {
//		fmt.Println(c.Name, c.Y[len(c.Y)-1])
//	}
//
// Whatever is random comes from the seed. The examples are images, handwritten
// digits for the most part.
//
// Reading order: practice.go has examples and a training; then one experiment a
// file: shapes.go, learning.go, augmentation.go, transfer.go, scaling.go,
// quantize.go.
package practice
