package letters

import (
	"math"

	"oneword/labs"
	"oneword/letterfreq"
	"oneword/must"
)

// AnotherLanguage counts the letters of other languages.
func AnotherLanguage(lab labs.Lab, show labs.Show) {
	texts := map[string]string{
		"German":  "Der Hund bellt, und die Katze schläft auf der warmen Fensterbank, bis es Abend wird und jemand die Lampe anzündet.",
		"French":  "Le chien aboie, et le chat dort sur le rebord de la fenêtre jusqu'au soir, quand quelqu'un allume la lampe.",
		"Spanish": "El perro ladra, y el gato duerme en el alféizar caliente hasta que llega la noche y alguien enciende la lámpara.",
		"Finnish": "Koira haukkuu, ja kissa nukkuu lämpimällä ikkunalaudalla, kunnes ilta tulee ja joku sytyttää lampun.",
	}
	for _, language := range []string{"German", "French", "Spanish", "Finnish"} {
		letters := letterfreq.CountFolded(texts[language])
		show.Printf("%-8s first %s, %s, %s; distance from English %.3f\n", language, letters.Label(0),
			letters.Label(1), letters.Label(2), letterfreq.TotalVariation(letters, letterfreq.EnglishCounts()))
	}
}

// HowManyLetters says how many letters one needs to be within 1 %.
func HowManyLetters(lab labs.Lab, show labs.Show) {
	letters := letterfreq.FromMap(lab.Letters().LetterCounts()).Without(' ')
	n := int(math.Pow(1.7/0.01, 2))
	far := must.Get(letterfreq.DrawnDistance(letters, []int{n}, 20, lab.Rand("solution")))
	show.Printf("(1.7/0.01)² = %d letters; drawn 20 times, they are %.4f off in the mean\n", n, far[0])
}

// guess is the language whose letters are nearest to those of a text.
func guess(text string, known map[string]letterfreq.Counts) (best string) {
	least := 2.0
	for _, language := range []string{"English", "German", "French"} {
		if d := letterfreq.TotalVariation(letterfreq.CountFolded(text), known[language]); d < least {
			best, least = language, d
		}
	}
	return best
}

// GuessLanguage guesses the language of texts of growing length.
func GuessLanguage(lab labs.Lab, show labs.Show) {
	known := map[string]letterfreq.Counts{
		"English": letterfreq.EnglishCounts(),
		"German":  letterfreq.CountFolded("Es war einmal ein alter Müller, der hatte drei Söhne, eine Mühle, einen Esel und einen Kater. Die Söhne mussten mahlen, der Esel Getreide holen und Mehl forttragen, und die Katze musste die Mäuse fangen. Als der Müller starb, teilten sich die Söhne in die Erbschaft."),
		"French":  letterfreq.CountFolded("Il était une fois un vieux meunier qui avait trois fils, un moulin, un âne et un chat. Les fils devaient moudre, l'âne aller chercher le grain et porter la farine, et le chat prendre les souris. Quand le meunier mourut, les trois fils se partagèrent l'héritage."),
	}
	texts := map[string]string{
		"English": "The miller's youngest son sat down by the road and wondered what he should do with nothing but a cat, who looked at him and began to speak.",
		"German":  "Der jüngste Sohn setzte sich an die Straße und überlegte, was er mit nichts als einer Katze anfangen sollte, die ihn ansah und zu sprechen begann.",
		"French":  "Le plus jeune des fils s'assit au bord de la route et se demanda ce qu'il ferait avec un chat pour tout bien, qui le regarda et se mit à parler.",
	}
	for _, n := range []int{5, 10, 20, 40, 80} {
		show.Println(n, "letters:", guess(texts["English"][:n], known), guess(texts["German"][:n], known),
			guess(texts["French"][:n], known))
	}
}
