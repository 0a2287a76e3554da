package sqlite_test

import (
	"testing"

	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/calendar/calendartest"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/documents/dispatch/dispatchtest"
	"github.com/vanphong-go/vanphong/documents/documentstest"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/documents/incoming/incomingtest"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
	"github.com/vanphong-go/vanphong/meetings/followup/followuptest"
	"github.com/vanphong-go/vanphong/meetings/meetingstest"
)

// examined opens stores for an exam and opens them again on demand.
type examined struct {
	opt    *sqlite.Options
	stores map[any]*sqlite.Store
	paths  map[any]string
}

func newExamined(opt *sqlite.Options) *examined {
	return &examined{opt, map[any]*sqlite.Store{}, map[any]string{}}
}

// open opens the file at path, a new one if it is empty, and remembers which
// file the port is of.
func (x *examined) open(t *testing.T, path string, port func(*sqlite.Store) any) any {
	if path == "" {
		path = newFile(t)
	}
	s := mustOpen(t, path, x.opt)
	p := port(s)
	x.stores[p], x.paths[p] = s, path
	return p
}

func (x *examined) reopen(t *testing.T, old any, port func(*sqlite.Store) any) any {
	if err := x.stores[old].Close(); err != nil {
		t.Fatal(err)
	}
	return x.open(t, x.paths[old], port)
}

// TestExams sits the exams of all ports, with shared transactions and with one
// for each update.
func TestExams(t *testing.T) {
	for name, opt := range map[string]*sqlite.Options{"shared": nil, "alone": {MaxBatch: 1}} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && opt != nil {
				t.Skip("the same exams with one update a transaction: left out with -short")
			}
			t.Run("documents", func(t *testing.T) {
				x, port := newExamined(opt), func(s *sqlite.Store) any { return s.Documents() }
				documentstest.Run(t, func(t *testing.T) documents.Store { return x.open(t, "", port).(documents.Store) },
					&documentstest.Options{Reopen: func(t *testing.T, old documents.Store) documents.Store {
						return x.reopen(t, old, port).(documents.Store)
					}})
			})
			t.Run("calendar", func(t *testing.T) {
				x, port := newExamined(opt), func(s *sqlite.Store) any { return s.Calendar() }
				calendartest.Run(t, func(t *testing.T) calendar.Store { return x.open(t, "", port).(calendar.Store) },
					&calendartest.Options{Reopen: func(t *testing.T, old calendar.Store) calendar.Store {
						return x.reopen(t, old, port).(calendar.Store)
					}})
			})
			t.Run("meetings", func(t *testing.T) {
				x, port := newExamined(opt), func(s *sqlite.Store) any { return s.Meetings() }
				meetingstest.Run(t, func(t *testing.T) meetings.Store { return x.open(t, "", port).(meetings.Store) },
					&meetingstest.Options{Reopen: func(t *testing.T, old meetings.Store) meetings.Store {
						return x.reopen(t, old, port).(meetings.Store)
					}})
			})
			t.Run("followup", func(t *testing.T) {
				x, port := newExamined(opt), func(s *sqlite.Store) any { return s.FollowUp() }
				followuptest.Run(t, func(t *testing.T) followup.Store { return x.open(t, "", port).(followup.Store) },
					&followuptest.Options{Reopen: func(t *testing.T, old followup.Store) followup.Store {
						return x.reopen(t, old, port).(followup.Store)
					}})
			})
			t.Run("dispatch", func(t *testing.T) {
				x, port := newExamined(opt), func(s *sqlite.Store) any { return s.Dispatch() }
				dispatchtest.Run(t, func(t *testing.T) dispatch.Store { return x.open(t, "", port).(dispatch.Store) },
					&dispatchtest.Options{Reopen: func(t *testing.T, old dispatch.Store) dispatch.Store {
						return x.reopen(t, old, port).(dispatch.Store)
					}})
			})
			t.Run("incoming", func(t *testing.T) {
				x, port := newExamined(opt), func(s *sqlite.Store) any { return s.Incoming() }
				incomingtest.Run(t, func(t *testing.T) incoming.Store { return x.open(t, "", port).(incoming.Store) },
					&incomingtest.Options{Reopen: func(t *testing.T, old incoming.Store) incoming.Store {
						return x.reopen(t, old, port).(incoming.Store)
					}})
			})
		})
	}
}
