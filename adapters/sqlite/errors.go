package sqlite

import (
	"errors"
	"fmt"
	"strings"

	sqlite3 "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/vanphong-go/vanphong"
)

// What is wrong with a database file, for errors.Is. Each comes in an
// [*Error].
var (
	// ErrNotDatabase is for a file that is not an SQLite database. It is left
	// as it was.
	ErrNotDatabase = errors.New("not a database")
	// ErrForeign is for a database that another program made. It is left as it
	// was.
	ErrForeign = errors.New("database of another program")
	// ErrSchema is for tables that are not as this version expects: made by a
	// newer version, not migrated yet, or changed by hand.
	ErrSchema = errors.New("unexpected schema")
	// ErrCorrupt is for a database file that is damaged.
	ErrCorrupt = errors.New("damaged database")
	// ErrReadOnly is for a file, folder or store that cannot be written.
	ErrReadOnly = errors.New("read-only database")
	// ErrBusy is for a lock that another process held for longer than
	// [Options].Patience, or for a read that found 64 others running for so
	// long. Nothing was stored; asking again is safe.
	ErrBusy = errors.New("database is busy")
	// ErrFull is for a disk that is full. Nothing was stored.
	ErrFull = errors.New("disk is full")
)

// Error is an error of a database file. It says what was being done, what is
// wrong and what to do about it.
//
// Kind says what sort of trouble it is, for a program; Hint says what to do,
// for whoever runs the office's machine and reads the log.
type Error struct {
	Path string // the file; empty inside a caller's transaction
	Op   string // "open", "commit" …
	Kind error  // one of the errors above, nil if SQLite gave none of them
	Hint string // what to do
	Err  error  // what the driver or the system said, if anything
}

// Error tells everything there is to tell.
func (e *Error) Error() string {
	msg := e.Op
	if e.Path != "" {
		msg = fmt.Sprintf("%s %q", e.Op, e.Path)
	}
	if e.Kind != nil {
		msg += ": " + e.Kind.Error()
	}
	if e.Err != nil {
		msg += ": " + e.Err.Error()
	}
	if e.Hint != "" {
		msg += ": " + e.Hint
	}
	return msg
}

// Unwrap returns the kind, the error below, and the sentinel of the root
// package that fits.
func (e *Error) Unwrap() []error {
	out := []error{sentinels[e.Kind]}
	if out[0] == nil {
		out = out[:0]
	}
	for _, err := range []error{e.Kind, e.Err} {
		if err != nil {
			out = append(out, err)
		}
	}
	return out
}

// What the machine is to blame for has no sentinel: nobody asked wrongly.
var sentinels = map[error]error{
	ErrNotDatabase: vanphong.ErrInvalid,
	ErrForeign:     vanphong.ErrInvalid,
	ErrSchema:      vanphong.ErrInvalid,
	ErrCorrupt:     vanphong.ErrInvalid,
	ErrReadOnly:    vanphong.ErrState,
}

// advice is what SQLite's primary result codes mean to a caller.
//
// The hints are written for the reader of a log: what to do, and whether
// anything was stored. SQLite's own text stands beside them, in Err.
var advice = map[int]struct {
	kind error
	hint string
}{
	lib.SQLITE_NOTADB:   {ErrNotDatabase, "name the office's database file; this one was left as it was"},
	lib.SQLITE_CORRUPT:  {ErrCorrupt, "keep a copy of the file and restore the last backup"},
	lib.SQLITE_READONLY: {ErrReadOnly, "give the program write permission for the file and its folder, or open it with Options.ReadOnly"},
	lib.SQLITE_PERM:     {ErrReadOnly, "give the program write permission for the file and its folder"},
	lib.SQLITE_BUSY:     {ErrBusy, "another process holds the lock: try again"},
	lib.SQLITE_LOCKED:   {ErrBusy, "another transaction holds the lock: try again"},
	lib.SQLITE_FULL:     {ErrFull, "free space on the disk and try again; nothing was stored"},
	lib.SQLITE_CANTOPEN: {nil, "check that the folder exists and that the program may write in it"},
	lib.SQLITE_IOERR:    {nil, "check the disk; nothing of this transaction was stored"},
	lib.SQLITE_CONSTRAINT: {nil, "the tables were changed by something other than the store, or the caller's transaction " +
		"did not begin with the write lock (BEGIN IMMEDIATE)"},
}

// code returns SQLite's primary result code of an error, 0 if it has none.
func code(err error) int {
	var e *sqlite3.Error
	if errors.As(err, &e) {
		// The upper bits say more exactly what failed; nothing is done
		// differently for it.
		return e.Code() & 0xff
	}
	return 0
}

// fail makes an [*Error] of an error of the driver. One that says already
// what it means stays as it is.
func fail(path, op string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, vanphong.ErrInvalid) {
		return err
	}
	a := advice[code(err)]
	// SQLite has no code for these two, only SQLITE_ERROR and words.
	if msg := err.Error(); strings.Contains(msg, "no such table: vp_") || strings.Contains(msg, "no such column") {
		a.kind, a.hint = ErrSchema, "the tables are missing or of another version: run Migrate"
	}
	return &Error{Path: path, Op: op, Kind: a.kind, Hint: a.hint, Err: err}
}
