package incoming

import (
	"iter"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Requirement is a local document that a higher level's document calls for
// (tham mưu triển khai văn bản của Trung ương): who advises, what is to be
// issued, by when; and, once there is one, the document that was issued.
//
// Key names it among those of its document; it is the caller's.
//
// It is more than a task: the centre asks for a document of a kind, and whether
// there is one can be told from the register.
type Requirement struct {
	Key     string         `json:"key"`
	Advises vanphong.OrgID `json:"advises"` // cơ quan tham mưu
	Kind    documents.Kind `json:"kind"`    // of the document to be issued
	Title   string         `json:"title,omitzero"`
	Due     vanphong.Date  `json:"due,omitzero"`
	Basis   string         `json:"basis,omitzero"` // "trong tháng 12/2026"
	At      time.Time      `json:"at"`             // when it was decided
	Made    vanphong.Stamp `json:"made"`
	Issued  Answer         `json:"issued,omitzero"`
}

func (q Requirement) check(r Receipt) error {
	h := r.hidden()
	if h && q.Title != "" {
		return vanphong.NewInputError("title", vanphong.Placeholder, "no title under a document marked "+r.Secrecy.Name(), vanphong.ErrSecret)
	}
	if _, err := q.Due.MarshalText(); err != nil {
		return err
	}
	if q.Due != 0 && q.Due < r.Day() {
		return vanphong.NewInputError("due", q.Due.String(), "a day on or after "+r.Day().String(), nil)
	}
	return first(
		vanphong.CheckID("key", q.Key), vanphong.CheckID("advises", q.Advises),
		h.text("kind", string(q.Kind), MaxText, true), h.text("title", q.Title, MaxText, false), h.text("basis", q.Basis, MaxText, false),
	)
}

// same reports whether two requirements ask for the same, whoever wrote them
// down and whatever has been issued since.
func (q Requirement) same(o Requirement) bool {
	return q.Key == o.Key && q.Advises == o.Advises && q.Kind == o.Kind && q.Title == o.Title && q.Due == o.Due && q.Basis == o.Basis &&
		sameInstant(q.At, o.At)
}

// Origin is what the tasks that follow from a document take as their origin:
// an id that is the same whenever it is asked for, and the number as printed.
// With package followup it is
//
//	followup.Origin{Kind: followup.FromDocument, ID: o.ID, Number: o.Number}
//
// and a requirement's Key the key of the task.
type Origin struct {
	ID     string `json:"id"`
	Number string `json:"number,omitzero"`
}

// Origin returns the document as the origin of tasks. The number of a document
// with a mark of secrecy stays here: tasks are shown where the document is not.
func (d Document) Origin() Origin {
	o := Origin{ID: vanphong.Derive("incoming", string(d.Org), string(d.ID))}
	if !d.hidden() {
		o.Number = d.NumberText
	}
	return o
}

// Outstanding is a requirement that no local document met on a day.
type Outstanding struct {
	Document    Document    `json:"document"`
	Requirement Requirement `json:"requirement"`
	// DaysLate is by how many days its deadline has passed, 0 if it has not or
	// there is none.
	DaysLate int `json:"days_late,omitzero"`
}

// OutstandingOn walks the requirements of documents for which no local
// document had been issued by the end of a day (văn bản của Trung ương chưa có
// văn bản triển khai), in the order of the walk. Void, returned and refused
// documents call for nothing. An error of the walk is the last pair.
func OutstandingOn(day vanphong.Date, documents iter.Seq2[Document, error]) iter.Seq2[Outstanding, error] {
	return func(yield func(Outstanding, error) bool) {
		if documents == nil {
			yield(Outstanding{}, vanphong.NewInputError("documents", "nil", "a walk of documents, empty or not", nil))
			return
		}
		for d, err := range documents {
			if err != nil {
				yield(Outstanding{}, err)
				return
			}
			if _, state, ended := d.endedOn(day); ended && state != StateDone {
				continue
			}
			for _, q := range d.Required {
				if vanphong.DateOf(q.At) > day || (!q.Issued.IsZero() && vanphong.DateOf(q.Issued.At) <= day) {
					continue
				}
				o := Outstanding{Document: d, Requirement: q}
				if q.Due != 0 {
					o.DaysLate = max(0, int(day-q.Due))
				}
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}
