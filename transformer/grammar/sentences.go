package grammar

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// A noun with what it is, and a verb with what does it to what. Syntax asks only
// that nouns are nouns and verbs are verbs; meaning asks who can do what.
type class = string // of noun

var nouns = map[class][]string{
	"person":  strings.Fields("teacher sailor doctor woman man boy girl farmer soldier king"),
	"animal":  strings.Fields("dog horse cat cow wolf bird"),
	"food":    strings.Fields("bread apple cake meat fish cheese"),
	"thing":   strings.Fields("stone table knife chair box hat"),
	"writing": strings.Fields("letter book poem story newspaper"),
	"idea":    strings.Fields("theory hope number law electron century"),
}

var verbs = []struct {
	word            string
	subject, object []class
}{
	{"eats", []class{"person", "animal"}, []class{"food"}},
	{"reads", []class{"person"}, []class{"writing"}},
	{"writes", []class{"person"}, []class{"writing"}},
	{"sees", []class{"person", "animal"}, []class{"person", "animal", "thing", "food"}},
	{"breaks", []class{"person"}, []class{"thing"}},
	{"follows", []class{"person", "animal"}, []class{"person", "animal"}},
	{"carries", []class{"person"}, []class{"thing", "food"}},
	{"understands", []class{"person"}, []class{"idea", "writing"}},
	{"loves", []class{"person"}, []class{"person", "animal"}},
}

var adjectives = []struct {
	word string
	of   []class
}{
	{"old", []class{"person", "animal", "thing", "writing"}},
	{"young", []class{"person", "animal"}},
	{"hungry", []class{"person", "animal"}},
	{"kind", []class{"person"}},
	{"inquisitive", []class{"person", "animal"}},
	{"fresh", []class{"food"}},
	{"heavy", []class{"thing"}},
	{"wooden", []class{"thing"}},
	{"blue", []class{"thing"}},
	{"long", []class{"writing"}},
	{"sad", []class{"person", "writing"}},
	{"new", []class{"thing", "writing", "idea"}},
	{"general", []class{"idea"}},
}

// Sentences draws n sentences of the form "The old dog follows the kind girl."
// in which nouns, verbs and adjectives go together, and makes n others of the
// same words: each part of speech is shuffled, so that syntax still holds and
// meaning does not. Whatever tells the two lists apart, it is not the words.
func Sentences(n int, rng *rand.Rand) (meant, shuffled []string) {
	var adjectiveList, nounList, verbList []string
	write := func() (list []string) {
		for i, verb := range verbList {
			list = append(list, "The "+adjectiveList[2*i]+" "+nounList[2*i]+" "+verb+" the "+adjectiveList[2*i+1]+" "+nounList[2*i+1]+".")
		}
		return list
	}
	for range n {
		verb := verbs[rng.IntN(len(verbs))]
		verbList = append(verbList, verb.word)
		for _, classes := range [][]class{verb.subject, verb.object} {
			kind := classes[rng.IntN(len(classes))]
			var fitting []string
			for _, a := range adjectives {
				if slices.Contains(a.of, kind) {
					fitting = append(fitting, a.word)
				}
			}
			adjectiveList = append(adjectiveList, fitting[rng.IntN(len(fitting))])
			nounList = append(nounList, nouns[kind][rng.IntN(len(nouns[kind]))])
		}
	}
	meant = write()
	for _, list := range [][]string{adjectiveList, nounList, verbList} {
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return meant, write()
}
