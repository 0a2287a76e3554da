package documents

import "github.com/vanphong-go/vanphong"

// Query says which entries to walk. A zero field does not restrict.
type Query struct {
	Series SeriesID
	Organ  vanphong.OrgID // key organ of the series
	Kind   Kind
	Days   vanphong.Days // of the document's day
	State  EntryState
	Origin string
}

// matches reports whether an entry of series s is one that q asks for.
//
// A reservation has no day yet, so it is in no period: counted in a month, it would
// make the report of that month change when the paper is signed in the next.
func (q Query) matches(en Entry, s Series) bool {
	return (q.Series == "" || en.Series == q.Series) &&
		(q.Organ == "" || s.Key.Organ == q.Organ) &&
		(q.Kind == "" || en.Kind == q.Kind) &&
		(q.Days == vanphong.Days{} || en.Day != 0 && q.Days.Contains(en.Day)) &&
		(q.State == StateUnknown || en.State == q.State) &&
		(q.Origin == "" || en.Origin == q.Origin)
}
