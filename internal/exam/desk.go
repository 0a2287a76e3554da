package exam

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
)

// The organisations and the day of the cases.
//
// Ids as offices have them. The day is fixed, so that two runs compare byte
// for byte.
const (
	Here  = vanphong.OrgID("tinh-uy")
	There = vanphong.OrgID("thanh-uy")
	Day   = vanphong.Date(739589) // 2025-12-05
)

// ErrStop is the error of a function that wants to be undone.
var ErrStop = errors.New("stop")

// Stamp is the n-th thing done. Its odd nanoseconds show a store that keeps
// less than it was given.
//
// It also has an actor for somebody else: adapters with one column for who did
// it are found out.
func Stamp(n int) vanphong.Stamp {
	return vanphong.Stamp{
		By: vanphong.Actor{ID: "văn thư", For: "chánh văn phòng"},
		At: Day.At(8, 0).Add(time.Duration(n)*time.Minute + 123456789),
	}
}

// OddIDs are ids that stores have folded, cut or read as patterns.
//
// "ủy" and "uỷ" and the decomposed form look alike and are three ids; a
// database that compares without case or marks takes "a" for "A" and "D" for
// "Đ" and gives one office another's record.
func OddIDs() []string {
	long := strings.Repeat("x", vanphong.MaxID)
	return []string{"a", "A", "a ", " a", "%", "_", "a'b", `a"b`, `a\b`, "ủy", "uỷ", "u\u0309y", "Đ", "D", "0", "00", "1e1", "🏛", long, long[1:]}
}

type updater[Tx any] interface {
	Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error
}

// Update runs fn in an Update; an error ends the case.
//
// For the parts of a case that are not what it examines.
func Update[Tx any](t T, s updater[Tx], org vanphong.OrgID, fn func(Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), org, fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

type viewer[R any] interface {
	View(ctx context.Context, org vanphong.OrgID, fn func(R) error) error
}

// View runs fn in a View; an error ends the case.
func View[R any](t T, s viewer[R], org vanphong.OrgID, fn func(R) error) {
	t.Helper()
	if err := s.View(t.Context(), org, fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

type changer interface {
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Changes lists the changes of an organisation after a cursor.
func Changes(t T, s changer, org vanphong.OrgID, after vanphong.Cursor) []vanphong.Change {
	t.Helper()
	return Collect(t, s.Changes(t.Context(), org, after))
}

// Lines is the kinds and ids of changes: "meeting:m1 roll:btv ".
//
// Cursors are left out: how they are numbered is the store's own business.
func Lines(list []vanphong.Change) string {
	var b strings.Builder
	for _, c := range list {
		b.WriteString(c.Kind + ":" + c.ID + " ")
	}
	return b.String()
}

// Collect gathers what a walk yields; an error ends the case.
func Collect[V any](t T, seq iter.Seq2[V, error]) []V {
	t.Helper()
	var out []V
	for v, err := range seq {
		if err != nil {
			t.Fatalf("walk: %v", err)
		}
		out = append(out, v)
	}
	return out
}

// Names gathers what a walk yields, through a function that names each.
func Names[V any](t T, seq iter.Seq2[V, error], name func(V) string) []string {
	t.Helper()
	out := []string{}
	for _, v := range Collect(t, seq) {
		out = append(out, name(v))
	}
	return out
}

// Text is a value as JSON: the form in which records are compared, since an
// instant that was read back may have another location inside.
//
// Field by field it would miss those that a later version adds.
func Text(t T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("json: %v", err)
	}
	return string(b)
}

// Same compares two values by their [Text].
func Same(t T, what string, got, want any) {
	t.Helper()
	if g, w := Text(t, got), Text(t, want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// WantErr holds that err is of a kind.
func WantErr(t T, what string, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: got error %v, want one that is %v", what, err, kind)
	}
}
