package sqlcore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Verify proves that no row of an organisation was deleted or edited past the
// store: the ledgers by their own chains, every column against the record it
// was made of, and every record of the other ports against the chain of its
// changes. It returns the first error: a *documents.ChainError or a
// [*RowError].
//
// In one View: rows of two states would disagree, and a change committed
// meanwhile would look like damage.
func Verify(ctx context.Context, a Access, org vanphong.OrgID) error {
	if err := checkOrg(org); err != nil {
		return err
	}
	return a.View(ctx, func(w *Work) error {
		sc := &scope{ctx: ctx, org: org, w: w}
		defer func() { sc.done = true }()
		// The ledger first: its own error says the most, and names series and
		// event.
		if err := documents.VerifyAll(&ledgerReader{scope: *sc}); err != nil {
			return err
		}
		for _, check := range []func(*scope) error{
			checkCursors, checkSeriesColumns, checkEntryColumns, checkLines, checkChains, checkRecords, checkParts,
		} {
			if err := check(sc); err != nil {
				return err
			}
		}
		return nil
	})
}

// All tables, not only vp_series and vp_records: an organisation whose records
// were deleted and whose changes were left must still be looked at.
const selectOrgs = `SELECT org FROM vp_series UNION SELECT org FROM vp_events UNION SELECT org FROM vp_entries
	UNION SELECT org FROM vp_records UNION SELECT org FROM vp_parts UNION SELECT org FROM vp_changes UNION SELECT org FROM vp_heads ORDER BY 1`

// Organisations returns every organisation that any table has a row of.
func Organisations(ctx context.Context, a Access) ([]vanphong.OrgID, error) {
	var out []vanphong.OrgID
	err := a.View(ctx, func(w *Work) error {
		// An access may run the function again.
		out = nil
		scan := func(r *sql.Rows) (org vanphong.OrgID, err error) { err = r.Scan(&org); return org, err }
		for org, err := range list(w.s, "read organisations", selectOrgs, nil, scan) {
			if err != nil {
				return err
			}
			out = append(out, org)
		}
		return nil
	})
	return out, err
}

// checkCursors finds a cursor that was edited: they count without a hole in
// each organisation.
//
// A row that was deleted leaves its gap here, even with everything that names
// it; only the last ones do not.
func checkCursors(sc *scope) error {
	for _, table := range []string{"vp_events", "vp_changes"} {
		var n, first, last int64
		query := `SELECT count(*), coalesce(min(cursor), 1), coalesce(max(cursor), 0) FROM ` + table + ` WHERE org = ?`
		if _, err := sc.w.s.row("check cursors", query, []any{string(sc.org)}, &n, &first, &last); err != nil {
			return err
		}
		if first != 1 || last != n {
			return &RowError{Table: table, ID: strconv.FormatInt(last, 10), Want: fmt.Sprintf("cursors 1 to %d, one a row", n)}
		}
	}
	return nil
}

// checkSeriesColumns makes the columns of each series again from its body, and
// top from the entries: a top that was lowered would let a number be given
// twice.
func checkSeriesColumns(sc *scope) error {
	type row struct {
		id, organ, body string
		events          int64
		top, highest    sql.NullString
	}
	const query = `SELECT id, organ, events, top, body, (SELECT max(slot) FROM vp_entries e WHERE e.org = s.org AND e.series = s.id)
		FROM vp_series s WHERE org = ? ORDER BY id`
	scan := func(r *sql.Rows) (v row, err error) {
		err = r.Scan(&v.id, &v.organ, &v.events, &v.top, &v.body, &v.highest)
		return v, err
	}
	for v, err := range list(sc.w.s, "check series", query, []any{string(sc.org)}, scan) {
		if err != nil {
			return err
		}
		var s documents.Series
		if err := decode("series", v.id, v.body, &s); err != nil {
			return err
		}
		if v.id != string(s.ID) || v.organ != string(s.Key.Organ) || v.events != s.Events || v.top != v.highest {
			return &RowError{Table: "vp_series", ID: v.id, Want: "columns as in its body"}
		}
		// JSON that decodes alike may be written otherwise: a field in doubt,
		// another order, spaces. What the store writes is only ever one text.
		if again, err := encode("series", v.id, &s); err != nil || again != v.body {
			return &RowError{Table: "vp_series", ID: v.id, Want: "a body as the store writes it", Err: err}
		}
	}
	return nil
}

// checkEntryColumns holds every entry against its own body: slot and state are
// what queries go by, so a line of the register could be hidden by them alone.
func checkEntryColumns(sc *scope) error {
	type row struct {
		id, series, slot, organ, state, terms, body         string
		serial                                              int64
		code, issuer, standing, kind, day, origin, ofSeries sql.NullString
	}
	const query = `SELECT series, slot, organ, serial, code, issuer, state, standing, kind, day, origin, terms, body, id,
		(SELECT s.organ FROM vp_series s WHERE s.org = e.org AND s.id = e.series)
		FROM vp_entries e WHERE org = ? ORDER BY series, slot`
	scan := func(r *sql.Rows) (v row, err error) {
		err = r.Scan(&v.series, &v.slot, &v.organ, &v.serial, &v.code, &v.issuer, &v.state, &v.standing, &v.kind, &v.day, &v.origin, &v.terms, &v.body, &v.id, &v.ofSeries)
		return v, err
	}
	for v, err := range list(sc.w.s, "check entries", query, []any{string(sc.org)}, scan) {
		if err != nil {
			return err
		}
		var e documents.Entry
		if err := decode("entry", v.id, v.body, &e); err != nil {
			return err
		}
		// The body is compared as well: what decodes alike need not be alike.
		body, err := encode("entry", v.id, &e)
		if err != nil {
			return err
		}
		want, err := appendEntry(nil, &e, vanphong.OrgID(v.ofSeries.String), body)
		have := []any{v.series, v.slot, v.organ, v.serial, maybe(v.code), maybe(v.issuer), v.state, maybe(v.standing), maybe(v.kind), maybe(v.day), maybe(v.origin), v.terms, v.body, string(sc.org), v.id}
		if err != nil || !slices.Equal(want, have) {
			return &RowError{Table: "vp_entries", ID: v.id, Want: "columns as in its body", Err: err}
		}
	}
	return nil
}

// checkLines compares the order of n with that in which the ledger registered the
// lines: pages go by it.
func checkLines(sc *scope) error {
	type row struct {
		id        string
		n, cursor int64
	}
	const query = `SELECT e.id, e.n, f.cursor FROM vp_entries e
		JOIN (SELECT entry, min(cursor) AS cursor FROM vp_events WHERE org = ? AND entry IS NOT NULL GROUP BY entry) f ON f.entry = e.id
		WHERE e.org = ? ORDER BY e.n`
	scan := func(r *sql.Rows) (v row, err error) { err = r.Scan(&v.id, &v.n, &v.cursor); return v, err }
	var last row
	for v, err := range list(sc.w.s, "check lines", query, []any{string(sc.org), string(sc.org)}, scan) {
		if err != nil {
			return err
		}
		if v.n <= last.n || v.cursor <= last.cursor {
			return &RowError{Table: "vp_entries", ID: v.id, Want: "a line numbered in the order of registration"}
		}
		last = v
	}
	return nil
}

// maybe is the inverse of null.
func maybe(s sql.NullString) any {
	if !s.Valid {
		return nil
	}
	return s.String
}

// In the order of each chain, which is that of the index vp_changes_seq.
const selectChain = `SELECT port, seq, kind, id, version, digest, actor, acting_for, at, prev, hash FROM vp_changes
	WHERE org = ? ORDER BY port, seq`

// checkChains walks the changes of every port and compares where they end with
// the heads.
//
// Three things make a chain whole: no number is missing, each link holds the
// hash before it, and each hash is that of its own columns. The head says
// where it must end.
func checkChains(sc *scope) error {
	heads, err := readHeads(sc)
	if err != nil {
		return err
	}
	bad := func(port string, seq int64, want string) error {
		return &RowError{Table: "vp_changes", ID: fmt.Sprintf("%s %d", port, seq), Want: want}
	}
	ends := map[string]headRow{}
	for c, err := range list(sc.w.s, "check changes", selectChain, []any{string(sc.org)}, scanChain(sc.org)) {
		if err != nil {
			return err
		}
		before := ends[c.port]
		switch {
		case c.seq != before.seq+1:
			return bad(c.port, c.seq, fmt.Sprintf("the change after number %d: one is missing", before.seq))
		case c.prev != before.hash:
			return bad(c.port, c.seq, "the hash of the change before it")
		case c.hash != c.sum():
			return bad(c.port, c.seq, "the hash of its columns")
		}
		ends[c.port] = headRow{seq: c.seq, hash: c.hash}
	}
	for port, end := range ends {
		if heads[port] != end {
			return &RowError{Table: "vp_heads", ID: port, Want: fmt.Sprintf("the hash of change %d", end.seq)}
		}
	}
	// And the other way round: a head whose changes are all gone.
	for port, head := range heads {
		if ends[port] != head {
			return bad(port, head.seq, "the last change that the head names")
		}
	}
	return nil
}

// readHeads returns the heads as a writer keeps them, without what only a writer
// needs: comparing with == is then comparing number and hash.
func readHeads(sc *scope) (map[string]headRow, error) {
	type named struct {
		port string
		headRow
	}
	out := map[string]headRow{}
	const query = `SELECT port, seq, hash FROM vp_heads WHERE org = ?`
	scan := func(r *sql.Rows) (v named, err error) {
		var hash []byte
		if err = r.Scan(&v.port, &v.seq, &hash); err != nil {
			return v, err
		}
		return v, fill(&v.hash, hash)
	}
	for v, err := range list(sc.w.s, "check heads", query, []any{string(sc.org)}, scan) {
		if err != nil {
			return nil, err
		}
		out[v.port] = v.headRow
	}
	return out, nil
}

// fill refuses a sum of another length, which copy would cut or leave short.
func fill(dst *[sha256.Size]byte, src []byte) error {
	if len(src) != len(dst) {
		return &RowError{Table: "vp_changes", ID: fmt.Sprintf("%x", src), Want: "a sum of 32 bytes"}
	}
	copy(dst[:], src)
	return nil
}

// scanChain compares the instant, too, with what the store would write: two
// texts can be one instant, and the hash is over the text.
func scanChain(org vanphong.OrgID) func(*sql.Rows) (change, error) {
	return func(r *sql.Rows) (change, error) {
		c := change{Change: vanphong.Change{Org: org}}
		var digest, prev, hash []byte
		var at string
		var by sql.NullString
		err := r.Scan(&c.port, &c.seq, &c.Kind, &c.ID, &c.version, &digest, &c.By.ID, &by, &at, &prev, &hash)
		if err != nil {
			return c, err
		}
		c.By.For = vanphong.PersonID(by.String)
		for _, f := range []struct {
			dst *[sha256.Size]byte
			src []byte
		}{{&c.digest, digest}, {&c.prev, prev}, {&c.hash, hash}} {
			if err := fill(f.dst, f.src); err != nil {
				return c, err
			}
		}
		if c.At, err = readInstant(at); err == nil && instant(c.At) != at {
			err = &RowError{Table: "vp_changes", ID: at, Want: "an instant as the store writes it"}
		}
		return c, err
	}
}

// checkRecords compares each record with the last change that names it, and
// each change with the record it is about.
//
// A record is compared with the change of its own version, not simply the
// latest one: a body set back along with its version is caught by the second
// query.
func checkRecords(sc *scope) error {
	const latest = `SELECT r.kind, r.id, r.version, r.day, r.until, r.parent, r.body, c.version, c.digest
		FROM vp_records r LEFT JOIN vp_changes c ON c.org = r.org AND c.kind = r.kind AND c.id = r.id AND c.version = r.version
		WHERE r.org = ? ORDER BY r.kind, r.id`
	for v, err := range list(sc.w.s, "check records", latest, []any{string(sc.org)}, scanStored) {
		if err != nil {
			return err
		}
		if err := v.check(); err != nil {
			return err
		}
	}
	// A record is as old as its last change: one that was set back with an
	// earlier change of its own is found here, and one that is gone.
	const lost = `SELECT c.kind, c.id FROM vp_changes c LEFT JOIN vp_records r ON r.org = c.org AND r.kind = c.kind AND r.id = c.id
		WHERE c.org = ? AND (r.id IS NULL OR r.version < c.version)`
	var kind, id string
	found, err := sc.w.s.row("check records", lost+sc.w.s.d.Limit, []any{string(sc.org), 1}, &kind, &id)
	if err != nil || !found {
		return err
	}
	return &RowError{Table: "vp_records", ID: kind + " " + id, Want: "the record as its last change left it"}
}

// storedRecord is a row of vp_records beside the change that wrote it.
type storedRecord struct {
	kind, id string
	row      recordRow
	version  sql.NullInt64 // of the change
	digest   []byte
}

func scanStored(r *sql.Rows) (v storedRecord, err error) {
	var parent sql.NullString
	err = r.Scan(&v.kind, &v.id, &v.row.version, &v.row.day, &v.row.until, &parent, &v.row.body, &v.version, &v.digest)
	v.row.parent = parent.String
	return v, err
}

// check compares body with digest first: columns made from a body that was
// edited would only agree with it.
func (v *storedRecord) check() error {
	bad := func(want string, err error) error {
		return &RowError{Table: "vp_records", ID: v.kind + " " + v.id, Want: want, Err: err}
	}
	sum := sha256.Sum256([]byte(v.row.body))
	if !v.version.Valid || string(v.digest) != string(sum[:]) {
		return bad("the body whose sum is in its last change", nil)
	}
	make := columnsOf[v.kind]
	if make == nil {
		return bad("a kind of record that this version knows", nil)
	}
	want, id, err := make(v.id, v.row.body)
	if err != nil {
		return err
	}
	// The columns are made again from the body: they decide what is listed and
	// found, so an edited one hides a record without touching it.
	if id != v.id || want.version != v.row.version || want.day != v.row.day || want.until != v.row.until || want.parent != v.row.parent {
		return bad("columns as in its body", nil)
	}
	return nil
}

// columnsOf makes the columns of a stored body again, by kind.
//
// A kind that is missing here would make every record of it a damage: new
// kinds are added with their port.
var columnsOf = map[string]func(id, body string) (row *recordRow, bodyID string, err error){
	schedules.name:      schedules.columns,
	registrations.name:  registrations.columns,
	rolls.name:          rolls.columns,
	meetingRecords.name: meetingRecords.columns,
	conclusions.name:    conclusions.columns,
	tasks.name:          tasks.columns,
	dispatches.name:     dispatches.columns,
	arrivalBooks.name:   arrivalBooks.columns,
	arrivals.name:       arrivals.columns,
	mandates.name:       mandates.columns,
}

// columns also returns the id that the body claims: a body copied from another
// record is whole and still not this one's.
func (k *kind[T]) columns(id, body string) (*recordRow, string, error) {
	v, err := k.decode(id, body)
	if err != nil {
		return nil, "", err
	}
	row, err := k.row(&v)
	return row, k.id(&v), err
}

// checkParts compares the parts of every record with the table that looks them
// up.
//
// Each part leads to its record, and there are as many rows as parts: together
// that leaves no row too few, too many or astray.
func checkParts(sc *scope) error {
	rows, err := schedules.checkParts(sc)
	if err != nil {
		return err
	}
	keys, err := arrivals.checkParts(sc)
	if err != nil {
		return err
	}
	want := rows + keys
	var have int
	_, err = sc.w.s.row("check parts", `SELECT count(*) FROM vp_parts WHERE org = ?`, []any{string(sc.org)}, &have)
	if err == nil && have != want {
		err = &RowError{Table: "vp_parts", ID: string(sc.org), Want: fmt.Sprintf("%d rows, not %d", want, have)}
	}
	return err
}

// checkParts compares the parts of one kind, and counts them.
func (k *kind[T]) checkParts(sc *scope) (n int, err error) {
	for v, err := range k.walkAll(sc) {
		if err != nil {
			return n, err
		}
		for _, part := range k.parts(&v) {
			p, err := sc.w.partOf(partKey{sc.org, k.name, part})
			if err != nil {
				return n, err
			}
			if p.record != k.id(&v) {
				return n, &RowError{Table: "vp_parts", ID: part, Want: "the row that leads to " + k.name + " " + k.id(&v)}
			}
			n++
		}
	}
	return n, nil
}

func (k *kind[T]) walkAll(sc *scope) func(yield func(T, error) bool) {
	return k.walk(sc, filter{}, func(T) bool { return true })
}
