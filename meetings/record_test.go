package meetings

import (
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// records is every exported struct that is stored or sent, filled.
func records(t *testing.T) []any {
	f := newOffice(t, 3)
	m := f.open("e", 3)
	f.must(f.MarkAway(f.ctx, org, m.ID, m.Agenda[0].ID, []Away{{"p03", LeftRoom, "họp trực tuyến khác"}}, stamp(3)))
	f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, votes(2, 0, 0), stamp(4)))
	secret := Ballot{Method: SecretVote, For: 2, Blank: 1, Turnout: persons(1, 3), Note: "x"}
	m = f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, secret, stamp(4)))
	c, err := f.Conclude(f.ctx, org, m.ID, m.Agenda[0].ID, Draft{documents.KindConclusion, "về việc", "nội dung", vanphong.Secret}, stamp(5))
	if err != nil {
		t.Fatal(err)
	}
	m = f.must(f.Close(f.ctx, org, m.ID, stamp(6)))
	m = f.must(f.WriteUp(f.ctx, org, m.ID, day+1, stamp(7)))
	roll, err := f.Roll(f.ctx, org, btv.ID)
	if err != nil {
		t.Fatal(err)
	}
	counts, err := f.CountByBody(f.ctx, org, vanphong.Days{})
	if err != nil {
		t.Fatal(err)
	}
	return []any{
		m, m.Agenda[0], m.Agenda[1].Decision, m.Opening, m.Marks[0], c, roll, counts[0], invitation("e"), invitation("e").Agenda[1], secret, votes(1, 1, 1),
		Draft{documents.KindNotice, "a", "b", vanphong.Secret}, DefaultPolicy(), DefaultPolicy().Quorum.Threshold,
		Query{"btv", "k20", Closed, vanphong.Days{First: day, End: day + 1}},
		ConclusionQuery{"btv", "m", documents.KindNotice, vanphong.Days{First: day}, true},
		Meeting{}, Conclusion{}, Roll{}, Invitation{}, Decision{}, Ballot{}, Tally{},
	}
}

func TestEveryRecordRoundTripsThroughJSON(t *testing.T) {
	for _, v := range records(t) {
		b, err := json.Marshal(v)
		if err != nil {
			t.Errorf("%T: %v", v, err)
			continue
		}
		back := reflect.New(reflect.TypeOf(v))
		if err := json.Unmarshal(b, back.Interface()); err != nil {
			t.Errorf("%T: %v", v, err)
			continue
		}
		again, _ := json.Marshal(back.Elem().Interface())
		if string(b) != string(again) {
			t.Errorf("%T:\n%s\n%s", v, b, again)
		}
	}
}

func TestADayThatDoesNotExistIsRefusedInEveryRecord(t *testing.T) {
	found := 0
	for _, v := range records(t) {
		b, _ := json.Marshal(v)
		for _, d := range []vanphong.Date{day, day + 1, term.Days.First} {
			old := `"` + d.String() + `"`
			for i := 0; ; i++ {
				at := nth(string(b), old, i)
				if at < 0 {
					break
				}
				found++
				bad := string(b)[:at] + `"2026-02-30"` + string(b)[at+len(old):]
				if err := json.Unmarshal([]byte(bad), reflect.New(reflect.TypeOf(v)).Interface()); !errors.Is(err, vanphong.ErrInvalid) {
					t.Errorf("%T at %d: %v", v, at, err)
				}
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d days were tried", found)
	}
}

// nth returns where the n-th occurrence of sub begins, or -1.
func nth(s, sub string, n int) int {
	at := 0
	for {
		i := strings.Index(s[at:], sub)
		if i < 0 {
			return -1
		}
		if n == 0 {
			return at + i
		}
		n--
		at += i + len(sub)
	}
}

func TestCodesRoundTripAndUnknownOnesAreRefused(t *testing.T) {
	check := func(name string, n int, of func(int) (encoding.TextMarshaler, string), read func([]byte) (any, error)) {
		seen := map[string]bool{}
		for i := range n {
			v, text := of(i)
			b, err := v.MarshalText()
			if err != nil || seen[string(b)] || (i > 0 && text == "") {
				t.Errorf("%s %d: %q %q %v", name, i, b, text, err)
			}
			seen[string(b)] = true
			if back, err := read(b); err != nil || !reflect.DeepEqual(back, any(v)) {
				t.Errorf("%s %q reads as %v, %v", name, b, back, err)
			}
		}
		v, text := of(n)
		if _, err := v.MarshalText(); err == nil || text != "?" {
			t.Errorf("%s has more than %d", name, n)
		}
		if _, err := read([]byte("Opened")); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s reads anything: %v", name, err)
		}
	}
	check("base", 7, func(i int) (encoding.TextMarshaler, string) { v := Base(i); return v, v.Name() }, func(b []byte) (any, error) { var v Base; err := v.UnmarshalText(b); return v, err })
	check("kind", 3, func(i int) (encoding.TextMarshaler, string) { v := Kind(i); return v, v.Name() }, func(b []byte) (any, error) { var v Kind; err := v.UnmarshalText(b); return v, err })
	check("mode", 3, func(i int) (encoding.TextMarshaler, string) { v := Mode(i); return v, v.Name() }, func(b []byte) (any, error) { var v Mode; err := v.UnmarshalText(b); return v, err })
	check("state", 6, func(i int) (encoding.TextMarshaler, string) { v := State(i); return v, v.Name() }, func(b []byte) (any, error) { var v State; err := v.UnmarshalText(b); return v, err })
	check("presence", 4, func(i int) (encoding.TextMarshaler, string) { v := Presence(i); return v, v.Name() }, func(b []byte) (any, error) { var v Presence; err := v.UnmarshalText(b); return v, err })
	check("away", 3, func(i int) (encoding.TextMarshaler, string) { v := AwayReason(i); return v, v.Name() }, func(b []byte) (any, error) { var v AwayReason; err := v.UnmarshalText(b); return v, err })
	check("method", 5, func(i int) (encoding.TextMarshaler, string) { v := Method(i); return v, v.Name() }, func(b []byte) (any, error) { var v Method; err := v.UnmarshalText(b); return v, err })
	check("choice", 4, func(i int) (encoding.TextMarshaler, string) { v := Choice(i); return v, v.Name() }, func(b []byte) (any, error) { var v Choice; err := v.UnmarshalText(b); return v, err })
	check("outcome", 4, func(i int) (encoding.TextMarshaler, string) { v := Outcome(i); return v, v.Name() }, func(b []byte) (any, error) { var v Outcome; err := v.UnmarshalText(b); return v, err })
}

func TestNothingSecretLeavesThroughTheDoor(t *testing.T) {
	f := newOffice(t, 3)
	inv := invitation("e")
	inv.Title, inv.Place = "Hội nghị tháng 12", "Phòng họp số 1"
	inv.Agenda[1] = Proposal{Key: "khóa-mật", Title: "tiêu-đề-mật", Unit: "đơn-vị-mật", Secrecy: vanphong.Secret, Invited: []vanphong.PersonID{"khách-mật"}}
	m := f.must(f.Convene(f.ctx, org, inv, stamp(1)))
	f.must(f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, "p01", "p02", "p03", "khách-mật", "khach"), stamp(2)))
	f.must(f.Secretary.Open(f.ctx, org, m.ID, stamp(3)))
	f.must(f.MarkAway(f.ctx, org, m.ID, m.Agenda[1].ID, []Away{{"p03", Conflicted, "ghi-chú-mật"}}, stamp(3)))
	f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, votes(3, 0, 0), stamp(4)))
	m = f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, Ballot{Method: Consensus, Note: "thống-nhất-mật"}, stamp(4)))
	c, err := f.Conclude(f.ctx, org, m.ID, m.Agenda[1].ID, Draft{documents.KindConclusion, "trích-yếu-mật", "nội-dung-mật", vanphong.Secret}, stamp(5))
	if err != nil {
		t.Fatal(err)
	}
	lan := vanphong.Redaction{"LAN độc lập": vanphong.Secret, "WAN": vanphong.Confidential}
	show := func(v any) string { b, _ := json.Marshal(v); return string(b) }
	for _, zone := range []vanphong.Zone{"internet", "WAN", ""} {
		out := show(m.For(zone, lan)) + show(c.For(zone, lan))
		if strings.Contains(out, "mật\"") || strings.Contains(out, "-mật") {
			t.Errorf("%s: %s", zone, out)
		}
		// The id derives from meeting and key: it would confirm a guess.
		if strings.Contains(show(m.For(zone, lan)), string(NewItemID(m.ID, "khóa-mật"))) {
			t.Errorf("%s: the id of the hidden item tells its key", zone)
		}
		// What is open stays.
		if !strings.Contains(out, "Chương trình làm việc năm 2026") || !strings.Contains(out, vanphong.Placeholder) || !strings.Contains(out, "khach") {
			t.Errorf("%s: %s", zone, out)
		}
	}
	if out := m.For("LAN độc lập", lan); !reflect.DeepEqual(out.Agenda, m.Agenda) || out.Version != 0 {
		t.Errorf("%+v", out)
	}
	if out := c.For("LAN độc lập", lan); out.Text != c.Text || out.Version != 0 {
		t.Errorf("%+v", out)
	}
	if show(m.For("internet", nil)) != show(m.For("internet", vanphong.Redaction{})) {
		t.Error("without a policy nothing secret leaves")
	}
	// A meeting that is secret itself can be counted, and no more.
	inv = invitation("mật")
	inv.Secrecy, inv.Title, inv.Place = vanphong.TopSecret, "hội-nghị-mật", "nơi-mật"
	top := f.must(f.Convene(f.ctx, org, inv, stamp(1)))
	out := top.For("LAN độc lập", lan)
	if out.Day != day || out.Body != btv.ID || out.State != Convened || out.Agenda != nil || out.Summoned != nil || out.Chair != "" || out.Entry != "" || out.Place != "" || out.Title != vanphong.Placeholder {
		t.Errorf("%+v", out)
	}
	// A view cannot be written over the meeting.
	if err := f.store.Update(f.ctx, org, func(tx Tx) error { return tx.PutMeeting(m.For("internet", nil)) }); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("a view was stored: %v", err)
	}
}

func TestTextsAreBounded(t *testing.T) {
	for _, c := range []struct {
		text string
		kind error
	}{
		{strings.Repeat("a", MaxText), nil},                      // as long as may be
		{strings.Repeat("a", MaxText+1), vanphong.ErrOutOfRange}, // one more
		{"dòng 1\n\tdòng 2\r\n", nil},                            // lines are text
		{"a\x00b", vanphong.ErrInvalid},                          // control character
		{"a\xffb", vanphong.ErrInvalid},                          // no UTF-8
		{" \n", vanphong.ErrInvalid},                             // nothing, though needed
	} {
		if err := checkText("x", c.text, true); !errors.Is(err, c.kind) {
			t.Errorf("%.10q: %v", c.text, err)
		}
	}
}

// No rule of the default policy was read for a provincial committee, so none
// may claim to be its primary text.
func TestDefaultPolicyClaimsNoMoreThanIsKnown(t *testing.T) {
	for _, r := range []Rule{DefaultPolicy().Quorum, DefaultPolicy().Majority} {
		if r.Source.Grade != vanphong.GradeInferred || r.Source.Clause == "" {
			t.Errorf("%v rests on %+v", r.Threshold, r.Source)
		}
	}
}
