package data

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"oneword/data/texts"
	"oneword/internal/atomicfile"
	"oneword/internal/cache"
)

// An Encyclopedia is a wiki with the API of MediaWiki. The zero value is the
// English Wikipedia with the usual cache.
type Encyclopedia struct {
	API    string // address of api.php
	Cache  string // folder
	Client *http.Client
}

const (
	userAgent = "oneword/1.0 (figures of an essay, in Go; fetches single articles)"
	// maxArticle bounds what is read of an answer; the longest articles have about 1 MB of text.
	maxArticle = 16 << 20
)

// Wikipedia returns the plain text of an article of the English Wikipedia:
// from the cache if it was fetched before, else over the network.
func Wikipedia(ctx context.Context, title string) (texts.Text, error) {
	return Encyclopedia{}.Article(ctx, title)
}

// WikipediaCached says whether Wikipedia would do without the network.
func WikipediaCached(title string) bool {
	path, err := Encyclopedia{}.path(title)
	if err != nil {
		return false
	}
	_, err = os.Stat(path)
	return err == nil
}

// cached is the file of an article in the cache.
type cached struct {
	Title    string `json:"title"`
	Revision int64  `json:"revision"`
	Fetched  string `json:"fetched"` // RFC 3339
	Licence  string `json:"licence"`
	Address  string `json:"address"` // of this revision, and of its authors' names
	Text     string `json:"text"`
}

// Article returns the plain text of an article, with its revision in Source.
// Redirects of the wiki are followed. A page that does not exist, an answer
// that is not the API's, and a missing network are errors, and leave nothing
// in the cache.
func (e Encyclopedia) Article(ctx context.Context, title string) (texts.Text, error) {
	path, err := e.path(title)
	if err != nil {
		return texts.Text{}, err
	}
	var c cached
	switch file, err := os.ReadFile(path); {
	case err == nil:
		if err := json.Unmarshal(file, &c); err != nil || c.Text == "" {
			return texts.Text{}, fmt.Errorf("%s: the cached article is damaged, delete the file to fetch it again", path)
		}
	case !errors.Is(err, os.ErrNotExist):
		return texts.Text{}, err
	default:
		if c, err = e.fetch(ctx, title); err != nil {
			return texts.Text{}, fmt.Errorf("fetching the article %q: %w", title, err)
		}
		file, err := json.MarshalIndent(c, "", "  ")
		if err != nil {
			return texts.Text{}, err
		}
		if err := atomicfile.WriteBytes(path, append(file, '\n')); err != nil {
			return texts.Text{}, err
		}
	}
	return texts.Text{
		Title:   c.Title,
		Text:    c.Text,
		Source:  fmt.Sprintf("“%s”, Wikipedia, revision %d", c.Title, c.Revision),
		Licence: c.Licence,
	}, nil
}

func (e Encyclopedia) path(title string) (string, error) {
	if strings.TrimSpace(title) == "" {
		return "", errors.New("an article without a title")
	}
	dir := e.Cache
	if dir == "" {
		root, err := cache.Dir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, "wikipedia")
	}
	return filepath.Join(dir, url.PathEscape(title)+".json"), nil
}

func (e Encyclopedia) fetch(ctx context.Context, title string) (cached, error) {
	api, client := e.API, e.Client
	if api == "" {
		api = "https://en.wikipedia.org/w/api.php"
	}
	if client == nil {
		client = http.DefaultClient
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	// https://www.mediawiki.org/wiki/Extension:TextExtracts, and
	// https://www.mediawiki.org/wiki/API:Revisions for the revision.
	query := url.Values{
		"action": {"query"}, "format": {"json"}, "formatversion": {"2"}, "redirects": {"1"},
		"prop": {"extracts|info|revisions"}, "explaintext": {"1"}, "exsectionformat": {"plain"},
		"rvprop": {"ids"}, "inprop": {"url"}, "titles": {title},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, api+"?"+query.Encode(), nil)
	if err != nil {
		return cached{}, err
	}
	req.Header.Set("User-Agent", userAgent)
	resp, err := client.Do(req)
	if err != nil {
		return cached{}, fmt.Errorf("%w (offline, the embedded articles do as well)", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return cached{}, fmt.Errorf("the server answered %s", resp.Status)
	}
	var answer struct {
		Error *struct{ Code, Info string }
		Query struct {
			Pages []struct {
				Title     string
				Missing   bool
				Invalid   bool
				Extract   string
				FullURL   string
				Revisions []struct{ RevID int64 }
			}
		}
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxArticle)).Decode(&answer); err != nil {
		return cached{}, fmt.Errorf("the answer is not whole or not JSON: %w", err)
	}
	if answer.Error != nil {
		return cached{}, fmt.Errorf("the server refused: %s: %s", answer.Error.Code, answer.Error.Info)
	}
	if len(answer.Query.Pages) != 1 {
		return cached{}, fmt.Errorf("the answer has %d pages, not one", len(answer.Query.Pages))
	}
	page := answer.Query.Pages[0]
	if page.Missing || page.Invalid || page.Extract == "" || len(page.Revisions) == 0 {
		return cached{}, errors.New("there is no such article")
	}
	revision := page.Revisions[0].RevID
	return cached{
		Title: page.Title, Revision: revision,
		Fetched: time.Now().UTC().Format(time.RFC3339),
		Licence: "CC BY-SA 4.0, Wikipedia contributors",
		Address: fmt.Sprintf("%s?oldid=%d", page.FullURL, revision),
		Text:    page.Extract,
	}, nil
}
