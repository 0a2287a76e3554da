package postgres

import (
	"context"
	"database/sql"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// Ports are the ports of the SDK inside one transaction of the caller's.
//
// It is a small value: make one for each transaction.
type Ports struct{ a sqlcore.Access }

// Within returns the ports inside tx, whose database has our tables (see
// [Migrate]). What they write is stored when the caller commits and gone when
// the caller rolls back; an Update that fails is undone alone and leaves tx
// usable. A context that ends undoes the Update it was given to, not tx.
//
// The first Update of an organisation takes its lock and keeps it until tx
// ends: commit soon, the whole office waits. tx should be READ COMMITTED, the
// server's default; under a stricter level an Update fails with [ErrRepeat] if
// another transaction has committed in between, and tx is to be run again from
// its beginning. So it is after a deadlock: whoever writes for several
// organisations in one transaction takes them in one order. A wait for the
// lock ends as the caller's lock_timeout says, with [ErrBusy]. If the
// connection is cut while the caller commits, only the caller can find out how
// it ended: by asking for the same ID again.
//
// A View sees one state if tx does (REPEATABLE READ); under READ COMMITTED what
// others commit shows between two of its reads.
//
// Like tx, the ports serve one goroutine at a time; inside an Update or View,
// use only the reader it hands out. Any driver for database/sql will do whose
// errors tell their SQLSTATE; a program that works with a pool of pgx begins the
// transaction by way of stdlib.OpenDBFromPool.
func Within(tx *sql.Tx) *Ports { return &Ports{sqlcore.NewWithin(tx, dialect())} }

// IssueTx gives a document its number inside a transaction of the caller's (cấp
// số): the number and the caller's own rows are stored together or not at all.
// It is [documents.Registrar.Issue] over [Within]; opt may be nil.
//
// Ask for it last: the office waits from here until tx ends.
func IssueTx(ctx context.Context, tx *sql.Tx, org vanphong.OrgID, req documents.IssueRequest, stamp vanphong.Stamp, opt *documents.Options) (documents.Entry, error) {
	return documents.NewRegistrar(Within(tx).Documents(), opt).Issue(ctx, org, req, stamp)
}

// Documents returns the register's port (văn bản đi).
func (p *Ports) Documents() documents.Store { return sqlcore.Documents(p.a) }

// Calendar returns the port of weekly schedules and registrations (lịch công
// tác).
func (p *Ports) Calendar() calendar.Store { return sqlcore.Calendar(p.a) }

// Meetings returns the port of rolls, meetings and conclusions (hội nghị, kết
// luận).
func (p *Ports) Meetings() meetings.Store { return sqlcore.Meetings(p.a) }

// FollowUp returns the port of tasks (theo dõi nhiệm vụ).
func (p *Ports) FollowUp() followup.Store { return sqlcore.FollowUp(p.a) }

// Dispatch returns the port of recipients and deliveries (nơi nhận, phát hành,
// thu hồi).
func (p *Ports) Dispatch() dispatch.Store { return sqlcore.Dispatch(p.a) }

// Incoming returns the port of arrival books and documents that arrive (văn
// bản đến).
func (p *Ports) Incoming() incoming.Store { return sqlcore.Incoming(p.a) }

// Verify is [Store.Verify] as the transaction sees it, which should be
// REPEATABLE READ: what others commit in between would look like damage.
func (p *Ports) Verify(ctx context.Context, org vanphong.OrgID) error {
	return sqlcore.Verify(ctx, p.a, org)
}
