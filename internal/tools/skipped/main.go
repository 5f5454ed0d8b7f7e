// Skipped reads what `go test -json` writes, tells of it as `go test` does, and
// lists the tests that were skipped. It fails if a test has failed, or if one was
// skipped that is not in known.txt.
package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

//go:embed known.txt
var known string

// An event is a line of go test -json.
type event struct {
	Action, Package, Test, Output string
	ImportPath                    string // of a build
	Elapsed                       float64
}

func main() {
	may := map[string]bool{}
	for line := range strings.Lines(known) {
		if name, _, ok := strings.Cut(line, ": "); ok && line[0] != '#' {
			may[name] = true
		}
	}
	output := map[string]string{} // of tests that run, and of packages
	passed, failed, skipped, unknown := 0, 0, []string{}, 0
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Println(lines.Text()) // of the go command itself
			continue
		}
		key := e.Package + e.ImportPath + " " + e.Test
		switch e.Action {
		case "output", "build-output":
			output[key] += e.Output
		case "pass":
			if e.Test != "" {
				passed++
			} else {
				fmt.Printf("ok    %-40s %6.1f s\n", e.Package, e.Elapsed)
			}
		case "fail", "build-fail":
			if e.Test != "" || e.Package == "" || len(output[key]) > 0 {
				failed++
				fmt.Printf("FAIL  %s\n%s", key, output[key])
			}
		case "skip":
			if e.Test == "" {
				continue // a package without tests
			}
			name := strings.TrimPrefix(e.Package, "oneword/") + "." + e.Test
			if !may[name] {
				unknown++
				name += " (NOT KNOWN)"
			}
			skipped = append(skipped, name+reason(output[key]))
		}
	}
	fmt.Printf("%d tests passed, %d failed, %d skipped\n", passed, failed, len(skipped))
	for _, s := range skipped {
		fmt.Println("skipped:", s)
	}
	if err := lines.Err(); err != nil || failed > 0 || unknown > 0 || passed == 0 {
		if err != nil {
			fmt.Println(err)
		}
		os.Exit(1)
	}
}

// reason is what a test has said last, before it was skipped.
func reason(output string) string {
	all := strings.Split(strings.TrimSpace(output), "\n")
	for i := len(all) - 1; i >= 0; i-- {
		if s := strings.TrimSpace(all[i]); !strings.HasPrefix(s, "---") && !strings.HasPrefix(s, "===") {
			return ": " + s
		}
	}
	return ""
}
