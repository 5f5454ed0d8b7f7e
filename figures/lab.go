package figures

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"

	"oneword/data"
	"oneword/data/mnist"
	"oneword/lm"
	"oneword/ngram"
	"oneword/ngram/tables"
	"oneword/nn"
	"oneword/nn/digits"
	"oneword/nn/pets"
	"oneword/transformer"
	"oneword/transformer/models"
)

// A Lab hands the figures their data, models and random numbers. It may be
// used by several goroutines at once.
type Lab struct {
	Seed uint64
	// Wikipedia takes today's articles on cats and dogs, from the cache or
	// over the network, instead of the embedded ones.
	Wikipedia bool
	// Model names the GPT to use; "" is the small one of this project.
	Model  string
	ctx    context.Context
	memo   *sync.Map // see remember
	digits *digits.Net
	pets   *pets.Net
}

// Retrain trains the nets of chapters 5 to 8 from nothing, with this Lab's
// seed, and uses them instead of the shipped ones. It takes minutes; watch,
// which may be nil, is told how far it has come, and ends it by returning
// false.
func (l *Lab) Retrain(watch func(net string, s nn.Step) bool) error {
	train, _, err := l.MNIST()
	if err != nil {
		return err
	}
	digit := digits.New(lm.Rand(l.Seed, "lenet"))
	t, err := digit.Trainer(train.Images, train.Labels, digits.Epochs, l.Seed)
	if err != nil {
		return err
	}
	pet := pets.New(lm.Rand(l.Seed, "catsdogs"))
	for _, step := range []struct {
		name string
		*nn.Trainer
	}{{"digits", t}, {"cats and dogs", pet.Trainer(pets.TrainingAlbum(l.Seed), pets.Rate, pets.Epochs, l.Seed)}} {
		for s, err := range step.Steps(l.ctx) {
			if err != nil {
				return err
			}
			if watch != nil && !watch(step.name, s) {
				return fmt.Errorf("the training of the net for %s was stopped", step.name)
			}
		}
	}
	l.digits, l.pets = digit, pet
	return nil
}

// NewLab is a Lab for the seed, which works offline.
func NewLab(seed uint64) *Lab { return &Lab{Seed: seed, ctx: context.Background(), memo: &sync.Map{}} }

// remember computes something for a Lab once, under a name: several figures may
// show it.
func remember[T any](l *Lab, name string, compute func() (T, error)) (T, error) {
	once, _ := l.memo.LoadOrStore(name, sync.OnceValues(compute))
	return once.(func() (T, error))()
}

// Rand is the stream of random numbers of one figure.
func (l *Lab) Rand(id string) *rand.Rand { return lm.Rand(l.Seed, id) }

// Cat is the article about cats.
func (l *Lab) Cat() (data.Text, error) { return l.article(data.Cat()) }

// Dog is the article about dogs.
func (l *Lab) Dog() (data.Text, error) { return l.article(data.Dog()) }

func (l *Lab) article(embedded data.Text) (data.Text, error) {
	if !l.Wikipedia {
		return embedded, nil
	}
	return data.Wikipedia(l.ctx, embedded.Title)
}

// Letters is the table of letter n-grams of English.
func (l *Lab) Letters() (*ngram.Table, error) { return tables.Letters() }

// Words is the table of word n-grams of English.
func (l *Lab) Words() (*ngram.Table, error) { return tables.Words() }

// Measured is the report of the corpus that the tables were counted on.
func (l *Lab) Measured() (tables.Report, error) { return tables.Measured() }

// Novel is a long text that can be cut in two, one part to learn from and one
// to be tested on.
func (l *Lab) Novel() data.Text { return data.TomSawyer() }

// MNIST are the handwritten digits, 60,000 to train on and 10,000 to test on.
func (l *Lab) MNIST() (train, test mnist.Set, err error) {
	d := readMNIST()
	return d.train, d.test, d.err
}

type mnistSets struct {
	train, test mnist.Set
	err         error
}

var readMNIST = sync.OnceValue(func() (d mnistSets) {
	d.train, d.test, d.err = mnist.Load()
	return d
})

// Digits is the net that recognises them.
func (l *Lab) Digits() (*digits.Net, error) {
	if l.digits != nil {
		return l.digits, nil
	}
	return digits.Trained()
}

// Recogniser is that net, with the test images that it has never seen.
func (l *Lab) Recogniser() (net *digits.Net, test mnist.Set, err error) {
	if _, test, err = l.MNIST(); err != nil {
		return nil, test, err
	}
	net, err = l.Digits()
	return net, test, err
}

// GPT is the model of the chapters about GPT-2: the small one of this project,
// or the one named by Model.
func (l *Lab) GPT() (*transformer.Model, error) {
	return remember(l, "gpt "+l.Model, func() (*transformer.Model, error) {
		return models.Open(l.ctx, l.Model, transformer.F32, nil)
	})
}

// Pets is the net that tells cats from dogs.
func (l *Lab) Pets() (*pets.Net, error) {
	if l.pets != nil {
		return l.pets, nil
	}
	return pets.Trained()
}

// corpus describes, for captions, what the tables were counted on.
func (l *Lab) corpus() Caption {
	m, err := l.Measured()
	if err != nil {
		return say("English prose")
	}
	return say("%.1f million words of English prose (books, encyclopedia, news, textbooks)", float64(m.Words)/1e6)
}
