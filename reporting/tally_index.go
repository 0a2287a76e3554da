package reporting

import "hash/maphash"

// index numbers the ids of one kind in the order in which they are met. It is
// the inner loop of a tally, two look-ups a fact; a built-in map costs twice
// as much for the few dozen ids that there are.
type index[K ~string] struct {
	keys []K
	seed maphash.Seed
	// slots is an open-addressed table, at most half full; empty slots are 0.
	slots []slot
}

// slot holds the upper half of an id's hash, so that another id is passed over
// without looking at its bytes, and the id's number plus one.
type slot struct{ hash, number uint32 }

// find returns the number of k, or -1 if it was not met.
func (x *index[K]) find(k K) int {
	if len(x.slots) == 0 {
		return -1
	}
	h := maphash.String(x.seed, string(k))
	mask := uint64(len(x.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		s := x.slots[at]
		if s.number == 0 {
			return -1
		}
		if s.hash == uint32(h>>32) && x.keys[s.number-1] == k {
			return int(s.number - 1)
		}
	}
}

// add gives the next number to k, which find did not find.
func (x *index[K]) add(k K) {
	if 2*(len(x.keys)+1) > len(x.slots) {
		x.grow()
	}
	x.keys = append(x.keys, k)
	x.place(k, uint32(len(x.keys)))
}

func (x *index[K]) grow() {
	if x.slots == nil {
		x.seed = maphash.MakeSeed() // steers where ids lie, never what is counted
	}
	x.slots = make([]slot, max(64, 2*len(x.slots)))
	for i, k := range x.keys {
		x.place(k, uint32(i+1))
	}
}

func (x *index[K]) place(k K, number uint32) {
	h := maphash.String(x.seed, string(k))
	mask := uint64(len(x.slots) - 1)
	at := h & mask
	for x.slots[at].number != 0 {
		at = (at + 1) & mask
	}
	x.slots[at] = slot{uint32(h >> 32), number}
}
