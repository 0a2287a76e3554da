package documentstest

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// manyCallers prevents the two papers with one number: on the last day before a
// deadline all units ask at once, and a double is found only when both papers are at
// their recipients.
func manyCallers(t T, store documents.Store) {
	const callers, each = 64, 3
	d := newDesk(t, store, org)
	id := d.notices()
	var mu sync.Mutex
	var got []uint32
	var wg sync.WaitGroup
	// More callers than any pool of connections, several numbers each, so that waiting
	// and repeating both happen.
	for c := range callers {
		wg.Go(func() {
			for i := range each {
				en, err := d.reg.Issue(d.ctx, org, issueRequest(fmt.Sprintf("tb-%d-%d", c, i), id), stamp(c))
				// A serial of an error counts as 0, so that the check below shows it as a gap
				// too.
				mu.Lock()
				if err != nil {
					t.Errorf("caller %d: %v", c, err)
				}
				got = append(got, en.Serial)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	// Which caller got which number is chance; that they are 1 to 192 is not.
	slices.Sort(got)
	for i, n := range got {
		if n != uint32(i+1) {
			t.Errorf("sorted, number %d is %d: a gap or a double", i+1, n)
			break
		}
	}
	// The answers may be right and rows still be lost: a number on paper without a line
	// in the register.
	if n := len(d.list(documents.Query{Series: id})); n != callers*each {
		t.Errorf("the register has %d entries, want %d", n, callers*each)
	}
	d.whole()
}

// oneIDAtOnce prevents a number lost to a double click: two windows send the same
// document, and the second number would be in the register without any paper.
func oneIDAtOnce(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	// Each goroutine has its own place, so no lock hides an order.
	serials := make([]uint32, 32)
	var wg sync.WaitGroup
	for i := range serials {
		wg.Go(func() {
			en, err := d.reg.Issue(d.ctx, org, issueRequest("tb", id), stamp(i))
			if err != nil {
				t.Errorf("caller %d: %v", i, err)
			}
			serials[i] = en.Serial
		})
	}
	wg.Wait()
	for i, n := range serials {
		if n != 1 {
			t.Errorf("caller %d got number %d for the one id, want 1", i, n)
		}
	}
	// The answers may agree and a second number still have been used up.
	if en := d.issue("tb-2", id); en.Serial != 2 {
		t.Errorf("the next number is %d, want 2", en.Serial)
	}
	d.whole()
}

// oneIDAgain prevents the number of a lost answer: the line breaks after the commit,
// the program asks again, and must get the number that already stands, not the next.
func oneIDAgain(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	first := d.issue("tb", id)
	// The whole entry, instant included: a retry is no new step.
	if again := d.issue("tb", id); !reflect.DeepEqual(again, first) {
		t.Errorf("asked again: %+v, want %+v", again, first)
	}
	// Nor may the retry change what was registered: the paper with the first abstract is
	// out.
	other := issueRequest("tb", id)
	other.Abstract = "khác"
	_, err := d.reg.Issue(d.ctx, org, other, stamp(5))
	wantErr(t, err, vanphong.ErrConflict, "other content under one id")
	if n := d.issue("tb-2", id).Serial; n != 2 {
		t.Errorf("the next number is %d, want 2", n)
	}
	d.whole()
}

// voidNotReused prevents a withdrawn paper from meeting its successor: copies of the
// void one are in other offices' registers, and a citation by number would fit both.
func voidNotReused(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb-1", id)
	d.issue("tb-2", id)
	// The last number given: the one a store that counts its live rows would give again.
	d.void("tb-2", "ban hành nhầm")
	if n := d.issue("tb-3", id).Serial; n != 3 {
		t.Errorf("after number 2 was made void the next is %d, want 3", n)
	}
	d.whole()
}

// releasedNotReused prevents a number from being used by two people: its holder may
// have passed it on by telephone before giving it back.
func releasedNotReused(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.reserve("tb-1", id)
	// Without a reason, which a release may lack and a void may not.
	_, err := d.reg.Release(d.ctx, org, documents.ReleaseRequest{ID: "tb-1"}, stamp(2))
	d.must(err, "release")
	if n := d.issue("tb-2", id).Serial; n != 2 {
		t.Errorf("after number 1 was released the next is %d, want 2", n)
	}
	d.whole()
}

// stepsKept prevents a register that cannot answer an inspector: who reserved, gave
// back, held, made void, and which day was the term's last. Each kind of event is
// taken once.
func stepsKept(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	// One entry for each way a number can go: a reserved and issued, b reserved and
	// released, c held, d issued and made void.
	d.reserve("a", id)
	d.reserve("b", id)
	d.issue("a", id)
	_, err := d.reg.Release(d.ctx, org, documents.ReleaseRequest{ID: "b", Reason: "thôi"}, stamp(2))
	d.must(err, "release")
	// Without a kind: the series of one symbol tells the number, and the kind stays
	// secret.
	_, err = d.reg.Hold(d.ctx, org, documents.HoldRequest{ID: "c", Series: id, Day: day, Secrecy: vanphong.Secret}, stamp(2))
	d.must(err, "hold")
	d.issue("d", id)
	d.void("d", "trùng")
	_, err = d.reg.End(d.ctx, org, documents.EndRequest{Series: id, End: day + 30}, stamp(3))
	d.must(err, "end")
	_, err = d.reg.Close(d.ctx, org, documents.CloseRequest{Series: id}, stamp(4))
	d.must(err, "close")
	// A released and a voided number are both void; which of the two is in the ledger.
	want := map[documents.EntryID]documents.EntryState{
		"a": documents.StateIssued, "b": documents.StateVoid, "c": documents.StateHeld, "d": documents.StateVoid,
	}
	for _, en := range d.list(documents.Query{}) {
		if en.State != want[en.ID] {
			t.Errorf("entry %s is %s, want %s", en.ID, en.State.Name(), want[en.ID].Name())
		}
		// What is left over at the end was not listed; what is listed twice fails the second
		// time.
		delete(want, en.ID)
	}
	if len(want) > 0 {
		t.Errorf("entries are missing: %v", want)
	}
	d.view(func(r documents.Reader) {
		s, err := r.Series(id)
		d.must(err, "series")
		// Four numbers; ten events: the opening, seven about numbers, the end and the
		// closing.
		if s.Next != 5 || s.Events != 10 || !s.Closed || s.Days.End != day+30 {
			t.Errorf("series next %d, events %d, closed %v, end %s; want 5, 10, true, %s", s.Next, s.Events, s.Closed, s.Days.End, day+30)
		}
	})
	d.whole()
}

// ledgerInOrder prevents a sound ledger from being reported as broken: read in
// another order than written, the hashes do not follow, and honest clerks are asked
// what they did.
func ledgerInOrder(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	// More than nine events, so that an order of texts (1, 10, 11, 2) shows.
	for i := range 12 {
		d.issue(fmt.Sprintf("tb-%02d", i), id)
	}
	d.view(func(r documents.Reader) {
		// The first event follows the zero hash.
		var prev documents.Digest
		for i, e := range exam.Collect(t, r.Events(id)) {
			if e.Seq != int64(i+1) || e.Prev != prev {
				t.Fatalf("event %d of the walk has seq %d, or does not follow the one before it", i+1, e.Seq)
			}
			prev = e.Hash
		}
	})
	// All ledgers together are how a check finds one whose series is gone.
	other := d.open(openRequest("KL"))
	d.view(func(r documents.Reader) {
		all := exam.Collect(t, r.Events(""))
		if len(all) != 14 {
			t.Fatalf("all ledgers together have %d events, want 14", len(all))
		}
		for i := 1; i < len(all); i++ {
			a, b := all[i-1], all[i]
			if a.Series > b.Series || a.Series == b.Series && a.Seq >= b.Seq {
				t.Errorf("all ledgers: event %d comes out of order (by series, then seq)", i)
			}
		}
	})
	if id == other {
		t.Errorf("two keys give one series")
	}
	d.whole()
}

// fieldsComeBack prevents a register that says less than the clerk typed: a signer
// cut off, a mark lost, a time rounded. Rounded times also break the hash, years
// later.
func fieldsComeBack(t T, store documents.Store) {
	d := newDesk(t, store, org)
	req := openRequest("TB")
	// An office that changes over in mid-term: the case in which First and Basis are not
	// the defaults a store may have forgotten to write.
	req.First, req.Basis, req.Days.End = 127, "sổ giấy đến số 126", day+100
	req.Continues = "dãy số của đơn vị cũ" // kept elsewhere
	id := d.open(req)
	// A nanosecond more than start, and an actor who acts for another: both are easily
	// dropped.
	at := vanphong.Stamp{By: vanphong.Actor{ID: "nguyen-van-an", For: "chanh-van-phong"}, At: start.Add(time.Nanosecond)}
	// Every field is set and the texts hold what SQL, HTML and formats give a meaning
	// to.
	want, err := d.reg.Issue(d.ctx, org, documents.IssueRequest{ID: "đủ trường/1", Series: id, Content: documents.Content{
		Kind: documents.KindNotice, Day: day + 1, Abstract: "Kết luận của Thường trực \"Tỉnh ủy\" – 100% <a&b>'", Signer: "Trần Thị Bình",
		DecidedBy: "thuong-truc", Urgency: vanphong.ExpressTimed, Origin: "ket-luan-7", Unit: "VP", Tail: "nb", With: "UBND", Issues: documents.KindWorkingRules,
	}, Reason: "vào sổ sau \"số 128\""}, at)
	d.must(err, "issue")
	d.view(func(r documents.Reader) {
		got, err := r.Entry(want.ID)
		d.must(err, "entry")
		// Instants are compared by Equal and zone apart, since time.Time may differ within.
		if !got.Last.At.Equal(want.Last.At) {
			t.Errorf("instant %s, want %s to the nanosecond", got.Last.At, want.Last.At)
		}
		if _, off := got.Last.At.Zone(); off != 0 {
			t.Errorf("instant %s, want it in UTC", got.Last.At)
		}
		got.Last.At = want.Last.At
		if !reflect.DeepEqual(got, want) {
			t.Errorf("entry\n%+v, want\n%+v", got, want)
		}
		s, err := r.Series(id)
		d.must(err, "series")
		events := exam.Collect(t, r.Events(id))
		if len(events) != 2 {
			t.Fatalf("%d events, want 2", len(events))
		}
		last := events[1]
		if s.First != 127 || s.Next != 128 || s.Basis != req.Basis || s.Days != req.Days || s.Key != req.Key || s.Continues != req.Continues || s.Latest != want.Day || s.Head != last.Hash {
			t.Errorf("series %+v", s)
		}
		if last.By != at.By || !last.At.Equal(at.At) || last.Serial != 127 || last.Entry != want.ID || last.Org != org {
			t.Errorf("event %+v", last)
		}
		// A store that hashes by itself, or drops the salt, makes the content impossible to
		// prove.
		if last.Hash != last.Sum() || last.Salt == (documents.Salt{}) {
			t.Errorf("the event's hash or salt did not come back")
		}
	})
	d.whole()
}

// reopenKeeps is the case of Options.Reopen.
//
// It prevents the loss of a night: the machine restarts, and a counter that was kept
// in memory begins anew with numbers that are on paper.
func reopenKeeps(t T, store documents.Store, reopen func(documents.Store) documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb-1", id)
	d.reserve("tb-2", id)
	d.void("tb-1", "sai thể thức")
	// Issued, reserved and void together, so that each state has been written and read
	// back.
	before := d.state()
	d = newDesk(t, reopen(store), org)
	if after := d.state(); after != before {
		t.Errorf("opened again:\n%s\nwant\n%s", after, before)
	}
	if n := d.issue("tb-3", id).Serial; n != 3 {
		t.Errorf("the next number is %d, want 3", n)
	}
	if n := d.issue("tb-2", id).Serial; n != 2 {
		t.Errorf("the reserved number is issued as %d, want 2", n)
	}
	d.whole()
}
