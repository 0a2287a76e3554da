package sqlcore

import (
	"iter"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// Meetings returns the port of rolls, meetings and conclusions over an access.
func Meetings(a Access) meetings.Store {
	return &port[meetings.Tx, meetings.Reader]{a, portMeetings,
		func(sc *scope) meetings.Tx { return meetingsTx{meetingsReader{sc}} },
		func(sc *scope) meetings.Reader { return meetingsReader{sc} },
	}
}

// FollowUp returns the port of tasks over an access.
func FollowUp(a Access) followup.Store {
	return &port[followup.Tx, followup.Reader]{a, portFollowUp,
		func(sc *scope) followup.Tx { return followupTx{followupReader{sc}} },
		func(sc *scope) followup.Reader { return followupReader{sc} },
	}
}

// Stored in every change and part of its hash: see portCalendar.
const (
	portMeetings = "meetings"
	portFollowUp = "followup"
)

// Rolls have no day: all are listed under none, in the order of their ids.
//
// The id of a roll is its body's, for a body (ban chấp hành, ban thường vụ …)
// has one.
var rolls = kind[meetings.Roll]{
	port: portMeetings, name: meetings.RecordRoll,
	id:      func(r *meetings.Roll) string { return string(r.Body.ID) },
	org:     func(r *meetings.Roll) vanphong.OrgID { return r.Org },
	version: func(r *meetings.Roll) *int64 { return &r.Version },
	last:    func(r *meetings.Roll) vanphong.Stamp { return r.Last },
}

// A meeting belongs to a body, a conclusion to a meeting, a task to what it
// originates from: parent is the one link that listings follow.
var meetingRecords = kind[meetings.Meeting]{
	port: portMeetings, name: meetings.RecordMeeting,
	id:      func(m *meetings.Meeting) string { return string(m.ID) },
	org:     func(m *meetings.Meeting) vanphong.OrgID { return m.Org },
	version: func(m *meetings.Meeting) *int64 { return &m.Version },
	last:    func(m *meetings.Meeting) vanphong.Stamp { return m.Last },
	day:     func(m *meetings.Meeting) vanphong.Date { return m.Day },
	parent:  func(m *meetings.Meeting) string { return string(m.Body) },
}

// Its day is the meeting's, not the one it was recorded on: an office asks
// what was concluded in a quarter, and conclusions are often written up in the
// next.
var conclusions = kind[meetings.Conclusion]{
	port: portMeetings, name: meetings.RecordConclusion,
	id:      func(c *meetings.Conclusion) string { return string(c.ID) },
	org:     func(c *meetings.Conclusion) vanphong.OrgID { return c.Org },
	version: func(c *meetings.Conclusion) *int64 { return &c.Version },
	last:    func(c *meetings.Conclusion) vanphong.Stamp { return c.Last },
	day:     func(c *meetings.Conclusion) vanphong.Date { return c.Day },
	parent:  func(c *meetings.Conclusion) string { return string(c.Meeting) },
}

// Listed by the day a task was assigned, which never moves; its deadline may
// (gia hạn), and a record that moved in the listing could be met twice or
// missed by a walk.
var tasks = kind[followup.Task]{
	port: portFollowUp, name: followup.RecordTask,
	id:      func(t *followup.Task) string { return string(t.ID) },
	org:     func(t *followup.Task) vanphong.OrgID { return t.Org },
	version: func(t *followup.Task) *int64 { return &t.Version },
	last:    func(t *followup.Task) vanphong.Stamp { return t.Last },
	day:     func(t *followup.Task) vanphong.Date { return t.Assigned },
	parent:  func(t *followup.Task) string { return t.Origin.ID },
}

// meetingsReader is meetings.Reader.
type meetingsReader struct{ sc *scope }

// meetingsTx is meetings.Tx.
type meetingsTx struct{ meetingsReader }

// Roll implements meetings.Reader.
func (r meetingsReader) Roll(id vanphong.BodyID) (meetings.Roll, error) {
	return rolls.get(r.sc, string(id))
}

// Rolls implements meetings.Reader.
func (r meetingsReader) Rolls() iter.Seq2[meetings.Roll, error] {
	return rolls.walk(r.sc, filter{}, func(meetings.Roll) bool { return true })
}

// Meeting implements meetings.Reader.
func (r meetingsReader) Meeting(id meetings.MeetingID) (meetings.Meeting, error) {
	return meetingRecords.get(r.sc, string(id))
}

// Meetings implements meetings.Reader.
func (r meetingsReader) Meetings(q meetings.Query) iter.Seq2[meetings.Meeting, error] {
	return meetingRecords.walk(r.sc, filter{days: q.Days, parent: string(q.Body)}, q.Match)
}

// Conclusion implements meetings.Reader.
func (r meetingsReader) Conclusion(id meetings.ConclusionID) (meetings.Conclusion, error) {
	return conclusions.get(r.sc, string(id))
}

// Conclusions implements meetings.Reader.
func (r meetingsReader) Conclusions(q meetings.ConclusionQuery) iter.Seq2[meetings.Conclusion, error] {
	return conclusions.walk(r.sc, filter{days: q.Days, parent: string(q.Meeting)}, q.Match)
}

// PutRoll implements meetings.Tx.
func (t meetingsTx) PutRoll(r meetings.Roll) error { return rolls.put(t.sc, r) }

// PutMeeting implements meetings.Tx.
func (t meetingsTx) PutMeeting(m meetings.Meeting) error { return meetingRecords.put(t.sc, m) }

// PutConclusion implements meetings.Tx.
func (t meetingsTx) PutConclusion(c meetings.Conclusion) error { return conclusions.put(t.sc, c) }

// followupReader is followup.Reader.
type followupReader struct{ sc *scope }

// followupTx is followup.Tx.
type followupTx struct{ followupReader }

// Task implements followup.Reader.
func (r followupReader) Task(id followup.TaskID) (followup.Task, error) {
	return tasks.get(r.sc, string(id))
}

// Tasks implements followup.Reader.
func (r followupReader) Tasks(q followup.Query) iter.Seq2[followup.Task, error] {
	return tasks.walk(r.sc, filter{days: q.Assigned, parent: q.Origin}, q.Match)
}

// PutTask implements followup.Tx.
func (t followupTx) PutTask(k followup.Task) error { return tasks.put(t.sc, k) }
