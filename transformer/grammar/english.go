package grammar

import (
	_ "embed"
	"sync"
)

//go:embed english.txt
var englishText string

// English is a grammar of simple English, written for this project.
var English = sync.OnceValues(func() (*Grammar, error) { return Parse("english.txt", englishText) })
