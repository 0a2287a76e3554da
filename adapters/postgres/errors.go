package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"os"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
)

// What is wrong with a database, for errors.Is. Each comes in an [*Error].
var (
	// ErrSchema is for tables that are not as this version expects: not there,
	// made by a newer version, not migrated yet, or changed by hand.
	ErrSchema = errors.New("unexpected schema")
	// ErrReadOnly is for a server or role that may only read.
	ErrReadOnly = errors.New("read-only database")
	// ErrDenied is for a role that lacks a right, or a password that is wrong.
	ErrDenied = errors.New("permission denied")
	// ErrBusy is for a lock that somebody else held for longer than
	// [Options].Patience, or for a read that found all of [Options].Readers
	// taken for so long. Nothing was stored; asking again is safe.
	ErrBusy = errors.New("database is busy")
	// ErrTimeout is for a statement that took longer than
	// [Options].StatementTimeout. Nothing was stored.
	ErrTimeout = errors.New("statement took too long")
	// ErrRepeat is for a caller's transaction that the server undid for the
	// sake of another one: roll it back and run it again.
	ErrRepeat = errors.New("transaction must be repeated")
	// ErrAborted is for a caller's transaction in which a statement failed, the
	// caller's own or another's: the server does nothing more in it. Roll it back.
	ErrAborted = errors.New("transaction is aborted")
	// ErrFull is for a disk that is full. Nothing was stored.
	ErrFull = errors.New("disk is full")
	// ErrUnreachable is for a server that cannot be reached. Nothing was stored.
	ErrUnreachable = errors.New("database cannot be reached")
	// ErrUnknown is for a connection that was cut while a transaction was being
	// committed, to a server that could not be asked afterwards. It may be
	// stored or not: ask again with the same ID, and nothing happens twice.
	ErrUnknown = errors.New("outcome is not known")
	// ErrCorrupt is for a database that is damaged.
	ErrCorrupt = errors.New("damaged database")
)

// Error is an error of a database. It says what was being done, what is wrong
// and what to do about it.
//
// Kind says what sort of trouble it is, for a program; Hint says what to do,
// for whoever runs the office's server and reads the log. What the server said
// of rows stays in Err and is not printed: it may quote what they hold.
type Error struct {
	Op   string // "open", "commit" …
	Kind error  // one of the errors above, nil if none fits
	Code string // SQLSTATE, "" if the server gave none
	Hint string // what to do
	Err  error  // what the driver or the system said, if anything

	verdict sqlcore.Verdict
}

// Error tells everything there is to tell.
func (e *Error) Error() string {
	msg := e.Op
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
	var out []error
	for _, err := range []error{sentinels[e.Kind], e.Kind, e.Err} {
		if err != nil {
			out = append(out, err)
		}
	}
	return out
}

// What the machine is to blame for has no sentinel: nobody asked wrongly.
var sentinels = map[error]error{
	ErrSchema:   vanphong.ErrInvalid,
	ErrCorrupt:  vanphong.ErrInvalid,
	ErrReadOnly: vanphong.ErrState,
	ErrAborted:  vanphong.ErrState,
}

// advice is what one or all SQLSTATEs of a class mean to a caller.
type advice struct {
	kind    error
	verdict sqlcore.Verdict
	hint    string
}

const unreachable = "nothing was stored: see that the server runs and can be reached from here, and try again"

// By SQLSTATE, then by its class, the first two characters.
var byCode = map[string]advice{
	"55P03": {ErrBusy, sqlcore.Busy, "another transaction holds the lock: end it, or try again; nothing was stored"},
	"40001": {ErrRepeat, sqlcore.Repeat, "roll the transaction back and run it again; nothing was stored"},
	"40P01": {ErrRepeat, sqlcore.Repeat, "two transactions waited for each other: roll back and run again; those that lock several organisations must take them in one order"},
	"57014": {ErrTimeout, sqlcore.Final, "nothing was stored: find out what holds the server up, or raise Options.StatementTimeout"},
	"53100": {ErrFull, sqlcore.Final, "free space on the server's disk and try again; nothing was stored"},
	"53300": {ErrUnreachable, sqlcore.Lost, "the server has no connection left: raise max_connections or lower Options.Writers and Readers"},
	"25006": {ErrReadOnly, sqlcore.Final, "connect to the server that writes (target_session_attrs=read-write)"},
	"42501": {ErrDenied, sqlcore.Final, "grant the role SELECT, INSERT, UPDATE and DELETE on the tables vp_…, and USAGE on their schema"},
	"28000": {ErrDenied, sqlcore.Final, "check the role and pg_hba.conf"},
	"28P01": {ErrDenied, sqlcore.Final, "check the role's password"},
	"3D000": {nil, sqlcore.Final, "create the database first, with ENCODING 'UTF8'"},
	"42P01": {ErrSchema, sqlcore.Final, "the tables are missing, or search_path does not lead to them: run Migrate"},
	"42703": {ErrSchema, sqlcore.Final, "the tables are of another version: run Migrate"},
	"42P07": {ErrSchema, sqlcore.Final, "the table is there already: if the files of Migrations were run by hand, add their rows to vp_schema"},
	"3F000": {ErrSchema, sqlcore.Final, "no schema of the search_path exists, or the role may use none of them: GRANT USAGE ON SCHEMA … TO the role"},
	"25P02": {ErrAborted, sqlcore.Final, "a statement failed before in the caller's transaction: roll it back, see to that error and run it again"},
	"26000": {ErrUnreachable, sqlcore.Lost, "the pooler in between forgot a statement: use one that keeps them, or sessions"},
	"57P01": {ErrUnreachable, sqlcore.Lost, unreachable},
	"57P02": {ErrUnreachable, sqlcore.Lost, unreachable},
	"57P03": {ErrUnreachable, sqlcore.Lost, unreachable},
	"57P05": {ErrUnreachable, sqlcore.Lost, unreachable},
	"25P03": {ErrUnreachable, sqlcore.Lost, unreachable},
	"XX001": {ErrCorrupt, sqlcore.Final, "keep a copy of the cluster and restore the last backup"},
	"XX002": {ErrCorrupt, sqlcore.Final, "an index is damaged: keep a copy of the cluster, then REINDEX"},
	"08":    {ErrUnreachable, sqlcore.Lost, unreachable},
	"53":    {nil, sqlcore.Final, "the server lacks a resource; nothing was stored"},
	"58":    {nil, sqlcore.Final, "check the server's disk; nothing was stored"},
	"22":    {vanphong.ErrInvalid, sqlcore.Final, "the database cannot hold this value"},
	"23":    {nil, sqlcore.Final, "the tables were changed by something other than the store, or the caller's transaction began before the lock was held (not READ COMMITTED)"},
}

// code returns the SQLSTATE of an error, "" if it has none. Every driver for
// PostgreSQL tells it by this method.
func code(err error) string {
	var e interface{ SQLState() string }
	if errors.As(err, &e) {
		return e.SQLState()
	}
	return ""
}

// fail makes an [*Error] of an error of the driver. One that says already what
// it means stays as it is.
func fail(op string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, vanphong.ErrInvalid) {
		return err
	}
	c := code(err)
	a, found := byCode[c]
	if !found && len(c) == 5 {
		a = byCode[c[:2]]
	}
	switch {
	case errors.Is(err, sql.ErrTxDone):
		return &Error{Op: op, Hint: "the caller's transaction has ended", Err: errors.Join(err, vanphong.ErrClosed)}
	// A COMMIT without an answer may have been done: see [ErrUnknown].
	case c == "" && (gone(err) || op == "commit"):
		a = advice{ErrUnreachable, sqlcore.Lost, unreachable}
	}
	return &Error{Op: op, Kind: a.kind, Code: c, Hint: a.hint, Err: err, verdict: a.verdict}
}

// gone reports whether an error that the server did not give is of the
// connection.
func gone(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.Is(err, context.DeadlineExceeded) || lost(err)
}

// judge is the dialect's: the verdict was found when the error was made.
func judge(err error) sqlcore.Verdict {
	var e *Error
	if errors.As(err, &e) {
		return e.verdict
	}
	return sqlcore.Final
}

// unknown is the error of a COMMIT whose answer never came.
func unknown(err error) error {
	return &Error{Op: "commit", Kind: ErrUnknown, Code: code(err), Err: err,
		Hint: "the connection was cut and the server could not be asked: ask again with the same ID, nothing happens twice"}
}
