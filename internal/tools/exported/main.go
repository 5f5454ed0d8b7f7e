// Exported lists the exported names of the core packages that only chapters,
// commands or tests use: candidates to move to where they are used, or to go.
// A name that is an operation of its package's subject, and so stays, has a line
// with the reason in kept.txt. It is run in the repository's root.
package main

import (
	_ "embed"
	"fmt"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

//go:embed kept.txt
var kept string

// core are the packages that hold their subject only; each stands for those
// below it.
var core = []string{"lm", "letterfreq", "ngram", "nn", "embedding", "transformer"}

func isCore(path string) bool {
	path = strings.TrimPrefix(path, "oneword/")
	return slices.ContainsFunc(core, func(c string) bool { return path == c || strings.HasPrefix(path, c+"/") })
}

func main() {
	reasons := map[string]string{}
	for line := range strings.Lines(kept) {
		if name, reason, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && line[0] != '#' {
			reasons[name] = reason
		}
	}
	candidates, err := candidates()
	if err != nil {
		fmt.Fprintln(os.Stderr, "exported:", err)
		os.Exit(1)
	}
	bad := 0
	for _, name := range slices.Sorted(maps.Keys(candidates)) {
		if reasons[name] == "" {
			bad++
			fmt.Printf("%s: used by %s\n", name, candidates[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		if _, ok := candidates[name]; !ok {
			bad++
			fmt.Printf("%s: has a reason to stay, but is used below the chapters or is not there\n", name)
		}
	}
	fmt.Printf("%d exported names serve the chapters, commands or tests only; %d of them have no reason to stay, or have one and need none\n", len(candidates), bad)
	if bad > 0 {
		os.Exit(1)
	}
}

// candidates are the names with those who use them.
func candidates() (map[string]string, error) {
	load := &packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax | packages.NeedImports | packages.NeedDeps}
	list, err := packages.Load(load, "oneword/...")
	if err != nil {
		return nil, err
	}
	if packages.PrintErrors(list) > 0 {
		return nil, fmt.Errorf("the packages do not load")
	}
	required := map[string]bool{} // methods that some interface of the module asks for
	for _, p := range list {
		for _, n := range p.Types.Scope().Names() {
			if i, ok := p.Types.Scope().Lookup(n).Type().Underlying().(*types.Interface); ok {
				for m := range i.NumMethods() {
					required[i.Method(m).Name()] = true
				}
			}
		}
	}
	names := map[string]bool{}            // exported by core packages
	users := map[string]map[string]bool{} // packages that use a name
	for _, p := range list {
		if !isCore(p.PkgPath) {
			continue
		}
		scope := p.Types.Scope()
		for _, n := range scope.Names() {
			obj := scope.Lookup(n)
			if !obj.Exported() {
				continue
			}
			names[key(obj)] = true
			named, ok := obj.Type().(*types.Named)
			if _, isType := obj.(*types.TypeName); !ok || !isType {
				continue
			}
			for i := range named.NumMethods() {
				if m := named.Method(i); m.Exported() && !required[m.Name()] && !satisfies(m.Name()) {
					names[key(m)] = true
				}
			}
		}
	}
	for _, p := range list {
		for _, obj := range p.TypesInfo.Uses {
			if obj.Pkg() == nil || !isCore(obj.Pkg().Path()) {
				continue
			}
			if f, ok := obj.(*types.Func); (!ok || f.Signature().Recv() == nil) && obj.Parent() != obj.Pkg().Scope() {
				continue // a field, or a variable of the same name
			}
			k := key(obj)
			if users[k] == nil {
				users[k] = map[string]bool{}
			}
			users[k][p.PkgPath] = true
		}
	}
	out := map[string]string{}
	for name := range names {
		below, above := false, map[string]bool{}
		for user := range users[name] {
			if isCore(user) || !strings.HasPrefix(user, "oneword") {
				below = true // its own package counts: what it uses itself is part of it
			} else {
				above[strings.Split(strings.TrimPrefix(user, "oneword/"), "/")[0]] = true
			}
		}
		if below {
			continue
		}
		out[name] = strings.Join(slices.Sorted(maps.Keys(above)), ", ")
		if len(above) == 0 {
			out[name] = "tests, if at all"
		}
	}
	return out, nil
}

// satisfies says of a method whether it is there for an interface of the
// standard library.
func satisfies(name string) bool {
	return slices.Contains([]string{"String", "Error", "Unwrap", "MarshalJSON", "UnmarshalJSON", "Len", "Less", "Swap"}, name)
}

// key is a name with its package, and of a method with its type.
func key(obj types.Object) string {
	path := strings.TrimPrefix(obj.Pkg().Path(), "oneword/")
	if f, ok := obj.(*types.Func); ok {
		obj = f.Origin()
		if recv := f.Signature().Recv(); recv != nil {
			t := recv.Type()
			if p, ok := t.(*types.Pointer); ok {
				t = p.Elem()
			}
			if n, ok := t.(*types.Named); ok {
				return path + "." + n.Obj().Name() + "." + f.Name()
			}
		}
	}
	return path + "." + obj.Name()
}
