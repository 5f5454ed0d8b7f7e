// Package token cuts text into the tokens of GPT-2 and back.
//
// The question: what are the "words" of a language model? Not letters, which
// say too little each, and not words, of which there is no end: pieces of
// words, found by byte-pair encoding (Gage 1994; Sennrich, Haddow and Birch
// 2016). One begins with the 256 bytes and joins, again and again, the pair
// that stands side by side most often in some text. Common words end up as one
// token, rare ones as several, and any bytes at all can be written.
//
//	v, err := token.Train(words, 8000)   // learn a vocabulary, or
//	v, err := token.Read("gpt2")         // read vocab.json and merges.txt of a folder, or
//	v, err := gpt2.Vocabulary()          // GPT-2's own (package token/gpt2)
//	ids := v.Encode("Hello, world!")
//	text := v.Decode(ids)
//
// Reading order: split.go cuts text into words, token.go joins their bytes to
// tokens, train.go learns which; files.go and ranks.go read vocabularies.
package token
