package vanphong

import (
	"cmp"
	"strings"
)

// GivenName returns the last word of a person's name (tên gọi): "An" of
// "Nguyễn Văn An". People are called, and listed, by it.
func (p Person) GivenName() string {
	_, given := splitName(p.Name)
	return given
}

// ComparePersons orders people as offices list them: by given name, then by
// the rest of the name from the family name on, both in Vietnamese
// alphabetical order ([CompareText]; spellings of one name count as one), then
// by the name as written, then by ID. It is 0 only for the same name and ID.
func ComparePersons(a, b Person) int {
	restA, givenA := splitName(a.Name)
	restB, givenB := splitName(b.Name)
	return cmp.Or(compareSyllables(givenA, givenB), compareSyllables(restA, restB),
		CompareText(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

func splitName(name string) (rest, given string) {
	words := strings.Fields(name) // no-break spaces too
	if len(words) == 0 {
		return "", ""
	}
	last := len(words) - 1
	return strings.Join(words[:last], " "), words[last]
}
