package vanphong_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const modulePath = "github.com/vanphong-go/vanphong"

// rank is the order of the packages: each may import those before it, never
// one after it. What stands below a package (its exam, its internal parts)
// has its rank.
var rank = map[string]int{
	"":                  0,
	"calendar":          1,
	"documents":         2,
	"meetings":          3,
	"meetings/followup": 4,
	"reporting":         5,
	"examples":          9, // may import all, nobody imports them
}

// home returns the ranked package that a folder belongs to.
func home(folder string) string {
	for folder != "." && folder != "" {
		if _, ok := rank[folder]; ok {
			return folder
		}
		folder = path.Dir(folder)
	}
	return ""
}

type sourceFile struct {
	name    string // slash-separated, from the root of the repository
	folder  string // "" for the root
	module  string // folder of the module it belongs to, "" for the root module
	imports []string
}

// sources returns every Go file of the repository with its imports.
func sources(t *testing.T) []sourceFile {
	t.Helper()
	var out []sourceFile
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(name), nil, parser.ImportsOnly)
		require.NoError(t, err, name)
		s := sourceFile{name: name, folder: strings.TrimPrefix(path.Dir(name), ".")}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, err := os.Stat(filepath.Join(filepath.FromSlash(dir), "go.mod")); err == nil {
				s.module = dir
				break
			}
		}
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			require.NoError(t, err)
			s.imports = append(s.imports, p)
		}
		out = append(out, s)
	})
	require.Greater(t, len(out), 15, "the walk found the repository")
	return out
}

// walk calls visit with every file of the repository that git would keep.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == ".git" {
			return filepath.SkipDir
		}
		if !d.IsDir() {
			visit(filepath.ToSlash(name))
		}
		return nil
	})
	require.NoError(t, err)
}

// Test files and internal packages are held to the order too.
func TestImportsRunOneWay(t *testing.T) {
	for _, f := range sources(t) {
		if f.module != "" {
			continue
		}
		for _, i := range f.imports {
			if i != modulePath && !strings.HasPrefix(i, modulePath+"/") {
				continue
			}
			target := strings.TrimPrefix(strings.TrimPrefix(i, modulePath), "/")
			mine, theirs := home(f.folder), home(target)
			if mine == theirs {
				continue
			}
			assert.Less(t, rank[theirs], rank[mine], "%s imports %s", f.name, i)
			if theirs != "" { // the internal parts of the root are there for all
				assert.NotContains(t, target, "internal/", "%s imports internal parts of %s", f.name, theirs)
			}
		}
	}
}

// The root module imports the standard library, uuid and date, its tests
// testify too; the published exams do not, since programs import them.
func TestRootModuleImports(t *testing.T) {
	allowed := map[string]bool{"github.com/google/uuid": true, "github.com/rickb777/date/v2": true}
	for _, f := range sources(t) {
		if f.module != "" {
			continue
		}
		test := strings.HasSuffix(f.name, "_test.go")
		for _, i := range f.imports {
			first, _, _ := strings.Cut(i, "/")
			switch {
			case !strings.Contains(first, "."), i == modulePath, strings.HasPrefix(i, modulePath+"/"), allowed[i]:
			case test && strings.HasPrefix(i, "github.com/stretchr/testify/"):
			default:
				t.Errorf("%s imports %s", f.name, i)
			}
		}
	}
}

// go.mod asks for the three modules at exact versions and for nothing else.
func TestRootModuleRequires(t *testing.T) {
	data, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	var direct []string
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(f) == 2 && strings.Contains(f[0], ".") && strings.HasPrefix(f[1], "v") {
			direct = append(direct, f[0])
		}
		assert.NotContains(t, line, "replace", "importers would ignore it")
	}
	assert.ElementsMatch(t, []string{
		"github.com/google/uuid", "github.com/rickb777/date/v2", "github.com/stretchr/testify",
	}, direct)
}

// Text in sources is NFC: a decomposed letter looks the same and compares
// differently. Tests that need one write it as an escape. A file that nobody
// can hold in the head is two files.
func TestSourcesAreNFCAndShort(t *testing.T) {
	walk(t, func(name string) {
		switch path.Ext(name) {
		case ".go", ".md", ".csv", ".sql", ".txt", ".json":
		default:
			return
		}
		if strings.Contains(name, "testdata/fuzz/") {
			return
		}
		data, err := os.ReadFile(filepath.FromSlash(name))
		require.NoError(t, err)
		assert.True(t, utf8.Valid(data) || strings.Contains(name, "testdata/"), "%s is UTF-8", name)
		if !strings.Contains(name, "testdata/") {
			for n, line := range strings.Split(string(data), "\n") {
				if i := strings.IndexFunc(line, func(r rune) bool { return r >= 0x300 && r <= 0x36F }); i >= 0 {
					t.Errorf("%s:%d holds a combining mark", name, n+1)
				}
			}
		}
		if path.Ext(name) == ".go" && !strings.HasSuffix(name, "_gen.go") {
			assert.LessOrEqual(t, strings.Count(string(data), "\n"), 600, "%s is too long", name)
		}
	})
}
