package documentstest

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

func (tx *plainTx) Entries(q documents.Query) iter.Seq2[documents.Entry, error] {
	q = tx.misread(q)
	f, err := q.Filter()
	if err != nil && tx.ignoresBounds {
		return exam.Each([]documents.Entry(nil))
	}
	var after documents.Entry
	if err == nil && q.After != "" {
		after, err = tx.Entry(q.After)
	}
	if err != nil {
		return func(yield func(documents.Entry, error) bool) { yield(documents.Entry{}, err) }
	}
	all := slices.Collect(maps.Values(tx.read().entries))
	if tx.listsAll {
		for _, other := range []vanphong.OrgID{"tinh-uy", "thanh-uy"} {
			if other != tx.org {
				all = slices.AppendSeq(all, maps.Values(tx.office(other).entries))
			}
		}
	}
	compare := tx.order(q.Order)
	slices.SortFunc(all, compare)
	if tx.cutsBeforeFilter && q.Limit > 0 {
		all = all[:min(len(all), q.Limit)]
	}
	all = slices.DeleteFunc(all, func(en documents.Entry) bool {
		if q.After != "" {
			if c := compare(after, en); c > 0 || c == 0 && !tx.repeatsAnchor {
				return true
			}
		}
		if tx.needsMarks && !strings.Contains(en.Abstract, q.Words) {
			return true
		}
		if tx.findsSecrets {
			en.Secrecy = vanphong.NotSecret
		}
		return !f.Matches(&en, tx.read().series[en.Series].Key.Organ)
	})
	if q.Limit > 0 {
		all = all[:min(len(all), q.Limit)]
	}
	return exam.Each(all)
}

// misread changes a query as a wrong store understands it.
func (tx *plainTx) misread(q documents.Query) documents.Query {
	if tx.endIncluded && q.Days.End != 0 {
		q.Days.End++
	}
	if tx.ignoresState {
		q.State = 0
	}
	if tx.looseMarks {
		q.Words = vanphong.Fold(q.Words)
	}
	if tx.partsOfWords {
		q.Partial = true
	}
	if tx.wholeNumbers && q.Number.Code == "" {
		q.Number = documents.Number{Serial: q.Number.Serial}
	}
	if tx.anyPartIsGiven && q.Given != "" {
		q.Signer, q.Given = q.Given, ""
	}
	if tx.ignoresStanding {
		q.Standing = 0
	}
	return q
}

func (tx *plainTx) order(o documents.Order) func(a, b documents.Entry) int {
	born := map[documents.EntryID]int{}
	for i, e := range tx.read().events {
		if _, known := born[e.Entry]; !known {
			born[e.Entry] = i
		}
	}
	return func(a, b documents.Entry) int {
		switch {
		case o == documents.OrderNewest && tx.newestByID:
			return cmp.Compare(b.ID, a.ID)
		case o == documents.OrderNewest:
			return cmp.Compare(born[b.ID], born[a.ID])
		case o != documents.OrderRegister:
			if (a.Day == 0) != (b.Day == 0) {
				return cmp.Compare(fmt.Sprint(a.Day == 0), fmt.Sprint(b.Day == 0))
			}
			c := cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(born[a.ID], born[b.ID]))
			if o == documents.OrderLatest {
				c = -c
			}
			return c
		case tx.textOrder:
			return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(fmt.Sprint(a.Serial), fmt.Sprint(b.Serial)))
		}
		if tx.writeOrder {
			return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(tx.written(a.ID), tx.written(b.ID)))
		}
		if tx.noSuffixOrder { // against it, since a map gives any
			return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.Serial, b.Serial), cmp.Compare(b.Number.Suffix, a.Number.Suffix))
		}
		return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.Serial, b.Serial), cmp.Compare(a.Number.Suffix, b.Number.Suffix))
	}
}

// brokenSearches are stores that look up wrongly.
func brokenSearches() []exam.Broken[documents.Store] {
	return []exam.Broken[documents.Store]{
		{Fault: "only the very spelling found", By: "words are found with marks and without", Open: with(fault{needsMarks: true})},
		{Fault: "marks that do not count", By: "words are found with marks and without", Open: with(fault{looseMarks: true})},
		{Fault: "parts of words found", By: "words are found with marks and without", Open: with(fault{partsOfWords: true})},
		{Fault: "parts of a number ignored", By: "a number is found by any of its parts", Open: with(fault{wholeNumbers: true})},
		{Fault: "a family name taken for a given one", By: "a signer is found by given name and by any part", Open: with(fault{anyPartIsGiven: true})},
		{Fault: "query without standing", By: "what was done to a document can be asked for", Open: with(fault{ignoresStanding: true})},
		{Fault: "a line on two pages", By: "pages make the whole while numbers are given", Open: with(fault{repeatsAnchor: true})},
		{Fault: "newest by id", By: "any query is answered as a plain filter would", Open: with(fault{newestByID: true})},
		{Fault: "searching what is committed alone", By: "a transaction searches what it wrote", Open: with(fault{blind: true})},
		{Fault: "an index of secret abstracts", By: "the abstract of a secret document is in no answer", Open: with(fault{findsSecrets: true})},
		{Fault: "a refused query answered", By: "a query out of bounds is refused", Open: with(fault{ignoresBounds: true})},
		{Fault: "a page cut before it is filtered", By: "any query is answered as a plain filter would", Open: with(fault{cutsBeforeFilter: true})},
	}
}
