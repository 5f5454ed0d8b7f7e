// Package live has figures that respond: a good still picture, and controls
// that are laid over it where a browser runs their script.
//
//	live.Frames(func(at ...int) (chart.Drawing, error) { … }, live.Range("degree", 0, 7, 1)).Show()
//
// A [Figure] is one fragment of HTML that needs nothing else: no network, no
// kernel, no library. Go has computed the pictures ([Frames]), or the numbers
// that a few lines of script draw ([Sampling], [Attention], [Space]). So it works
// in Jupyter's front ends, in VS Code, in exported HTML and in the gallery; where
// scripts are not run, as in a notebook that is not trusted yet or on a code
// host, the still picture stays.
//
// What needs new computation is a [Talk]: controls that a running cell listens
// to, over GoNB's connection with the browser. It asks whether a front end is
// there, and does without if none answers.
//
// Reading order: figure.go, frames.go, sampling.go, attention.go, space.go;
// view.go, talk.go.
package live
