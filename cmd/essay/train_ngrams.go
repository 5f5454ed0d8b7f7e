package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"oneword/data"
	"oneword/internal/atomicfile"
	"oneword/lm"
	"oneword/ngram"
	"oneword/ngram/tables"
)

// trainNgrams is the recipe of package tables: `essay train ngrams`.
type trainNgrams struct {
	Corpus  []string `required:"" sep:"," placeholder:"PATH" help:"Text files (.txt, .gz, .xz) or folders of them. Lines that hold only <|endoftext|> part documents."`
	More    []string `arg:"" optional:"" name:"path" help:"More of the corpus."`
	HeldOut []string `name:"heldout" sep:"," placeholder:"PATH" help:"Text that is not counted, to measure the models on."`
	Out     string   `default:"ngrams" placeholder:"DIR" help:"Where to write letters.ngram, words.ngram and report.json."`

	Letters    int      `default:"5" placeholder:"N" help:"Count runs of up to N letters."`
	Words      int      `default:"3" placeholder:"N" help:"Count runs of up to N words."`
	Vocabulary int      `default:"40000" placeholder:"N" help:"Keep the N most frequent words."`
	LetterMin  []uint64 `default:"1,1,1,4,8" placeholder:"N" help:"Leave out letter n-grams that occur less often, by order."`
	WordMin    []uint64 `default:"1,3,5" placeholder:"N" help:"The same for words."`
}

func (t *trainNgrams) Help() string {
	return `Counts letters and words of a corpus in one pass each, prunes the tables and
writes them in a compact form. The same corpus gives the same bytes.

The tables that come with this program were counted on books of Project
Gutenberg (gutenberg.org), articles of Wikipedia and Wikinews
(dumps.wikimedia.org) and textbooks of OpenStax (openstax.org); data/README.md
has the list. Any collection of plain text files will do.`
}

func (t *trainNgrams) Run(e *env) error {
	for _, n := range []int{t.Letters, t.Words} {
		if n < 1 || n > ngram.MaxOrder {
			return usageError{fmt.Errorf("order %d: want 1 to %d", n, ngram.MaxOrder)}
		}
	}
	if t.Vocabulary < 1 {
		return usageError{fmt.Errorf("a vocabulary of %d words: want 1 or more", t.Vocabulary)}
	}
	files, err := data.CorpusFiles(append(t.Corpus, t.More...)...)
	if err != nil {
		return err
	}
	heldOut, err := data.CorpusFiles(t.HeldOut...)
	if err != nil {
		return err
	}
	if err := atomicfile.Writable(t.Out); err != nil {
		return err
	}
	started := time.Now()
	alphabet, err := ngram.NewLetters(ngram.EnglishAlphabet)
	if err != nil {
		return err
	}
	letters, _, err := t.count(e, files, alphabet, t.Letters)
	if err != nil {
		return err
	}
	words, bytes, err := t.count(e, files, ngram.NewWords(), t.Words)
	if err != nil {
		return err
	}
	report := tables.Report{
		Bytes: bytes, Words: words.Total(),
		DistinctWords: words.Vocab(), DistinctPairs: words.Len(2), DistinctTriples: words.Len(3),
		WordLengths: wordLengths(words),
	}
	if report.Files, err = describe(files); err != nil {
		return err
	}
	restricted, err := words.Restrict(min(t.Vocabulary, words.Vocab()))
	if err != nil {
		return err
	}
	text, err := readAll(heldOut)
	if err != nil {
		return err
	}
	if len(heldOut) > 0 {
		if report.HeldOut, err = t.measure(e, files, heldOut, text, letters, restricted); err != nil {
			return err
		}
	}
	if letters, err = letters.Prune(bounds(t.LetterMin, t.Letters)...); err != nil {
		return err
	}
	if restricted, err = restricted.Prune(bounds(t.WordMin, t.Words)...); err != nil {
		return err
	}
	if h := report.HeldOut; h != nil {
		e.step("measuring what the pruning costs")
		if h.PrunedAbsoluteDiscount, err = discounted(restricted, min(3, t.Words), text, lm.Score.Perplexity); err != nil {
			return err
		}
		if h.PrunedLetterBits, err = discounted(letters, t.Letters, text, lm.Score.BitsPerToken); err != nil {
			return err
		}
	}
	for name, table := range map[string]*ngram.Table{"letters.ngram": letters, "words.ngram": restricted} {
		path := filepath.Join(t.Out, name)
		if err := atomicfile.Write(path, func(w io.Writer) error { _, err := table.WriteTo(w); return err }); err != nil {
			return err
		}
	}
	said, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(filepath.Join(t.Out, "report.json"), append(said, '\n')); err != nil {
		return err
	}
	e.say("counted %d files, %.1f MB, %d words in %.1f s; the tables are in %s",
		len(files), float64(bytes)/1e6, report.Words, time.Since(started).Seconds(), t.Out)
	return nil
}

// bounds stretches or cuts a list of least counts to an order.
func bounds(min []uint64, order int) []uint64 {
	out := make([]uint64, order)
	for i := range out {
		switch {
		case i < len(min):
			out[i] = min[i]
		case i > 0:
			out[i] = out[i-1]
		}
	}
	return out
}

func (t *trainNgrams) count(e *env, files []string, tok ngram.Tokenizer, order int) (*ngram.Table, int64, error) {
	vocab := 0
	if tok.Closed() {
		vocab = len(tok.Symbols())
	}
	counter, err := ngram.NewCounter(order, vocab, 0)
	if err != nil {
		return nil, 0, err
	}
	bytes := int64(0)
	for _, path := range files {
		e.step("counting %s", filepath.Base(path))
		r, err := data.OpenText(path)
		if err != nil {
			return nil, 0, err
		}
		counted := &byteCounter{r: r}
		err = counter.Read(counted, tok)
		r.Close()
		if err != nil {
			return nil, 0, err
		}
		bytes += counted.n
	}
	if lost := counter.Undercount(); lost > 0 {
		e.say("memory was short: counts may be up to %d too low", lost)
	}
	table, err := counter.Table(tok)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", strings.Join(files, ", "), err)
	}
	return table, bytes, nil
}

type byteCounter struct {
	r io.Reader
	n int64
}

func (b *byteCounter) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	return n, err
}

func describe(files []string) ([]tables.File, error) {
	out := make([]tables.File, len(files))
	for i, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		sum := sha256.New()
		_, err = io.Copy(sum, f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out[i] = tables.File{Name: filepath.Base(path), SHA256: hex.EncodeToString(sum.Sum(nil))}
	}
	return out, nil
}

// longestWord is the length from which on words are counted together.
const longestWord = 20

func wordLengths(words *ngram.Table) []float64 {
	lengths := make([]float64, longestWord+1)
	for id, word := range words.Symbols() {
		n := utf8.RuneCountInString(strings.ReplaceAll(word, "'", ""))
		lengths[min(n, longestWord)] += float64(words.Count(id))
	}
	for i := range lengths {
		lengths[i] /= float64(words.Total())
	}
	return lengths
}

// measure fills the held-out part of the report.
func (t *trainNgrams) measure(e *env, files, heldOut []string, text string, letters, words *ngram.Table) (*tables.HeldOut, error) {
	h := &tables.HeldOut{}
	var err error
	if h.Files, err = describe(heldOut); err != nil {
		return nil, err
	}
	// Unseen n-grams, up to five words, over the whole vocabulary.
	const longest = 5
	long, _, err := t.count(e, files, ngram.NewWords(), longest)
	if err != nil {
		return nil, err
	}
	if long, err = long.Restrict(long.Vocab()); err != nil {
		return nil, err
	}
	tokens, err := long.Encode(text)
	if err != nil {
		return nil, err
	}
	if len(tokens) == 0 {
		return nil, errors.New("the held-out text has no words")
	}
	h.Words = len(tokens)
	for n := 1; n <= longest; n++ {
		h.Unseen = append(h.Unseen, ngram.Unseen(long, tokens, n))
	}
	long = nil // some gigabytes
	if tokens, err = words.Encode(text); err != nil {
		return nil, err
	}
	for n := 1; n <= min(3, t.Words); n++ {
		e.step("measuring the models of order %d", n)
		add, abs, kn, err := ngram.Perplexities(words, n, tokens)
		if err != nil {
			return nil, err
		}
		h.AddK, h.AbsoluteDiscount, h.KneserNey = append(h.AddK, add), append(h.AbsoluteDiscount, abs), append(h.KneserNey, kn)
	}
	h.LetterBits, err = discounted(letters, t.Letters, text, lm.Score.BitsPerToken)
	return h, err
}

// discounted measures models with absolute discounting, of order 1 to n, on a text.
func discounted(table *ngram.Table, n int, text string, measure func(lm.Score) float64) (list []float64, err error) {
	tokens, err := table.Encode(text)
	if err != nil {
		return nil, err
	}
	for order := 1; order <= n; order++ {
		model, err := ngram.AbsoluteDiscount(table, order)
		if err != nil {
			return nil, err
		}
		score, err := lm.Evaluate(model, tokens)
		if err != nil {
			return nil, err
		}
		list = append(list, measure(score))
	}
	return list, nil
}

func readAll(files []string) (string, error) {
	var text strings.Builder
	for _, path := range files {
		r, err := data.OpenText(path)
		if err != nil {
			return "", err
		}
		_, err = io.Copy(&text, r)
		r.Close()
		if err != nil {
			return "", err
		}
	}
	return text.String(), nil
}
