package incoming

import (
	"encoding"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

func TestTheProofAccountsForEveryNumber(t *testing.T) {
	f := newDesk(t)
	empty, err := f.Proof(f.ctx, org, f.book)
	require.NoError(t, err)
	assert.True(t, empty.Whole())
	assert.Equal(t, "Sổ đến 2026 mở tại số 1 (mở sổ năm 2026), chưa có văn bản nào.", Messages().Text(empty.Finding()))
	for n := 1; n <= 4; n++ {
		f.receive(n)
	}
	f.must(f.Void(f.ctx, org, "d2", "đăng ký nhầm", stamp(9)))
	p, err := f.Proof(f.ctx, org, f.book)
	require.NoError(t, err)
	assert.True(t, p.Whole())
	assert.Equal(t, "Sổ đến 2026 mở tại số 1 (mở sổ năm 2026), đến số 4: 3 văn bản, hủy số 1 (2: đăng ký nhầm), thiếu 0; mã kiểm tra "+p.Digest[:12], Messages().Text(p.Finding()))
	// A second run is the same, byte for byte, whatever order the documents
	// come in.
	b, err := f.store.(*Memory).bookOf(t, f.book)
	require.NoError(t, err)
	docs := exam.Gather(f.Documents(f.ctx, org, Query{}))
	again, err := ProofOf(b, exam.Backwards(exam.Each(docs)))
	require.NoError(t, err)
	assert.Equal(t, jsonOf(t, p), jsonOf(t, again))
	// Each tampering shows: a document gone, one twice, one astray, another
	// instant, a void that was taken back.
	for name, tamper := range map[string]func([]Document) []Document{
		"gone":       func(d []Document) []Document { return d[:3] },
		"twice":      func(d []Document) []Document { return append(d, d[0]) },
		"astray":     func(d []Document) []Document { d[3].Arrival = 99; return d },
		"moved":      func(d []Document) []Document { d[0].Arrival, d[2].Arrival = 3, 1; return d },
		"re-dated":   func(d []Document) []Document { d[0].Received = d[0].Received.Add(1); return d },
		"taken back": func(d []Document) []Document { d[1].Voided = Ending{}; return d },
		"reason":     func(d []Document) []Document { d[1].Voided.Reason = "khác"; return d },
	} {
		got, err := ProofOf(b, exam.Each(tamper(slices.Clone(docs))))
		require.NoError(t, err)
		assert.False(t, got.Whole() && got.Digest == p.Digest, name)
		if name == "gone" || name == "twice" || name == "astray" {
			assert.False(t, got.Whole(), name)
			assert.Equal(t, vanphong.Fault, got.Finding().Severity)
		}
	}
	twice, err := ProofOf(b, exam.Each(append(slices.Clone(docs), docs[0])))
	require.NoError(t, err)
	assert.Equal(t, []ID{"d1"}, twice.Stray)
	assert.Equal(t, 3, twice.Count)
	gone, err := ProofOf(b, exam.Each(docs[1:]))
	require.NoError(t, err)
	assert.Equal(t, []uint32{1}, gone.Missing)
	assert.Contains(t, Messages().Text(gone.Finding()), "thiếu 1 (1)")
	other := docs[0]
	other.Book = "another"
	same, err := ProofOf(b, exam.Each(append(slices.Clone(docs), other)))
	require.NoError(t, err)
	assert.Equal(t, p.Digest, same.Digest, "documents of other books are passed over")
	b.Next = b.First + MaxProof + 1
	_, err = ProofOf(b, exam.Each(docs))
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange)
	_, err = ProofOf(b, nil)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	_, err = f.Proof(f.ctx, org, "none")
	assert.ErrorIs(t, err, vanphong.ErrNotFound)
}

func (m *Memory) bookOf(t *testing.T, id BookID) (b Book, err error) {
	return b, m.View(t.Context(), org, func(r Reader) error { b, err = r.Book(id); return err })
}

// Whatever is typed composed or apart is one text.
func TestTextsAreComposedAtTheDoor(t *testing.T) {
	const apart, together = "Nghi\u0323 quye\u0302\u0301t", "Nghị quyết"
	f := newDesk(t)
	play := func(s string) Document {
		r := f.receipt(1)
		r.NumberText, r.Issuer.Name, r.Abstract, r.Signer, r.Anyway = s, s, s, s, s
		f.must(f.Receive(f.ctx, org, "d1", r, stamp(0)))
		f.must(f.Acknowledge(f.ctx, org, "d1", Notice{Note: s, At: stamp(1).At}, stamp(9)))
		f.must(f.Present(f.ctx, org, "d1", Presentation{To: Assignee{Unit: "vp"}, Note: s, At: stamp(1).At}, stamp(9)))
		f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "1", Kind: Direction, By: "bt", Text: s, Basis: s, Leads: lead("btc"), At: stamp(2).At}, stamp(9)))
		f.must(f.Require(f.ctx, org, "d1", Requirement{Key: "1", Advises: "btc", Kind: documents.KindPlan, Title: s, Basis: s, At: stamp(2).At}, stamp(9)))
		f.must(f.Link(f.ctx, org, "d1", Answer{Number: s}, stamp(9)))
		return f.must(f.Complete(f.ctx, org, "d1", stamp(3).At, s, stamp(9)))
	}
	d := play(apart)
	again := play(together)
	assert.Equal(t, d.Version, again.Version, "played again, nothing changed")
	assert.True(t, vanphong.IsNFC(jsonOf(t, d)))
	assert.Equal(t, together, d.Abstract)
}

// Every record comes back from JSON as it was, the zero too; a day that does
// not exist is refused.
func TestRecordsRoundTripAsJSON(t *testing.T) {
	f := newDesk(t)
	d := f.tree()
	for _, v := range []any{&d, &Document{}, &Book{}, &Mandate{}, &Receipt{}, &Instruction{}, &Opening{Numbering: StateYearly()}, &Requirement{}, &Answer{},
		ptr(StateClock()), ptr(VungTauClock()), &Deadline{}, &Status{}} {
		first := jsonOf(t, v)
		got := newLike(v)
		require.NoError(t, json.Unmarshal([]byte(first), got), "%T %s", v, first)
		assert.Equal(t, first, jsonOf(t, got), "%T", v)
	}
	for _, into := range []any{new(Document), new(Book), new(Instruction), new(Requirement), new(Answer), new(Status)} {
		doc := `{"dated":"2026-02-30","due":"2026-02-30","days":{"first":"2026-02-30"}}`
		assert.ErrorIs(t, json.Unmarshal([]byte(doc), into), vanphong.ErrInvalid, "%T", into)
	}
}

func ptr[T any](v T) *T { return &v }

func newLike(v any) any {
	switch v.(type) {
	case *Document:
		return new(Document)
	case *Book:
		return new(Book)
	case *Mandate:
		return new(Mandate)
	case *Receipt:
		return new(Receipt)
	case *Instruction:
		return new(Instruction)
	case *Opening:
		return new(Opening)
	case *Requirement:
		return new(Requirement)
	case *Answer:
		return new(Answer)
	case *ClockPolicy:
		return new(ClockPolicy)
	case *Deadline:
		return new(Deadline)
	}
	return new(Status)
}

// Codes are text and read back to their value; what is no value is refused.
func TestEnumerationsAreCodes(t *testing.T) {
	type enum interface {
		encoding.TextMarshaler
	}
	for _, c := range []struct {
		values []enum
		into   encoding.TextUnmarshaler
	}{
		{[]enum{HoldsAll, HoldsOpen, HoldsSecret}, new(Holds)},
		{[]enum{ChannelUnstated, ChannelPaper, ChannelAxis, ChannelEmail, ChannelFax, ChannelCipher}, new(Channel)},
		{[]enum{SignatureUnchecked, SignatureValid, SignatureInvalid, SignatureUnclear, SignatureNone}, new(SignatureCheck)},
		{[]enum{FormUnknown, OnBehalf, ForHead, ByOrder, ByDelegation, ActingHead}, new(Form)},
		{[]enum{StepUnknown, Proposal, Direction, Reply}, new(StepKind)},
		{[]enum{StateUnknown, StateReceived, StatePresented, StateInstructed, StateInProgress, StateDone, StateReturned, StateRefused, StateVoid}, new(State)},
		{[]enum{StageRegister, StagePass, StageHandle, StageAcknowledge}, new(Stage)},
		{[]enum{AtOnce, InMinutes, SameDay, NextDay, AtDelivery, OnDocumentDue}, new(Within)},
	} {
		seen := map[string]bool{}
		for _, v := range c.values {
			b, err := v.MarshalText()
			require.NoError(t, err)
			assert.False(t, seen[string(b)], "%T %q twice", v, b)
			seen[string(b)] = true
			require.NoError(t, c.into.UnmarshalText(b))
			back, err := c.into.(encoding.TextMarshaler).MarshalText()
			require.NoError(t, err)
			assert.Equal(t, b, back)
			if n, ok := v.(interface{ Name() string }); ok {
				assert.NotEqual(t, "?", n.Name())
				assert.True(t, vanphong.IsNFC(n.Name()))
			}
		}
		assert.ErrorIs(t, c.into.UnmarshalText([]byte("nothing")), vanphong.ErrInvalid)
	}
	for _, v := range []enum{Holds(99), Channel(99), SignatureCheck(99), Form(99), StepKind(99), State(99), Stage(99), Within(99)} {
		_, err := v.MarshalText()
		assert.Error(t, err, "%T", v)
	}
	assert.True(t, StateReceived.Open() && StateInProgress.Open() && !StateDone.Open() && !StateUnknown.Open())
}

// Every rule of a finding has its two sentences.
func TestEveryRuleHasItsSentences(t *testing.T) {
	rules := []string{RuleDuplicate, RuleNearDate, RuleNearIssuer, RuleNearNumber, RuleNearWords, RuleNearWritten, RuleNearGone, RuleFuture, RuleChannel, RuleSignature,
		RuleDelivery, RuleWidth, RuleLate, RuleProof, RuleProofEmpty, RuleTimeUnknown}
	messages := Messages()
	for _, rule := range rules {
		m := messages[rule]
		assert.NotEmpty(t, m.Vietnamese, rule)
		assert.NotEmpty(t, m.English, rule)
		assert.True(t, strings.HasPrefix(rule, "incoming."))
		assert.True(t, vanphong.IsNFC(m.Vietnamese))
	}
	assert.Len(t, messages, len(rules))
}

// The same listing with and without a limit, for every page size, in memory.
func TestAQueryWithoutWordsMatchesEverything(t *testing.T) {
	f := newDesk(t)
	for n := 1; n <= 7; n++ {
		f.receive(n)
	}
	ids := func(q Query) (out []string) {
		for d, err := range f.Documents(f.ctx, org, q) {
			require.NoError(t, err)
			out = append(out, string(d.ID))
		}
		return out
	}
	all := ids(Query{})
	require.Len(t, all, 7)
	for size := 1; size <= 8; size++ {
		var got []string
		var after Place
		for {
			page := ids(Query{After: after, Limit: size})
			if len(page) == 0 {
				break
			}
			got = append(got, page...)
			last := f.must(f.Document(f.ctx, org, ID(page[len(page)-1])))
			after = last.Place()
		}
		assert.Equal(t, all, got, fmt.Sprint("pages of ", size))
	}
}
