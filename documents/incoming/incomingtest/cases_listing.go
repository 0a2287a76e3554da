package incomingtest

import (
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// putFive writes documents that differ in what a query asks for, out of order
// and with ids that say nothing of it: by arrival they are d, b, c, a, e.
//
// Each has one thing that the others have not, so that a condition which is
// ignored shows.
func putFive(t T, s incoming.Store) {
	t.Helper()
	blank := func(id incoming.ID, on vanphong.Date, book incoming.BookID, arrival uint32) incoming.Document {
		d := paper(here, id)
		d.Received, d.Book, d.Arrival, d.Abstract = on.At(8, 0), book, arrival, "Về công tác văn thư"
		return d
	}
	a, b, c, d, e := blank("a", day, "so", 10), blank("b", day, "so", 2), blank("c", day, "so", 9), blank("d", day-1, "so", 12), blank("e", day, "so-mat", 1)
	a.Urgency, a.Abstract, a.Number, a.NumberText = vanphong.VeryUrgent, "Tổ chức Hội nghị Ủy ban Kiểm tra", documents.MustNumber("05-CV/TU"), "5 - CV/TU"
	b.Issuer, b.Dated = incoming.Issuer{Name: "Sở Nội vụ tỉnh Hòa Bình"}, day-9
	c.Unit, c.External = "btg", "one-of-a-kind"
	d.Steps = []incoming.Step{
		{ID: "1", Kind: incoming.Direction, By: "bt", At: day.At(9, 0), Lead: incoming.Assignee{Unit: "btc"}, Coordinating: []incoming.Assignee{{Unit: "btg"}}},
		{ID: "2", Parent: "1", Kind: incoming.Reply, By: "tb", From: "btc", At: (day + 2).At(9, 0), Text: "đã nhận"},
	}
	d.Required = []incoming.Requirement{{Key: "kh", Advises: "btc", Kind: documents.KindPlan, At: day.At(9, 0)}}
	e.Secrecy, e.Abstract, e.Dated = vanphong.Confidential, "", 0
	e.Done = incoming.Ending{At: (day + 3).At(8, 0)}
	put(t, s, here, a, b, c, d, e)
}

// Loss prevented: two printed books of one year in two orders.
func order(t T, s incoming.Store) {
	putFive(t, s)
	exam.View(t, s, here, func(r incoming.Reader) error {
		exam.Same(t, "by arrival day, book, number", exam.Names(t, r.Documents(incoming.Query{}), documentName), []string{"d", "b", "c", "a", "e"})
		return nil
	})
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		later, sooner := book(here, "a"), book(here, "b")
		later.Days = vanphong.YearDays(2026)
		m, n := mandate(here, "a"), mandate(here, "b")
		m.From, m.Until = (day+1).At(0, 0), (day+2).At(0, 0)
		if err := tx.PutBook(later); err != nil {
			return err
		}
		if err := tx.PutBook(sooner); err != nil {
			return err
		}
		if err := tx.PutMandate(m); err != nil {
			return err
		}
		return tx.PutMandate(n)
	})
	exam.View(t, s, here, func(r incoming.Reader) error {
		exam.Same(t, "books by their first day", exam.Names(t, r.Books(), bookName), []string{"b", "a"})
		exam.Same(t, "mandates by their first day", exam.Names(t, r.Mandates("bt"), mandateName), []string{"b", "a"})
		return nil
	})
}

// Loss prevented: a document that is late and in no list.
func query(t T, s incoming.Store) {
	putFive(t, s)
	exam.View(t, s, here, func(r incoming.Reader) error {
		for what, c := range map[string]struct {
			q    incoming.Query
			want []string
		}{
			"book":                    {incoming.Query{Book: "so-mat"}, []string{"e"}},
			"arrival number":          {incoming.Query{Book: "so", Arrival: 9}, []string{"c"}},
			"number, folded":          {incoming.Query{Number: "05-cv/tu"}, []string{"a"}},
			"issuer by id":            {incoming.Query{Issuer: incoming.Issuer{Org: "vptw"}}, []string{"d", "c", "a", "e"}},
			"issuer by folded name":   {incoming.Query{Issuer: incoming.Issuer{Name: "SO NOI VU tỉnh Hoà Bình"}}, []string{"b"}},
			"arrived, half-open":      {incoming.Query{Arrived: vanphong.Days{First: day - 1, End: day}}, []string{"d"}},
			"arrived, from a day on":  {incoming.Query{Arrived: vanphong.Days{First: day}}, []string{"b", "c", "a", "e"}},
			"until beyond any year":   {incoming.Query{Arrived: vanphong.Days{First: day, End: 9_999_999}}, []string{"b", "c", "a", "e"}},
			"from beyond any year":    {incoming.Query{Arrived: vanphong.Days{First: 9_999_999}}, []string{}},
			"from before any year":    {incoming.Query{Arrived: vanphong.Days{First: -9_999_999, End: day}}, []string{"d"}},
			"until before any year":   {incoming.Query{Arrived: vanphong.Days{End: -9_999_999}}, []string{}},
			"dated":                   {incoming.Query{Dated: vanphong.Days{First: day - 9, End: day - 8}}, []string{"b"}},
			"no day is not any day":   {incoming.Query{Dated: vanphong.Days{End: day + 9}}, []string{"d", "b", "c", "a"}},
			"exchange id":             {incoming.Query{External: "one-of-a-kind"}, []string{"c"}},
			"this haste or more":      {incoming.Query{Urgency: vanphong.Urgent}, []string{"a"}},
			"state on a day":          {incoming.Query{State: incoming.StateInstructed, On: day + 1}, []string{"d"}},
			"state on a later day":    {incoming.Query{State: incoming.StateInProgress, On: day + 2}, []string{"d"}},
			"state as recorded":       {incoming.Query{State: incoming.StateDone}, []string{"e"}},
			"not there yet":           {incoming.Query{State: incoming.StateReceived, On: day - 1}, []string{"d"}},
			"open":                    {incoming.Query{Open: true}, []string{"d", "b", "c", "a"}},
			"unit in charge or named": {incoming.Query{Unit: "btg"}, []string{"d", "c"}},
			"unit on a day before":    {incoming.Query{Unit: "btg", On: day - 1}, []string{}},
			"words without marks":     {incoming.Query{Words: "hoi nghi KIEM TRA"}, []string{"a"}},
			"words, tone elsewhere":   {incoming.Query{Words: "uỷ ban"}, []string{"a"}},
			"every word":              {incoming.Query{Words: "hội nghị tuần"}, []string{}},
			"calls for a document":    {incoming.Query{Required: true}, []string{"d"}},
			"all at once":             {incoming.Query{Book: "so", Words: "công tác", Issuer: incoming.Issuer{Org: "vptw"}, Open: true, Unit: "btc"}, []string{"d"}},
			"nothing":                 {incoming.Query{Book: "khác"}, []string{}},
			"the first two":           {incoming.Query{Limit: 2}, []string{"d", "b"}},
			"the first that match":    {incoming.Query{Urgency: vanphong.Urgent, Limit: 1}, []string{"a"}},
		} {
			exam.Same(t, what, exam.Names(t, r.Documents(c.q), documentName), c.want)
		}
		return nil
	})
}

// Loss prevented: the document on the border of two pages, missing or printed
// twice.
func pages(t T, s incoming.Store) {
	putFive(t, s)
	exam.View(t, s, here, func(r incoming.Reader) error {
		for size := 1; size <= 5; size++ {
			got := []string{}
			var after incoming.Place
			for range 9 {
				page := exam.Collect(t, r.Documents(incoming.Query{After: after, Limit: size}))
				if len(page) == 0 {
					break
				}
				for _, d := range page {
					got = append(got, string(d.ID))
				}
				after = page[len(page)-1].Place()
			}
			exam.Same(t, fmt.Sprint("pages of ", size), got, []string{"d", "b", "c", "a", "e"})
		}
		return nil
	})
}

// queryFollows holds that what a query goes by is renewed with the record.
//
// Loss prevented: columns that a store keeps for queries and forgets to renew;
// the document is right when opened and wrong in every list.
func queryFollows(t T, s incoming.Store) {
	putFive(t, s)
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		b, err := tx.Document("b")
		if err != nil {
			return err
		}
		b.Steps = []incoming.Step{{ID: "1", Kind: incoming.Direction, By: "bt", At: day.At(9, 0), Lead: incoming.Assignee{Unit: "mới"}}}
		b.Done = incoming.Ending{At: (day + 1).At(9, 0)}
		if err := tx.PutDocument(b); err != nil {
			return err
		}
		m := mandate(here, "m")
		if err := tx.PutMandate(m); err != nil {
			return err
		}
		m.Version, m.Principal = 1, "pbt-tt"
		return tx.PutMandate(m)
	})
	exam.View(t, s, here, func(r incoming.Reader) error {
		exam.Same(t, "open", exam.Names(t, r.Documents(incoming.Query{Open: true}), documentName), []string{"d", "c", "a"})
		exam.Same(t, "new unit", exam.Names(t, r.Documents(incoming.Query{Unit: "mới"}), documentName), []string{"b"})
		exam.Same(t, "old principal", exam.Names(t, r.Mandates("bt"), mandateName), []string{})
		exam.Same(t, "new principal", exam.Names(t, r.Mandates("pbt-tt"), mandateName), []string{"m"})
		return nil
	})
}
