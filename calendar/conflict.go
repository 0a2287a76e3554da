package calendar

import (
	"strconv"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
)

// ResourceKind is what kind of thing can be in one place only.
type ResourceKind uint8

// The kinds of resource, in the order conflicts name them.
//
// The order is part of the output: conflicts of one pair are told by it.
const (
	ResourcePerson  ResourceKind = iota // người
	ResourceRoom                        // phòng họp
	ResourceVehicle                     // xe
)

// Fixed tables; nothing writes to them.
var (
	resourceNames = [...]string{"người", "phòng", "xe"}
	resourceCodes = [...]string{"person", "room", "vehicle"}
)

// Name returns the Vietnamese name of the kind.
func (k ResourceKind) Name() string { return vanphong.EnumName(resourceNames[:], k) }

// MarshalText writes the kind as its code: "person", "room", "vehicle".
func (k ResourceKind) MarshalText() ([]byte, error) {
	return vanphong.EnumText("resource", resourceCodes[:], k)
}

// UnmarshalText reads what MarshalText writes.
func (k *ResourceKind) UnmarshalText(b []byte) (err error) {
	*k, err = vanphong.ParseEnum[ResourceKind]("resource", resourceCodes[:], b)
	return err
}

// Resource is a person, room or vehicle that bookings compete for. As text it
// is "person:…", "room:…", "vehicle:…". A room and a vehicle of one name are
// two resources.
//
// It is comparable, so it may be the key of a map.
type Resource struct {
	Kind ResourceKind
	Name string // the id or name given in the bookings; never empty
}

// ParseResource reads what [Resource.String] writes.
//
// Only the first colon parts kind from name: a room may be called "A: tầng 2".
func ParseResource(s string) (Resource, error) {
	kind, name, ok := strings.Cut(s, ":")
	k, err := vanphong.ParseEnum[ResourceKind]("resource", resourceCodes[:], []byte(kind))
	if !ok || err != nil || name == "" {
		return Resource{}, wrong("resource", s, "person:…, room:… or vehicle:…")
	}
	return Resource{k, name}, nil
}

// String returns the resource as "person:…", "room:…" or "vehicle:…".
func (r Resource) String() string { return vanphong.EnumName(resourceCodes[:], r.Kind) + ":" + r.Name }

// MarshalText writes r as [Resource.String] does. A kind that does not exist
// and an empty name are errors.
func (r Resource) MarshalText() ([]byte, error) {
	if _, err := r.Kind.MarshalText(); err != nil {
		return nil, err
	}
	if r.Name == "" {
		return nil, wrong("resource", r.String(), "a name")
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (r *Resource) UnmarshalText(b []byte) error {
	v, err := ParseResource(string(b))
	if err != nil {
		return err
	}
	*r = v
	return nil
}

// Booking is a stretch of time for which people, rooms and vehicles are
// taken. It is half-open: who is booked to 09:00 is free at 09:00. Instants
// may be of any zone, from the year 1678 to 2261.
//
// The years are what fits into 64 bits of nanoseconds.
//
// Names are compared as they are, byte for byte: give ids, or texts composed
// the same way (NFC).
type Booking struct {
	ID       string    `json:"id"` // not empty, used once
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`                // after Start
	People   []string  `json:"people,omitempty"`   // ids; a name given twice counts once
	Rooms    []string  `json:"rooms,omitempty"`    // the office's names of its rooms
	Vehicles []string  `json:"vehicles,omitempty"` // the office's names of its cars
}

// Check returns an InputError naming the first field that cannot stand: no id,
// an end not after the start, an instant of another age (wraps ErrOutOfRange),
// a resource without a name. [Conflicts] refuses all bookings for one such; who
// reads them from outside checks each by itself.
func (b Booking) Check() error {
	if err := checkBooking(&b); err != nil {
		return err
	}
	for _, kind := range [...]ResourceKind{ResourcePerson, ResourceRoom, ResourceVehicle} {
		for _, name := range b.names(kind) {
			if name == "" {
				return wrong(resourceCodes[kind], "", "a name in booking "+b.ID)
			}
		}
	}
	return nil
}

// Conflict says that two bookings want one resource at the same time, or with
// too little time between them to travel.
//
// A is the lesser id and not the earlier booking, so that the same conflict
// reads the same whatever was moved.
type Conflict struct {
	A        string   `json:"a"`        // the id that is less, by bytes
	B        string   `json:"b"`        // the other
	Resource Resource `json:"resource"` // what both want
	// From and To are the time in common, if there is any. If only the travel
	// gap is too short, From is the later start and To the end of the gap, or of
	// the later booking if that comes first. Both keep the zone of the booking
	// they come from.
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// DefaultMaxConflicts is how many conflicts [Conflicts] returns at most
// unless told otherwise.
//
// A list of that length is half a gigabyte and nothing anybody reads;
// the bound is there to fail before memory does.
const DefaultMaxConflicts = 5_000_000

// MaxGap is the longest travel gap.
//
// Longer than a week is no travel time but a date in the wrong field.
const MaxGap = 7 * 24 * time.Hour

// ConflictOptions are the options of [Conflicts]. Nil is the zero value.
type ConflictOptions struct {
	// Gap is the time a person or vehicle needs between two bookings (thời gian
	// di chuyển); a room needs none. 0 to [MaxGap].
	Gap time.Duration
	// Max is how many conflicts may be returned; 0 is [DefaultMaxConflicts].
	// More of them is an error: n bookings of one person at one time have
	// n·(n-1)/2 conflicts, which no list should be left to hold.
	//
	// The bound also keeps a clumsy import from taking a shared server down: a
	// thousand entries that all name "toàn cơ quan" make half a million pairs.
	Max int
}

// Conflicts returns every pair of bookings that want one person, room or
// vehicle at the same time: one [Conflict] a pair and resource, however often
// a booking names the resource. Bookings may come in any order.
//
// The result is ordered by From, A, B and resource (person, room, vehicle,
// then name) and depends on nothing but the bookings: not on their order and
// not on the number of processors.
//
// An InputError names the booking that has no id, an id used before
// (wrapping ErrConflict), an end not after its start, an instant out of range
// (ErrOutOfRange) or an empty resource name; a gap or maximum that cannot be;
// and more than Max conflicts (ErrOutOfRange). With an error there is no
// result.
//
// The cost is that of sorting each resource's bookings, plus the conflicts
// found: bookings are bucketed by resource, sorted by start and swept once.
func Conflicts(bookings []Booking, opt *ConflictOptions) ([]Conflict, error) {
	var o ConflictOptions
	if opt != nil {
		o = *opt
	}
	if o.Gap < 0 || o.Gap > MaxGap {
		return nil, vanphong.NewInputError("gap", o.Gap.String(), "0 to "+MaxGap.String(), vanphong.ErrOutOfRange)
	}
	if o.Max < 0 {
		return nil, vanphong.NewInputError("max", strconv.Itoa(o.Max), "0 or more", vanphong.ErrOutOfRange)
	}
	if o.Max == 0 {
		o.Max = DefaultMaxConflicts
	}
	s, err := newSweep(bookings)
	if err != nil {
		return nil, err
	}
	return s.conflicts(o)
}
