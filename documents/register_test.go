package documents

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
)

// bookDesk is an office with some series of a term and lines of every sort.
type bookDesk struct {
	t     *testing.T
	store *Memory
	reg   *Registrar
	open  map[string]Series
}

const bookOrg vanphong.OrgID = "tinh-uy"

var bookStamp = vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2025, 10, 1, 1, 0, 0, 0, time.UTC)}

func newBookDesk(t *testing.T, first uint32, names ...string) *bookDesk {
	d := &bookDesk{t: t, store: NewMemory(), open: map[string]Series{}}
	d.reg = NewRegistrar(d.store, nil)
	for _, n := range names {
		req := OpenRequest{Key: SeriesKey{bookOrg, "nk-2025", n}, Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}, First: first}
		if first > 1 {
			req.Basis = "sổ giấy quyển 1"
		}
		s, err := d.reg.Open(context.Background(), bookOrg, req, bookStamp)
		require.NoError(t, err)
		d.open[n] = s
	}
	return d
}

func (d *bookDesk) issue(series, id string, k Kind, day string, secrecy vanphong.Secrecy) Entry {
	d.t.Helper()
	c := Content{Kind: k, Day: vanphong.MustDate(day), Secrecy: secrecy, Signer: "Nguyễn Văn An"}
	if secrecy == vanphong.NotSecret {
		c.Abstract = "về " + id
	}
	en, err := d.reg.Issue(context.Background(), bookOrg, IssueRequest{ID: EntryID(id), Series: d.open[series].ID, Content: c, Reason: "theo thứ tự ký"}, bookStamp)
	require.NoError(d.t, err)
	return en
}

// lines walks a register as text: label | abstract | note.
func (d *bookDesk) lines(g Register, red vanphong.Redaction, zone vanphong.Zone) (out []string) {
	d.t.Helper()
	require.NoError(d.t, d.store.View(context.Background(), bookOrg, func(v Reader) error {
		for l, err := range g.Lines(v, red, zone) {
			if err != nil {
				return err
			}
			if l.Head {
				out = append(out, "# "+l.Label())
				continue
			}
			out = append(out, l.Label()+" | "+l.Entry.Abstract+" | "+l.Note())
		}
		return nil
	}))
	return out
}

func (d *bookDesk) series() (out []Series) {
	for s, err := range d.reg.AllSeries(context.Background(), bookOrg) {
		require.NoError(d.t, err)
		out = append(out, s)
	}
	return out
}

func TestARegisterShowsWhatBecameOfEveryNumber(t *testing.T) {
	ctx := context.Background()
	d := newBookDesk(t, 5, "QĐ")
	s := d.open["QĐ"]
	_, err := d.reg.Late(ctx, bookOrg, LateRequest{ID: "cu", Series: s.ID, Serial: 2, Reason: "sót khi chuyển sổ",
		Content: Content{Kind: KindDecision, Day: vanphong.MustDate("2025-09-25"), Abstract: "về cu"}}, bookStamp)
	require.NoError(t, err)
	d.issue("QĐ", "a", KindDecision, "2025-10-01", vanphong.NotSecret)
	d.issue("QĐ", "b", KindRegulation, "2025-10-02", vanphong.Confidential)
	d.issue("QĐ", "c", KindDecision, "2025-10-03", vanphong.NotSecret)
	_, err = d.reg.Void(ctx, bookOrg, VoidRequest{ID: "c", Reason: "ký nhầm"}, bookStamp)
	require.NoError(t, err)
	_, err = d.reg.Hold(ctx, bookOrg, HoldRequest{ID: "h", Series: s.ID, Secrecy: vanphong.TopSecret, Kind: KindDecision, Day: vanphong.MustDate("2025-10-03")}, bookStamp)
	require.NoError(t, err)
	_, err = d.reg.Reserve(ctx, bookOrg, ReserveRequest{ID: "r", Series: s.ID, Kind: KindDecision, Day: vanphong.MustDate("2025-10-04"), Note: "chờ ký"}, bookStamp)
	require.NoError(t, err)
	g := Register{Name: "Sổ", Sections: []RegisterSection{{"Quyết định, Quy định", []SeriesID{s.ID}}}}
	want := []string{
		"# Quyết định, Quy định",
		"01 |  | trước khi mở dãy số: sổ giấy quyển 1",
		"02-QĐ/TU | về cu | vào sổ muộn: sót khi chuyển sổ",
		"03–04 |  | trước khi mở dãy số: sổ giấy quyển 1",
		"05-QĐ/TU | về a | ",
		"06-QĐ/TU | (nội dung mật) | ",
		"07-QĐ/TU | về c | hủy số: ký nhầm",
		"08-QĐ/TU | (nội dung mật) | sổ mật giữ",
		"09-QĐ/TU |  | giữ chỗ: chờ ký",
	}
	assert.Equal(t, want, d.lines(g, nil, ""))
	// A zone that may: there is no abstract to show, and the signer comes back.
	want[5], want[7] = "06-QĐ/TU |  | ", "08-QĐ/TU |  | sổ mật giữ"
	assert.Equal(t, want, d.lines(g, vanphong.Redaction{"lan": vanphong.TopSecret}, "lan"))
}

func TestTheNoteOfALine(t *testing.T) {
	line := func(state EntryState, reason string) RegisterLine {
		return RegisterLine{Entry: Entry{State: state, Reason: reason}}
	}
	late := line(StateIssued, "sót")
	late.Late, late.Inserted = true, true
	taken := line(StateIssued, "sổ giấy")
	taken.Late, taken.Basis = true, "sổ giấy"
	recalled := line(StateIssued, "theo Thông báo 12")
	recalled.Entry.Standing = StandingRecalled
	for _, c := range []struct {
		line RegisterLine
		want string
	}{
		{line(StateIssued, "dated back"), ""},                         // no affair of the printed book
		{line(StateVoid, "Hủy số do ghi nhầm"), "Hủy số do ghi nhầm"}, // not "hủy số: Hủy số"
		{line(StateVoid, "ký nhầm"), "hủy số: ký nhầm"},               //
		{late, "vào sổ muộn: sót; số chèn"},                           //
		{taken, ""},              // taken over with its whole book
		{recalled, "đã thu hồi"}, //
		{RegisterLine{From: 3, To: 3}, "không có trong sổ"}, // a gap of the run
		{RegisterLine{Section: "x", Head: true}, ""},        //
	} {
		assert.Equal(t, c.want, c.line.Note())
	}
}

func TestALineThatMayNotLeaveKeepsItsNumberAlone(t *testing.T) {
	l := RegisterLine{Entry: Entry{ID: "kín", Serial: 7, Number: Number{System: SystemParty, Serial: 7, Code: "QĐ", Issuer: "TU"}, State: StateVoid,
		Reason: "kín", Content: Content{Kind: "kín", Day: 1, Abstract: "kín", Signer: "kín", Origin: "kín", DecidedBy: "kín", Under: "kín", CopyOf: "kín", Secrecy: vanphong.Confidential}}}
	got := l.Redacted(nil, "")
	assert.NotContains(t, fmt.Sprintf("%+v", got), "kín")
	assert.Equal(t, "07-QĐ/TU", got.Label())
	assert.Equal(t, l, l.Redacted(vanphong.Redaction{"lan": vanphong.Confidential}, "lan"))
	assert.NotContains(t, l.Note(), "kín", "the reason of a secret number is in no note")
}

func TestAYearlyBookIsCutFromTheSeriesOfATerm(t *testing.T) {
	d := newBookDesk(t, 1, "TB")
	d.issue("TB", "a", KindNotice, "2025-12-30", vanphong.NotSecret)
	d.issue("TB", "b", KindNotice, "2026-01-02", vanphong.NotSecret)
	_, err := d.reg.Reserve(context.Background(), bookOrg, ReserveRequest{ID: "r", Series: d.open["TB"].ID, Kind: KindNotice, Day: vanphong.MustDate("2026-01-03"), Note: "chờ ký"}, bookStamp)
	require.NoError(t, err)
	assert.Equal(t, []string{"# thông báo (TB)", "01-TB/TU | về a | "}, d.lines(OfficeBook(bookOrg, 2025, d.series())[0], nil, ""))
	assert.Equal(t, []string{"# thông báo (TB)", "02-TB/TU | về b | ", "03-TB/TU |  | giữ chỗ: chờ ký"},
		d.lines(OfficeBook(bookOrg, 2026, d.series())[0], nil, ""), "a number without a day belongs to that before it")
}

func TestTheTextbookDividesTheBooks(t *testing.T) {
	d := newBookDesk(t, 1, "QĐ", "QC", "NQ", "TB", "CV")
	show := func(set []Register) (out []string) {
		for _, g := range set {
			line := g.Name + ":"
			for _, s := range g.Sections {
				line += fmt.Sprintf(" [%s %d]", s.Name, len(s.Series))
			}
			out = append(out, line)
		}
		return out
	}
	all := d.series()
	committee := CommitteeBooks(bookOrg, "nk-2025", all)
	assert.Equal(t, []string{
		"Quyết định, Quy định, Quy chế: [QC, QĐ 2]",
		"Các loại văn bản khác: [nghị quyết (NQ) 1] [thông báo (TB) 1]",
		"Công văn: [CV 1]",
	}, show(committee))
	assert.Equal(t, []string{"Nghị quyết về nhân sự: [NQ 1]", "Các loại văn bản khác: [công văn (CV) 1] [quy chế (QC) 1] [quyết định, quy định (QĐ) 1] [thông báo (TB) 1]"},
		show(InspectionBooks(bookOrg, "nk-2025", all, d.open["NQ"].ID)))
	assert.Len(t, OrganisationBooks(bookOrg, 2025, all), 2)
	assert.Equal(t, "Quyết định: [QĐ 1]", show(OrganisationBooks(bookOrg, 2025, all))[0])
	assert.Len(t, OfficeBook(bookOrg, 2025, all), 1)
	// Each covers every series once; nothing comes of nothing.
	for _, set := range [][]Register{committee, InspectionBooks(bookOrg, "nk-2025", all), OrganisationBooks(bookOrg, 2025, all),
		append(OfficeBook(bookOrg, 2025, all), OfficeBook(bookOrg, 2026, all)...)} {
		assert.Empty(t, d.check(set))
	}
	assert.Empty(t, CommitteeBooks(bookOrg, "nk-2025", nil))
}

func (d *bookDesk) check(set []Register) (out []string) {
	d.t.Helper()
	require.NoError(d.t, d.store.View(context.Background(), bookOrg, func(v Reader) error {
		found, err := CheckRegisters(v, bookOrg, "nk-2025", set)
		for _, f := range found {
			out = append(out, Messages().Text(f))
			assert.NotContains(d.t, Messages().English(f), "{")
		}
		return err
	}))
	return out
}

func TestEverySeriesStandsInOneBook(t *testing.T) {
	d := newBookDesk(t, 1, "QĐ", "NQ")
	qd := d.open["QĐ"].ID
	assert.Equal(t, []string{"Dãy số NQ (nk-2025) không có trong sổ nào"},
		d.check([]Register{{Name: "A", Sections: []RegisterSection{{"x", []SeriesID{qd}}}}}))
	both := []RegisterSection{{"x", []SeriesID{qd}}, {"y", []SeriesID{d.open["NQ"].ID}}}
	assert.Equal(t, []string{"Dãy số QĐ có trong hai sổ: “A” và “B”"},
		d.check([]Register{{Name: "A", Sections: both}, {Name: "B", Sections: both[:1]}}))
	assert.Contains(t, d.check([]Register{{Name: "A", Sections: append(both, RegisterSection{"z", []SeriesID{"gone"}})}})[0], "gone")
	// Lines of a series that is gone are an error.
	err := d.store.View(context.Background(), bookOrg, func(v Reader) error {
		for _, err := range (Register{Name: "A", Sections: []RegisterSection{{"z", []SeriesID{"gone"}}}}).Lines(v, nil, "") {
			if err != nil {
				return err
			}
		}
		return nil
	})
	require.ErrorIs(t, err, vanphong.ErrNotFound)
}
