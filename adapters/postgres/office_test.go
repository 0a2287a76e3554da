package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// An office for the tests: one organisation, one series of decisions.

const office = vanphong.OrgID("tinh-uy")

var (
	clerk = vanphong.Stamp{By: vanphong.Actor{ID: "van-thu", For: "chanh-van-phong"}, At: time.Date(2026, 3, 5, 8, 0, 0, 123456789, vanphong.Hanoi)}
	today = vanphong.MustDate("2026-03-05")
)

func decisionsOf(org vanphong.OrgID) documents.SeriesKey {
	return documents.SeriesKey{Organ: org, Scope: "nk-2025-2030", Name: "QĐ"}
}

func mustOpen(t testing.TB, dsn string, opt *postgres.Options) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(context.Background(), dsn, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func openSeries(t testing.TB, store documents.Store, org vanphong.OrgID) *documents.Registrar {
	t.Helper()
	r := documents.NewRegistrar(store, nil)
	_, err := r.Open(context.Background(), org, documents.OpenRequest{
		Key: decisionsOf(org), Issuer: "TU",
		Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")},
	}, clerk)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func issue(ctx context.Context, r *documents.Registrar, org vanphong.OrgID, id string) (documents.Entry, error) {
	return r.Issue(ctx, org, documents.IssueRequest{
		ID: documents.EntryID(id), Series: decisionsOf(org).ID(),
		Content: documents.Content{Kind: documents.KindDecision, Day: today, Signer: "bi-thu",
			Abstract: "Về việc kiện toàn tổ công tác " + id, Origin: "ket-luan-" + id},
	}, clerk)
}

// checkWhole asserts that a series has given 1 to n, each once, and that every
// table is what its chain says.
func checkWhole(t testing.TB, s *postgres.Store, org vanphong.OrgID, n int) {
	t.Helper()
	if err := s.VerifyAll(context.Background()); err != nil {
		t.Fatal(err)
	}
	p, err := documents.NewRegistrar(s.Documents(), nil).Proof(context.Background(), org, decisionsOf(org).ID())
	if err != nil {
		t.Fatal(err)
	}
	if !p.Whole() || p.Issued != n || int(p.Last) != n {
		t.Fatalf("series gave %d numbers up to %d, missing %v; want %d without a gap", p.Issued, p.Last, p.Missing, n)
	}
}

// ports is what a Store and the Ports within a transaction have in common.
type ports interface {
	Documents() documents.Store
	Calendar() calendar.Store
	Meetings() meetings.Store
	FollowUp() followup.Store
}

// fillWeek puts at least one row into every table.
func fillWeek(t testing.TB, s ports) {
	t.Helper()
	ctx := context.Background()
	r := openSeries(t, s.Documents(), office)
	for i := range 3 {
		if _, err := issue(ctx, r, office, fmt.Sprint("d", i)); err != nil {
			t.Fatal(err)
		}
	}
	_, err := r.Void(ctx, office, documents.VoidRequest{ID: "d1", Reason: "in nhầm"}, clerk)
	for _, step := range []func() error{
		func() error { return err },
		func() error {
			return s.Calendar().Update(ctx, office, func(tx calendar.Tx) error { return tx.PutSchedule(week("w1", "e1", "e2")) })
		},
		func() error {
			return s.Meetings().Update(ctx, office, func(tx meetings.Tx) error {
				err := tx.PutRoll(meetings.Roll{Org: office, Body: vanphong.Body{ID: "btv"}, Last: clerk})
				return errors.Join(err, tx.PutMeeting(meetings.Meeting{ID: "m1", Org: office, Body: "btv", Day: today, Last: clerk}),
					tx.PutConclusion(meetings.Conclusion{ID: "c1", Org: office, Meeting: "m1", Day: today, Last: clerk}))
			})
		},
		func() error { return putTask(ctx, s.FollowUp(), "t1", "Rà soát quy chế", 0) },
		func() error { return putTask(ctx, s.FollowUp(), "t1", "Rà soát quy chế làm việc", 1) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
}

func week(id calendar.ScheduleID, entries ...calendar.EntryID) calendar.WeekSchedule {
	w := calendar.WeekSchedule{ID: id, Org: office, Days: calendar.WeekOf(today), Last: clerk}
	for _, e := range entries {
		w.Entries = append(w.Entries, calendar.Entry{ID: e, Day: today, Session: calendar.Morning, Activity: "Hội nghị Ban Thường vụ"})
	}
	return w
}

func putTask(ctx context.Context, st followup.Store, id followup.TaskID, title string, version int64) error {
	return st.Update(ctx, office, func(tx followup.Tx) error {
		return tx.PutTask(followup.Task{ID: id, Org: office, Title: title, Lead: "ban-to-chuc", Assigned: today,
			Origin: followup.Origin{ID: "c1"}, Last: clerk, Version: version})
	})
}
