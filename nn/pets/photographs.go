package pets

import (
	"image"

	"oneword/data/cifar"
)

// Photographs are the cats and dogs of a set of CIFAR-10.
func Photographs(set cifar.Set) Album {
	kinds := map[byte]Kind{cifar.Cat: Cat, cifar.Dog: Dog}
	var numbers []int
	for i := range set.Len() {
		if _, ok := kinds[set.Label(i)]; ok {
			numbers = append(numbers, i)
		}
	}
	return Album{len(numbers), func(i int) (*image.RGBA, Kind) {
		return set.Image(numbers[i]), kinds[set.Label(numbers[i])]
	}}
}
