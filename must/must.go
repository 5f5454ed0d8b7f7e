// Package must is for notebook cells and small programs, in which an error
// ends everything anyway:
//
//	table := must.Get(ngram.Count(file, ngram.NewWords(), 3))
//
// It imports nothing.
package must

// Get returns v, or panics with the error.
func Get[T any](v T, err error) T {
	Do(err)
	return v
}

// Get2 returns a and b, or panics with the error.
func Get2[A, B any](a A, b B, err error) (A, B) {
	Do(err)
	return a, b
}

// Do panics with the error, if there is one.
func Do(err error) {
	if err != nil {
		panic(err)
	}
}
