package calendar

import (
	"hash/maphash"
	"math"
)

// idParts is into how many parts ids are dealt by their hashes. A part of a
// million bookings is then a table that stays in the processor's cache.
//
// A power of two, so that the remainder costs nothing.
const idParts = 256

// repeatedID returns the least index of a booking whose id one before it has,
// or -1. A map of a million strings costs more than the whole search for
// conflicts, so hashes are dealt into parts and compared there, and strings
// only where hashes meet.
//
// The seed is new each time, so nobody can prepare ids that all fall into one
// part. The result does not depend on it: equal ids have equal hashes under
// every seed.
func repeatedID(bookings []Booking) int {
	seed := maphash.MakeSeed()
	// Counting, then summing, gives every part its place: ends[p] is where
	// part p begins until it is filled.
	hashes := make([]uint64, len(bookings))
	var ends [idParts + 1]int32
	for i := range bookings {
		hashes[i] = maphash.String(seed, bookings[i].ID)
		ends[hashes[i]%idParts+1]++
	}
	for p := range idParts {
		ends[p+1] += ends[p]
	}
	// A key is the upper half of a hash and the booking's number plus one. Within
	// a part keys stay in the order of the bookings.
	keys := make([]uint64, len(bookings))
	next := ends
	for i, h := range hashes {
		part := h % idParts
		// Booking numbers fit into the lower half, for there are fewer than
		// 2^31; plus one, so that no key is 0, which marks a free slot.
		keys[next[part]] = h&^math.MaxUint32 | uint64(i+1)
		next[part]++
	}
	least := -1
	var slots []uint64
	for p := range idParts {
		part := keys[ends[p]:ends[p+1]]
		size := 16
		// At most half full, or probing would grow long; the table is used
		// again for the next part.
		for size < 2*len(part) {
			size *= 2
		}
		if size > len(slots) {
			slots = make([]uint64, size)
		}
		if i := repeatedIn(part, slots[:size], bookings); i >= 0 && (least < 0 || i < least) {
			least = i
		}
	}
	return least
}

// repeatedIn finds the first key of a part whose id an earlier one has, with
// slots as an open table: a power of two, more than there are keys.
//
// Keys are in the order of the bookings, so the first repetition found has the
// least index of its part.
func repeatedIn(keys, slots []uint64, bookings []Booking) int {
	clear(slots)
	mask := uint64(len(slots) - 1)
	for _, k := range keys {
		for at := k >> 32 & mask; ; at = (at + 1) & mask {
			v := slots[at]
			if v == 0 {
				slots[at] = k
				break
			}
			// Only when the halves of the hashes meet are the strings
			// compared.
			if i := int(uint32(k)) - 1; v>>32 == k>>32 && bookings[uint32(v)-1].ID == bookings[i].ID {
				return i
			}
		}
	}
	return -1
}
