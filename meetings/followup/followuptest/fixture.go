package followuptest

import (
	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

const (
	here  = exam.Here
	there = exam.There
	day   = exam.Day
)

// task returns a record with every field filled, so that whatever a store
// forgets is missed.
func task(org vanphong.OrgID, id followup.TaskID) followup.Task {
	return followup.Task{
		ID: id, Org: org, Key: "việc/" + string(id), Origin: followup.Origin{Kind: followup.FromConclusion, ID: "kl-1", Number: "122-KL/TU"},
		Title: "Tham mưu kế hoạch \"'\\\n%_", Product: "kế hoạch", Lead: "btc", Coordinating: []vanphong.OrgID{"vp", "btg"},
		Assigned: day, First: followup.Due{Day: day + 10, Basis: "10 ngày"}, Secrecy: vanphong.Secret,
		Extensions: []followup.Extension{{Day: day + 5, From: day + 10, To: day + 20, Reason: "chờ ý kiến", Made: exam.Stamp(1)}},
		Progress:   []followup.Progress{{Day: day + 1, Unit: "btc", Note: "đã dự thảo", Percent: 50, Made: exam.Stamp(2)}, {Day: day + 9, Done: true, Made: exam.Stamp(3)}},
		Withdrawn:  followup.Withdrawal{Day: day + 30, Reason: "trùng", Made: exam.Stamp(4)}, Last: exam.Stamp(5),
	}
}

// put writes tasks in one transaction.
func put(t T, s followup.Store, org vanphong.OrgID, list ...followup.Task) {
	t.Helper()
	exam.Update(t, s, org, func(tx followup.Tx) error { return putInto(tx, list...) })
}

// It stops at the first that is refused, as a step of the tracker does.
func putInto(tx followup.Tx, list ...followup.Task) error {
	for _, k := range list {
		if err := tx.PutTask(k); err != nil {
			return err
		}
	}
	return nil
}

func taskName(k followup.Task) string { return string(k.ID) }
