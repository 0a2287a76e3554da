package meetingstest

import (
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
type T = exam.T

// Case is one rule of the port, to be run on an empty store.
type Case = exam.Case[meetings.Store]

// Options of [Run]: Reopen closes a store and opens it again on the same data.
// Nil: the store keeps nothing, and the run says so.
type Options = exam.Options[meetings.Store]

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) meetings.Store, opt *Options) {
	t.Helper()
	exam.Run(t, Cases(), reopenKeeps, open, opt)
}

// Cases returns the rules, in the order in which a failure tells most.
func Cases() []Case {
	return append(port().Cases(), []Case{
		{Name: "every field comes back as it was", Run: recordKeptWhole},
		{Name: "what is not there is not found", Run: notFound},
		{Name: "a transaction reads what it wrote", Run: readYourWrites},
		{Name: "a put refuses a version that is not the stored one", Run: versionConflict},
		{Name: "a put refuses a record of another organisation", Run: foreignRecord},
		{Name: "one id in two organisations is two records", Run: isolationIDs},
		{Name: "no listing crosses organisations", Run: isolationListing},
		{Name: "ids are kept to the byte", Run: idsExact},
		{Name: "what is read belongs to the reader", Run: recordsNotShared},
		{Name: "records come in their order", Run: order},
		{Name: "a query of meetings gives exactly what it asks for", Run: queryMeetings},
		{Name: "a query of conclusions gives exactly what it asks for", Run: queryConclusions},
		{Name: "a walk can be left early", Run: walkStops},
		{Name: "concurrent updates lose nothing", Run: concurrentUpdates},
		{Name: "ordinals come without gap or double", Run: ordinals},
		{Name: "a step run again changes nothing", Run: rerun},
	}...)
}

// The meeting comes first and is the record that Change changes.
func port() exam.Port[meetings.Store, meetings.Tx, meetings.Reader] {
	return exam.Port[meetings.Store, meetings.Tx, meetings.Reader]{
		Put: func(tx meetings.Tx, org vanphong.OrgID, name string) error {
			if err := tx.PutMeeting(meeting(org, meetings.MeetingID(name))); err != nil {
				return err
			}
			if err := tx.PutRoll(roll(org, vanphong.BodyID(name))); err != nil {
				return err
			}
			return tx.PutConclusion(conclusion(org, meetings.ConclusionID(name)))
		},
		Change: func(tx meetings.Tx, name string) error {
			m, err := tx.Meeting(meetings.MeetingID(name))
			if err != nil {
				return err
			}
			m.Title = "sửa"
			return tx.PutMeeting(m)
		},
		Lines: func(name string) []vanphong.Change {
			m, r, c := meeting(exam.Here, "").Last, roll(exam.Here, "").Last, conclusion(exam.Here, "").Last
			return []vanphong.Change{
				{Kind: meetings.RecordMeeting, ID: name, At: m.At, By: m.By},
				{Kind: meetings.RecordRoll, ID: name, At: r.At, By: r.By},
				{Kind: meetings.RecordConclusion, ID: name, At: c.At, By: c.By},
			}
		},
		State: func(t T, r meetings.Reader) (all []any) {
			for _, v := range exam.Collect(t, r.Rolls()) {
				all = append(all, v)
			}
			for _, v := range exam.Collect(t, r.Meetings(meetings.Query{})) {
				all = append(all, v)
			}
			for _, v := range exam.Collect(t, r.Conclusions(meetings.ConclusionQuery{})) {
				all = append(all, v)
			}
			return all
		},
		NoHoldUp: true,
	}
}
