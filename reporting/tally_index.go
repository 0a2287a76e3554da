package reporting

import "hash/maphash"

// index numbers the ids of one kind in the order in which they are met. It is
// the inner loop of a tally, two look-ups a fact; built-in maps take more than
// twice the time for the few dozen ids that there are.
//
// Numbers are given in the order of meeting, so they are for use inside one
// tally only; what leaves it is sorted by id.
type index[K ~string] struct {
	keys []K
	seed maphash.Seed
	// slots is an open-addressed table, at most half full; empty slots are 0.
	slots []slot
	// near is a guess by the ends and length of an id: the number plus one of
	// the id that was last found there. It saves hashing the whole id; a wrong
	// guess costs one comparison.
	near [nearSize]uint32
}

const nearSize = 1024

// slot holds the upper half of an id's hash, so that another id is passed over
// without looking at its bytes, and the id's number plus one.
//
// Half a hash is enough: it decides what is worth comparing, not what is
// equal.
type slot struct{ hash, number uint32 }

// find returns the number of k, or -1 if it was not met. It writes into near;
// where only reading is promised, look is the one to call.
//
// The guess is checked by comparing the id itself, so it can cost time and
// never an answer.
func (x *index[K]) find(k K) int {
	at := guess(string(k))
	if n := int(x.near[at]) - 1; uint(n) < uint(len(x.keys)) && x.keys[n] == k {
		return n
	}
	n := x.look(k)
	x.near[at] = uint32(n + 1)
	return n
}

// guess maps an id to a place in near by its first and last eight bytes.
//
// Ids of an office differ at their ends ("xa-0012", "ubnd-xa-0012"), so the
// middle adds nothing to the guess.
func guess(s string) uint {
	if len(s) < 8 {
		return uint(len(s))
	}
	const odd = 0x9E3779B97F4A7C15 // spreads its factor over the upper bits
	return uint((word(s[:8])*odd ^ word(s[len(s)-8:]) + uint64(len(s))) * odd >> 54)
}

// word is eight bytes as one number; the compiler makes it one load.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// look is find by the whole id.
//
// It ends because the table is never more than half full.
func (x *index[K]) look(k K) int {
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
//
// The table is doubled before it is over half full: searches for what is
// absent stay short.
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
	// Placed anew, since places depend on the size of the table.
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
