package sqlcore

import (
	"context"
	"database/sql"
	"iter"
	"strings"
	"time"
)

// Dialect is what differs between databases in the SQL of this package. SQL is
// written with ? for arguments.
type Dialect struct {
	// Begin opens a transaction that will write, and takes the lock that keeps
	// other writers out until it ends.
	Begin string
	// Rebind turns the ? of a statement into the database's own placeholders;
	// nil leaves them.
	Rebind func(string) string
	// Fail turns an error of the driver into the adapter's typed error; op says
	// what was being done.
	Fail func(op string, err error) error
	// Busy reports whether an error says that somebody else holds the lock, so
	// that the same may work a moment later.
	Busy func(error) bool
}

// querier is what *sql.Conn and *sql.Tx have in common.
//
// *sql.DB is not among them, on purpose: on a pool, two statements could run
// on two connections, one of them outside the transaction.
type querier interface {
	PrepareContext(context.Context, string) (*sql.Stmt, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

// Session is one connection, or one transaction of the caller's, with the
// statements prepared on it. It serves one goroutine at a time.
//
// Statements are kept as long as the connection: to prepare one costs SQLite
// more than a lookup by key does.
type Session struct {
	q       querier
	d       *Dialect
	stmts   map[string]*sql.Stmt
	inserts map[insertKey]string
}

// NewSession returns a session on a connection or transaction.
func NewSession(q querier, d *Dialect) *Session {
	return &Session{q: q, d: d, stmts: map[string]*sql.Stmt{}, inserts: map[insertKey]string{}}
}

// Every statement runs under a context that cannot end: the driver starts a
// goroutine per statement for one that can, which costs more than the
// statement. A caller's context is looked at between statements instead.
var background = context.Background()

// prepare keys statements by the text before Rebind, which is the one at hand.
func (s *Session) prepare(query string) (*sql.Stmt, error) {
	if st := s.stmts[query]; st != nil {
		return st, nil
	}
	text := query
	if s.d.Rebind != nil {
		text = s.d.Rebind(text)
	}
	st, err := s.q.PrepareContext(background, text)
	if err != nil {
		return nil, err
	}
	s.stmts[query] = st
	return st, nil
}

// exec runs a statement and returns how many rows it touched.
func (s *Session) exec(op, query string, args ...any) (int64, error) {
	st, err := s.prepare(query)
	if err != nil {
		return 0, s.d.Fail(op, err)
	}
	res, err := st.ExecContext(background, args...)
	if err != nil {
		return 0, s.d.Fail(op, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, s.d.Fail(op, err)
	}
	return n, nil
}

// row scans the first row of a query into dest and reports whether there was
// one. It reads it whole before it returns, so that the prepared statement is
// free again.
//
// Scan of a sql.Row closes the rows.
func (s *Session) row(op, query string, args []any, dest ...any) (bool, error) {
	st, err := s.prepare(query)
	if err != nil {
		return false, s.d.Fail(op, err)
	}
	err = st.QueryRowContext(background, args...).Scan(dest...)
	if err == sql.ErrNoRows {
		return false, nil
	}
	if err != nil {
		return false, s.d.Fail(op, err)
	}
	return true, nil
}

// rows walks the rows of a query. It prepares the statement afresh, for a walk
// may be going on while another of the same statement begins.
//
// That is no rare case: whoever lists meetings looks something up in the loop
// body, often with the same text.
func (s *Session) rows(op, query string, args []any, scan func(*sql.Rows) error) iter.Seq[error] {
	return func(yield func(error) bool) {
		text := query
		if s.d.Rebind != nil {
			text = s.d.Rebind(text)
		}
		rows, err := s.q.QueryContext(background, text, args...)
		if err != nil {
			yield(s.d.Fail(op, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			if err := scan(rows); err != nil {
				yield(s.d.Fail(op, err))
				return
			}
			if !yield(nil) {
				return
			}
		}
		// Next also stops at an error; without this a listing cut short would
		// look complete.
		if err := rows.Err(); err != nil {
			yield(s.d.Fail(op, err))
		}
	}
}

// list walks the rows of a query as values.
func list[T any](s *Session, op, query string, args []any, scan func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		// The value travels beside the sequence, which carries errors only.
		var v T
		get := func(r *sql.Rows) (err error) { v, err = scan(r); return err }
		for err := range s.rows(op, query, args, get) {
			if err != nil {
				var zero T
				yield(zero, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Exec runs a plain statement outside any prepared one: BEGIN, COMMIT, PRAGMA.
//
// They run once a transaction and have nothing to bind, so preparing would
// gain nothing.
func (s *Session) Exec(op, query string) error {
	if _, err := s.q.ExecContext(background, query); err != nil {
		return s.d.Fail(op, err)
	}
	return nil
}

// Close lets go of the prepared statements.
func (s *Session) Close() {
	for _, st := range s.stmts {
		_ = st.Close()
	}
	clear(s.stmts)
}

// instant writes t so that it reads back as the same instant in the same
// zone offset; the hashes of a ledger are over the instant as it was given.
//
// So there is no normalising to UTC: 08:00+07:00 and 01:00Z are one instant,
// but two texts and two hashes.
func instant(t time.Time) string { return t.Format(time.RFC3339Nano) }

// readInstant gives an offset without a zone's name; so records are compared by
// instant and text, never with ==.
func readInstant(s string) (time.Time, error) { return time.Parse(time.RFC3339Nano, s) }

// null is the SQL value of a text that may be empty: NULL. The SQL of this
// package never asks a database to tell ” from NULL, since some cannot.
func null[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// insert returns an INSERT of n rows: head followed by "(?,?,…),(?,?,…)…". The
// same text is handed out again, for it is the key of a prepared statement.
func (s *Session) insert(head string, n, columns int) string {
	k := insertKey{head, n}
	if text := s.inserts[k]; text != "" {
		return text
	}
	one := "(" + strings.Repeat("?,", columns-1) + "?)"
	text := head + strings.Repeat(one+",", n-1) + one
	s.inserts[k] = text
	return text
}

type insertKey struct {
	head string
	rows int
}
