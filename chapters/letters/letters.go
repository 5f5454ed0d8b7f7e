package letters

import (
	"math"

	"oneword/chart"
	"oneword/labs"
	"oneword/letterfreq"
	"oneword/must"
)

// CatLetters is figure 02-cat-letters.
func CatLetters(lab labs.Lab, show labs.Show) {
	letters := letterfreq.Count(lab.Cat().Text)
	show(chart.Bars(letters).Title("Letters in an article about cats").
		Labels("", "share of letters").Percent(), labs.Values{"letters": letters.Total()})
}

// DogLetters is figure 02-dog-letters.
func DogLetters(lab labs.Lab, show labs.Show) {
	letters := letterfreq.Count(lab.Dog().Text)
	show(chart.Bars(letters).Title("Letters in an article about dogs").
		Labels("", "share of letters").Percent(), labs.Values{"letters": letters.Total()})
}

// Distances says how far apart the letters of the two articles are.
func Distances(lab labs.Lab, show labs.Show) {
	cat, dog := letterfreq.CountFolded(lab.Cat().Text), letterfreq.CountFolded(lab.Dog().Text)
	show.Printf("“o” is number %d for cats, number %d for dogs\n", cat.Rank('o'), dog.Rank('o'))
	show.Printf("total variation distance  %.3f\n", letterfreq.TotalVariation(cat, dog))
	show.Printf("Kullback–Leibler          %.3f bits a letter\n", letterfreq.KullbackLeibler(cat, dog))
}

// EnglishLetters is figure 02-english-letters.
func EnglishLetters(lab labs.Lab, show labs.Show) {
	table := lab.Letters()
	letters := letterfreq.FromMap(table.LetterCounts()).Without(' ')
	show(chart.Bars(letters).Name("counted here").Beside("in the essay", letterfreq.EnglishCounts()).
		Title("Letters of English").Labels("", "share of letters").Percent(),
		labs.Values{"millions": float64(letters.Total()) / 1e6})
}

// Convergence is figure 02-convergence.
func Convergence(lab labs.Lab, show labs.Show) {
	letters := letterfreq.FromMap(lab.Letters().LetterCounts()).Without(' ')
	sizes := []int{10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 290_000}
	drawn := must.Get(letterfreq.DrawnDistance(letters, sizes, 20, lab.Rand("02-convergence")))
	read := letterfreq.TextDistance(letters, lab.Novel().Text, sizes)
	var law []float64 // by which means of independent draws come closer to the truth
	for _, n := range sizes {
		law = append(law, 1.7/math.Sqrt(float64(n)))
	}
	show(chart.Plot().Title("How many letters does one have to count?").
		Labels("letters counted", "total variation distance").LogX().LogY().
		LinePoints("drawn at random", chart.Floats(sizes), drawn).
		Dashed("1.7/√n", chart.Floats(sizes), law).
		LinePoints("read from a novel", chart.Floats(sizes), read))
}

// RandomLetters is figure 02-random-letters.
func RandomLetters(lab labs.Lab, show labs.Show) {
	letters := letterfreq.FromMap(lab.Letters().LetterCounts()).Without(' ')
	draw := must.Get(letterfreq.NewSampler(letters))
	show(chart.Prose(draw.Text(lab.Rand("02-random-letters"), 300)).Title("Letters drawn one by one"))
}

// RandomSpaces is figure 02-random-spaces.
func RandomSpaces(lab labs.Lab, show labs.Show) {
	letters := letterfreq.FromMap(lab.Letters().LetterCounts()) // with the space
	draw := must.Get(letterfreq.NewSampler(letters))
	show(chart.Prose(draw.Text(lab.Rand("02-random-spaces"), 300)).
		Title("Letters and spaces drawn one by one"))
}

// RandomLengths is figure 02-random-lengths.
func RandomLengths(lab labs.Lab, show labs.Show) {
	letters := letterfreq.FromMap(lab.Letters().LetterCounts()).Without(' ')
	lengths := lab.Measured().WordLengths // lengths[n] is the share of words of n letters
	words := must.Get(letterfreq.NewWordSampler(must.Get(letterfreq.NewSampler(letters)), lengths))
	show(chart.Prose(words.Text(lab.Rand("02-random-lengths"), 55)).
		Title("Letters drawn, word lengths as in English"))
}

// Exercise counts the letters of another language.
func Exercise(lab labs.Lab, show labs.Show) {
	text := "Der Hund bellt, und die Katze schläft auf der warmen Fensterbank."
	letters := letterfreq.CountFolded(text)
	show.Println(letters.Total(), "letters, most of all", letters.Label(0))
	show.Printf("distance from English: %.3f\n", letterfreq.TotalVariation(letters, letterfreq.EnglishCounts()))
}
