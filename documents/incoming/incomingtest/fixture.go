package incomingtest

import (
	"hash/fnv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

const (
	here  = exam.Here
	there = exam.There
)

// day is fixed, so that two runs compare byte for byte; books are of its year.
var day = vanphong.MustDate("2025-12-05")

// stamp is the n-th thing done. Its odd nanoseconds show a store that keeps
// less than it was given, and its actor stands in for somebody.
func stamp(n int) vanphong.Stamp { return vanphong.Stamp{By: exam.Stamp(n).By, At: at(n)} }

// at is an instant of the exam's day.
func at(minute int) time.Time {
	return day.At(8, 0).Add(time.Duration(minute)*time.Minute + 123456789)
}

// book returns a book with every field filled.
func book(org vanphong.OrgID, id incoming.BookID) incoming.Book {
	return incoming.Book{
		ID: id, Org: org, Scope: "2025", Name: "đơn thư", Holds: incoming.HoldsOpen, Days: vanphong.YearDays(2025), Policy: "của cơ quan-1",
		First: 7, Next: 9, Basis: "tiếp theo sổ giấy \"'\\\n%_", Opened: stamp(1),
		Closed: incoming.Ending{At: at(2), Reason: "hết năm", Made: stamp(2)}, Last: stamp(3),
	}
}

// number gives every name an arrival number of its own.
func number(name string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(name))
	return h.Sum32()%900_000_000 + 1
}

// paper returns a document as it was registered, with keys of its own.
func paper(org vanphong.OrgID, id incoming.ID) incoming.Document {
	return incoming.Document{
		ID: id, Org: org, Arrival: number(string(id)), Registered: stamp(4), Last: stamp(5),
		Receipt: incoming.Receipt{
			Book: "so-2025", Received: at(0), Channel: incoming.ChannelAxis, NumberText: "số của " + string(id), Issuer: incoming.Issuer{Org: "vptw"},
			Dated: day - 1, External: "id/" + string(id)[:min(100, len(id))], Abstract: "Về công tác văn thư",
		},
	}
}

// document returns a document with every field filled, so that whatever a
// store forgets is missed.
func document(org vanphong.OrgID, id incoming.ID) incoming.Document {
	d := paper(org, id)
	d.Receipt = incoming.Receipt{
		Book: "so-2025", Received: at(0), Channel: incoming.ChannelAxis, Number: documents.MustNumber("226-KL/TW"), NumberText: "226 KL/TW",
		Issuer: incoming.Issuer{Org: "bbt", Name: "Ban Bí thư"}, Kind: documents.KindConclusion, Dated: day - 2, Abstract: "Về văn bản \"'\\\n%_",
		Signer: "Nguyễn Văn A", Urgency: vanphong.ExpressTimed, DeliverAt: at(90), Pages: 4, Copies: 2, External: "000.00.H01/" + string(id),
		Due: day + 30, Unit: "vp", Signature: incoming.SignatureUnclear, Anyway: "bản thứ hai",
	}
	d.Duplicate = incoming.Duplicate{Of: "bản đầu", Reason: "bản thứ hai", Lapsed: true}
	d.Also = []incoming.ID{"bản ba", "bản bốn"}
	d.Presented = []incoming.Presentation{{To: incoming.Assignee{Unit: "vp", Person: "cvp"}, At: at(10), Note: "trình", Made: stamp(11)}}
	d.Steps = []incoming.Step{
		{ID: "1", Kind: incoming.Proposal, By: "cvp", From: "vp", At: at(11), Text: "đề xuất", Made: stamp(12)},
		{ID: "2", Parent: "1", Kind: incoming.Direction, By: "pbt", At: at(20), Text: "giao", Due: day + 20, Basis: "20 ngày", Made: stamp(21),
			Capacity:     incoming.Capacity{Mandate: "m", Form: incoming.ForHead, Principal: "bt", Basis: "phân công"},
			Lead:         incoming.Assignee{Unit: "btc", Person: "tb"},
			Coordinating: []incoming.Assignee{{Unit: "vp"}, {Unit: "btg", Person: "ptb"}}},
		{ID: "3", Kind: incoming.Direction, By: "pbt", At: at(30), Lead: incoming.Assignee{Unit: "btg"}, Replaces: "2", Made: stamp(31)},
	}
	d.Acknowledged = incoming.Notice{At: at(6), Note: "đã nhận", Made: stamp(7)}
	answer := incoming.Answer{Entry: "e1", Number: "122-KH/TU", Dated: day, At: at(40), Made: stamp(41)}
	d.Required = []incoming.Requirement{{Key: "kh", Advises: "btg", Kind: documents.KindPlan, Title: "Kế hoạch", Due: day + 25, Basis: "trong tháng", At: at(32), Made: stamp(33), Issued: answer}}
	d.Answers = []incoming.Answer{answer}
	d.Corrections = []incoming.Correction{{Field: "pages", From: "3", To: "4", Reason: "đếm nhầm", At: at(8), Made: stamp(8)}}
	end := func(n int, why string) incoming.Ending {
		return incoming.Ending{At: at(n), Reason: why, Made: stamp(n)}
	}
	d.Done, d.Returned, d.Refused, d.Voided = end(50, "xong"), end(51, "nhầm nơi nhận"), end(52, "không đủ"), end(53, "nhầm")
	return d
}

// mandate returns a mandate with every field filled.
func mandate(org vanphong.OrgID, id incoming.MandateID) incoming.Mandate {
	return incoming.Mandate{
		ID: id, Org: org, Form: incoming.ByDelegation, Principal: "bt", Signer: "pbt", Basis: "12-TB/TU", From: at(0), Until: at(900),
		Revoked: incoming.Ending{At: at(500), Reason: "hết công tác", Made: stamp(501)}, Made: stamp(1), Last: stamp(2),
	}
}

// put writes documents in one transaction.
func put(t T, s incoming.Store, org vanphong.OrgID, list ...incoming.Document) {
	t.Helper()
	exam.Update(t, s, org, func(tx incoming.Tx) error { return putInto(tx, list...) })
}

// It stops at the first that is refused, as a step of the desk does.
func putInto(tx incoming.Tx, list ...incoming.Document) error {
	for _, d := range list {
		if err := tx.PutDocument(d); err != nil {
			return err
		}
	}
	return nil
}

// putAll writes one record of each kind under a name.
func putAll(tx incoming.Tx, org vanphong.OrgID, name string) error {
	if err := tx.PutBook(book(org, incoming.BookID(name))); err != nil {
		return err
	}
	if err := tx.PutDocument(paper(org, incoming.ID(name))); err != nil {
		return err
	}
	return tx.PutMandate(mandate(org, incoming.MandateID(name)))
}

func documentName(d incoming.Document) string { return string(d.ID) }
func bookName(b incoming.Book) string         { return string(b.ID) }
func mandateName(m incoming.Mandate) string   { return string(m.ID) }
