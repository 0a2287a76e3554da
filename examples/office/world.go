package main

import (
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// The office of this example: Tỉnh ủy Thái Nguyên after the merger of
// 01/7/2025. People are named by their posts; the members of its bodies are
// made up in number.
//
// Posts and not names: who held them is public, and still nobody's business in
// an example.
const (
	org vanphong.OrgID = "tinhuy-thai-nguyen"

	symbol string = "TU"

	bodyCommittee  vanphong.BodyID = "ban-chap-hanh"
	bodyStanding   vanphong.BodyID = "ban-thuong-vu"
	bodyThuongTruc vanphong.BodyID = "thuong-truc"

	termAppointed vanphong.TermID = "nk-chi-dinh-2025"
	termElected   vanphong.TermID = "nk-2025-2030"
	congressID    vanphong.TermID = "dh-1-2025"

	secretary vanphong.PersonID = "bi-thu"
	clerk     vanphong.PersonID = "van-thu"
)

// since is the day the merged province began to work: the first day of every
// figure.
var since = vanphong.MustDate("2025-07-01")

// history is the terms and the congress of the office, in time.
type history struct {
	terms    vanphong.Terms
	first    vanphong.Term // of the committee appointed on 01/7/2025
	congress vanphong.Congress
	second   vanphong.Term
}

// tell returns what happened: a committee appointed, a congress on 22 and
// 23/9/2025, the new term from the day after. Nothing says that the first
// plenum fell within the congress, so it is left unset.
//
// So the numbers of the new term begin on 24/9, the day after the congress
// closed.
func tell() (history, error) {
	h := history{
		first: vanphong.Term{ID: termAppointed, Org: org, Name: "Ban Chấp hành được chỉ định", Days: vanphong.Days{First: since}},
		congress: vanphong.Congress{
			ID: congressID, Org: org,
			Name: "Đại hội đại biểu Đảng bộ tỉnh lần thứ I",
			Days: vanphong.Days{First: vanphong.MustDate("2025-09-22"), End: vanphong.MustDate("2025-09-24")},
		},
	}
	if err := h.terms.Add(h.first); err != nil {
		return h, err
	}
	second, err := h.terms.Hold(h.congress, vanphong.Term{ID: termElected, Name: "nhiệm kỳ 2025 - 2030"})
	if err != nil {
		return h, err
	}
	h.first = h.terms.Of(org)[0] // its end is known now
	h.second = second
	return h, nil
}

// issuedKinds are the kinds of document that the office has series for.
//
// Which kinds an organ may issue depends on the organ; a chỉ thị is the Ban
// Thường vụ's (66-QĐ/TW Điều 7, grade P).
func issuedKinds(congress bool) []documents.Kind {
	if congress {
		return []documents.Kind{documents.KindResolution, documents.KindReport, documents.KindMinutes, documents.KindProgramme, documents.KindNotice}
	}
	return []documents.Kind{
		documents.KindResolution, documents.KindDecision, documents.KindRegulation, documents.KindDirective,
		documents.KindScheme, documents.KindProgramme, documents.KindPlan, documents.KindReport,
		documents.KindConclusion, documents.KindNotice,
	}
}

// bodies are the three bodies of the committee with their members: 3 of the
// Thường trực, 15 of the Ban Thường vụ, 48 of the Ban Chấp hành. The same
// people sit before and after the congress, in two memberships each.
func bodies(h history) []struct {
	Body    vanphong.Body
	Members []vanphong.Membership
} {
	// Made up in number only; the first 15 also sit on the Ban Thường vụ, the
	// first 3 in the Thường trực.
	people := make([]vanphong.PersonID, 48)
	for i := range people {
		people[i] = vanphong.PersonID(fmt.Sprintf("uv-bch-%02d", i+1))
	}
	for i := range 15 {
		people[i] = vanphong.PersonID(fmt.Sprintf("uv-btv-%02d", i+1))
	}
	copy(people, []vanphong.PersonID{secretary, "pbt-thuong-truc", "pbt-chu-tich"})
	posts := []string{"Bí thư", "Phó Bí thư Thường trực", "Phó Bí thư"}
	sizes := []struct {
		body vanphong.Body
		n    int
	}{
		{vanphong.Body{ID: bodyCommittee, Org: org, Kind: vanphong.PartyCommittee, Name: "Ban Chấp hành Đảng bộ tỉnh"}, len(people)},
		{vanphong.Body{ID: bodyStanding, Org: org, Kind: vanphong.StandingCommittee, Name: "Ban Thường vụ Tỉnh ủy"}, 15},
		{vanphong.Body{ID: bodyThuongTruc, Org: org, Kind: vanphong.ThuongTruc, Name: "Thường trực Tỉnh ủy"}, 3},
	}
	var out []struct {
		Body    vanphong.Body
		Members []vanphong.Membership
	}
	for _, s := range sizes {
		var members []vanphong.Membership
		// A membership of each term, for the quorum is of the members on the
		// day.
		for _, days := range []vanphong.Days{h.first.Days, h.second.Days} {
			for i, p := range people[:s.n] {
				post := "Ủy viên"
				if i < len(posts) {
					post = posts[i]
				}
				members = append(members, vanphong.Membership{Body: s.body.ID, Person: p, Post: post, Days: days})
			}
		}
		out = append(out, struct {
			Body    vanphong.Body
			Members []vanphong.Membership
		}{s.body, members})
	}
	return out
}

func bodyOf(k vanphong.BodyKind) vanphong.BodyID {
	switch k {
	case vanphong.PartyCommittee:
		return bodyCommittee
	case vanphong.StandingCommittee:
		return bodyStanding
	}
	return bodyThuongTruc
}
