package calendar

import (
	"context"
	"errors"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// What only the memory store promises; the rest is the exam of
// calendartest.

func TestMemoryEndsATransactionWithItsFunction(t *testing.T) {
	m := NewMemory()
	var tx Tx
	var rd Reader
	_ = m.Update(t.Context(), office, func(x Tx) error { tx = x; return nil })
	_ = m.View(t.Context(), office, func(r Reader) error { rd = r; return nil })
	s := newWeek(t)
	var errs []error
	add := func(err error) { errs = append(errs, err) }
	add(tx.PutSchedule(s))
	add(tx.PutRegistration(Registration{Org: office}))
	for _, r := range []Reader{tx, rd} {
		_, err := r.Schedule(s.ID)
		add(err)
		_, err = r.ScheduleOf("a")
		add(err)
		_, err = r.Registration("a")
		add(err)
		for _, err := range r.Schedules(vanphong.Days{}) {
			add(err)
		}
		for _, err := range r.Registrations(RegistrationQuery{}) {
			add(err)
		}
	}
	if len(errs) != 12 {
		t.Errorf("%d answers", len(errs))
	}
	for i, err := range errs {
		if !errors.Is(err, vanphong.ErrClosed) {
			t.Errorf("call %d after the end: %v", i, err)
		}
	}
	if _, ok := rd.(Tx); ok {
		t.Error("a view can write")
	}
}

// TestMemoryWaiterCanGiveUp: who waits for the right to write is not held by
// somebody slow.
func TestMemoryWaiterCanGiveUp(t *testing.T) {
	m := NewMemory()
	ctx, cancel := context.WithCancel(t.Context())
	err := m.Update(t.Context(), office, func(Tx) error {
		done := make(chan error)
		go func() { done <- m.Update(ctx, office, func(Tx) error { return nil }) }()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("the waiter got %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestMemoryNeedsAnOrganisation(t *testing.T) {
	m := NewMemory()
	err1 := m.Update(t.Context(), "", func(Tx) error { return nil })
	err2 := m.View(t.Context(), "", func(Reader) error { return nil })
	var err3 error
	for _, err := range m.Changes(t.Context(), "", 0) {
		err3 = err
	}
	for i, err := range []error{err1, err2, err3} {
		if !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("call %d: %v", i, err)
		}
	}
}

func TestRegistrationCheckNamesTheField(t *testing.T) {
	good := Registration{
		ID: "dk", Org: office, Unit: "Ban Tổ chức", Proposed: row("a", 0, "Họp"), Filed: by(0),
		State: RegistrationAccepted, Result: row("a", 1, "Họp"), Decided: by(1), Last: by(1),
	}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		field string
		spoil func(*Registration)
	}{
		{"registration.id", func(r *Registration) { r.ID = "" }},
		{"org", func(r *Registration) { r.Org = "" }},
		{"unit", func(r *Registration) { r.Unit = " " }},
		{"unit", func(r *Registration) { r.Unit = "\x00" }},
		{"reason", func(r *Registration) { r.Reason = "\x1b" }},
		{"registration.state", func(r *Registration) { r.State = RegistrationUnknown }},
		{"registration.state", func(r *Registration) { r.State = RegistrationMoved + 1 }},
		{"activity", func(r *Registration) { r.Proposed.Activity = "" }},
		{"day", func(r *Registration) { r.Result.Day = 0 }},
		{"result.id", func(r *Registration) { r.Result.ID = "b" }}, // the chain of ids would break
		{"at", func(r *Registration) { r.Last = vanphong.Stamp{} }},
	} {
		r := good.clone()
		c.spoil(&r)
		var in *vanphong.InputError
		if err := r.Check(); !errors.As(err, &in) || in.Field != c.field {
			t.Errorf("got %v, want a refusal of %s", err, c.field)
		}
	}
}
