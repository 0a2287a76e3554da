package meetingstest

import (
	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings"
)

const (
	here  = exam.Here
	there = exam.There
	day   = exam.Day
)

// The body belongs to one office in every case: whose roll it is, is for the
// roll to say.
func body(id vanphong.BodyID) vanphong.Body {
	return vanphong.Body{ID: id, Org: here, Kind: vanphong.StandingCommittee, Name: "Ban Thường vụ"}
}

// One membership without an end and one without days at all: both occur.
func roll(org vanphong.OrgID, id vanphong.BodyID) meetings.Roll {
	return meetings.Roll{
		Org: org, Body: body(id), Last: exam.Stamp(1),
		Members: []vanphong.Membership{{Body: id, Person: "p1", Post: "Bí thư", Days: vanphong.Days{First: day - 100}}, {Body: id, Person: "p2"}},
		Runs:    []meetings.Run{{Term: "k20", Given: 31, First: 30, Basis: "sổ cũ"}},
	}
}

// meeting returns a record with every field filled, so that whatever a store
// forgets is missed.
func meeting(org vanphong.OrgID, id meetings.MeetingID) meetings.Meeting {
	tally := meetings.Tally{InOffice: 3, Summoned: 3, Present: 2, For: 1, Against: 1, Blank: 1, Invalid: 1}
	th := meetings.Threshold{Num: 1, Den: 2, Strict: true, Base: meetings.BaseInOffice}
	return meetings.Meeting{
		ID: id, Org: org, Entry: calendar.EntryID("lịch/" + string(id)), Body: "btv", Term: "k20", Kind: meetings.Extraordinary, Mode: meetings.Online,
		Title: "Hội nghị bất thường \"'\\\n%_", Day: day, Start: day.At(7, 30), Place: "Phòng họp số 1", Chair: "p1",
		Summoned: []vanphong.PersonID{"p1", "p2"}, Invited: []vanphong.PersonID{"k"}, Secrecy: vanphong.Confidential,
		Agenda: []meetings.Item{
			{
				ID: "i1", Key: "1", Title: "Kế hoạch", Unit: "btc", Secrecy: vanphong.Secret, Invited: []vanphong.PersonID{"k1"}, Late: true, Previous: "i0",
				Away: []meetings.Away{{Person: "p2", Why: meetings.Conflicted, Note: "liên quan"}},
				Decision: meetings.Decision{
					Method: meetings.OpenVote, Outcome: meetings.NotAdopted, Tally: tally, Quorum: th, Threshold: th, Basis: "quy chế",
					Present: []vanphong.PersonID{"p1"}, Votes: []meetings.Vote{{Person: "p1", Choice: meetings.Blank}},
					Turnout: []vanphong.PersonID{"p1"}, Note: "ý kiến", Policy: "v1", Made: exam.Stamp(2),
				},
			},
			{ID: "i2", Key: "2", Title: "Nội dung thứ hai"},
		},
		State: meetings.Opened, Ordinal: 32,
		Marks:    []meetings.Mark{{Person: "p2", Presence: meetings.Absent, Reason: "ốm", At: exam.Stamp(0).At}},
		InOffice: []vanphong.PersonID{"p1", "p2"},
		Opening:  meetings.Opening{Tally: tally, Quorum: th, Policy: "v1", Made: exam.Stamp(1)},
		Reason:   "lý do", Previous: "m0", Next: "m2", MinutesDay: day + 3, Last: exam.Stamp(3),
	}
}

// As issued after its first number was void, so that both fields are filled.
func conclusion(org vanphong.OrgID, id meetings.ConclusionID) meetings.Conclusion {
	return meetings.Conclusion{
		ID: id, Org: org, Meeting: "m1", Item: "i1", Body: "btv", Term: "k20", Day: day, Kind: documents.KindConclusion,
		Abstract: "về kế hoạch", Text: "Ban Thường vụ thống nhất …", Secrecy: vanphong.Secret, Document: "vb-1",
		Number: documents.Number{System: documents.SystemParty, Serial: 122, Code: "KL", Issuer: "TU"},
		Voided: []documents.EntryID{"vb-0"}, Last: exam.Stamp(4),
	}
}

func meetingName(m meetings.Meeting) string       { return string(m.ID) }
func conclusionName(c meetings.Conclusion) string { return string(c.ID) }
func rollName(r meetings.Roll) string             { return string(r.Body.ID) }

// putAll writes one record of each kind.
//
// In the order in which the cases expect the changes.
func putAll(tx meetings.Tx, org vanphong.OrgID) error {
	if err := tx.PutRoll(roll(org, "btv")); err != nil {
		return err
	}
	if err := tx.PutMeeting(meeting(org, "m1")); err != nil {
		return err
	}
	return tx.PutConclusion(conclusion(org, "c1"))
}
