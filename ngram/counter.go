package ngram

import (
	"fmt"
	"io"
)

// MaxOrder is the longest n-gram that is counted.
const MaxOrder = 8

// A Counter counts the n-grams of order 1 … N of a stream of tokens, in one
// pass and in bounded memory.
type Counter struct {
	order int
	store store
}

// A store is one way to keep the counts.
type store interface {
	add(tokens []uint32)
	// grams lists what was counted, by order 1 … N: each n-gram as its context
	// (the place of its first n-1 tokens in the list before; 0 for n = 1), its
	// last token and its count.
	grams() [][]gram
	// undercount bounds how much of a count may have been lost to keep the
	// memory bounded.
	undercount() uint64
}

type gram struct {
	context, token uint32
	count          uint64
}

// NewCounter returns a Counter for n-grams up to the given order, 1 to
// MaxOrder. vocab is the number of tokens if it is known beforehand, and 0 if
// it is open. limit bounds the distinct n-grams kept of each order (0 means
// 64 million, about 2 GB); beyond it the rarest are forgotten, see Undercount.
func NewCounter(order, vocab, limit int) (*Counter, error) {
	if order < 1 || order > MaxOrder {
		return nil, fmt.Errorf("ngram: order %d: want 1 to %d", order, MaxOrder)
	}
	if limit == 0 {
		limit = 1 << 26
	}
	if limit < 1<<10 {
		return nil, fmt.Errorf("ngram: a limit of %d n-grams: want 1024 or more", limit)
	}
	c := &Counter{order: order}
	if bits := denseBits(vocab); vocab > 0 && bits*order <= maxDenseBits {
		c.store = newDense(order, bits)
	} else {
		c.store = newSparse(order, limit)
	}
	return c, nil
}

// Add counts the next tokens of the stream. A Break among them ends a document.
func (c *Counter) Add(tokens []uint32) { c.store.add(tokens) }

// Undercount is how much too low a count can be because the limit was
// reached: 0 if it never was ("lossy counting", Manku and Motwani 2002).
func (c *Counter) Undercount() uint64 { return c.store.undercount() }

// Count reads text to its end, cuts it into tokens and counts their n-grams
// of order 1 … order. Text without a single token is an error.
func Count(r io.Reader, tok Tokenizer, order int) (*Table, error) {
	vocab := 0
	if tok.Closed() {
		vocab = len(tok.Symbols())
	}
	c, err := NewCounter(order, vocab, 0)
	if err != nil {
		return nil, err
	}
	if err := c.Read(r, tok); err != nil {
		return nil, err
	}
	return c.Table(tok)
}

// Read counts all of a text. It may be called again for the next text: no
// n-gram reaches from one into the other.
func (c *Counter) Read(r io.Reader, tok Tokenizer) error {
	for tokens, err := range Tokens(r, tok) {
		if err != nil {
			return err
		}
		c.Add(tokens)
	}
	return nil
}
