package vanphong_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The glossary of doc.go names things that exist: the English half of each
// line is looked up in the code.
func TestGlossaryNamesTheCode(t *testing.T) {
	data, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	_, glossary, ok := strings.Cut(string(data), "# Glossary")
	require.True(t, ok)
	code := exported(t)
	name := regexp.MustCompile(`(?:([a-z]+)\.)?(\.?[A-Z]\w*(?:\.[A-Z]\w*)?)`)
	lines, owner := 0, ""
	for line := range strings.Lines(glossary) {
		line = strings.TrimPrefix(line, "//\t")
		cells := regexp.MustCompile(`\s{2,}`).Split(strings.TrimSpace(line), 2)
		if len(cells) != 2 {
			continue
		}
		lines++
		for _, m := range name.FindAllStringSubmatch(cells[1], -1) {
			full := m[2]
			pkg := m[1]
			if pkg == "" {
				pkg = "vanphong"
			}
			if strings.HasPrefix(full, ".") { // ".Reserve": of the type named before
				full = owner + full
			} else {
				full = pkg + "." + full
				owner = strings.Join(strings.Split(full, ".")[:2], ".")
			}
			assert.True(t, code[full], "%s: %s is not in the code", cells[0], full)
		}
	}
	assert.Greater(t, lines, 12)
}

// exported returns the exported names of the module: package.Name,
// package.Type.Method and package.Type.Field.
func exported(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, dir := range []string{".", "calendar", "documents", "documents/books", "documents/dispatch", "documents/incoming", "meetings", "meetings/followup", "reporting"} {
		files, err := filepath.Glob(filepath.Join(filepath.FromSlash(dir), "*.go"))
		require.NoError(t, err)
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			for _, d := range f.Decls {
				declared(f.Name.Name, d, out)
			}
		}
	}
	return out
}

func declared(pkg string, d ast.Decl, out map[string]bool) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		owner := ""
		if d.Recv != nil {
			typ := d.Recv.List[0].Type
			if star, ok := typ.(*ast.StarExpr); ok {
				typ = star.X
			}
			if id, ok := typ.(*ast.Ident); ok {
				owner = "." + id.Name
			}
		}
		out[pkg+owner+"."+d.Name.Name] = true
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					out[pkg+"."+n.Name] = true
				}
			case *ast.TypeSpec:
				out[pkg+"."+spec.Name.Name] = true
				if st, ok := spec.Type.(*ast.StructType); ok {
					for _, field := range st.Fields.List {
						for _, n := range field.Names {
							out[pkg+"."+spec.Name.Name+"."+n.Name] = true
						}
					}
				}
			}
		}
	}
}
