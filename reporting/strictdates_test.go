package reporting_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
	"github.com/vanphong-go/vanphong/reporting"
)

// dated is a value of every exported struct that holds a day, by the name of
// its package and type.
var dated = map[string]any{
	"vanphong.Days":            vanphong.Days{},
	"vanphong.Congress":        vanphong.Congress{},
	"calendar.Deadline":        calendar.Deadline{},
	"calendar.SkippedDay":      calendar.SkippedDay{},
	"calendar.DayInfo":         calendar.DayInfo{},
	"calendar.Holiday":         calendar.Holiday{},
	"calendar.Notice":          calendar.Notice{},
	"calendar.Entry":           calendar.Entry{},
	"calendar.Row":             calendar.Row{},
	"calendar.LunarMonth":      calendar.LunarMonth{},
	"documents.Content":        documents.Content{},
	"documents.Act":            documents.Act{},
	"documents.Series":         documents.Series{},
	"documents.HoldRequest":    documents.HoldRequest{},
	"documents.ReserveRequest": documents.ReserveRequest{},
	"documents.EndRequest":     documents.EndRequest{},
	"dispatch.Addressing":      dispatch.Addressing{},
	"dispatch.Dispatch":        dispatch.Dispatch{},
	"incoming.Answer":          incoming.Answer{},
	"incoming.Instruction":     incoming.Instruction{},
	"incoming.Place":           incoming.Place{},
	"incoming.Receipt":         incoming.Receipt{},
	"incoming.Requirement":     incoming.Requirement{},
	"incoming.Status":          incoming.Status{},
	"incoming.Step":            incoming.Step{},
	"meetings.Meeting":         meetings.Meeting{},
	"meetings.Invitation":      meetings.Invitation{},
	"meetings.Conclusion":      meetings.Conclusion{},
	"followup.Assignment":      followup.Assignment{},
	"followup.Board":           followup.Board{},
	"followup.Line":            followup.Line{},
	"followup.Due":             followup.Due{},
	"followup.Extension":       followup.Extension{},
	"followup.Progress":        followup.Progress{},
	"followup.Status":          followup.Status{},
	"followup.Task":            followup.Task{},
	"followup.Withdrawal":      followup.Withdrawal{},
	"reporting.Fact":           reporting.Fact{},
}

// notJSON are exported structs with a day that are arguments or results of a
// call, never read from outside.
var notJSON = map[string]bool{
	"documents.Drawing":       true,
	"documents.Citation":      true,
	"documents.Node":          true,
	"documents.Stale":         true,
	"books.Arrival":           true,
	"books.Departure":         true,
	"books.Options":           true,
	"dispatch.Position":       true,
	"dispatch.Query":          true,
	"incoming.DuplicateError": true,
	"incoming.Query":          true,
	"incoming.Summary":        true,
}

var dateType = reflect.TypeFor[vanphong.Date]()

// 30 February is refused wherever a day can stand: the date library would read
// it as 2 March. Every field of every struct is tried by itself.
func TestEveryStructRefuses30February(t *testing.T) {
	for name, v := range dated {
		typ := reflect.TypeOf(v)
		n := 0
		for i := range typ.NumField() {
			f := typ.Field(i)
			if f.Type != dateType || !f.IsExported() {
				continue
			}
			n++
			key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if key == "" {
				key = f.Name
			}
			into := reflect.New(typ).Interface()
			err := json.Unmarshal([]byte(`{"`+key+`":"2026-02-30"}`), into)
			require.Error(t, err, "%s.%s took it", name, f.Name)
			assert.ErrorIs(t, err, vanphong.ErrInvalid, "%s.%s", name, f.Name)
			assert.NoError(t, json.Unmarshal([]byte(`{"`+key+`":"2026-02-28"}`), reflect.New(typ).Interface()), "%s.%s: the field is not called %s", name, f.Name, key)
		}
		assert.Positive(t, n, "%s holds no day: it does not belong in the list", name)
	}
}

// The list above is whole, and no exported struct holds the library's date,
// whose JSON is lenient.
func TestEveryStructWithADayIsListed(t *testing.T) {
	var found []string
	root := filepath.Join("..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, nested := os.Stat(filepath.Join(path, "go.mod"))
			if path != root && (nested == nil || d.Name() == "internal" || d.Name() == "examples" || d.Name() == ".git" || strings.HasSuffix(d.Name(), "test")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		found = append(found, datedStructs(t, f)...)
		return nil
	})
	require.NoError(t, err)
	var listed []string
	for name := range dated {
		listed = append(listed, name)
	}
	for name := range notJSON {
		listed = append(listed, name)
	}
	sort.Strings(found)
	sort.Strings(listed)
	assert.Equal(t, found, listed)
}

func datedStructs(t *testing.T, f *ast.File) []string {
	var out []string
	for _, decl := range f.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range gen.Specs {
			typ, ok := spec.(*ast.TypeSpec)
			if !ok || !typ.Name.IsExported() {
				continue
			}
			st, ok := typ.Type.(*ast.StructType)
			if !ok {
				continue
			}
			has := false
			for _, field := range st.Fields.List {
				exported := len(field.Names) > 0 && field.Names[0].IsExported()
				switch x := field.Type.(type) {
				case *ast.Ident:
					has = has || exported && x.Name == "Date" && f.Name.Name == "vanphong"
				case *ast.SelectorExpr:
					pkg, _ := x.X.(*ast.Ident)
					if pkg != nil && x.Sel.Name == "Date" {
						assert.NotEqual(t, "date", pkg.Name, "%s.%s holds the library's date", f.Name.Name, typ.Name.Name)
						has = has || exported && pkg.Name == "vanphong"
					}
				}
			}
			if has {
				out = append(out, f.Name.Name+"."+typ.Name.Name)
			}
		}
	}
	return out
}
