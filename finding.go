package vanphong

import "strings"

// Grade is how well a rule or figure is attested. A fact below grade P is
// data with its grade, never a hard error; a gap is left unset.
type Grade string

// The grades of evidence.
const (
	GradePrimary   Grade = "P" // primary text seen, the clause cited
	GradePress     Grade = "N" // press or explanatory article
	GradeSecondary Grade = "S" // secondary restatement, public file
	GradeExam      Grade = "X" // exam bank
	GradeWild      Grade = "W" // seen in real documents
	GradeInferred  Grade = "I" // inference
)

// Source is where a rule comes from.
type Source struct {
	Clause string `json:"clause"` // "36-HD/VPTW, mục II.1.3.1.a"
	Grade  Grade  `json:"grade"`
}

// Severity is how a [Finding] is to be taken.
type Severity uint8

// The severities.
const (
	Note    Severity = iota // ghi chú
	Warning                 // cảnh báo
	Fault                   // lỗi
)

var severityNames = [...]string{"ghi chú", "cảnh báo", "lỗi"}
var severityCodes = [...]string{"note", "warning", "fault"}

// Name returns the Vietnamese name of the severity.
func (s Severity) Name() string { return EnumName(severityNames[:], s) }

// MarshalText writes the severity as its code.
func (s Severity) MarshalText() ([]byte, error) {
	return EnumText("severity", severityCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(b []byte) (err error) {
	*s, err = ParseEnum[Severity]("severity", severityCodes[:], b)
	return err
}

// Finding is what a check has to tell a clerk: form checks, conflicts,
// reconciliations. It carries the rule and its arguments; the sentence comes
// from a [Catalogue].
type Finding struct {
	Rule     string   `json:"rule"` // "calendar.conflict"
	Severity Severity `json:"severity"`
	Source   Source   `json:"source,omitzero"`
	Args     []string `json:"args,omitempty"`
}

// Message is the sentence of a rule in two languages. {0}, {1} … stand for
// the arguments of the finding.
type Message struct {
	Vietnamese string
	English    string
}

// Catalogue maps rules to their messages. A package that has findings exports
// its own as Messages; an office may load another wording over it.
type Catalogue map[string]Message

// Text returns the Vietnamese sentence of a finding. A rule the catalogue
// does not know is shown by its id and arguments, never dropped.
func (c Catalogue) Text(f Finding) string { return fill(c[f.Rule].Vietnamese, f) }

// English returns the English sentence of a finding, as [Catalogue.Text].
func (c Catalogue) English(f Finding) string { return fill(c[f.Rule].English, f) }

func fill(pattern string, f Finding) string {
	if pattern == "" {
		return strings.TrimSpace(f.Rule + " " + strings.Join(f.Args, ", "))
	}
	pairs := make([]string, 0, 2*len(f.Args))
	for i, a := range f.Args {
		pairs = append(pairs, "{"+itoa(i)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(pattern)
}
