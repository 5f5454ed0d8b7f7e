package main

import (
	"fmt"
	"os"

	"oneword/embedding"
	"oneword/embedding/judged"
	"oneword/embedding/vectors"
)

// nearCommand is `essay near`.
type nearCommand struct {
	Words   []string `arg:"" optional:"" help:"One word, for its neighbours; or three, A B C: A is to B as C is to …"`
	Vectors string   `placeholder:"FILE" help:"Vectors in a format of GloVe or word2vec, text or binary (default: those that are shipped)."`
	N       int      `short:"n" name:"count" default:"8" placeholder:"N" help:"How many words to list."`
	Score   bool     `help:"Say instead how well the vectors agree with judged pairs and analogies."`
	JSON    bool     `help:"Write an array of {word, near}."`
}

func (n *nearCommand) Run(e *env) error {
	if n.N < 1 || n.Score == (len(n.Words) > 0) || len(n.Words) != 0 && len(n.Words) != 1 && len(n.Words) != 3 {
		return usageError{fmt.Errorf("want one word or three, or -score; and -n 1 or more")}
	}
	v, err := n.open()
	if err != nil {
		return err
	}
	if n.Score {
		a := v.EvaluateSimilarity(judged.Pairs())
		e.say("similarity: Spearman %.3f on %d pairs %s", a.Spearman, a.Pairs, missing(a.Missing))
		for _, m := range []embedding.AnalogyMethod{embedding.CosAdd, embedding.CosMul} {
			list := v.EvaluateAnalogies(judged.Relations(), m)
			for _, a := range append(list, embedding.Total(list)) {
				e.say("%s, %-20s %3d of %3d right, %.0f %% %s", m, a.Relation+":", a.Correct, a.Questions, 100*a.Accuracy(), missing(a.Missing))
			}
		}
		return nil
	}
	var near []embedding.Neighbour
	if len(n.Words) == 1 {
		near, err = v.Neighbours(n.Words[0], n.N)
	} else {
		near, err = v.Analogy(n.Words[0], n.Words[1], n.Words[2], embedding.CosAdd, n.N)
	}
	if err != nil {
		return err
	}
	if n.JSON {
		type row struct {
			Word string  `json:"word"`
			Near float64 `json:"near"`
		}
		rows := []row{}
		for _, x := range near {
			rows = append(rows, row{x.Word, x.Similarity})
		}
		return e.json(rows)
	}
	for _, x := range near {
		e.say("%-20s %.3f", x.Word, x.Similarity)
	}
	return nil
}

func (n *nearCommand) open() (*embedding.Vectors, error) {
	if n.Vectors == "" {
		return vectors.English()
	}
	file, err := os.ReadFile(n.Vectors)
	if err != nil {
		return nil, err
	}
	return embedding.Parse(n.Vectors, file)
}

// missing names words without a vector, so that nothing is left out unseen.
func missing(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return fmt.Sprintf("(left out, as there is no vector of %q)", words)
}
