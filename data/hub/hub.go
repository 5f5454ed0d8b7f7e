// Package hub fetches models from the Hugging Face Hub, into the cache that
// other programs use as well: what they have fetched is found, and what is
// fetched here is found by them.
//
// The layout of the cache, for a repository OWNER/NAME:
//
//	models--OWNER--NAME/refs/main              the commit that main stood for
//	models--OWNER--NAME/snapshots/COMMIT/FILE  a link to
//	models--OWNER--NAME/blobs/ETAG             the contents
package hub

import (
	"cmp"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"oneword/internal/atomicfile"
	"oneword/internal/download"
)

// A Hub is where models come from and where they are kept.
type Hub struct {
	Endpoint string // without a slash at the end
	Cache    string
	Token    string // "" for none; sent to the endpoint's host only
	// Progress, if set, is told how many bytes of a file are there, of how many.
	Progress func(file string, have, of int64)
}

// Default is the Hub as the environment says: HF_ENDPOINT; the cache in
// HF_HUB_CACHE, or hub below HF_HOME, or huggingface/hub below XDG_CACHE_HOME
// or below .cache in the home folder; HF_TOKEN.
func Default() Hub {
	h := Hub{
		Endpoint: strings.TrimSuffix(cmp.Or(os.Getenv("HF_ENDPOINT"), "https://huggingface.co"), "/"),
		Cache:    os.Getenv("HF_HUB_CACHE"), Token: os.Getenv("HF_TOKEN"),
	}
	if h.Cache != "" {
		return h
	}
	home := os.Getenv("HF_HOME")
	if home == "" {
		cache := os.Getenv("XDG_CACHE_HOME")
		if cache == "" {
			user, err := os.UserHomeDir()
			if err != nil {
				user = "."
			}
			cache = filepath.Join(user, ".cache")
		}
		home = filepath.Join(cache, "huggingface")
	}
	h.Cache = filepath.Join(home, "hub")
	return h
}

// folder is the cache's folder for a repository.
func (h Hub) folder(repo string) string {
	return filepath.Join(h.Cache, "models--"+strings.ReplaceAll(repo, "/", "--"))
}

// Cached is the folder with the files of a repository's branch main, if all of
// them are in the cache. It does not use the network.
func (h Hub) Cached(repo string, files ...string) (dir string, ok bool) {
	commit, err := os.ReadFile(filepath.Join(h.folder(repo), "refs", "main"))
	if err != nil {
		return "", false
	}
	dir = filepath.Join(h.folder(repo), "snapshots", filepath.Base(strings.TrimSpace(string(commit))))
	for _, f := range files {
		if info, err := os.Stat(filepath.Join(dir, f)); err != nil || !info.Mode().IsRegular() {
			return "", false
		}
	}
	return dir, true
}

// Fetch brings files of a repository's branch main into the cache and returns
// their folder. Files that are there already are not fetched again; a transfer
// that broke off goes on. Every file is checked: by its SHA-256 where the Hub
// gives it, as it does for large files, else by its Git hash.
func (h Hub) Fetch(ctx context.Context, repo string, files ...string) (dir string, err error) {
	if dir, ok := h.Cached(repo, files...); ok {
		return dir, nil
	}
	commit := ""
	for _, file := range files {
		meta, err := h.head(ctx, repo, file)
		if err != nil {
			return "", h.explain(repo, err)
		}
		if commit == "" {
			commit = meta.commit
		} else if commit != meta.commit {
			return "", h.explain(repo, fmt.Errorf("the branch main changed while it was fetched, from %s to %s; try again", commit, meta.commit))
		}
		if err := h.fetch(ctx, repo, file, meta); err != nil {
			return "", h.explain(repo, err)
		}
	}
	if err := atomicfile.WriteBytes(filepath.Join(h.folder(repo), "refs", "main"), []byte(commit)); err != nil {
		return "", err
	}
	dir, ok := h.Cached(repo, files...)
	if !ok {
		return "", h.explain(repo, errors.New("the files are not in the cache after they were fetched"))
	}
	return dir, nil
}

// explain says what to do without the Hub.
func (h Hub) explain(repo string, err error) error {
	return fmt.Errorf("%s is not in the cache %s and could not be fetched from %s: %w (the same command goes on where it stopped; or put its files into a folder and name that)", repo, h.Cache, h.Endpoint, err)
}

// metadata is what the Hub says of a file.
type metadata struct {
	commit, etag string
	size         int64
}

// head asks for a file's metadata. Large files are kept elsewhere: the answer
// is then a redirection, with the metadata in headers of its own.
func (h Hub) head(ctx context.Context, repo, file string) (metadata, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, h.address(repo, file), nil)
	if err != nil {
		return metadata{}, err
	}
	req.Header.Set("Accept-Encoding", "identity")
	h.sign(req.Header)
	client := &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if req.URL.Host != via[0].URL.Host || len(via) > 5 {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	answer, err := client.Do(req)
	if err != nil {
		return metadata{}, err
	}
	answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden:
		return metadata{}, fmt.Errorf("%s: %w (set HF_TOKEN, and accept the model's terms on the Hub)", file, &download.StatusError{URL: req.URL.String(), Status: answer.StatusCode})
	case answer.StatusCode >= 400:
		return metadata{}, fmt.Errorf("%s: %w", file, &download.StatusError{URL: req.URL.String(), Status: answer.StatusCode})
	}
	m := metadata{commit: answer.Header.Get("X-Repo-Commit"), size: answer.ContentLength}
	m.etag = cmp.Or(answer.Header.Get("X-Linked-Etag"), answer.Header.Get("Etag"))
	m.etag = strings.Trim(strings.TrimPrefix(m.etag, "W/"), `"`)
	if s := answer.Header.Get("X-Linked-Size"); s != "" {
		if m.size, err = strconv.ParseInt(s, 10, 64); err != nil {
			return metadata{}, fmt.Errorf("%s: a size of %q", file, s)
		}
	}
	if !isHex(m.commit, 40) || !isHex(m.etag, 40) && !isHex(m.etag, 64) {
		return metadata{}, fmt.Errorf("%s: the answer has no commit or no hash (%q, %q): is %s a Hub?", file, m.commit, m.etag, h.Endpoint)
	}
	return m, nil
}

func isHex(s string, n int) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == n
}

func (h Hub) address(repo, file string) string {
	return h.Endpoint + "/" + repo + "/resolve/main/" + url.PathEscape(file)
}

func (h Hub) sign(header http.Header) {
	if h.Token != "" {
		header.Set("Authorization", "Bearer "+h.Token)
	}
}

func (h Hub) fetch(ctx context.Context, repo, file string, m metadata) error {
	blob := filepath.Join(h.folder(repo), "blobs", m.etag)
	if info, err := os.Stat(blob); err != nil || m.size > 0 && info.Size() != m.size {
		f := download.File{
			URL: h.address(repo, file), Path: blob, Part: blob + ".incomplete", Size: max(m.size, 0), Header: http.Header{},
			Client: &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
				if req.URL.Host != via[0].URL.Host {
					req.Header.Del("Authorization") // it is for the Hub alone
				}
				if len(via) > 10 {
					return errors.New("redirected more than ten times")
				}
				return nil
			}},
		}
		h.sign(f.Header)
		if h.Progress != nil {
			f.Progress = func(have, of int64) { h.Progress(file, have, of) }
		}
		if len(m.etag) == 64 {
			f.SHA256 = m.etag
		}
		if err := f.Fetch(ctx); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if len(m.etag) == 40 {
			if err := checkGit(blob, m.etag); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	link := filepath.Join(h.folder(repo), "snapshots", m.commit, file)
	if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
		return err
	}
	target, err := filepath.Rel(filepath.Dir(link), blob)
	if err != nil {
		return err
	}
	if old, err := os.Readlink(link); err == nil && old == target {
		return nil
	}
	temporary := fmt.Sprintf("%s.%d", link, os.Getpid())
	if err := os.Symlink(target, temporary); err != nil {
		return os.Rename(blob, link) // no links on this system
	}
	return os.Rename(temporary, link)
}

// checkGit compares a small file with its Git hash, and removes it if they
// differ.
func checkGit(path, want string) error {
	contents, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	sum := sha1.New()
	fmt.Fprintf(sum, "blob %d\x00", len(contents))
	sum.Write(contents)
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return errors.Join(fmt.Errorf("its Git hash is %s, want %s", got, want), os.Remove(path))
	}
	return nil
}
