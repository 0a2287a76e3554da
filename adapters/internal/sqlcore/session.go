package sqlcore

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// querier is what *sql.Conn and *sql.Tx have in common.
//
// *sql.DB is not among them, on purpose: on a pool, two statements could run
// on two connections, one of them outside the transaction.
type querier interface {
	PrepareContext(context.Context, string) (*sql.Stmt, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

// Session is one connection, or one transaction of the caller's, with the
// statements prepared on it. It serves one goroutine at a time.
//
// Statements are kept as long as the connection: to prepare one costs SQLite
// more than a lookup by key does.
//
// With a Remote dialect the driver keeps them, since one transaction of a
// caller's would otherwise prepare and forget them all.
type Session struct {
	q       querier
	d       *Dialect
	conn    *sql.Conn // to be closed with the session; nil for a transaction
	stmts   map[string]*sql.Stmt
	texts   map[string]string // statements after Rebind
	inserts map[insertKey]string
	cursors map[string]bool // that are open
	begun   int             // transactions that were begun
	writes  []Write         // kept back until sent
	ctx     context.Context // of the view that uses it, nil if none
	broken  error           // the first statement that failed since then
}

// NewSession returns a session on a connection or transaction.
func NewSession(q querier, d *Dialect) *Session {
	return &Session{q: q, d: d, stmts: map[string]*sql.Stmt{}, texts: map[string]string{}, inserts: map[insertKey]string{}, cursors: map[string]bool{}}
}

// Connect returns a session on a connection of its own, which ends with it.
func Connect(ctx context.Context, db *sql.DB, d *Dialect) (*Session, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, d.Fail("connect", err)
	}
	s := NewSession(conn, d)
	s.conn = conn
	return s, nil
}

// fail notes that a statement failed: some databases do nothing more in its
// transaction, and answer a COMMIT by undoing it in silence.
func (s *Session) fail(op string, err error) error {
	if s.ctx != nil && s.ctx.Err() != nil {
		err = s.ctx.Err() // the statement was given up for it
	} else {
		err = s.d.Fail(op, err)
	}
	if s.broken == nil {
		s.broken = err
	}
	return err
}

// maxTexts bounds what a session remembers: a query that lists its arguments
// has another text for each number of them.
const maxTexts = 512

// begin opens a transaction. What went wrong in the one before is over.
func (s *Session) begin(query string) error {
	s.begun++
	s.writes = nil
	s.broken = nil
	clear(s.cursors)
	return s.Exec("begin", query)
}

// text is a statement as the database reads it.
func (s *Session) text(query string) string {
	if s.d.Rebind == nil {
		return query
	}
	text, ok := s.texts[query]
	if !ok {
		if len(s.texts) == maxTexts {
			clear(s.texts)
		}
		text = s.d.Rebind(query)
		s.texts[query] = text
	}
	return text
}

// Every statement runs under a context that cannot end: the driver starts a
// goroutine per statement for one that can, which costs more than the
// statement. A caller's context is looked at between statements instead. Only
// the views of a Remote dialect run under the caller's: they may meet a lock or
// a dead cable, and nothing else bounds their wait.
var background = context.Background()

// bound is the context of one statement.
func (s *Session) bound() (context.Context, context.CancelFunc) {
	ctx := background
	if s.ctx != nil {
		ctx = s.ctx
	}
	if s.d.Timeout == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, s.d.Timeout)
}

// prepare keys statements by the text before Rebind, which is the one at hand.
func (s *Session) prepare(query string) (*sql.Stmt, error) {
	if st := s.stmts[query]; st != nil {
		return st, nil
	}
	st, err := s.q.PrepareContext(background, s.text(query))
	if err != nil {
		return nil, err
	}
	s.stmts[query] = st
	return st, nil
}

// exec runs a statement and returns how many rows it touched.
func (s *Session) exec(op, query string, args ...any) (int64, error) {
	var res sql.Result
	var err error
	if s.d.Remote {
		ctx, cancel := s.bound()
		defer cancel()
		res, err = s.q.ExecContext(ctx, s.text(query), args...)
	} else {
		var st *sql.Stmt
		if st, err = s.prepare(query); err == nil {
			res, err = st.ExecContext(background, args...)
		}
	}
	if err != nil {
		return 0, s.fail(op, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, s.fail(op, err)
	}
	return n, nil
}

// write runs a statement that writes, or keeps it back until [Session.send].
func (s *Session) write(w Write) error {
	if s.d.Send != nil && s.conn != nil {
		w.Query = s.text(w.Query)
		s.writes = append(s.writes, w)
		return nil
	}
	n, err := s.exec(w.op, w.Query, w.Args...)
	if err != nil {
		return err
	}
	return w.touched(n)
}

// touched refuses a statement that changed another number of rows than one:
// the row has changed since it was read, which only a transaction that began
// without the write lock can see.
func (w *Write) touched(n int64) error {
	if w.one && n != 1 {
		return fmt.Errorf("%s: %d rows written instead of 1: %w", w.op, n, vanphong.ErrConflict)
	}
	return nil
}

// journey is how many statements travel together. Each journey has the bound of
// a statement, and an import of thousands of rows takes many.
const journey = 64

// send runs what was kept back.
func (s *Session) send() error {
	writes := s.writes
	s.writes = nil
	for some := range slices.Chunk(writes, journey) {
		if err := s.sendSome(some); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) sendSome(writes []Write) error {
	ctx, cancel := s.bound()
	defer cancel()
	touched, err := s.d.Send(ctx, s.conn, writes)
	for i, n := range touched {
		if err := writes[i].touched(n); err != nil {
			return err
		}
	}
	if err != nil {
		return s.fail(writes[min(len(touched), len(writes)-1)].op, err)
	}
	return nil
}

// row scans the first row of a query into dest and reports whether there was
// one. It reads it whole before it returns, so that the prepared statement is
// free again.
//
// Scan of a sql.Row closes the rows.
func (s *Session) row(op, query string, args []any, dest ...any) (bool, error) {
	if !storable(args...) {
		return false, nil
	}
	var row *sql.Row
	if s.d.Remote {
		ctx, cancel := s.bound()
		defer cancel()
		row = s.q.QueryRowContext(ctx, s.text(query), args...)
	} else {
		st, err := s.prepare(query)
		if err != nil {
			return false, s.fail(op, err)
		}
		row = st.QueryRowContext(background, args...)
	}
	err := row.Scan(dest...)
	if err == sql.ErrNoRows {
		return false, nil
	}
	if err != nil {
		return false, s.fail(op, err)
	}
	return true, nil
}

// Exec runs a plain statement outside any prepared one: BEGIN, COMMIT, PRAGMA.
// With a Remote dialect it may be several.
//
// They run once a transaction and have nothing to bind, so preparing would
// gain nothing.
func (s *Session) Exec(op, query string) error {
	ctx, cancel := s.bound()
	defer cancel()
	if _, err := s.q.ExecContext(ctx, query); err != nil {
		return s.fail(op, err)
	}
	return nil
}

// Close lets go of the prepared statements.
func (s *Session) Close() {
	for _, st := range s.stmts {
		_ = st.Close()
	}
	clear(s.stmts)
	if s.conn != nil {
		_ = s.conn.Close()
	}
}

// storable reports whether no text among args is one that a database cannot hold:
// with a NUL, or not UTF-8. What is asked for by such a text is not there. Some
// databases would say so with an error, which quotes what was asked, and others
// would not.
func storable(args ...any) bool {
	for _, a := range args {
		if s, ok := a.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return false
		}
	}
	return true
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
