// Package cache says where fetched files are kept.
package cache

import (
	"fmt"
	"os"
	"path/filepath"
)

// Dir is the folder for what was fetched: the environment variable
// ONEWORD_CACHE, or "oneword" in the user's cache folder. It may not exist yet.
func Dir() (string, error) {
	if dir := os.Getenv("ONEWORD_CACHE"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache folder (set ONEWORD_CACHE to one): %w", err)
	}
	return filepath.Join(dir, "oneword"), nil
}
