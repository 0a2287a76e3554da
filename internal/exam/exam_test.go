package exam

import (
	"strings"
	"testing"
)

func TestRecordNotesWhatACaseComplainsOf(t *testing.T) {
	for _, row := range []struct {
		why  string
		run  func(T)
		want string
	}{
		{"a case that holds", func(t T) { t.Logf("well") }, ""},
		{"a failure does not end the case", func(t T) { t.Errorf("%d", 1); t.Errorf("2") }, "1|2"},
		{"a fatal one does", func(t T) { t.Fatalf("%d", 1); t.Errorf("2") }, "1"},
		{"a panic is a failure", func(T) { panic("x") }, "panic: x"},
	} {
		if got := strings.Join(Record(t.Context(), row.run), "|"); got != row.want {
			t.Errorf("%s: %q, want %q", row.why, got, row.want)
		}
	}
}

// A store of these tests is a word.
func TestRunGivesEachCaseAStoreAndAsksForReopening(t *testing.T) {
	var sat []string
	cases := []Case[string]{
		{"one", func(_ T, s string) { sat = append(sat, "one "+s) }},
		{"two", func(_ T, s string) { sat = append(sat, "two "+s) }},
	}
	reopened := func(_ T, s string, reopen func(string) string) { sat = append(sat, reopen(s)) }
	open := func(*testing.T) string { return "new" }
	Run(t, cases, reopened, open, nil)
	Run(t, cases, reopened, open, &Options[string]{Reopen: func(_ *testing.T, old string) string { return old + " again" }})
	if got, want := strings.Join(sat, ", "), "one new, two new, one new, two new, new again"; got != want {
		t.Errorf("sat %q, want %q", got, want)
	}
}

// The day of the cases is the one its comment names: a date written as a
// number of days is easily one of another century.
func TestDayIsTheDayItSays(t *testing.T) {
	if Day.String() != "2025-12-05" {
		t.Errorf("Day is %s", Day)
	}
}
