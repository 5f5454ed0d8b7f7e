// Package labs is what every cell of a notebook has at hand.
//
// The first cell of a notebook says
//
//	var lab = labs.New(1)
//	var show = labs.Notebook()
//
// and the others take from the lab what they work with: random numbers, texts,
// tables, nets, models. So one line changes them for all cells: another seed,
// labs.New(2), or another model,
//
//	var lab = labs.New(1).WithGPT(func() (*transformer.Model, error) {
//		return models.Open(context.Background(), "gpt2", transformer.F32, nil)
//	})
//
// What goes wrong ends a cell, so the methods panic with their error instead
// of returning it.
//
// A cell is linked anew each time it runs, and the linker drops the methods
// that it does not call, with the data behind them. That holds only as long as
// a Lab has no fields that call them, and is never put into an interface.
//
// Reading order: lab.go, show.go, text.go.
package labs

import (
	"math/rand/v2"
	"sync"

	"oneword/data/mnist"
	"oneword/data/texts"
	"oneword/embedding"
	"oneword/embedding/vectors"
	"oneword/lm"
	"oneword/must"
	"oneword/ngram"
	"oneword/ngram/tables"
	"oneword/nn/digits"
	"oneword/nn/pets"
	"oneword/transformer"
	"oneword/transformer/small"
)

// A Lab hands out random numbers, data and models. It may be copied, and used
// by several goroutines at once.
type Lab struct {
	seed     uint64
	cat, dog texts.Text
	digits   *digits.Net
	pets     *pets.Net
	gpt      func() (*transformer.Model, error) // nil for the small one
	kept     *sync.Map                          // see Once
}

// New is a Lab with a seed and everything that comes with this program.
func New(seed uint64) Lab { return Lab{seed: seed, kept: &sync.Map{}} }

// WithArticles is the Lab with other articles about cats and dogs.
func (l Lab) WithArticles(cat, dog texts.Text) Lab {
	l.cat, l.dog, l.kept = cat, dog, &sync.Map{}
	return l
}

// WithNets is the Lab with other nets for digits, and for cats and dogs; nil
// is the one that comes with this program.
func (l Lab) WithNets(digit *digits.Net, pet *pets.Net) Lab {
	l.digits, l.pets, l.kept = digit, pet, &sync.Map{}
	return l
}

// WithGPT is the Lab with another GPT. It is opened when it is first asked for.
func (l Lab) WithGPT(open func() (*transformer.Model, error)) Lab {
	l.gpt, l.kept = open, &sync.Map{}
	return l
}

// Seed is the seed of everything random.
func (l Lab) Seed() uint64 { return l.seed }

// Rand is a stream of random numbers for one purpose, such as a figure's ID.
func (l Lab) Rand(purpose string) *rand.Rand { return lm.Rand(l.seed, purpose) }

// Once computes something for a Lab once, under a name: several cells may show
// it, and in a program that runs them all it need not be computed again. If
// compute panics, so do all who ask.
func Once[T any](l Lab, name string, compute func() T) T {
	once, _ := l.kept.LoadOrStore(name, sync.OnceValue(compute))
	return once.(func() T)()
}

// Cat is an article about cats.
func (l Lab) Cat() texts.Text {
	if l.cat.Text != "" {
		return l.cat
	}
	return texts.Cat()
}

// Dog is an article about dogs.
func (l Lab) Dog() texts.Text {
	if l.dog.Text != "" {
		return l.dog
	}
	return texts.Dog()
}

// Novel is a long text that can be cut in two, one part to learn from and one
// to be tested on.
func (l Lab) Novel() texts.Text { return texts.TomSawyer() }

// Letters is the table of letter n-grams of English.
func (l Lab) Letters() *ngram.Table { return must.Get(tables.Letters()) }

// Words is the table of word n-grams of English.
func (l Lab) Words() *ngram.Table { return must.Get(tables.Words()) }

// Measured is the report of the corpus that the tables were counted on.
func (l Lab) Measured() tables.Report { return must.Get(tables.Measured()) }

// Vectors are the vectors of words.
func (l Lab) Vectors() *embedding.Vectors { return must.Get(vectors.English()) }

// MNIST are the handwritten digits, 60,000 to train on and 10,000 to test on.
func (l Lab) MNIST() (train, test mnist.Set) {
	train = Once(l, "MNIST to train on", func() mnist.Set { return must.Get(mnist.ReadTrain()) })
	return train, l.TestDigits()
}

// TestDigits are the 10,000 digits of MNIST to test on, which are read much
// faster.
func (l Lab) TestDigits() mnist.Set {
	return Once(l, "MNIST to test on", func() mnist.Set { return must.Get(mnist.ReadTest()) })
}

// Digits is the net that recognises them.
func (l Lab) Digits() *digits.Net {
	if l.digits != nil {
		return l.digits
	}
	return must.Get(digits.Trained())
}

// Pets is the net that tells cats from dogs.
func (l Lab) Pets() *pets.Net {
	if l.pets != nil {
		return l.pets
	}
	return must.Get(pets.Trained())
}

// GPT is the model of the chapters about GPT-2: the small one of this project,
// or another.
func (l Lab) GPT() *transformer.Model {
	return Once(l, "GPT", func() *transformer.Model {
		if l.gpt != nil {
			return must.Get(l.gpt())
		}
		return must.Get(small.Model())
	})
}
