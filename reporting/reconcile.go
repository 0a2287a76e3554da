package reporting

import (
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Reconciliation sets the count of a report against one number series (đối
// chiếu số liệu với sổ): every number that the series has given is in exactly
// one of Counted, Uncounted, Outside, Void, Reserved and Held.
type Reconciliation struct {
	Series   documents.SeriesID  `json:"series"`
	Key      documents.SeriesKey `json:"key"`
	OpenedAt int64               `json:"opened_at"` // mở tại số
	Last     int64               `json:"last"`      // số cuối đã cấp; OpenedAt - 1 if none is

	Issued   int64 `json:"issued"`   // đã ban hành = Counted + Uncounted + Outside
	Void     int64 `json:"void"`     // hủy số
	Reserved int64 `json:"reserved"` // đang giữ chỗ
	Held     int64 `json:"held"`     // sổ mật giữ
	Suffixed int64 `json:"suffixed"` // số chèn (15a): beyond the run of numbers, and among the others too

	Outside   int64 `json:"outside"`   // issued, dated outside the period
	Uncounted int64 `json:"uncounted"` // issued in the period, of a kind the sentence does not name
	Counted   int64 `json:"counted"`   // issued in the period and named

	// Difference is (Last - OpenedAt + 1 + Suffixed) less everything above: 0
	// for a sound ledger. It is a sum, in which a number missing and one given
	// twice would cancel; the findings tell each.
	Difference int64              `json:"difference"`
	Findings   []vanphong.Finding `json:"findings,omitempty"`
}

// Sound reports whether the ledger adds up and nothing was found against it.
func (r Reconciliation) Sound() bool { return r.Difference == 0 && len(r.Findings) == 0 }

// maxFindings is how many findings a reconciliation lists before it only
// counts them: a register loaded without its first book misses thousands.
const maxFindings = 100

// Reconcile reads the entries of a series, in order of serial and suffix as
// documents.Reader.Entries walks them, and says where every number went.
// counts says which kinds the report names ([Template.Counts]), nil for all;
// days is the period, zero for all. An error of entries ends it and comes
// back unchanged; an entry of another series or out of order is an
// [*vanphong.InputError] that wraps vanphong.ErrConflict, since the sums would
// mean nothing.
//
// It holds one entry at a time, however long the series is.
func Reconcile(series documents.Series, entries iter.Seq2[documents.Entry, error], counts func(documents.Kind) bool, days vanphong.Days) (Reconciliation, error) {
	if entries == nil {
		return Reconciliation{}, missing("entries", "a walk of the series' entries, empty or not")
	}
	if !days.Valid() {
		return Reconciliation{}, vanphong.NewInputError("days", days.ISO(), "an end after the first day", nil)
	}
	w := walk{
		Reconciliation: Reconciliation{Series: series.ID, Key: series.Key, OpenedAt: int64(series.First), Last: int64(series.Next) - 1},
		next:           int64(series.First),
	}
	for e, err := range entries {
		if err != nil {
			return Reconciliation{}, err
		}
		if err := w.check(e); err != nil {
			return Reconciliation{}, err
		}
		w.sort(e, counts, days)
	}
	w.missing(w.Last + 1)
	given := w.Last - w.OpenedAt + 1 + w.Suffixed
	w.Difference = given - (w.Counted + w.Uncounted + w.Outside + w.Void + w.Reserved + w.Held)
	if w.Difference != 0 {
		w.find(RuleDifference, strconv.FormatInt(w.Difference, 10))
	}
	if w.more > 0 {
		w.Findings = append(w.Findings, finding(RuleMore, series.ID, strconv.Itoa(w.more)))
	}
	return w.Reconciliation, nil
}

// walk is a reconciliation under way.
type walk struct {
	Reconciliation
	next     int64    // the number that should come next
	serial   uint32   // of the entry before
	suffixes []string // seen under that serial
	more     int      // findings that were only counted
}

// A Fault and not an error: the register is as it is, and the report says so
// instead of failing.
func finding(rule string, series documents.SeriesID, args ...string) vanphong.Finding {
	return vanphong.Finding{Rule: rule, Severity: vanphong.Fault, Args: append([]string{string(series)}, args...)}
}

// The list is bounded, since a register imported under a wrong series has a
// finding a number. The difference itself is never left out.
func (w *walk) find(rule string, args ...string) {
	if len(w.Findings) >= maxFindings && rule != RuleDifference {
		w.more++
		return
	}
	w.Findings = append(w.Findings, finding(rule, w.Series, args...))
}

// missing notes that the numbers from the one expected up to, without, have
// no entry.
//
// A run of numbers is one finding, or a lost year would fill the list.
func (w *walk) missing(without int64) {
	if w.next < without {
		w.find(RuleMissing, strconv.FormatInt(w.next, 10), strconv.FormatInt(without-1, 10))
		w.next = without
	}
}

// check refuses entries that would make the sums meaningless, and notes what is
// missing before e or wrong with its number.
func (w *walk) check(e documents.Entry) error {
	serial, suffix := int64(e.Serial), e.Number.Suffix
	if e.Series != w.Series {
		return vanphong.NewInputError("entry.series", string(e.Series), "entries of series "+string(w.Series)+" only", vanphong.ErrConflict)
	}
	if e.Serial < w.serial {
		return vanphong.NewInputError("entry.serial", number(e), "entries in order of their serials, none before "+strconv.Itoa(int(w.serial)), vanphong.ErrConflict)
	}
	if e.Serial > w.serial {
		w.serial, w.suffixes = e.Serial, w.suffixes[:0]
	}
	// It is sorted in with the others all the same, so that the difference
	// shows it too; the finding says which it is.
	if slices.Contains(w.suffixes, suffix) {
		w.find(RuleTwice, number(e))
		return nil
	}
	w.suffixes = append(w.suffixes, suffix)
	// An inserted number may stand below the first: 126a of an office whose
	// series was taken over at 127.
	if serial > w.Last || serial < w.OpenedAt && suffix == "" {
		w.find(RuleBeyond, number(e), fmt.Sprintf("%d–%d", w.OpenedAt, w.Last))
		return nil
	}
	w.missing(serial)
	// A number with a suffix stands between two numbers and uses up none.
	if suffix == "" {
		w.next = serial + 1
	}
	return nil
}

func number(e documents.Entry) string { return strconv.Itoa(int(e.Serial)) + e.Number.Suffix }

// sort puts an entry where it belongs.
//
// An entry in a known state goes to exactly one place, so that the places add
// up to what was given; that is what the difference is taken of.
func (w *walk) sort(e documents.Entry, counts func(documents.Kind) bool, days vanphong.Days) {
	if e.Number.Suffix != "" {
		w.Suffixed++
	}
	switch e.State {
	case documents.StateVoid:
		w.Void++
	case documents.StateReserved:
		w.Reserved++
	case documents.StateHeld:
		w.Held++
	case documents.StateIssued:
		w.Issued++
		if e.Day.IsZero() {
			w.find(RuleUndated, number(e))
		}
		// Days first: what lies outside the period is not "uncounted" in its
		// report.
		switch {
		case !days.Contains(e.Day):
			w.Outside++
		case counts != nil && !counts(e.Kind):
			w.Uncounted++
		default:
			w.Counted++
		}
	default:
		w.find(RuleState, number(e))
	}
}
