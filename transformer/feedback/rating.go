package feedback

import "strings"

const (
	kindWords = `good kind love loved dear happy glad joy sweet gentle friend friends smile smiled laugh laughed
	beautiful pretty warm help helped thank thanks peace bright pleasant pleased delight delighted tender brave true honest
	wise fair nice fine lovely pleasure comfort hope care careful generous merry cheerful welcome`
	unkindWords = `bad evil hate hated cruel kill killed death dead die died war blood angry anger fear afraid pain
	terrible horrible ugly wicked false cry cried dark poor sad sorrow lost wrong enemy enemies murder sick ill weak foolish
	stupid fool danger dangerous trouble grave horror`
)

// KindWords are those that count 1.
func KindWords() []string { return strings.Fields(kindWords) }

// UnkindWords are those that count -1.
func UnkindWords() []string { return strings.Fields(unkindWords) }

var worth = func() map[string]float64 {
	m := map[string]float64{}
	for _, w := range KindWords() {
		m[w] = 1
	}
	for _, w := range UnkindWords() {
		m[w] = -1
	}
	return m
}()

// Rating is the stated rule: the number of kind words in a text, less the number
// of unkind ones.
func Rating(text string) float64 {
	sum := 0.0
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return (r < 'a' || r > 'z') && r != '\'' }) {
		sum += worth[w]
	}
	return sum
}
