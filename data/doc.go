// Package data knows where things come from: what is part of the program, the
// originals that can be fetched, and the user's own files.
//
// Everything that a figure needs is at hand offline; see [Sources] for what
// there is, its origin and its licence. Package data reads and fetches. It
// does not count, fit or draw.
//
//	cat, err := data.Wikipedia(ctx, "Cat")           // today's article, then from the cache
//	r, err := data.OpenText("corpus/books.txt.xz")   // any text of one's own
//
// Reading order: sources.go, corpus.go, wikipedia.go, cifar10.go; packages texts,
// mnist, cifar and hub.
package data
