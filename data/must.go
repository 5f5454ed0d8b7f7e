package data

// Must returns v, or panics if there is an error: for notebook cells and small
// programs, in which an error ends everything anyway.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
