package digits

import (
	"context"
	"math/rand/v2"
	"testing"

	"oneword/data/mnist"
	"oneword/nn"
)

// BenchmarkTrain is one step of training: 64 images.
func BenchmarkTrain(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	net := New(rng)
	images, labels := make([]byte, 64*Pixels), make([]byte, 64)
	for i := range images {
		images[i] = byte(rng.UintN(256))
	}
	t, err := net.Trainer(images, labels, 1, 1)
	if err != nil {
		b.Fatal(err)
	}
	batch := rng.Perm(64)
	g := nn.NewGraph()
	for b.Loop() {
		g.Reset()
		g.Backward(t.Loss(g, batch))
		t.Optimizer.Step(t.Params, 1e-3)
	}
	b.ReportMetric(64*float64(b.N)/b.Elapsed().Seconds(), "images/s")
}

// BenchmarkEpoch is the training on all 60,000 images once.
func BenchmarkEpoch(b *testing.B) {
	train, err := mnist.ReadTrain()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		t, err := New(rand.New(rand.NewPCG(1, 1))).Trainer(train.Images, train.Labels, 1, 1)
		if err != nil {
			b.Fatal(err)
		}
		if err := t.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(train.Len()*b.N)/b.Elapsed().Seconds(), "images/s")
}
