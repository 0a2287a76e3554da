package incoming

import "time"

// Elapsed is how long something took: by the clock, and in working time. It is
// not Known while it has not ended.
//
// Both are kept because they answer two people: who waited three days asks by
// the calendar, who had one day's work to do it in by the office's hours.
type Elapsed struct {
	Calendar time.Duration `json:"calendar"`
	Working  time.Duration `json:"working"`
	Known    bool          `json:"known"`
}

// Times is how long a document took, step by step (thời gian xử lý). Each step
// runs from the one before it that took place: a document that went straight
// to a unit has no Present, and its Instruct runs from the registration. A
// step that came before the one it follows (a hỏa tốc passed on and registered
// afterwards) took no time.
type Times struct {
	Register Elapsed `json:"register"` // from arrival to registration
	Present  Elapsed `json:"present"`  // to the first presentation
	Instruct Elapsed `json:"instruct"` // to the first direction
	Handle   Elapsed `json:"handle"`   // to the end of the work
	Whole    Elapsed `json:"whole"`    // from arrival to the end of the work
}

// Times returns how long the document took. Documents sent back, refused or
// void have steps and no Whole: they are no work that was done.
func (d Document) Times(w WorkTime) (Times, error) {
	var t Times
	from := d.Received
	for _, step := range [...]struct {
		into *Elapsed
		at   time.Time
	}{{&t.Register, d.Registered.At}, {&t.Present, d.presentedAt()}, {&t.Instruct, d.instructedAt()}, {&t.Handle, d.Done.At}} {
		if step.at.IsZero() {
			continue
		}
		var err error
		if *step.into, err = elapsed(w, from, step.at); err != nil {
			return Times{}, err
		}
		if step.at.After(from) {
			from = step.at
		}
	}
	if _, state, _ := d.Ended(); state == StateDone {
		var err error
		if t.Whole, err = elapsed(w, d.Received, d.Done.At); err != nil {
			return Times{}, err
		}
	}
	return t, nil
}

func elapsed(w WorkTime, from, to time.Time) (Elapsed, error) {
	working, err := w.Between(from, to)
	return Elapsed{max(0, to.Sub(from)), working, true}, err
}
