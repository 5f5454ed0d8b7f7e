// Package gpt2 has GPT-2's vocabulary of 50,257 tokens, without a file or a
// network. It is a package of its own because it makes programs 2.5 MB larger.
package gpt2

import (
	"fmt"
	"oneword/internal/lazy"

	"github.com/tiktoken-go/tokenizer/codec"

	"oneword/transformer/token"
)

// merged is the number of tokens but for the last, the end of text.
const merged = 50_256

// Vocabulary is GPT-2's. Its tokens are those of github.com/tiktoken-go, where
// the ID of a token is its rank.
func Vocabulary() (*token.Vocabulary, error) {
	return vocabulary.Get(func() (*token.Vocabulary, error) {
		c := codec.NewR50kBase()
		tokens := make([]string, merged)
		for id := range tokens {
			t, err := c.Decode([]uint{uint(id)})
			if err != nil {
				return nil, fmt.Errorf("GPT-2's token %d: %w", id, err)
			}
			tokens[id] = t
		}
		return token.FromRanks(tokens)
	})
}

var vocabulary lazy.Value[*token.Vocabulary]
