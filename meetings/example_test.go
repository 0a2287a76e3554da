package meetings_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
)

// A standing committee of 15 meets with 10 present, votes and concludes.
func ExampleSecretary() {
	ctx, org := context.Background(), vanphong.OrgID("tinh-uy")
	day := vanphong.MustDate("2025-12-05")
	at := func(h, m int) vanphong.Stamp {
		return vanphong.Stamp{By: vanphong.Actor{ID: "thu-ky"}, At: day.At(h, m)}
	}
	s := meetings.NewSecretary(meetings.NewMemory(), nil)

	body := vanphong.Body{ID: "btv", Org: org, Kind: vanphong.StandingCommittee, Name: "Ban Thường vụ Tỉnh ủy"}
	var members []vanphong.Membership
	for i := range 15 {
		members = append(members, vanphong.Membership{Body: "btv", Person: vanphong.PersonID(fmt.Sprint("uv", i+1)), Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}})
	}
	if _, err := s.Enroll(ctx, org, body, members, at(7, 0)); err != nil {
		fmt.Println(err)
		return
	}
	m, err := s.Convene(ctx, org, meetings.Invitation{
		Entry: "lich-2025-49-3", Body: "btv", Kind: meetings.Regular, Mode: meetings.InPerson, Start: day.At(8, 0), Chair: "uv1",
		Term:   vanphong.Term{ID: "nk-2025-2030", Org: org, Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}},
		Agenda: []meetings.Proposal{{Key: "1", Title: "Chương trình làm việc năm 2026"}},
	}, at(7, 5))
	if err != nil {
		fmt.Println(err)
		return
	}
	var marks []meetings.Mark
	var votes []meetings.Vote
	for i, p := range m.Summoned[:10] {
		marks = append(marks, meetings.Mark{Person: p, Presence: meetings.PresentInRoom})
		choice := meetings.For
		if i >= 8 {
			choice = meetings.Against
		}
		votes = append(votes, meetings.Vote{Person: p, Choice: choice})
	}
	item := m.Agenda[0].ID
	s.Mark(ctx, org, m.ID, marks, at(7, 55))
	s.Open(ctx, org, m.ID, at(8, 0))
	m, err = s.Decide(ctx, org, m.ID, item, meetings.Ballot{Method: meetings.OpenVote, Votes: votes}, at(9, 0))
	if err != nil {
		fmt.Println(err)
		return
	}
	d := m.Agenda[0].Decision
	fmt.Printf("lần thứ %d: %d/%d %s, cần %d, %s\n", m.Ordinal, d.Tally.For, d.Tally.InOffice, d.Threshold.Base.Name(), d.Threshold.Needed(d.Tally.InOffice), d.Outcome.Name())

	c, err := s.Conclude(ctx, org, m.ID, item, meetings.Draft{Kind: documents.KindConclusion, Abstract: "về Chương trình làm việc năm 2026"}, at(9, 10))
	fmt.Println(c.Abstract, c.Document == "", err)
	// Output:
	// lần thứ 1: 8/15 ủy viên đương nhiệm, cần 8, thông qua
	// về Chương trình làm việc năm 2026 true <nil>
}

// More than half of 39 is 20, and of 8 it is 5.
func ExampleThreshold() {
	majority := meetings.Threshold{Num: 1, Den: 2, Strict: true, Base: meetings.BaseInOffice}
	fmt.Println(majority, majority.Needed(39), majority.Needed(8), majority.Met(4, 8))
	// Output: trên một nửa ủy viên đương nhiệm 20 5 false
}

// What went wrong is told by the kind of error; whom it is about by the error
// itself.
func ExampleErrNotMember() {
	err := error(vanphong.NewInputError("votes", "khach", "members of the body in office", meetings.ErrNotMember))
	var in *vanphong.InputError
	fmt.Println(errors.Is(err, meetings.ErrNotMember), errors.Is(err, vanphong.ErrInvalid), errors.As(err, &in) && in.Value == "khach")
	// Output: true true true
}
