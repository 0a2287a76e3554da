package sqlcore

import (
	"database/sql"
	"fmt"
	"hash/fnv"
	"iter"
)

// list walks the rows of a query as values.
//
// A statement of its own each time, for a walk may be going on while another
// of the same text begins. That is no rare case: whoever lists meetings looks
// something up in the loop body, often with the same text.
func list[T any](s *Session, op, query string, args []any, scan func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if !storable(args...) {
			return
		}
		if s.d.Page > 0 {
			listPages(s, op, query, args, scan, yield)
		} else {
			listRows(s, op, query, args, scan)(yield)
		}
	}
}

// listRows walks the rows as they come. With a dialect that has pages the loop
// body must ask for nothing else, and the rows are to be few.
func listRows[T any](s *Session, op, query string, args []any, scan func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, cancel := s.bound()
		defer cancel()
		rows, err := s.q.QueryContext(ctx, s.text(query), args...)
		if err != nil {
			failed[T](s.fail(op, err))(yield)
			return
		}
		each(s, op, rows, scan, yield)
	}
}

// each reads rows to their end and reports how many it read and whether to go
// on: not after an error, nor when the consumer has left.
func each[T any](s *Session, op string, rows *sql.Rows, scan func(*sql.Rows) (T, error), yield func(T, error) bool) (n int, more bool) {
	defer rows.Close()
	for ; rows.Next(); n++ {
		v, err := scan(rows)
		if err != nil {
			// What is in the row is to blame, not the statement.
			failed[T](s.d.Fail(op, err))(yield)
			return n, false
		}
		if !yield(v, nil) {
			return n, false
		}
	}
	// Next also stops at an error; without this a listing cut short would
	// look complete.
	if err := rows.Err(); err != nil {
		failed[T](s.fail(op, err))(yield)
		return n, false
	}
	return n, true
}

// listPages walks a query by a cursor of the database. A page is read whole
// before its first value goes out, so that the loop body finds the connection
// free; and no more than a page is in memory, however long the walk.
func listPages[T any](s *Session, op, query string, args []any, scan func(*sql.Rows) (T, error), yield func(T, error) bool) {
	// The name holds the query's text, so that a FETCH of one text always gives
	// the same columns and may be kept prepared by the driver; and a number, so
	// that two walks of one text have each its own.
	sum := fnv.New64a()
	sum.Write([]byte(query))
	name, n := "", 0
	for used := true; used; n++ {
		name = fmt.Sprintf("vp_%x_%d", sum.Sum64(), n)
		used = s.cursors[name]
	}
	if _, err := s.exec(op, "DECLARE "+name+" CURSOR FOR "+query, args...); err != nil {
		failed[T](err)(yield)
		return
	}
	s.cursors[name] = true
	begun := s.begun
	defer func() {
		// Cursors end with their transaction too; but one may list thousands of
		// times. A walk that was kept beyond its transaction closes nothing: it
		// would spoil another one.
		if s.begun == begun {
			delete(s.cursors, name)
			if s.broken == nil {
				_ = s.Exec(op, "CLOSE "+name)
			}
		}
	}()
	type found struct {
		v   T
		err error
	}
	fetch := fmt.Sprintf("FETCH %d FROM %s", s.d.Page, name)
	next := func() (page []found, more bool) {
		ctx, cancel := s.bound()
		defer cancel()
		keep := func(v T, err error) bool {
			page = append(page, found{v, err})
			return true
		}
		rows, err := s.q.QueryContext(ctx, fetch)
		if err != nil {
			failed[T](s.fail(op, err))(keep)
			return page, false
		}
		n, more := each(s, op, rows, scan, keep)
		return page, more && n == s.d.Page
	}
	for {
		page, more := next()
		for _, f := range page {
			if !yield(f.v, f.err) || f.err != nil {
				return
			}
		}
		if !more {
			return
		}
	}
}
