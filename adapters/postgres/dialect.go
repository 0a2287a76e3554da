package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
)

// dialect is what a transaction of the caller's needs: when it begins, and how
// long its statements may take, is the caller's business.
func dialect() *sqlcore.Dialect {
	return &sqlcore.Dialect{
		View:      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		Lock:      lock,
		Rebind:    rebind,
		Limit:     " LIMIT ?",
		Words:     words,
		Unindexed: unindexed,
		// Any number of rows up to 64 takes three statements at most, and each is
		// kept prepared by the server, so that there are not many.
		Chunks:  []int{256, 64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1},
		Page:    500,
		Remote:  true,
		Fail:    fail,
		Judge:   judge,
		Unknown: unknown,
	}
}

// longestWait is how long a transaction stands in the server's queue for a
// lock before it makes way for another organisation's and comes again.
const longestWait = time.Second

// answerTime is how much longer than its own bound a statement may take before
// the server counts as gone: the way there and back.
const answerTime = 10 * time.Second

// writing is the dialect of the store's own transactions that write.
//
// READ COMMITTED is right, and no higher level: the lock comes first, and each
// statement behind it sees all that those wrote who held it before. All
// settings end with the transaction, so that a pooler may stand in between.
//
// A transaction that writes reads by keys alone. A plan that the server made
// and kept while a table was empty would go through all of it, more slowly with
// every number given; hence enable_seqscan.
func writing(opt Options) *sqlcore.Dialect {
	d := dialect()
	wait := max(min(longestWait, opt.Patience), time.Millisecond)
	d.Begin = fmt.Sprintf("BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = %d; SET LOCAL statement_timeout = %d; SET LOCAL enable_seqscan = off; "+
		"SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'",
		wait.Milliseconds(), max(opt.StatementTimeout.Milliseconds(), 1))
	d.Send = send
	d.Timeout = opt.StatementTimeout + answerTime
	return d
}

// lock is the statement that takes the lock of an organisation until the
// transaction ends. Whoever writes into the tables past this package, in
// whatever language, takes it too.
func lock(org vanphong.OrgID) string {
	return "SELECT pg_advisory_xact_lock(" + strconv.FormatInt(LockKey(org), 10) + ")"
}

// LockKey is the key of an organisation's lock: the 64-bit FNV-1a hash of
// "vanphong/" and its id, as a signed number. In pg_locks it stands in two
// halves, classid and objid. That two organisations have one key is next to
// impossible, and would only make them wait for each other.
func LockKey(org vanphong.OrgID) int64 {
	h := fnv.New64a()
	h.Write([]byte("vanphong/" + string(org)))
	return int64(h.Sum64())
}

// rebind numbers the arguments: $1, $2 …
func rebind(query string) string {
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(query, "?") {
		if n > 0 {
			b.WriteString("$" + strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	return b.String()
}

// send runs statements in one journey. The first that fails keeps those behind
// it from being run.
func send(ctx context.Context, conn *sql.Conn, writes []sqlcore.Write) (touched []int64, err error) {
	raw := conn.Raw(func(c any) error {
		batch := &pgx.Batch{}
		for _, w := range writes {
			batch.Queue(w.Query, w.Args...)
		}
		results := c.(*stdlib.Conn).Conn().SendBatch(ctx, batch)
		for range writes {
			tag, failed := results.Exec()
			if err = failed; err != nil {
				break
			}
			touched = append(touched, tag.RowsAffected())
		}
		// Whether the connection is of use is seen by the next statement on it.
		if end := results.Close(); err == nil {
			err = end
		}
		return nil
	})
	return touched, cmp.Or(err, raw)
}

// lost reports what pgx says of a connection that is gone or that it closed.
func lost(err error) bool {
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.Is(err, pgconn.ErrConnClosed) || pgconn.Timeout(err) || pgconn.SafeToRetry(err)
}
