package lm

import (
	"hash/fnv"
	"math/rand/v2"
)

// Rand returns the stream of random numbers that belongs to a purpose under a
// seed. Each purpose has a stream of its own, so that drawing more numbers in
// one place never shifts those of another.
func Rand(seed uint64, purpose string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(purpose)) // never fails, by the contract of hash.Hash
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}
