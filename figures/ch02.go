package figures

import (
	"oneword/chart"
	"oneword/data"
	"oneword/letterfreq"
)

var chapter2 = []Figure{
	{"02-cat-letters", 2, "Letters in an article about cats", "plot", []string{"cat"}, catLetters},
	{"02-dog-letters", 2, "Letters in an article about dogs", "plot", []string{"dog"}, dogLetters},
	{"02-english-letters", 2, "Letters of English, counted here and in the essay", "plot", []string{"letters"}, englishLetters},
	{"02-convergence", 2, "How many letters does one have to count?", "plot", []string{"letters", "tom-sawyer"}, convergence},
	{"02-random-letters", 2, "Letters drawn one by one", "text", []string{"letters"}, randomLetters},
	{"02-random-spaces", 2, "Letters and spaces drawn one by one", "text", []string{"letters"}, randomSpaces},
	{"02-random-lengths", 2, "Letters drawn, word lengths as in English", "text", []string{"letters"}, randomLengths},
}

func catLetters(lab *Lab) (chart.Drawing, Caption, error) {
	text, err := lab.Cat()
	return letterBars(text, err, "Letters in an article about cats")
}

func dogLetters(lab *Lab) (chart.Drawing, Caption, error) {
	text, err := lab.Dog()
	return letterBars(text, err, "Letters in an article about dogs")
}

func letterBars(text data.Text, err error, title string) (chart.Drawing, Caption, error) {
	if err != nil {
		return nil, Caption{}, err
	}
	letters := letterfreq.Count(text.Text)
	return chart.Bars(letters).Title(title).Labels("", "share of letters").Percent(),
		say("Share of each letter, upper and lower case apart, among %d letters. Source: %s.", letters.Total(), text.Source), nil
}

func englishLetters(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	counted := letterfreq.FromMap(table.LetterCounts()).Without(' ')
	return chart.Bars(counted).Name("counted here").Beside("in the essay", letterfreq.Essay()).
			Title("Letters of English").Labels("", "share of letters").Percent(),
		say("Share of each letter among %.0f million, beside the essay's table. Source: %s.", float64(counted.Total())/1e6, lab.corpus()), nil
}

func convergence(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	english := letterfreq.FromMap(table.LetterCounts()).Without(' ')
	sizes := []int{10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 290_000}
	drawn, err := letterfreq.DrawnDistance(english, sizes, 20, lab.Rand("02-convergence"))
	if err != nil {
		return nil, Caption{}, err
	}
	read := letterfreq.TextDistance(english, lab.Novel().Text, sizes)
	return chart.Plot().Title("How many letters does one have to count?").
			Labels("letters counted", "total variation distance").LogX().LogY().
			LinePoints("drawn at random", chart.Floats(sizes), drawn).
			Dashed("1.7/√n", chart.Floats(sizes), letterfreq.RootLaw(1.7, sizes)).
			LinePoints("read from a novel", chart.Floats(sizes), read),
		say("Distance between the letters counted so far and those of English at large, mean of 20 trials, and for the beginning of a novel, which keeps its own habits however far one reads. Sources: %s; %s. Seed %d.", lab.corpus(), lab.Novel().Source, lab.Seed), nil
}

func randomLetters(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	draw, err := letterfreq.NewSampler(letterfreq.FromMap(table.LetterCounts()).Without(' '))
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Prose(draw.Text(lab.Rand("02-random-letters"), 300)).Title("Letters drawn one by one"),
		say("300 letters, each drawn with its share in English, independent of the others. Source: %s. Seed %d.", lab.corpus(), lab.Seed), nil
}

func randomSpaces(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	draw, err := letterfreq.NewSampler(letterfreq.FromMap(table.LetterCounts()))
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Prose(draw.Text(lab.Rand("02-random-spaces"), 300)).Title("Letters and spaces drawn one by one"),
		say("300 characters, the space being one more letter. Source: %s. Seed %d.", lab.corpus(), lab.Seed), nil
}

func randomLengths(lab *Lab) (chart.Drawing, Caption, error) {
	table, err := lab.Letters()
	if err != nil {
		return nil, Caption{}, err
	}
	measured, err := lab.Measured()
	if err != nil {
		return nil, Caption{}, err
	}
	letters, err := letterfreq.NewSampler(letterfreq.FromMap(table.LetterCounts()).Without(' '))
	if err != nil {
		return nil, Caption{}, err
	}
	words, err := letterfreq.NewWordSampler(letters, measured.WordLengths)
	if err != nil {
		return nil, Caption{}, err
	}
	return chart.Prose(words.Text(lab.Rand("02-random-lengths"), 55)).Title("Letters drawn, word lengths as in English"),
		say("55 words: a length drawn as English has them, then as many letters. Source: %s. Seed %d.", lab.corpus(), lab.Seed), nil
}
