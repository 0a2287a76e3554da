package documents

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// ErrBroken is wrapped by every [*ChainError]: rows of a ledger or register
// were deleted or edited past the SDK.
var ErrBroken = errors.New("documents: ledger broken")

// ChainError says where a ledger does not hold together. It wraps
// [ErrBroken].
type ChainError struct {
	Series SeriesID
	Seq    int64  // of the event, 0 if it is about a row without one
	Serial uint32 // of the entry, 0 if it is about none
	Reason string
}

// Error tells the series, the place and the reason.
func (e *ChainError) Error() string {
	return fmt.Sprintf("%v: series %s, event %d, serial %d: %s", ErrBroken, e.Series, e.Seq, e.Serial, e.Reason)
}

// Unwrap returns [ErrBroken].
func (e *ChainError) Unwrap() error { return ErrBroken }

// Finding returns what a clerk is told; [Messages] has the sentence.
func (e *ChainError) Finding() vanphong.Finding {
	return vanphong.Finding{Rule: RuleChain, Severity: vanphong.Fault,
		Args: []string{string(e.Series), fmt.Sprint(e.Seq), fmt.Sprint(e.Serial), e.Reason}}
}

// Verify walks the ledger of a series and its register and proves that they
// are whole: events without a hole, each with the hash of the one before it;
// numbers without a hole; every digest that of the row it is about; the series
// row and every entry exactly what the events make of them; no entry without
// event and no event without entry. Any row that was deleted or edited gives a
// [*ChainError]. A series of which nothing is there is vanphong.ErrNotFound.
//
// What nobody can find out from the rows alone: that a series vanished with
// every one of its rows, or that its last events vanished and its other rows
// were set back and hashed anew. Against both helps what is outside the
// store: the [Proof] that was printed with its head hash when the series was
// last closed or checked.
//
// The walk streams the events and then the entries, one sequence at a time as
// [Reader] asks. Memory grows with the number of entries, about one small record
// each, not with their content.
func Verify(r Reader, id SeriesID) error {
	_, _, err := verified(r, id, nil)
	return err
}

// verified is Verify for those who go on with what it read: the series and the fold of
// its ledger. each, if there is one, hears every event that fits those before it.
func verified(r Reader, id SeriesID, each func(Event) error) (Series, *ledgerFold, error) {
	// The ledger comes first: it is the only witness, series row and entry rows are what
	// it is asked about.
	f := newFold(id)
	for e, err := range r.Events(id) {
		if err == nil {
			err = f.add(e)
		}
		if err == nil && each != nil {
			err = each(e)
		}
		if err != nil {
			return Series{}, f, err
		}
	}
	// A missing series row is not yet a verdict. If events or entries are left, the row
	// was deleted, which is a broken ledger; only if nothing at all is left was there
	// never one.
	s, seriesErr := r.Series(id)
	if seriesErr != nil && !errors.Is(seriesErr, vanphong.ErrNotFound) {
		return s, f, seriesErr
	}
	if seriesErr == nil {
		if err := f.checkSeries(s); err != nil {
			return s, f, err
		}
	}
	rows := 0
	for en, err := range r.Entries(Query{Series: id}) {
		if err != nil {
			return s, f, err
		}
		// With the series row gone s is zero here: an entry never needs it, the digest of an
		// entry covers number and content alone.
		if err := f.checkEntry(s, en); err != nil {
			return s, f, err
		}
		rows++
	}
	switch {
	// Nothing of it exists: the caller named a series that was never opened.
	case seriesErr != nil && rows == 0 && f.seq == 0:
		return s, f, seriesErr
	// Something of it exists, so somebody took the row away.
	case seriesErr != nil:
		return s, f, f.broken(0, 0, "the series row is missing")
	}
	if err := f.checkAllSeen(); err != nil {
		return s, f, err
	}
	if s.Latest != f.latest {
		return s, f, f.broken(0, 0, "the latest day is "+f.latest.String()+" by the entries")
	}
	return s, f, nil
}

// VerifyAll verifies every series of which any row is left, and returns the
// first error.
//
// The ids are collected from all three tables on purpose. Walking the series alone
// would pass over a series whose row was deleted together with every trace in that
// table.
func VerifyAll(r Reader) error {
	ids := map[SeriesID]bool{}
	for s, err := range r.AllSeries() {
		if err != nil {
			return err
		}
		ids[s.ID] = true
	}
	for e, err := range r.Events("") {
		if err != nil {
			return err
		}
		ids[e.Series] = true
	}
	for en, err := range r.Entries(Query{}) {
		if err != nil {
			return err
		}
		ids[en.Series] = true
	}
	// Sorted, so that two runs over the same damage report the same first error.
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if err := Verify(r, id); err != nil {
			return err
		}
	}
	return nil
}

// ledgerFold is a ledger read so far: what the events say the rows must be.
//
// [Verify] and [ProofOf] share it: a proof must not be able to say less than the
// check.
// Its seq, cursor and head are those of the last event taken in.
type ledgerFold struct {
	series  SeriesID
	org     vanphong.OrgID
	seq     int64
	cursor  vanphong.Cursor
	head    Digest
	opened  Event
	ended   Event
	closed  bool
	first   uint32 // first number taken
	next    uint32 // after the last number taken
	missing []uint32
	before  uint32 // highest number that says it is from before the run
	latest  vanphong.Date
	at      time.Time // of the last event
	back    int       // events whose instant is before that of the event before them
	entries map[EntryID]*entryFold
	beside  map[beside]bool // late and inserted numbers seen as rows
}

// beside is a number that is not one of the run: two can share a serial, never a
// suffix too.
type beside struct {
	serial uint32
	suffix string
}

// entryFold is what the events say of one entry.
type entryFold struct {
	serial uint32
	row    rowFacts // of its row, once that was read
	status status
	last   Event
	fixed  []Event // those whose digest is over the entry's content
	seen   bool
}

// rowFacts is what no event says in the clear and a proof needs.
type rowFacts struct {
	suffix string
	marked bool // its document bears a mark of secrecy
	read   bool
}

// factsOf takes the facts from a row.
func factsOf(en Entry) rowFacts {
	return rowFacts{suffix: en.Number.Suffix, marked: en.Secrecy > vanphong.NotSecret, read: true}
}

// newFold returns the fold of an empty ledger. Zero head and zero seq are right at
// the start: the first event has Seq 1 and a zero Prev.
func newFold(id SeriesID) *ledgerFold {
	return &ledgerFold{series: id, entries: map[EntryID]*entryFold{}, beside: map[beside]bool{}}
}

// broken returns the error for a place in the ledger; it names no content, because
// errors are logged and the entry may be of a secret document.
func (f *ledgerFold) broken(seq int64, serial uint32, reason string) error {
	return &ChainError{Series: f.series, Seq: seq, Serial: serial, Reason: reason}
}

// add checks an event against those before it and takes it in.
//
// The order of the cases matters for the reader of the error: a missing row is told
// as such before its neighbour's hash is blamed.
func (f *ledgerFold) add(e Event) error {
	bad := func(reason string) error { return f.broken(e.Seq, e.Serial, reason) }
	switch {
	case e.Series != f.series:
		return bad("an event of series " + string(e.Series))
	case e.Seq != f.seq+1:
		return bad(fmt.Sprintf("follows event %d: one is missing or out of order", f.seq))
	case e.Prev != f.head:
		return bad("does not hold the hash of the event before it")
	// Prev only binds the events before this one; that this row itself is untouched is
	// told by its own sum.
	case e.Hash != e.Sum():
		return bad("was edited: its hash is another")
	// The cursor is not hashed (the store gives it after sealing), so only its order can
	// be checked. Changes are read by cursor: one that goes back would hide an event
	// from them.
	case f.seq > 0 && (e.Org != f.org || e.Cursor <= f.cursor):
		return bad("organisation or cursor was edited")
	case (e.Kind == EventOpened) != (f.seq == 0):
		return bad("a ledger begins with its opening, and only there")
	// A closed series gives no number, yet those it gave live on: one turns out to be
	// wrong, is accounted for by the secret register, or its document is repealed.
	case f.closed && !e.Kind.afterClosing():
		return bad("follows the closing of the series")
	}
	// A clock that was set back breaks nothing: the order is that of Seq. It is counted,
	// because the instants on paper then no longer follow the numbers.
	if e.At.Before(f.at) {
		f.back++
	}
	f.org, f.seq, f.cursor, f.head, f.at = e.Org, e.Seq, e.Cursor, e.Hash, e.At
	if reason := f.take(e); reason != "" {
		return bad(reason)
	}
	return nil
}

// afterClosing reports whether an event of kind k can still happen to a number of a
// closed series.
func (k EventKind) afterClosing() bool {
	return k == EventVoided || k.standing() > StandingPlain
}

// take applies an event; it returns what is wrong with it, or "".
//
// The hashes are right by now. What is checked here is that the story makes sense: a
// program that seals its own events could chain nonsense perfectly well.
func (f *ledgerFold) take(e Event) string {
	// The sum of an act is over the act. On any other event nothing would vouch for it.
	if e.Act != (Act{}) && !e.Kind.acts() {
		return "names an act, yet is none"
	}
	switch e.Kind {
	case EventOpened:
		f.opened = e
	case EventEnded:
		// A second last day would move the border between two terms after documents were
		// counted by the first one.
		if f.ended.Seq != 0 {
			return "a series gets its last day once"
		}
		f.ended = e
	case EventClosed:
		f.closed = true
	default:
		return f.takeNumber(e)
	}
	// An event of the series that named an entry would show up in [Store.Changes] as a
	// change of that entry, which had none.
	if e.Entry != "" || e.Serial != 0 {
		return "is about the series, yet names an entry"
	}
	return f.checkDigest(e)
}

// takeNumber applies an event about a number.
func (f *ledgerFold) takeNumber(e Event) string {
	en := f.entries[e.Entry]
	if en == nil {
		en = &entryFold{serial: e.Serial}
		f.entries[e.Entry] = en
		if reason := f.takeFresh(e); reason != "" {
			return reason
		}
	}
	// An entry has one number for its whole life; a corrected document gets a new entry.
	if e.Serial != en.serial {
		return fmt.Sprintf("entry %q had serial %d before", e.Entry, en.serial)
	}
	if !en.status.follows(e.Kind) {
		return code(e.Kind) + " does not follow " + code(en.last.Kind)
	}
	en.status, en.last = en.status.after(e), e
	switch e.Kind {
	// Their digests cover number and content, which stand in the entry's row. They wait
	// for [ledgerFold.checkEntry].
	case EventReserved, EventIssued, EventHeld, EventLate, EventInserted:
		en.fixed = append(en.fixed, e)
		return ""
	}
	return f.checkDigest(e)
}

// maxMissing bounds how many missing numbers are named one by one.
// One edited serial near nine digits would otherwise name hundreds of millions of
// gaps.
const maxMissing = 1000

// takeFresh takes in a number that is given for the first time. Numbers only ever
// grow, so one smaller than the next expected was given before.
func (f *ledgerFold) takeFresh(e Event) string {
	if e.Entry == "" || e.Serial == 0 {
		return "names no entry or no serial"
	}
	if e.Kind == EventLate || e.Kind == EventInserted {
		return f.takeBeside(e)
	}
	// The ledger does not say in the clear where the series begins (that is under the
	// digest of the opening); checkSeries compares the first number with the row.
	if f.next == 0 {
		f.first, f.next = e.Serial, e.Serial
	}
	if e.Serial < f.next {
		return "gives a number that was given before"
	}
	// A gap is remembered and not an error yet: [ProofOf] must list it, [Verify] refuses
	// it.
	for n := f.next; n < e.Serial && len(f.missing) < maxMissing; n++ {
		f.missing = append(f.missing, n)
	}
	f.next = e.Serial + 1
	return ""
}

// takeBeside takes in a number that is not one of the run: a late one is from
// before the opening, an inserted one stands beside a number that was given. Neither
// moves the next number or fills a gap. Where the series was opened is only known
// from its row, so [ledgerFold.checkSeries] has the last word.
func (f *ledgerFold) takeBeside(e Event) string {
	switch {
	case f.next == 0 || e.Serial < f.first:
		f.before = max(f.before, e.Serial)
	case e.Kind == EventLate:
		return "is late, yet its number is one of the run"
	case e.Serial >= f.next:
		return "is put beside a number that was not given"
	}
	return ""
}

// checkDigest checks an event that is about no content. Events about the
// terms of the series or an entry wait for that row.
//
// [Event.Sum] covers neither actor nor reason, only the digest does. Without this
// check the reason for which a number became void could be rewritten unseen.
func (f *ledgerFold) checkDigest(e Event) string {
	if e.Kind == EventOpened || e.Kind == EventEnded {
		return ""
	}
	if d, err := digestOf(e, Series{}, Entry{}); err != nil || d != e.Digest {
		return "actor or reason was edited"
	}
	return ""
}

// checkSeries checks the series row against the events.
func (f *ledgerFold) checkSeries(s Series) error {
	// A series that gave no number yet begins and stands at its First.
	first, next := f.first, f.next
	if next == 0 {
		first, next = s.First, s.First
	}
	switch {
	// The id is derived from the key: a row whose key was edited would be found by its
	// old id and counted under another name.
	case s.ID != f.series || s.Key.ID() != s.ID:
		return f.broken(0, 0, "the key of the series does not give its id")
	case f.seq == 0:
		return f.broken(0, 0, "the series has no events")
	// The count and the head in the row catch what the chain alone cannot: events cut
	// off at the end.
	case s.Events != f.seq:
		return f.broken(f.seq, 0, fmt.Sprintf("the series counts %d events, its ledger has %d", s.Events, f.seq))
	case s.Head != f.head:
		return f.broken(f.seq, 0, "the series does not hold the hash of the last event")
	case s.Closed != f.closed:
		return f.broken(f.seq, 0, "the series is closed and its ledger is not, or the other way round")
	case s.First != first || len(f.missing) > 0:
		return f.broken(0, s.First, fmt.Sprintf("numbers are missing: opened at %d, first given %d, missing %v", s.First, first, f.missing))
	case f.before >= s.First:
		return f.broken(0, f.before, "a number is said to be from before the opening and is not")
	case s.Next != next:
		return f.broken(0, s.Next, fmt.Sprintf("the next number is %d by the ledger", next))
	}
	// The last day was set after the opening, so it is checked against the row as it is
	// now and taken off again for the digest of the opening.
	if f.ended.Seq != 0 {
		if d, err := digestOf(f.ended, s, Entry{}); err != nil || d != f.ended.Digest {
			return f.broken(f.ended.Seq, 0, "the series row, or who gave it its last day, was edited")
		}
		// It was opened without a last day.
		s.Days.End = 0
	}
	// Key, issuer, days, first number, basis and policy are all under this one digest.
	if d, err := digestOf(f.opened, s, Entry{}); err != nil || d != f.opened.Digest {
		return f.broken(f.opened.Seq, 0, "the series row, or who opened it, was edited")
	}
	return nil
}

// checkEntry checks an entry row against the events.
//
// Reason, actor, instant and state in the row are copies of the last event, kept
// there so that a register can be listed without its ledger. A copy that differs was
// edited.
func (f *ledgerFold) checkEntry(s Series, en Entry) error {
	bad := func(reason string) error { return f.broken(0, en.Serial, fmt.Sprintf("entry %q: %s", en.ID, reason)) }
	want := f.entries[en.ID]
	switch {
	case want == nil:
		return bad("has no event")
	case want.seen:
		return bad("is there twice")
	// Without this an entry moved to another series would leave a hole there and pass
	// here.
	case en.Series != f.series || en.Org != f.org:
		return bad("organisation or series was edited")
	case en.Serial != want.serial || en.Number.Serial != want.serial:
		return bad(fmt.Sprintf("has serial %d by the ledger", want.serial))
	}
	want.seen = true
	last := want.last
	switch {
	case en.State != want.status.state:
		return bad("is " + code(en.State) + ", by the ledger " + code(want.status.state))
	case en.Standing != want.status.standing || en.Act != want.status.act:
		return bad("standing or act is not that of its events")
	case en.Reason != last.Reason || en.Last.By != last.By || !en.Last.At.Equal(last.At):
		return bad("reason, actor or instant is not that of its last event")
	// The digest of a reservation covers only what is printed in the number. Anything
	// beyond that would be content that no event vouches for.
	case !wasIssued(want.fixed) && en.Content != en.reservation():
		return bad("has content, yet was never issued")
	}
	if reason := f.place(want, en); reason != "" {
		return bad(reason)
	}
	// A reserved and then issued number has two digests, and the row must fit both: the
	// symbol reserved is the symbol issued.
	for _, e := range want.fixed {
		if d, err := digestOf(e, s, en); err != nil || d != e.Digest {
			return f.broken(e.Seq, en.Serial, fmt.Sprintf("entry %q: number, content, actor or reason was edited", en.ID))
		}
	}
	return nil
}

// place checks the suffix of a number, which no event says in the clear, and takes
// in its day and what a proof needs of the row.
//
// Numbers of the run differ by their serial alone; of the others two could share
// serial and suffix, and then print alike.
func (f *ledgerFold) place(want *entryFold, en Entry) string {
	first := want.fixed[0].Kind
	want.row = factsOf(en)
	switch at := (beside{en.Serial, en.Number.Suffix}); {
	case first != EventLate && first != EventInserted:
		if at.suffix != "" {
			return "has a suffix, yet is a number of the run"
		}
		f.latest = max(f.latest, en.Day)
	case first == EventInserted && at.suffix == "":
		return "is inserted without a suffix"
	case f.beside[at]:
		return "has a number that another entry has"
	default:
		f.beside[at] = true
	}
	return ""
}

// wasIssued reports whether a digest covers the whole content: that of an
// issue or a hold.
func wasIssued(fixed []Event) bool {
	return slices.ContainsFunc(fixed, func(e Event) bool { return e.Kind != EventReserved })
}

// checkAllSeen finds events whose entry row is gone.
//
// Of several it names the lowest number: entries is a map, and an error that changes
// from run to run cannot be compared with the last report.
func (f *ledgerFold) checkAllSeen() error {
	var lost *entryFold
	for _, en := range f.entries {
		if !en.seen && (lost == nil || en.serial < lost.serial) {
			lost = en
		}
	}
	if lost == nil {
		return nil
	}
	return f.broken(lost.last.Seq, lost.serial, fmt.Sprintf("entry %q is missing", lost.last.Entry))
}

// foldEvents reads a whole ledger.
//
// It is the part of [Verify] that needs no rows, so a proof can be made from a
// ledger that was exported without its register.
func foldEvents(id SeriesID, events iter.Seq2[Event, error]) (*ledgerFold, error) {
	f := newFold(id)
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		if err := f.add(e); err != nil {
			return nil, err
		}
	}
	return f, nil
}
