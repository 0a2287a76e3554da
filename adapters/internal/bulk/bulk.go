// Package bulk fills stores with many documents of one office, for benchmarks and
// for tests of what only shows in a large register.
package bulk

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Organs is how many organs share the register; most of the documents are of the
// first ones.
const Organs = 20

// Rare is a word that every thousandth abstract has.
const Rare = "rừng ngập mặn"

// First is the day of the first document; the last ones are five years later.
var First = vanphong.MustDate("2021-01-04")

var kinds = []struct {
	kind documents.Kind
	code string
}{
	{documents.KindLetter, "CV"}, {documents.KindNotice, "TB"}, {documents.KindDecision, "QĐ"}, {documents.KindReport, "BC"},
	{documents.KindPlan, "KH"}, {documents.KindConclusion, "KL"}, {documents.KindSubmission, "TTr"}, {documents.KindGuidance, "HD"},
}

// The abstracts are put together from these; what stands first comes most often.
var (
	openings = strings.Split("về việc|về công tác|kết quả|triển khai|tổ chức|kiện toàn|góp ý dự thảo|báo cáo tình hình|phân công|chuẩn bị", "|")
	matters  = strings.Split("kiểm tra, giám sát|xây dựng Đảng|cán bộ|hội nghị Ban Chấp hành|cải cách hành chính|phòng chống thiên tai|chuyển đổi số|"+
		"quy chế làm việc|dân vận|tuyên giáo|nông thôn mới|giải phóng mặt bằng|đại hội đảng bộ|hòa giải ở cơ sở|tài chính đảng|khoa học, công nghệ|bảo vệ môi trường|văn thư, lưu trữ", "|")
	places = strings.Split("trên địa bàn tỉnh|tại các xã, phường|của Tỉnh ủy|quý I|6 tháng đầu năm|năm 2025|nhiệm kỳ 2020 - 2025|của Ban Thường vụ|trong hệ thống chính trị|theo Nghị quyết 18-NQ/TW", "|")
	names  = strings.Split("Nguyễn Văn An|Trần Thị Bình|Lê Hoàng Dũng|Phạm Thu Hà|Võ Minh Đức|Đặng Quốc Khánh|Hồ Thị Ánh|An Văn Long", "|")
)

// Fill registers n documents, oldest first, by transactions of 4,000.
func Fill(ctx context.Context, store documents.Store, org vanphong.OrgID, n int) error {
	rnd := rand.New(rand.NewPCG(2021, 1))
	organs := rand.NewZipf(rnd, 1.3, 3, Organs-1)
	what := rand.NewZipf(rnd, 1.3, 3, uint64(len(kinds)-1))
	pick := func(from []string) string { return from[min(rnd.IntN(len(from)), rnd.IntN(len(from)))] }
	at := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2021, 1, 4, 8, 0, 0, 0, time.UTC)}
	for i := 0; i < n; {
		err := store.Update(ctx, org, func(tx documents.Tx) error {
			series := map[documents.SeriesID]documents.Series{}
			for range min(4000, n-i) {
				organ, k := organs.Uint64(), kinds[what.Uint64()]
				day := First + vanphong.Date(i*1825/n)
				s, err := seriesOf(tx, series, org, Organ(int(organ)), k.code, day.Year(), at)
				if err != nil {
					return err
				}
				abstract := strings.Join([]string{pick(openings), pick(matters), pick(matters), pick(places), fmt.Sprintf("đợt %d", rnd.IntN(500))}, " ")
				if i%1000 == 17 {
					abstract += " " + Rare
				}
				en := documents.Entry{ID: documents.EntryID(fmt.Sprintf("vb-%d", i)), Org: org, Series: s.ID, Serial: s.Next, State: documents.StateIssued, Last: at,
					Number:  documents.Number{System: documents.SystemParty, Serial: s.Next, Code: k.code, Issuer: s.Issuer},
					Content: documents.Content{Kind: k.kind, Day: day, Abstract: abstract, Signer: pick(names), Origin: fmt.Sprintf("nv-%d", i/3)}}
				e := documents.Event{Org: org, Kind: documents.EventIssued, Serial: s.Next, Entry: en.ID, By: at.By, At: at.At}
				if s, e, err = documents.Seal(s, e, en); err != nil {
					return err
				}
				if err := tx.Append(s, e, en); err != nil {
					return err
				}
				series[s.ID] = s
				i++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Organ is the id of the i-th organ.
func Organ(i int) vanphong.OrgID { return vanphong.OrgID(fmt.Sprintf("co-quan-%02d", i)) }

// seriesOf returns the series of an organ, a kind and a year, opened if need be.
func seriesOf(tx documents.Tx, open map[documents.SeriesID]documents.Series, org, organ vanphong.OrgID, code string, year int, at vanphong.Stamp) (documents.Series, error) {
	key := documents.SeriesKey{Organ: organ, Scope: fmt.Sprint(year), Name: code}
	s, ok := open[key.ID()]
	if ok {
		return s, nil
	}
	if s, err := tx.Series(key.ID()); err == nil {
		return s, nil
	}
	s = documents.Series{ID: key.ID(), Key: key, System: documents.SystemParty, Issuer: "TU", First: 1, Next: 1,
		Policy: documents.PartyPerSymbol().Version, Days: vanphong.Days{First: First}}
	s, e, err := documents.Seal(s, documents.Event{Org: org, Kind: documents.EventOpened, By: at.By, At: at.At}, documents.Entry{})
	if err != nil {
		return s, err
	}
	return s, tx.Append(s, e, documents.Entry{})
}

// Search is one way to look entries up, with the name it is measured under.
type Search struct {
	Name  string
	Query documents.Query
}

// Searches are what is measured: each the first page of 50.
func Searches(n int) []Search {
	month := vanphong.Days{First: First + 900, End: First + 930}
	years := vanphong.Days{First: First + 100, End: First + 1200}
	all := []Search{
		{"number", documents.Query{Number: documents.Number{Serial: 981, Code: "QĐ", Issuer: "TU"}}},
		{"origin", documents.Query{Origin: fmt.Sprintf("nv-%d", n/6)}},
		{"kind+month", documents.Query{Kind: documents.KindReport, Days: month}},
		{"kind+years", documents.Query{Kind: documents.KindLetter, Days: years}},
		{"organ+month,newest", documents.Query{Organ: Organ(0), Days: month, Order: documents.OrderNewest}},
		{"organ+years,newest", documents.Query{Organ: Organ(1), Days: years, Order: documents.OrderNewest}},
		{"smallorgan+years,latest", documents.Query{Organ: Organ(15), Days: years, Order: documents.OrderLatest}},
		{"newest", documents.Query{Order: documents.OrderNewest}},
		{"rareword", documents.Query{Words: "ngap man"}},
		{"rareword,newest", documents.Query{Words: "ngap man", Order: documents.OrderNewest}},
		{"commonword", documents.Query{Words: "viec"}},
		{"commonword,newest", documents.Query{Words: "viec", Order: documents.OrderNewest}},
		{"twocommonwords", documents.Query{Words: "kiem can"}},
		{"twocommonwords,newest", documents.Query{Words: "kiem can", Order: documents.OrderNewest}},
		{"twocommonwords,latest", documents.Query{Words: "kiem can", Order: documents.OrderLatest}},
		{"marks", documents.Query{Words: "hòa giải kiểm tra"}},
		{"marks,nomatch", documents.Query{Words: "hoạ gíai"}},
		{"partial", documents.Query{Words: "chuyen do", Partial: true}},
		{"organ+word", documents.Query{Organ: Organ(10), Words: "kiem tra"}},
		{"given", documents.Query{Given: "an", Order: documents.OrderNewest}},
	}
	for i := range all {
		all[i].Query.Limit = 50
	}
	return all
}
