package main

import (
	"context"
	"fmt"

	"oneword/data"
	"oneword/transformer"
	"oneword/transformer/models"
)

// dataCommand is `essay data`.
type dataCommand struct {
	List dataList `cmd:"" default:"1" help:"What there is, and whether it is at hand."`
	Get  dataGet  `cmd:"" help:"Fetch what is not part of the program."`
}

type dataList struct{}

func (dataList) Run(e *env) error {
	list := data.Sources()
	for _, name := range models.Names() {
		if name != models.Small {
			list = append(list, gpt2Source(name))
		}
	}
	for _, s := range list {
		state := "embedded"
		switch {
		case s.Fetch != nil && s.Present():
			state = "fetched"
		case s.Fetch != nil:
			state = "not here"
		}
		e.say("%-14s %-9s %s", s.Name, state, s.What)
		e.say("%-14s %-9s from %s; %s", "", "", s.From, s.Licence)
	}
	e.say("`essay data get NAME` fetches what is not here. Corpora for `essay train` are listed in data/README.md.")
	return nil
}

// gpt2Source is one of GPT-2's sizes, kept in the cache of the Hub.
func gpt2Source(name string) data.Source {
	return data.Source{
		Name: name, What: fmt.Sprintf("GPT-2 with %.0f million weights (Radford et al. 2019)", float64(transformer.Sizes()[name].Params())/1e6),
		From: "the Hugging Face Hub, openai-community/" + name, Licence: "modified MIT",
		Present: func() bool { return models.Present(name) },
		Fetch: func(ctx context.Context, progress func(have, of int64)) error {
			return models.Fetch(ctx, name, func(_ string, have, of int64) { progress(have, of) })
		},
	}
}

type dataGet struct {
	Names []string `arg:"" name:"name" help:"Names, as essay data lists them."`
}

func (d *dataGet) Run(e *env) error {
	var sources []data.Source
	for _, name := range d.Names {
		if _, ok := transformer.Sizes()[name]; ok {
			sources = append(sources, gpt2Source(name))
			continue
		}
		s, err := data.Find(name)
		if err != nil {
			return usageError{err}
		}
		sources = append(sources, s)
	}
	for _, s := range sources {
		if s.Present() {
			e.say("%s is here already", s.Name)
			continue
		}
		bar := e.progress(100, s.Name)
		err := s.Fetch(e.ctx, func(have, of int64) {
			if of > 0 {
				bar.set(int(100*have/of), fmt.Sprintf("%s: %.1f of %.1f MB", s.Name, float64(have)/1e6, float64(of)/1e6))
			}
		})
		bar.finish()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		e.say("%s fetched", s.Name)
	}
	return nil
}
