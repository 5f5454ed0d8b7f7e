// Package models finds a GPT by its name: the small one that comes with this
// program, the four sizes of GPT-2, or a folder.
package models

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"oneword/data/hub"
	"oneword/transformer"
	"oneword/transformer/small"
	"oneword/transformer/token"
	"oneword/transformer/token/gpt2"
)

// Small is the name of the model that comes with this program.
const Small = "small"

// files are what GPT-2 needs of its repository.
var files = []string{transformer.ConfigFile, token.VocabFile, token.MergesFile, transformer.WeightsFile}

func repository(name string) string { return "openai-community/" + name }

// Names lists the models that have a name.
func Names() []string {
	sizes := transformer.Sizes()
	names := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int { return sizes[a].Params() - sizes[b].Params() })
	return append([]string{Small}, names...)
}

// Present says whether a named model can be opened without the network.
func Present(name string) bool {
	if name == Small {
		return true
	}
	_, ok := hub.Default().Cached(repository(name), files...)
	return ok
}

// Fetch brings one of GPT-2's sizes into the Hub's cache. Progress may be nil.
func Fetch(ctx context.Context, name string, progress func(file string, have, of int64)) error {
	_, err := fetch(ctx, name, progress)
	return err
}

func fetch(ctx context.Context, name string, progress func(file string, have, of int64)) (dir string, err error) {
	h := hub.Default()
	h.Progress = progress
	return h.Fetch(ctx, repository(name), files...)
}

// Open opens a model: "small", "gpt2" and its larger sisters, which are fetched
// from the Hub if they are not in its cache, or a folder with a model. A folder
// without a vocabulary, of a model with as many tokens as GPT-2, gets GPT-2's.
// Progress may be nil.
func Open(ctx context.Context, name string, dtype transformer.DType, progress func(file string, have, of int64)) (*transformer.Model, error) {
	if name == Small || name == "" {
		return small.Open(dtype)
	}
	dir := name
	_, known := transformer.Sizes()[name]
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		if !known {
			return nil, fmt.Errorf("no model is called %q, and there is no such folder; there are %s", name, strings.Join(Names(), ", "))
		}
		if dir, err = fetch(ctx, name, progress); err != nil {
			return nil, err
		}
	}
	m, err := transformer.Load(dir, dtype)
	if err != nil {
		return nil, err
	}
	if known {
		m.Name = name
	}
	if m.Vocabulary == nil {
		v, err := gpt2.Vocabulary()
		if err != nil {
			return nil, err
		}
		if v.Len() == m.Config.Vocab {
			m.Vocabulary = v
		}
	}
	return m, nil
}
