package vanphong_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/vanphong-go/vanphong"
)

// Every exported struct comes back from JSON as it was; the zero too.
func TestJSONRoundTrip(t *testing.T) {
	at := time.Date(2026, 2, 5, 8, 30, 0, 0, time.UTC)
	some := days("2025-07-01", "2025-09-24")
	roundTrip(t, Organisation{ID: "a", Name: "Tỉnh ủy", Symbol: "TU", Level: LevelProvince, Parent: "p", Valid: some, Predecessors: []OrgID{"x"}, Successors: []OrgID{"y", "z"}})
	roundTrip(t, Term{ID: "t", Org: "a", Name: "nhiệm kỳ", Days: some})
	roundTrip(t, Congress{ID: "c", Org: "a", Name: "Đại hội", Days: some, FirstPlenum: some.First})
	roundTrip(t, Membership{Body: "b", Person: "p", Post: "Bí thư", Days: some})
	roundTrip(t, Holding{Post: "p", Person: "q", Days: some})
	roundTrip(t, Person{ID: "p", Name: "Nguyễn Văn An"})
	roundTrip(t, Post{ID: "p", Org: "a", Name: "Bí thư"})
	roundTrip(t, Body{ID: "b", Org: "a", Kind: StandingCommittee, Name: "Ban Thường vụ"})
	roundTrip(t, Stamp{By: Actor{ID: "p", For: "q"}, At: at})
	roundTrip(t, Change{Cursor: 7, Org: "a", Kind: "meeting", ID: "m", At: at, By: Actor{ID: "p"}})
	roundTrip(t, Finding{Rule: "r", Severity: Fault, Source: Source{"66-QĐ/TW", GradePrimary}, Args: []string{"a"}})
	roundTrip(t, Provinces()[7])
	roundTrip(t, some)
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	for _, v := range []T{v, *new(T)} {
		b, err := json.Marshal(v)
		require.NoError(t, err)
		var got T
		require.NoError(t, json.Unmarshal(b, &got), "%s", b)
		assert.Equal(t, v, got, "%s", b)
	}
}

// No struct that holds a day takes one that does not exist.
func TestStructsDecodeDaysStrictly(t *testing.T) {
	for _, into := range []any{new(Organisation), new(Term), new(Congress), new(Membership), new(Holding), new(Days)} {
		for _, day := range []string{"2026-02-30", "2026-13-01", "03/15/2025", "2026-02-03T00:00:00Z"} {
			doc := `{"days":{"first":"D"},"valid":{"first":"D"},"first":"D"}`
			err := json.Unmarshal([]byte(strings.ReplaceAll(doc, "D", day)), into)
			assert.ErrorIs(t, err, ErrInvalid, "%T", into)
		}
	}
}

// Codes are text, and a code that does not exist is refused both ways.
func TestEnumerationsAreCodes(t *testing.T) {
	type all struct {
		L Level
		B BodyKind
		S Secrecy
		U Urgency
		V Severity
	}
	b, err := json.Marshal(all{LevelDistrict, ThuongTruc, TopSecret, ExpressTimed, Warning})
	require.NoError(t, err)
	assert.JSONEq(t, `{"L":"district","B":"thuong-truc","S":"top-secret","U":"express-timed","V":"warning"}`, string(b))
	for _, field := range []string{"L", "B", "S", "U", "V"} {
		assert.ErrorIs(t, json.Unmarshal([]byte(`{"`+field+`":"nothing"}`), new(all)), ErrInvalid, field)
		assert.Error(t, json.Unmarshal([]byte(`{"`+field+`":1}`), new(all)), "a number would change its meaning")
	}
	for _, v := range []any{Level(99), BodyKind(99), Secrecy(99), Urgency(99), Severity(99)} {
		_, err := json.Marshal(v)
		assert.Error(t, err, "%T", v)
	}
	for i := range uint8(7) { // every level and body kind reads back
		var l Level
		text, err := Level(i).MarshalText()
		require.NoError(t, err)
		require.NoError(t, l.UnmarshalText(text))
		assert.Equal(t, Level(i), l)
		var k BodyKind
		text, err = BodyKind(i).MarshalText()
		require.NoError(t, err)
		require.NoError(t, k.UnmarshalText(text))
		assert.Equal(t, BodyKind(i), k)
	}
	assert.Equal(t, "cấp huyện", LevelDistrict.Name())
	assert.Equal(t, "Ban Thường vụ", StandingCommittee.Name())
}

func TestOrganisationEqual(t *testing.T) {
	a := Organisation{ID: "a", Name: "n", Predecessors: []OrgID{"x"}}
	b := a
	b.Predecessors = []OrgID{"x"}
	assert.True(t, a.Equal(b))
	for _, change := range []func(*Organisation){
		func(o *Organisation) { o.ID = "b" }, func(o *Organisation) { o.Name = "" }, func(o *Organisation) { o.Symbol = "TU" },
		func(o *Organisation) { o.Level = 1 }, func(o *Organisation) { o.Parent = "p" }, func(o *Organisation) { o.Valid.First = 1 },
		func(o *Organisation) { o.Predecessors = nil }, func(o *Organisation) { o.Successors = []OrgID{"y"} },
	} {
		c := a
		change(&c)
		assert.False(t, a.Equal(c))
	}
}
