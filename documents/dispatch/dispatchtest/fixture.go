package dispatchtest

import (
	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/internal/exam"
)

const (
	here  = exam.Here
	there = exam.There
	day   = exam.Day
)

// record returns a record with every field filled, so that whatever a store
// forgets is missed.
func record(org vanphong.OrgID, id documents.EntryID) dispatch.Dispatch {
	return dispatch.Dispatch{
		Entry: id, Org: org, Number: "12-BC/TU \"'\\\n%_", Day: day, Secrecy: vanphong.Secret, Urgency: vanphong.Express,
		Class: dispatch.ClassPersonnel, Signed: true, Numbered: 3, Policy: "của văn phòng 2026",
		Recipients: []dispatch.Recipient{
			{
				ID: "a", Org: "vptw", Name: "Văn phòng Trung ương Đảng", Purpose: dispatch.ForReport, Addressee: true, Copies: 1, Numbers: []int{1, 2},
				Steps: []dispatch.Step{
					{Kind: dispatch.StepSent, At: exam.Stamp(1).At, Channel: dispatch.Paper, Numbers: []int{1, 2}, Copies: 1, Made: exam.Stamp(1)},
					{Kind: dispatch.StepReceived, At: exam.Stamp(2).At, Receipt: dispatch.Receipt{Person: "Lê Bình", Number: "15"}, Made: exam.Stamp(3)},
					{Kind: dispatch.StepRecalled, At: exam.Stamp(3).At, Made: exam.Stamp(3)},
					{Kind: dispatch.StepGivenBack, At: exam.Stamp(4).At, Numbers: []int{2}, Reason: "thu hồi", Made: exam.Stamp(4)},
				},
			},
			{ID: "luu", Name: "Lưu Văn phòng", Filed: true, Numbers: []int{3}},
		},
		Recall: dispatch.Recall{Notice: "tb-1", Number: "7-TB/TU", At: exam.Stamp(3).At, Reason: "sai phụ lục", Whole: true, Made: exam.Stamp(3)},
		Last:   exam.Stamp(5),
	}
}

// put writes records in one transaction.
func put(t T, s dispatch.Store, org vanphong.OrgID, list ...dispatch.Dispatch) {
	t.Helper()
	exam.Update(t, s, org, func(tx dispatch.Tx) error { return putInto(tx, list...) })
}

// It stops at the first that is refused, as a step of the tracker does.
func putInto(tx dispatch.Tx, list ...dispatch.Dispatch) error {
	for _, d := range list {
		if err := tx.PutDispatch(d); err != nil {
			return err
		}
	}
	return nil
}

func entryName(d dispatch.Dispatch) string { return string(d.Entry) }
