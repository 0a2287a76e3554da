package vanphong

import (
	"strings"

	"github.com/google/uuid"
)

// Identifiers are opaque: the SDK compares them and hands them back, it never
// reads them. Systems bring their own; [Derive] makes ours.
type (
	// OrgID names an [Organisation].
	OrgID string
	// TermID names a [Term] or a [Congress].
	TermID string
	// PersonID names a [Person].
	PersonID string
	// PostID names a [Post].
	PostID string
	// BodyID names a [Body].
	BodyID string
)

// MaxID is the longest identifier in bytes that any store of the SDK takes.
const MaxID = 200

// CheckID returns an [*InputError] naming field unless id can be one: 1 to
// [MaxID] bytes of valid UTF-8 without control characters.
func CheckID[T ~string](field string, id T) error {
	s := string(id)
	if s == "" || len(s) > MaxID || !isText(s) {
		return invalid(field, s, "an identifier of 1 to 200 bytes without control characters")
	}
	return nil
}

// idSpace is the name space of every derived identifier. It never changes: a
// rerun of an old chain must find its old records.
var idSpace = uuid.MustParse("6f1f6c52-6d0b-5a0e-9f0e-76616e70686f")

// Derive returns the identifier of a step that follows from parts: the meeting
// of a schedule entry, the conclusion of an agenda item, the task of a
// conclusion. The same parts always give the same UUID (version 5), so that a
// chain which was cut is completed by running it again, never doubled.
func Derive(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		// Length first: ("ab", "c") and ("a", "bc") are different steps.
		b.WriteString(itoa(len(p)))
		b.WriteByte(':')
		b.WriteString(p)
	}
	return uuid.NewSHA1(idSpace, []byte(b.String())).String()
}
