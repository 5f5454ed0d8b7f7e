package grammar

import (
	_ "embed"
	"oneword/internal/lazy"
)

//go:embed english.txt
var englishText string

// English is a grammar of simple English, written for this project.
func English() (*Grammar, error) {
	return english.Get(func() (*Grammar, error) { return Parse("english.txt", englishText) })
}

var english lazy.Value[*Grammar]
