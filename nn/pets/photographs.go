package pets

import (
	"image"

	"oneword/data/cifar"
)

// Photographs are the cats and dogs of a set of CIFAR-10.
func Photographs(set cifar.Set) Dataset {
	classes := map[byte]Class{cifar.Cat: Cat, cifar.Dog: Dog}
	var numbers []int
	for i := range set.Len() {
		if _, ok := classes[set.Label(i)]; ok {
			numbers = append(numbers, i)
		}
	}
	return Dataset{len(numbers), func(i int) (*image.RGBA, Class) {
		return set.Image(numbers[i]), classes[set.Label(numbers[i])]
	}}
}
