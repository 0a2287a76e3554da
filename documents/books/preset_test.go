package books

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A Registrar knows the policies that package documents ships. Those that withPolicy knows
// are listed by hand: one that was left out there would be added a second time.
func TestWithPolicyKnowsEveryPreset(t *testing.T) {
	files := token.NewFileSet()
	shipped, err := parser.ParseFile(files, "../policy_presets.go", nil, 0)
	require.NoError(t, err)
	var want, got []string
	for _, d := range shipped.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !f.Name.IsExported() || f.Recv != nil || f.Type.Results == nil {
			continue
		}
		if result, ok := f.Type.Results.List[0].Type.(*ast.Ident); ok && result.Name == "Policy" {
			want = append(want, f.Name.Name)
		}
	}
	run, err := parser.ParseFile(files, "run.go", nil, 0)
	require.NoError(t, err)
	ast.Inspect(run, func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncDecl); ok {
			return f.Name.Name == "withPolicy"
		}
		if call, ok := n.(*ast.CallExpr); ok {
			if s, ok := call.Fun.(*ast.SelectorExpr); ok {
				if pkg, ok := s.X.(*ast.Ident); ok && pkg.Name == "documents" && !slices.Contains(got, s.Sel.Name) {
					got = append(got, s.Sel.Name)
				}
			}
		}
		return true
	})
	require.NotEmpty(t, want)
	assert.ElementsMatch(t, want, got)
}
