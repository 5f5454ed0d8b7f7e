package figures

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"oneword/chart"
	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/embedding/vectors"
	"oneword/nn/digits"
	"oneword/transformer"
)

var chapter9 = []Figure{
	{"09-word-map", 9, "Words laid out by meaning", "plot", []string{"vectors"}, wordMap},
	{"09-neighbours", 9, "Who is near whom?", "table", []string{"vectors"}, neighbours},
	{"09-digit-output", 9, "What the digit net says of a 4", "table", []string{"mnist", "lenet"}, digitOutput},
	{"09-digit-signatures", 9, "The numbers before the answer", "image", []string{"mnist", "lenet"}, digitSignatures},
	{"09-digit-space", 9, "A space of digits", "3d", []string{"mnist", "lenet"}, digitSpace},
	{"09-fill-in", 9, "Which word is missing?", "table", []string{"words"}, fillIn},
	{"09-raw-vectors", 9, "Three words as numbers", "image", []string{"small"}, rawVectors},
	{"09-training", 9, "Learning the vectors of words", "plot", []string{"vectors"}, vectorTraining},
}

// Vectors are the vectors of words.
func (l *Lab) Vectors() (*embedding.Vectors, error) { return vectors.English() }

// vectorNote says, for captions, whose vectors they are.
func vectorNote(v *embedding.Vectors) Caption {
	text := say("English prose")
	if log, err := vectors.Recorded(); err == nil {
		text = say("%.1f million words of English prose", float64(log.Words)/1e6)
	}
	return say("Vectors: %d numbers for each of %d words, learned by this project from %s", v.Dim(), v.Len(), text)
}

// placedWords lays out words of several kinds by t-SNE.
func placedWords(v *embedding.Vectors, kinds []embedding.Kind) (points [][]float64, kind []int, err error) {
	words, kind := embedding.Flat(kinds)
	rows, err := v.Matrix(words...)
	if err != nil {
		return nil, nil, err
	}
	points, err = embedding.TSNE{Perplexity: 12}.Place(embedding.Unit(rows))
	return points, kind, err
}

// mapOf draws kinds of words, each in its colour.
func mapOf(kinds []embedding.Kind, points [][]float64) *chart.MapPlot {
	m := chart.Map()
	for _, k := range kinds {
		// There are more kinds than colours: the words themselves say what they are.
		m.Group("", points[:len(k.Words)], k.Words)
		points = points[len(k.Words):]
	}
	return m
}

func wordMap(lab *Lab) (chart.Drawing, Caption, error) {
	v, err := lab.Vectors()
	if err != nil {
		return nil, Caption{}, err
	}
	kinds := judged.Kinds()
	points, _, err := placedWords(v, kinds)
	if err != nil {
		return nil, Caption{}, err
	}
	return mapOf(kinds, points).Title("Words laid out by meaning"), say("Words of ten kinds, in two dimensions by t-SNE (perplexity 12): the nearer two words, the more alike the words around them in texts. Colours show the kinds, of which the layout knows nothing. %s. No randomness.", vectorNote(v)), nil
}

// askedWords are those of the essay, and two that lie far apart.
var askedWords = []string{"alligator", "turnip", "eagle", "king", "london", "happy"}

func neighbours(lab *Lab) (chart.Drawing, Caption, error) {
	v, err := lab.Vectors()
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("word", "nearest words, and the cosine").Title("Who is near whom?")
	for _, w := range askedWords {
		near, err := v.Neighbours(w, 5)
		if err != nil {
			return nil, Caption{}, err
		}
		var list []string
		for _, n := range near {
			list = append(list, n.String())
		}
		t.Row(w, strings.Join(list, ", "))
	}
	together, err := v.Cosine("alligator", "crocodile")
	if err != nil {
		return nil, Caption{}, err
	}
	apart, err := v.Cosine("turnip", "eagle")
	if err != nil {
		return nil, Caption{}, err
	}
	all, err := v.Neighbours("alligator", v.Len())
	rank := 1 + slices.IndexFunc(all, func(n embedding.Neighbour) bool { return n.Word == "crocodile" })
	return t, say("The five nearest words by the cosine of the angle between vectors: 1 for the same direction, 0 for nothing in common. “Alligator” and “crocodile”: %.2f, number %d of its neighbours; “turnip” and “eagle”: %.2f. %s. No randomness.", together, rank, apart, vectorNote(v)), err
}

// recognised are test images of a digit that the net recognises.
func recognised(lab *Lab, digit byte, n int) (*digits.Net, [][]byte, error) {
	net, test, err := lab.Recogniser()
	if err != nil {
		return nil, nil, err
	}
	return net, net.Recognised(test.Images, test.Labels, digit, n), nil
}

// The layers whose numbers are shown.
const features, logits, probabilities = 8, 10, 11

func digitOutput(lab *Lab) (chart.Drawing, Caption, error) {
	net, images, err := recognised(lab, 4, 100)
	if err != nil {
		return nil, Caption{}, err
	}
	four, err := net.Clearest(4, images...)
	if err != nil {
		return nil, Caption{}, err
	}
	before, err := net.Layer(logits, four)
	if err != nil {
		return nil, Caption{}, err
	}
	p, err := net.Layer(probabilities, four)
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("digit", "before softmax", "probability").Right(0, 1, 2).Title("What the digit net says of a 4")
	rest := 0.0
	for d := range 10 {
		t.Row(d, fmt.Sprintf("%.2f", before[0][d]), chart.Scientific(p[0][d]))
		if d != 4 {
			rest = math.Max(rest, p[0][d])
		}
	}
	return t, say("The ten outputs of the digit net, before and after softmax, for the clearest of the first hundred 4s of MNIST's test images that it recognises. The largest probability of the others is %s; in the essay's example it is below 10⁻¹¹. No randomness.", chart.Scientific(rest)), nil
}

// alike is how many images of each of two digits are compared.
const alike = 8

func digitSignatures(lab *Lab) (chart.Drawing, Caption, error) {
	grid := chart.Images(4).Title("The numbers before the answer")
	for _, d := range []byte{4, 8} {
		net, images, err := recognised(lab, d, alike)
		if err != nil {
			return nil, Caption{}, err
		}
		numbers, err := net.Layer(logits, images...)
		if err != nil {
			return nil, Caption{}, err
		}
		for i, image := range images {
			grid.Add(chart.Below(chart.Stretched(chart.Bytes(image, digits.Size), 5, 5), chart.Strip(numbers[i], 14, 28)), "")
		}
	}
	return grid, say("%d fours and %d eights of MNIST's test images, and below each the ten outputs of the net before softmax, for 0 to 9 from the left (red above 0, blue below): those of one digit are alike, those of the other different. No randomness.", alike, alike), nil
}

// spacePoints is how many images of each digit are placed in space.
const spacePoints = 40

// digitPlaces are the 500 numbers of the layer before the last for images of
// all digits, in their order.
func digitPlaces(lab *Lab) ([][]float64, error) {
	return remember(lab, "digit places", func() (points [][]float64, err error) {
		for d := range 10 {
			net, images, err := recognised(lab, byte(d), spacePoints)
			if err != nil {
				return nil, err
			}
			rows, err := net.Layer(features, images...)
			if err != nil {
				return nil, err
			}
			points = append(points, rows...)
		}
		return points, nil
	})
}

func digitSpace(lab *Lab) (chart.Drawing, Caption, error) {
	points, err := digitPlaces(lab)
	if err != nil {
		return nil, Caption{}, err
	}
	placed, explained, err := embedding.PCA(points, 3)
	if err != nil {
		return nil, Caption{}, err
	}
	s := chart.Space().Title("A space of digits")
	for d := range 10 {
		s.Group(fmt.Sprint(d), placed[d*spacePoints:(d+1)*spacePoints], nil).Colour(chart.Magnitude(float64(d) / 9.6))
	}
	return s, say("The 500 outputs of the layer before the last for %d images of each digit, projected to the three directions in which they differ most (PCA; %.0f %% of the variance). No randomness.", spacePoints, 100*(explained[0]+explained[1]+explained[2])), nil
}

func fillIn(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Words()
	if err != nil {
		return nil, Caption{}, err
	}
	t := chart.Table("the ___ cat", "share", "black ___", "share", "___ black ___", "share").Right(1, 3, 5).Title("Which word is missing?")
	const n = 8
	between, betweenShares, err := table.Fill("the", "cat", n)
	if err != nil {
		return nil, Caption{}, err
	}
	after, afterShares, err := table.Fill("black", "", n)
	if err != nil {
		return nil, Caption{}, err
	}
	around, aroundShares, err := table.Around("black", n)
	if err != nil {
		return nil, Caption{}, err
	}
	for i := range min(len(between), len(after), len(around)) {
		t.Row(between[i], fmt.Sprintf("%.1f %%", 100*betweenShares[i]), after[i], fmt.Sprintf("%.1f %%", 100*afterShares[i]),
			around[i][0]+" black "+around[i][1], fmt.Sprintf("%.1f %%", 100*aroundShares[i]))
	}
	return t, say("The words that most often stand in a blank, between two words, after one, and around one: counts of pairs and triples in %s, those that occur too seldom left out. Words that fill the same blanks mean something alike. No randomness.", lab.corpus()), nil
}

// rawWords are two words of a kind and one of another.
var rawWords = []string{" cat", " dog", " chair"}

func rawVectors(lab *Lab) (chart.Drawing, Caption, error) {
	m, err := lab.GPT()
	if err != nil {
		return nil, Caption{}, err
	}
	grid := chart.Images(1).Title("Three words as numbers")
	for _, w := range rawWords {
		vectors, err := m.TokenVectors(w)
		if err != nil {
			return nil, Caption{}, err
		}
		// A word of several tokens is shown by its last.
		grid.Add(chart.Stretched(chart.Signs(transformer.RowsOf(vectors[len(vectors)-1:])), 2, 40), strings.TrimSpace(w))
	}
	return grid, say("The vectors with which three words enter the model, %d numbers each (red above 0, blue below): one sees nothing. %s. No randomness.", m.Config.Width, modelName(m)), nil
}

func vectorTraining(lab *Lab) (chart.Drawing, Caption, error) {
	log, err := vectors.Recorded()
	if err != nil {
		return nil, Caption{}, err
	}
	var words, loss, similarity, analogies []float64
	for _, p := range log.Points {
		words, loss = append(words, p.Words/1e6), append(loss, p.Loss)
		similarity, analogies = append(similarity, p.Similarity), append(analogies, p.Analogies)
	}
	left := chart.Plot().Labels("million words read", "loss of a pair, nats").LogX().Line("", words, loss)
	right := chart.Plot().Labels("million words read", "agreement").LogX().Line("similarities (Spearman)", words, similarity).Line("analogies answered", words, analogies)
	return chart.Panels(2, left, right).Wide().Title("Learning the vectors of words"), say("Skip-gram with %d drawn words, window %d, %d numbers, from %.1f million words read %d times: the loss, and how well the vectors agree with this project's %d judged pairs and %d analogies, as the training went on. Recorded when the shipped vectors were learned, with seed %d. No randomness.",
		log.Negatives, log.Window, log.Dim, float64(log.Words)/1e6, log.Epochs, len(judged.Pairs()), questions(), log.Seed), nil
}

// questions is how many analogies the project's relations make.
func questions() (n int) {
	for _, r := range judged.Relations() {
		n += len(r.Pairs) * (len(r.Pairs) - 1)
	}
	return n
}
