package sqlcore

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Migration is one version of the schema.
//
// A migration is known by its content: Digest is what tells an edited one from
// the one this program would run. So a file that was released is never
// changed, not even in a comment; a new one follows it.
type Migration struct {
	Version int
	Name    string
	SQL     string
	Digest  string
}

// Migrations reads the files of a folder, 0001_….sql and so on.
func Migrations(folder fs.FS) ([]Migration, error) {
	names, err := fs.Glob(folder, "*.sql")
	if err != nil {
		return nil, err
	}
	// Sorted by name is sorted by version, thanks to the digits in front.
	slices.Sort(names)
	out := make([]Migration, len(names))
	for i, name := range names {
		b, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b)
		out[i] = Migration{i + 1, name, string(b), hex.EncodeToString(sum[:])}
	}
	return out, nil
}

// ByHand says how to note migrations that an administrator ran from the files: the
// list of versions is all that such a database lacks. What the files made is
// compared afterwards, so that a row for one that did not run is found.
func ByHand(all []Migration) string {
	rows := make([]string, len(all))
	for i, m := range all {
		rows[i] = fmt.Sprintf("(%d, '%s', '%s')", m.Version, m.Name, m.Digest)
	}
	return "if the files of Migrations were run by hand, note them: INSERT INTO vp_schema (version, name, digest) VALUES " + strings.Join(rows, ", ")
}

// CheckApplied compares the n-th row of vp_schema, counted from 0, with the
// migrations of this program. It returns what is wrong and what to do, or "".
func CheckApplied(all []Migration, n, version int, name, digest string) string {
	switch {
	// Asked first: a newer program may also have changed what this one would
	// call a digest, and "update the program" is the advice that helps.
	case version > len(all):
		return fmt.Sprintf("made by a newer version of this program (schema %d %s, this program knows up to %d): update the program", version, name, len(all))
	case version != n+1:
		return fmt.Sprintf("schema version %d is missing in vp_schema: restore the last backup", n+1)
	case all[n].Name != name || all[n].Digest != digest:
		return fmt.Sprintf("schema version %d is %s with digest %.12s, want %s with %.12s: it was made by another program version or edited", version, name, digest, all[n].Name, all[n].Digest)
	}
	return ""
}

// Difference says what the tables of a database have too little or too much
// of, "" if nothing. Both are tables with their columns and indexes. More
// indexes than expected are an administrator's business.
//
// A missing index is reported: uniqueness of numbers and of versions rests on
// them.
func Difference(want, have map[string][]string) string {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if have[name] == nil {
			return name + ": it is missing"
		}
		for _, w := range want[name] {
			if !slices.Contains(have[name], w) {
				return name + ": " + w + " is missing or different"
			}
		}
		for _, h := range have[name] {
			if strings.HasPrefix(h, "column ") && !slices.Contains(want[name], h) {
				return name + ": " + h + " is not expected"
			}
		}
	}
	return ""
}
