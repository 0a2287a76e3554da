package documents

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/vanphong-go/vanphong"
)

// The two sums of the chain begin with their own names and a version: a sum of
// one kind can never pass for one of the other, and a later form can stand
// beside this one.
// The \x01 is the version. A change of what is hashed must be a new version beside
// this one: ledgers filed under the old one are checked for as long as archives keep
// them.
const (
	digestDomain = "vanphong.documents.digest\x01"
	hashDomain   = "vanphong.documents.event\x01"
)

// Seal completes an event that is to follow a series as it stands: it sets
// Series, Seq, Prev, Digest and Hash and returns it with the series after it.
// The entry is the one after the event, zero if the event is about none. For
// an EventOpened the series is the new one without events; for an EventEnded
// it already has its last day.
//
// Adapters never hash: they store what they are given. Seal is exported for
// exams, imports and checks written by others, so that there is one definition.
//
// The order is forced: the digest needs the content, the hash needs the digest, and
// the series takes the hash as its new head.
func Seal(s Series, e Event, en Entry) (Series, Event, error) {
	var err error
	e.Series, e.Seq, e.Prev = s.ID, s.Events+1, s.Head
	if e.Digest, err = digestOf(e, s, en); err != nil {
		return s, e, err
	}
	e.Hash = e.Sum()
	return s.after(e, en), e, nil
}

// Sum computes what Hash must be: SHA-256 over organisation, series, Seq,
// kind, serial, entry, instant (to the nanosecond), Digest and Prev, each with
// its length before it. The store's Cursor is not part of it.
//
// Actor and reason are only in it by way of Digest, which is salted: the bare chain
// can be handed to somebody who must not learn them. The Cursor is left out because
// the store gives it at the commit, after the event is sealed.
func (e Event) Sum() Digest {
	b := make([]byte, 0, 512)
	b = append(b, hashDomain...)
	b = appendPart(b, string(e.Org))
	b = appendPart(b, string(e.Series))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	// The code and not the number of the enumeration: constants may be reordered, codes
	// not.
	b = appendPart(b, vanphong.EnumName(eventKindCodes[:], e.Kind))
	b = binary.BigEndian.AppendUint32(b, e.Serial)
	b = appendPart(b, string(e.Entry))
	// Seconds and nanoseconds apart: a single count of nanoseconds would only
	// reach to the year 2262.
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.Unix()))
	b = binary.BigEndian.AppendUint32(b, uint32(e.At.Nanosecond()))
	b = append(b, e.Digest[:]...)
	b = append(b, e.Prev[:]...)
	return sha256.Sum256(b)
}

// digestOf computes what Digest must be: salt, actor, reason and what the
// event is about.
//
// The salt has a fixed length, so it needs none before it.
func digestOf(e Event, s Series, en Entry) (Digest, error) {
	b := make([]byte, 0, 1024)
	b = append(b, digestDomain...)
	b = append(b, e.Salt[:]...)
	b = appendPart(b, string(e.By.ID))
	b = appendPart(b, string(e.By.For))
	b = appendPart(b, e.Reason)
	b, err := appendSubject(b, e, s, en)
	if err != nil {
		return Digest{}, err
	}
	return sha256.Sum256(b), nil
}

// appendSubject writes what an event is about. Only events that fix something
// have a subject: the terms of a series, or the number and content of an
// entry. An act is a subject of its own. A void or a release changes none of these.
func appendSubject(b []byte, e Event, s Series, en Entry) ([]byte, error) {
	var subject any
	switch e.Kind {
	case EventOpened, EventEnded:
		subject = termsOf(s)
	case EventReserved:
		b = appendNumber(b, en.Number)
		subject = en.reservation()
	case EventIssued, EventHeld, EventLate, EventInserted:
		b = appendNumber(b, en.Number)
		subject = en.Content
	case EventRecalled, EventRepealed, EventSuperseded, EventAmended, EventCorrected:
		subject = e.Act
	default:
		return appendPart(b, ""), nil
	}
	// JSON of a struct is stable: fields in the order of declaration, no maps, times and
	// enums as text. New fields must be omitzero or every old digest would change.
	text, err := json.Marshal(subject)
	if err != nil {
		return nil, fmt.Errorf("documents: content of entry %q: %w", en.ID, err)
	}
	return appendPart(b, string(text)), nil
}

// terms is what is fixed when a series is opened.
//
// It repeats the fields of [Series] on purpose: what moves later (Next, Events,
// Head, Closed) must stay out, and a field added to Series must not slip into old
// digests.
type terms struct {
	ID     SeriesID      `json:"id"`
	Key    SeriesKey     `json:"key"`
	System System        `json:"system"`
	Issuer string        `json:"issuer"`
	Days   vanphong.Days `json:"days"`
	First  uint32        `json:"first"`
	Basis  string        `json:"basis"`
	Policy string        `json:"policy"`
	// Continues is in the terms: which series goes before is on the paper of the
	// opening, and an edited one would lead the walk of an inspector astray.
	Continues SeriesID `json:"continues,omitzero"`
}

// termsOf picks the terms out of a series. The literal is without field names so
// that a new field of terms does not compile until it is filled in here.
func termsOf(s Series) terms {
	return terms{s.ID, s.Key, s.System, s.Issuer, s.Days, s.First, s.Basis, s.Policy, s.Continues}
}

// reservation is the part of a content that a reservation fixes: what stands
// in the number. The rest is said when the number is issued, so the digest of
// the reservation can still be checked then.
func (c Content) reservation() Content {
	return Content{Kind: c.Kind, Unit: c.Unit, Tail: c.Tail, With: c.With}
}

// appendNumber writes every part of a number, not its printed form: two
// different numbers can print alike (a unit and an issuer with a hyphen).
func appendNumber(b []byte, n Number) []byte {
	b = appendPart(b, vanphong.EnumName(systemCodes[:], n.System))
	b = binary.BigEndian.AppendUint32(b, n.Serial)
	b = binary.BigEndian.AppendUint16(b, n.Year)
	for _, part := range [...]string{n.Suffix, n.Code, n.Issuer, n.Unit, n.Tail} {
		b = appendPart(b, part)
	}
	return b
}

// appendPart writes a text with its length before it, so that no two lists of
// parts give the same bytes.
func appendPart(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}
