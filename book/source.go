package book

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"oneword/chapters/cells"
)

// A source is the Go of a chapter: its declarations by name, each with the text
// that a notebook shows and the names that it needs.
type source struct {
	declared map[string]*declaration
}

// A declaration is a cell or a definition.
type declaration struct {
	name    string
	group   []string // names that are declared with it, and shown with it
	text    string   // of a cell the body, of a definition all of it
	cell    bool     // whether it is a cell
	figure  string   // the figure that the cell draws, or ""
	live    bool     // whether what it draws responds
	again   bool     // whether it is another form of one that a cell before draws
	uses    []string // names that the chapter declares
	imports []string // paths of packages
	at      string   // file:line
}

// readSource reads the Go files of a chapter's folder.
func readSource(files fs.FS, folder string) (*source, error) {
	names, err := fs.Glob(files, "*.go")
	if err != nil {
		return nil, err
	}
	s := &source{map[string]*declaration{}}
	methods := map[string][]*declaration{}
	var bodies []func()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path.Join(folder, name), text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, spec := range file.Imports {
			if spec.Name != nil && name != "chapter.go" {
				return nil, fmt.Errorf("%s: %s is imported under another name, which the notebook would not know", name, spec.Path.Value)
			}
		}
		f := &sourceFile{s, set, file, text, importsOf(file), nil}
		for _, d := range file.Decls {
			for _, found := range f.declarations(d) {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil {
					methods[found.name] = append(methods[found.name], found)
				} else {
					s.declared[found.name] = found
				}
				// What a declaration uses can be told when all are known.
				bodies = append(bodies, func() { f.resolve(d, found) })
			}
		}
		if f.err != nil {
			return nil, f.err
		}
	}
	for _, resolve := range bodies {
		resolve()
	}
	for of, list := range methods { // a type is shown with its methods
		d := s.declared[of]
		if d == nil {
			return nil, fmt.Errorf("%s: a method of no type that the chapter declares", list[0].at)
		}
		for _, m := range list {
			d.text += "\n\n" + m.text
			d.uses, d.imports = append(d.uses, m.uses...), append(d.imports, m.imports...)
		}
	}
	for _, d := range s.declared {
		slices.Sort(d.uses)
		d.uses = slices.DeleteFunc(slices.Compact(d.uses), func(name string) bool { return name == d.name })
	}
	return s, nil
}

// names are all that is declared.
func (s *source) names() []string { return slices.Sorted(maps.Keys(s.declared)) }

type sourceFile struct {
	*source
	set     *token.FileSet
	file    *ast.File
	text    []byte
	imports map[string]string // paths by the names under which they are used
	err     error
}

func importsOf(file *ast.File) map[string]string {
	imports := map[string]string{}
	for _, spec := range file.Imports {
		from, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		imports[packageName(from)] = from
	}
	return imports
}

// packageName is what the package of a path is called: math/rand/v2 is rand.
func packageName(from string) string {
	if version.MatchString(path.Base(from)) {
		from = path.Dir(from)
	}
	return path.Base(from)
}

var version = regexp.MustCompile(`^v\d+$`)

// declarations are what a top-level declaration declares. A group of them is
// shown as a whole, whichever of its names is called for.
func (f *sourceFile) declarations(d ast.Decl) []*declaration {
	at := f.set.Position(d.Pos()).String()
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			return []*declaration{{name: receiver(d), text: f.cut(d.Doc, d), at: at}}
		}
		if !isCell(d) {
			return []*declaration{{name: d.Name.Name, text: f.cut(d.Doc, d), at: at}}
		}
		found := &declaration{name: d.Name.Name, text: f.body(d.Body), cell: true, at: at}
		for line := range strings.Lines(found.text) {
			if strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") {
				f.err = fmt.Errorf("%s: the kernel would take the line %q for a command of its own", at, strings.TrimSpace(line))
			}
		}
		found.figure, found.live, found.again = cells.Draws(d.Doc.Text())
		return []*declaration{found}
	case *ast.GenDecl:
		var group []string
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				group = append(group, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					group = append(group, name.Name)
				}
			}
		}
		var list []*declaration
		for _, name := range group {
			list = append(list, &declaration{name: name, group: group, text: f.cut(d.Doc, d), at: at})
		}
		return list
	}
	return nil
}

func receiver(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	switch index := t.(type) {
	case *ast.IndexExpr:
		t = index.X
	case *ast.IndexListExpr:
		t = index.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// isCell says whether a function is a cell: func(labs.Lab, labs.Show), exported.
func isCell(d *ast.FuncDecl) bool {
	if !d.Name.IsExported() || d.Type.Results != nil || len(d.Type.Params.List) != 2 {
		return false
	}
	for i, want := range []string{"Lab", "Show"} {
		s, ok := d.Type.Params.List[i].Type.(*ast.SelectorExpr)
		if !ok || s.Sel.Name != want {
			return false
		}
	}
	return true
}

// cut is the text of a declaration with its comment.
func (f *sourceFile) cut(doc *ast.CommentGroup, d ast.Node) string {
	from := d.Pos()
	if doc != nil {
		from = doc.Pos()
	}
	return string(f.text[f.set.Position(from).Offset:f.set.Position(d.End()).Offset])
}

// body is what stands between the braces of a function, a tab further to the
// left, but for the lines of strings that go over several.
func (f *sourceFile) body(b *ast.BlockStmt) string {
	from, to := f.set.Position(b.Lbrace).Offset+1, f.set.Position(b.Rbrace).Offset
	text := f.text[from:to]
	inside := map[int]bool{} // offsets of lines that begin within a string
	var s scanner.Scanner
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(text))
	s.Init(file, text, nil, 0)
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			break
		}
		for i, c := range literal {
			if tok == token.STRING && c == '\n' {
				inside[file.Offset(pos)+i+1] = true
			}
		}
	}
	var out strings.Builder
	offset := 0
	for line := range strings.Lines(string(text)) {
		if !inside[offset] {
			out.WriteString(strings.TrimPrefix(line, "\t"))
		} else {
			out.WriteString(line)
		}
		offset += len(line)
	}
	return strings.Trim(out.String(), "\n")
}

// resolve finds what a declaration uses of its chapter and of other packages.
func (f *sourceFile) resolve(d ast.Decl, into *declaration) {
	var node ast.Node = d
	if fn, ok := d.(*ast.FuncDecl); ok && into.cell {
		node = fn.Body // its parameters are the notebook's variables
	}
	uses, imports := map[string]bool{}, map[string]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil && f.imports[x.Name] != "" {
				imports[f.imports[x.Name]] = true
			}
		case *ast.Ident:
			if f.isDeclared(n) {
				uses[n.Name] = true
			}
		}
		return true
	})
	into.uses, into.imports = slices.Collect(maps.Keys(uses)), slices.Sorted(maps.Keys(imports))
}

// isDeclared says whether a name stands for something that the chapter declares
// at its top, and not for a variable, a field, a method or a label.
func (f *sourceFile) isDeclared(id *ast.Ident) bool {
	if f.declared[id.Name] == nil {
		return false
	}
	if id.Obj != nil { // in this file
		return f.file.Scope.Lookup(id.Name) == id.Obj
	}
	return slices.Contains(f.file.Unresolved, id) // in another one
}
