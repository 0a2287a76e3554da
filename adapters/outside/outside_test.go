package outside

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	root    = "../.." // of the repository
	module  = "github.com/vanphong-go/vanphong"
	release = "v0.1.0" // the version that the nested modules require
)

// Importers ignore the replace lines of go.mod: what they get is what the
// require lines say, from a proxy. So the modules are packed into a proxy made
// of files, at the version that will be tagged, and three programs are built
// against it.
func TestOutsideProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the drivers; not with -short")
	}
	proxy := t.TempDir()
	pack(t, proxy, module, root)
	pack(t, proxy, module+"/adapters", filepath.Join(root, "adapters"))

	t.Run("documents", func(t *testing.T) {
		build(t, proxy, []string{module}, `package main

import (
	"fmt"

	"github.com/vanphong-go/vanphong/documents"
)

func main() { fmt.Println(documents.ParseNumber("981-QĐ/TU")) }
`)
	})
	t.Run("adapters/sqlite", func(t *testing.T) {
		build(t, proxy, []string{module, module + "/adapters"}, `package main

import (
	"context"
	"fmt"

	"github.com/vanphong-go/vanphong/adapters/sqlite"
)

func main() { fmt.Println(sqlite.Open(context.Background(), "x.db", nil)) }
`)
	})
	t.Run("adapters/postgres", func(t *testing.T) {
		build(t, proxy, []string{module, module + "/adapters"}, `package main

import (
	"context"
	"fmt"

	"github.com/vanphong-go/vanphong/adapters/postgres"
)

func main() { fmt.Println(postgres.Open(context.Background(), "dbname=vanphong", nil)) }
`)
	})
}

// build makes a program of its own module and builds it from the proxy alone;
// third parties come from the module cache, which has them already.
func build(t *testing.T, proxy string, requires []string, source string) {
	t.Helper()
	dir := t.TempDir()
	mod := "module example.org/outside\n\ngo 1.26.0\n"
	for _, r := range requires {
		mod += fmt.Sprintf("\nrequire %s %s\n", r, release)
	}
	write(t, filepath.Join(dir, "go.mod"), mod)
	write(t, filepath.Join(dir, "main.go"), source)

	cache := strings.TrimSpace(output(t, ".", nil, "go", "env", "GOMODCACHE"))
	sources := "file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(filepath.Join(cache, "cache", "download"))
	env := []string{
		"GOPROXY=" + sources, "GOMODCACHE=" + filepath.Join(t.TempDir(), "mod"),
		"GOFLAGS=-mod=mod -modcacherw", "GOWORK=off", "GONOSUMDB=*", "GONOSUMCHECK=1", "GOSUMDB=off",
	}
	// -trimpath makes the driver's build cacheable between runs.
	output(t, dir, env, "go", "build", "-trimpath", "-o", os.DevNull, ".")
}

// pack writes a module to the proxy as the go command expects to find it.
func pack(t *testing.T, proxy, name, dir string) {
	t.Helper()
	to := filepath.Join(proxy, filepath.FromSlash(name), "@v")
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	gomod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	info, err := json.Marshal(map[string]any{"Version": release, "Time": time.Unix(0, 0).UTC()})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(to, "list"), release+"\n")
	write(t, filepath.Join(to, release+".info"), string(info))
	write(t, filepath.Join(to, release+".mod"), string(gomod))

	f, err := os.Create(filepath.Join(to, release+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, nested := os.Stat(filepath.Join(path, "go.mod"))
			if d.Name() == ".git" || (rel != "." && nested == nil) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || strings.Contains(rel, ".db") {
			return nil
		}
		w, err := z.Create(name + "@" + release + "/" + filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		src, err := os.Open(path)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, src)
		return errors.Join(err, src.Close())
	})
	if err = errors.Join(err, z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func output(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
