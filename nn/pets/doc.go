// Package pets is a net that tells cats from dogs.
//
// The essay's question: what becomes of a picture on its way through a net?
// Here it is one of three colours and 64×64 pixels, and the net can be looked
// into after each layer:
//
//	net, err := pets.Trained()
//	picture, class := pets.Drawn(1, 0)
//	seen, probability := net.Classify(picture)
//	maps, err := net.Activation("relu1", pets.Pictures(picture)) // what the first filters make of it
//
// The shipped net has learned from drawings, made at random by Draw, since they
// need no licence and no download. The same net learns photographs from
// CIFAR-10: `essay train catsdogs -data cifar10`.
//
// Reading order: pets.go is the net; draw.go draws what it learns from,
// photographs.go brings CIFAR-10's.
package pets
