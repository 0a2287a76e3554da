package sqlcore

import (
	"context"
	"database/sql"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Dialect is what differs between databases in the SQL of this package. SQL is
// written with ? for arguments; everything else about a database is data here,
// so that a statement stands in one place only.
type Dialect struct {
	// Begin opens a transaction that will write; View opens one that reads one
	// state and nothing later.
	Begin, View string
	// Lock is the statement that keeps other writers of an organisation out
	// until the transaction ends. Nil: Begin keeps out the writers of all.
	Lock func(org vanphong.OrgID) string
	// Rebind turns the ? of a statement into the database's own placeholders;
	// nil leaves them.
	Rebind func(string) string
	// Limit ends a statement that shall give no more rows than its last
	// argument says.
	Limit string
	// Words is the index of words.
	Words WordIndex
	// Unindexed writes a column of vp_entries e such that no index is used for it:
	// neither to look it up nor for its order. What is looked up by which index is
	// counted and not left to the database, which has to guess.
	Unindexed func(column string) string
	// KeyFirst says that of lines to be sorted the key alone is read first.
	KeyFirst bool
	// Chunks are the row counts of the INSERT statements, largest first, the
	// last of them 1.
	Chunks []int
	// Page is how many rows of a walk are fetched at a time, by a cursor of the
	// database, which leaves the connection free between pages. 0: rows come
	// one by one, and other statements may run in between.
	Page int
	// Remote says that each statement is a journey: statements are not prepared
	// in one of their own (the driver keeps them), and what the functions of a
	// batch will look up is fetched together, see [Group].
	Remote bool
	// Timeout is how long the answer to a statement may take before the
	// connection counts as lost. 0: as long as it takes.
	Timeout time.Duration
	// Send runs statements in one journey and returns how many rows each has
	// touched, up to the first that fails. Nil: each goes by itself. What Send
	// gets is text after Rebind.
	Send func(ctx context.Context, conn *sql.Conn, writes []Write) ([]int64, error)
	// Fail turns an error of the driver into the adapter's typed error; op says
	// what was being done.
	Fail func(op string, err error) error
	// Judge says what may follow from an error that Fail returned.
	Judge func(error) Verdict
	// Unknown is the error of a COMMIT whose answer never came; err is why.
	Unknown func(err error) error
}

// Write is a statement that writes.
type Write struct {
	Query string
	Args  []any

	op  string
	one bool // it must change exactly one row
}

// Verdict is what may be done after an error.
type Verdict uint8

// The zero Verdict is an error like any other: it is the caller's to read.
const (
	Final Verdict = iota
	// Busy: somebody else holds a lock. Nothing was done; the same may work a
	// moment later.
	Busy
	// Repeat: the database undid the transaction for the sake of another one;
	// it may be run again at once.
	Repeat
	// Lost: the connection is gone, and with it a transaction that was not
	// being committed.
	Lost
)

// judge is Judge of an adapter that has one.
func (d *Dialect) judge(err error) Verdict {
	if err == nil || d.Judge == nil {
		return Final
	}
	return d.Judge(err)
}

// begin is the text that opens a writing transaction over an organisation's
// records. The two statements travel together.
func (d *Dialect) begin(org vanphong.OrgID) string {
	if d.Lock == nil {
		return d.Begin
	}
	return d.Begin + "; " + d.Lock(org)
}

// share is what a writing transaction locks: the organisation, or, as "",
// everything.
func (d *Dialect) share(org vanphong.OrgID) vanphong.OrgID {
	if d.Lock == nil {
		return ""
	}
	return org
}
