// Package texts has what is there to be read: two articles, a novel, and
// sentences about cranes.
//
//	cat := texts.Cat()     // written for this project
//	cat.Text, cat.Source
package texts

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"oneword/internal/lazy"
)

// A Text is a piece of prose and where it comes from.
type Text struct {
	Title   string
	Text    string // UTF-8, a paragraph a line, blank lines between
	Source  string // one line, fit for a caption
	Licence string
}

//go:embed cat.txt
var cat string

//go:embed dog.txt
var dog string

//go:embed tom-sawyer.txt.gz
var tomSawyer []byte

// Cat is an encyclopedic article about the cat.
func Cat() Text { return article("Cat", cat) }

// Dog is an encyclopedic article about the dog.
func Dog() Text { return article("Dog", dog) }

func article(title, text string) Text {
	return Text{title, text, "“" + title + "”, an article written for this project", "BSD-3-Clause"}
}

// TomSawyer is a whole novel of some 70,000 words: "The Adventures of Tom
// Sawyer" by Mark Twain (1876), in the public domain.
func TomSawyer() Text {
	t := Text{Title: "The Adventures of Tom Sawyer", Source: "“The Adventures of Tom Sawyer” by Mark Twain (1876)", Licence: "public domain"}
	text, err := novel.Get(func() (string, error) {
		r, err := gzip.NewReader(bytes.NewReader(tomSawyer))
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(r)
		return string(text), err
	})
	if err != nil { // the bytes are part of the program, and a test has read them
		panic("texts: the embedded novel is damaged: " + err.Error())
	}
	t.Text = text
	return t
}

var novel lazy.Value[string]
