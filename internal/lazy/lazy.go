// Package lazy keeps what is read once, when it is first asked for.
package lazy

import (
	"errors"
	"sync"
)

// A Value is read once. The zero value is ready for use, and no initializer
// refers to what it reads: so the linker leaves embedded files out of programs
// that never ask for them, as it can't with a variable of sync.OnceValues.
type Value[T any] struct {
	once  sync.Once
	value T
	err   error
}

// Get returns the value, which the first caller reads.
func (v *Value[T]) Get(read func() (T, error)) (T, error) {
	v.once.Do(func() {
		v.err = errors.New("reading it has panicked before") // unless it returns
		v.value, v.err = read()
	})
	return v.value, v.err
}
