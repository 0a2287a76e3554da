package sqlcore

import (
	"bytes"
	"cmp"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong/documents"
)

// asked is what the functions of a batch want to look up; see [Group.gather].
type asked struct {
	entries map[entryKey]bool
	records map[recordKey]bool
}

// errAsked refuses a look into the database while a batch is being gathered.
var errAsked = errors.New("looked up together with others: the function runs again")

// fetched is how many keys one statement fetches. A shorter list is filled up
// with its last key, so that two texts are enough.
var fetched = [...]int{64, 8}

// One key each, to be repeated: with a list of them behind IN, a server that has
// no statistics yet goes through all that the organisation has.
const (
	selectOneEntry  = `SELECT id, body FROM vp_entries WHERE org = ? AND id = ?`
	selectOneRecord = `SELECT id, version, body FROM vp_records WHERE org = ? AND kind = ? AND id = ?`
)

// fetch reads what was asked for into the Work, also that there is none.
func (w *Work) fetch(want *asked) error {
	entries := slices.SortedFunc(maps.Keys(want.entries), compareEntryKeys)
	err := inBunches(entries, func(k entryKey) entryKey { return entryKey{org: k.org} }, func(bunch []entryKey) error {
		query, args := manyOf(selectOneEntry, bunch, func(k entryKey) []any { return []any{string(k.org), string(k.id)} })
		type row struct{ id, body string }
		scan := func(r *sql.Rows) (v row, err error) { err = r.Scan(&v.id, &v.body); return v, err }
		there := map[entryKey]*entryRow{}
		for v, err := range listRows(w.s, "read entries", query, args, scan) {
			if err != nil {
				return err
			}
			e := &entryRow{known: true, stored: true}
			if err := decode("entry", v.id, v.body, &e.entry); err != nil {
				e = nil // it is left to the function that asks, which gets the error
			}
			there[entryKey{bunch[0].org, documents.EntryID(v.id)}] = e
		}
		// Only now, when all of them are known: a row that was not reached must
		// not be taken for one that is not there.
		for _, k := range bunch {
			if e, found := there[k]; !found {
				w.ledger.entries[k] = &entryRow{}
			} else if e != nil {
				w.ledger.entries[k] = e
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	records := slices.SortedFunc(maps.Keys(want.records), compareRecordKeys)
	return inBunches(records, func(k recordKey) recordKey { k.id = ""; return k }, func(bunch []recordKey) error {
		query, args := manyOf(selectOneRecord, bunch, func(k recordKey) []any { return []any{string(k.org), k.kind, k.id} })
		type row struct {
			id string
			recordRow
		}
		scan := func(r *sql.Rows) (v row, err error) { err = r.Scan(&v.id, &v.version, &v.body); return v, err }
		there := map[recordKey]*recordRow{}
		for v, err := range listRows(w.s, "read "+bunch[0].kind, query, args, scan) {
			if err != nil {
				return err
			}
			r := v.recordRow
			r.stored = true
			there[recordKey{bunch[0].org, bunch[0].kind, v.id}] = &r
		}
		for _, k := range bunch {
			if w.shelf.records[k] = there[k]; there[k] == nil {
				w.shelf.records[k] = &recordRow{}
			}
		}
		return nil
	})
}

// inBunches calls do with keys of one group, no more than a statement fetches.
func inBunches[K comparable](keys []K, group func(K) K, do func([]K) error) error {
	for len(keys) > 0 {
		n := 1
		for n < min(len(keys), fetched[0]) && group(keys[n]) == group(keys[0]) {
			n++
		}
		if err := do(keys[:n]); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

// manyOf repeats a query of one key for several, and more often for the last.
func manyOf[K any](one string, keys []K, args func(K) []any) (string, []any) {
	n := fetched[0]
	for _, smaller := range fetched {
		if len(keys) <= smaller {
			n = smaller
		}
	}
	var all []any
	for i := range n {
		all = append(all, args(keys[min(i, len(keys)-1)])...)
	}
	return strings.Repeat(one+" UNION ALL ", n-1) + one, all
}

func compareRecordKeys(a, b recordKey) int {
	return cmp.Or(cmp.Compare(a.org, b.org), cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
}

// stored reports whether the rows of this Work are in the database. The last
// one will do, for they were written in one transaction; its hash is over its
// place and content, so that it is no other one.
func (w *Work) stored(s *Session) (bool, error) {
	query, org, cursor := "", "", int64(0)
	var hash, there []byte
	if n := len(w.ledger.events); n > 0 {
		ev := &w.ledger.events[n-1]
		query, org, cursor, hash = `SELECT hash FROM vp_events WHERE org = ? AND cursor = ?`, string(ev.Org), int64(ev.Cursor), ev.Hash[:]
	} else {
		c := &w.shelf.changes[len(w.shelf.changes)-1]
		query, org, cursor, hash = `SELECT hash FROM vp_changes WHERE org = ? AND cursor = ?`, string(c.Org), int64(c.Cursor), c.hash[:]
	}
	found, err := s.row("find out", query, []any{org, cursor}, &there)
	return found && bytes.Equal(hash, there), err
}
