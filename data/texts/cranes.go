package texts

import (
	_ "embed"
	"strings"
)

//go:embed cranes.txt
var cranes string

// Cranes are sentences that end in "crane", the bird in some and the machine in
// the others, written for this project.
func Cranes() (birds, machines []string) {
	for line := range strings.Lines(cranes) {
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#' || line == ": bird":
		case line == ": machine":
			birds, machines = machines, nil
		default:
			machines = append(machines, line)
		}
	}
	return birds, machines
}

// Theme is the longest word of a sentence, in lower case: something to call it
// by.
func Theme(sentence string) string {
	best := ""
	for _, w := range strings.FieldsFunc(sentence, func(r rune) bool { return r == ' ' || r == ',' }) {
		if len(w) > len(best) {
			best = w
		}
	}
	return strings.ToLower(best)
}
