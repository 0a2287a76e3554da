package postgres_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/calendar/calendartest"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/documentstest"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
	"github.com/vanphong-go/vanphong/meetings/followup/followuptest"
	"github.com/vanphong-go/vanphong/meetings/meetingstest"
)

// examined opens stores for an exam and opens them again on demand.
type examined struct {
	opt    *postgres.Options
	stores map[any]*postgres.Store
	dsns   map[any]string
}

func newExamined(opt *postgres.Options) *examined {
	return &examined{opt, map[any]*postgres.Store{}, map[any]string{}}
}

// open opens the schema that a dsn leads to, a new one if it is empty, and
// remembers which the port is of.
func (x *examined) open(t *testing.T, dsn string, port func(*postgres.Store) any) any {
	if dsn == "" {
		dsn = newSchema(t)
	}
	s := mustOpen(t, dsn, x.opt)
	p := port(s)
	x.stores[p], x.dsns[p] = s, dsn
	return p
}

func (x *examined) reopen(t *testing.T, old any, port func(*postgres.Store) any) any {
	if err := x.stores[old].Close(); err != nil {
		t.Fatal(err)
	}
	return x.open(t, x.dsns[old], port)
}

// exams are those of all ports: a new port gets its line here.
var exams = map[string]func(t *testing.T, x *examined){
	"documents": func(t *testing.T, x *examined) {
		port := func(s *postgres.Store) any { return s.Documents() }
		documentstest.Run(t, func(t *testing.T) documents.Store { return x.open(t, "", port).(documents.Store) },
			&documentstest.Options{Reopen: func(t *testing.T, old documents.Store) documents.Store {
				return x.reopen(t, old, port).(documents.Store)
			}})
	},
	"calendar": func(t *testing.T, x *examined) {
		port := func(s *postgres.Store) any { return s.Calendar() }
		calendartest.Run(t, func(t *testing.T) calendar.Store { return x.open(t, "", port).(calendar.Store) },
			&calendartest.Options{Reopen: func(t *testing.T, old calendar.Store) calendar.Store {
				return x.reopen(t, old, port).(calendar.Store)
			}})
	},
	"meetings": func(t *testing.T, x *examined) {
		port := func(s *postgres.Store) any { return s.Meetings() }
		meetingstest.Run(t, func(t *testing.T) meetings.Store { return x.open(t, "", port).(meetings.Store) },
			&meetingstest.Options{Reopen: func(t *testing.T, old meetings.Store) meetings.Store {
				return x.reopen(t, old, port).(meetings.Store)
			}})
	},
	"followup": func(t *testing.T, x *examined) {
		port := func(s *postgres.Store) any { return s.FollowUp() }
		followuptest.Run(t, func(t *testing.T) followup.Store { return x.open(t, "", port).(followup.Store) },
			&followuptest.Options{Reopen: func(t *testing.T, old followup.Store) followup.Store {
				return x.reopen(t, old, port).(followup.Store)
			}})
	},
}

// TestExams sits the exams of all ports, with shared transactions and with one
// for each update.
func TestExams(t *testing.T) {
	for name, opt := range map[string]*postgres.Options{"shared": nil, "alone": {MaxBatch: 1}} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && opt != nil {
				t.Skip("the same exams with one update a transaction: left out with -short")
			}
			for _, port := range slices.Sorted(maps.Keys(exams)) {
				t.Run(port, func(t *testing.T) { exams[port](t, newExamined(opt)) })
			}
		})
	}
}
