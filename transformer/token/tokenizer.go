package token

import (
	"bytes"
	"encoding/json"
	"strings"
)

// TokenizerFile is the file in which the Hub's newer programs look for a
// vocabulary, with how to use it.
const TokenizerFile = "tokenizer.json"

// TokenizerJSON is the vocabulary as tokenizer.json: byte-level BPE, without a
// space put before the text.
func (v *Vocabulary) TokenizerJSON() []byte {
	vocab, merges := v.Files()
	type byteLevel struct {
		Type   string `json:"type"`
		Prefix bool   `json:"add_prefix_space"`
		Trim   bool   `json:"trim_offsets"`
		Regex  bool   `json:"use_regex"`
	}
	type added struct {
		ID         int    `json:"id"`
		Content    string `json:"content"`
		SingleWord bool   `json:"single_word"`
		Left       bool   `json:"lstrip"`
		Right      bool   `json:"rstrip"`
		Normalized bool   `json:"normalized"`
		Special    bool   `json:"special"`
	}
	var file struct {
		Version string    `json:"version"`
		Added   []added   `json:"added_tokens"`
		Before  byteLevel `json:"pre_tokenizer"`
		After   byteLevel `json:"post_processor"`
		Decoder byteLevel `json:"decoder"`
		Model   struct {
			Type   string          `json:"type"`
			Vocab  json.RawMessage `json:"vocab"`
			Merges []string        `json:"merges"`
		} `json:"model"`
	}
	file.Version = "1.0"
	if v.end >= 0 {
		file.Added = []added{{ID: v.end, Content: End, Special: true}}
	}
	file.Before = byteLevel{Type: "ByteLevel", Trim: true, Regex: true}
	file.After, file.Decoder = file.Before, file.Before
	file.Model.Type, file.Model.Vocab = "BPE", bytes.TrimSpace(vocab)
	lines := strings.Split(strings.TrimSpace(string(merges)), "\n")
	file.Model.Merges = lines[1:] // the first says the version
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(file); err != nil {
		panic(err) // strings and numbers only
	}
	return b.Bytes()
}
