package sqlcore

import (
	"iter"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
)

// Dispatch returns the port of recipients and deliveries over an access.
func Dispatch(a Access) dispatch.Store {
	return &port[dispatch.Tx, dispatch.Reader]{a, portDispatch,
		func(sc *scope) dispatch.Tx { return dispatchTx{dispatchReader{sc}} },
		func(sc *scope) dispatch.Reader { return dispatchReader{sc} },
	}
}

// Stored in every change and part of its hash: see portCalendar.
const portDispatch = "dispatch"

// openDispatch is the parent of records of which something is still to be told.
const openDispatch = "open"

// What is open is asked for every day and is little among all that was ever
// sent; so it is what the parent column says, made of the record as all columns
// are. A recipient has no column: a record has thousands.
var dispatches = kind[dispatch.Dispatch]{
	port: portDispatch, name: dispatch.RecordDispatch,
	id:      func(d *dispatch.Dispatch) string { return string(d.Entry) },
	org:     func(d *dispatch.Dispatch) vanphong.OrgID { return d.Org },
	version: func(d *dispatch.Dispatch) *int64 { return &d.Version },
	last:    func(d *dispatch.Dispatch) vanphong.Stamp { return d.Last },
	day:     func(d *dispatch.Dispatch) vanphong.Date { return d.Day },
	parent: func(d *dispatch.Dispatch) string {
		if d.Open() {
			return openDispatch
		}
		return ""
	},
}

// dispatchReader is dispatch.Reader.
type dispatchReader struct{ sc *scope }

// dispatchTx is dispatch.Tx.
type dispatchTx struct{ dispatchReader }

// Dispatch implements dispatch.Reader.
func (r dispatchReader) Dispatch(id documents.EntryID) (dispatch.Dispatch, error) {
	return dispatches.get(r.sc, string(id))
}

// Dispatches implements dispatch.Reader.
func (r dispatchReader) Dispatches(q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
	f := filter{days: q.Days}
	// A page goes on from its day; Match leaves out what was shown of it.
	f.days.First = max(f.days.First, q.After.Day)
	if q.RecallOpen || !q.Awaiting.IsZero() {
		f.parent = openDispatch
	}
	return dispatches.walk(r.sc, f, q.Match)
}

// PutDispatch implements dispatch.Tx.
func (t dispatchTx) PutDispatch(d dispatch.Dispatch) error { return dispatches.put(t.sc, d) }
