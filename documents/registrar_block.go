package documents

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// MaxBlock is how many numbers a block has at most: several times what one sitting
// signs, and few enough for one transaction.
const MaxBlock = 1000

// A block is not a record of its own: it is the entries whose ids derive from its id.
// So nothing can say that a block has ten numbers while the ledger gave nine.

// BlockEntry returns the id of the i-th entry of a block, from 0. It is derived, so
// that a program which lost the answer finds its numbers again.
func BlockEntry(block EntryID, i int) EntryID {
	return EntryID(vanphong.Derive("block", string(block), strconv.Itoa(i)))
}

// ReserveBlock takes the next count numbers for documents that are signed together
// (giữ một dải số để ký hàng loạt), in one step: all of them or none, one after the
// other without a gap. The request's ID is that of the block, its numbers are the
// entries [BlockEntry] names; each is issued, released or voided by itself, what is
// left over by [Registrar.ReleaseBlock]. Asked again it returns the entries as they
// are now; another count under the same id wraps vanphong.ErrConflict.
func (r *Registrar) ReserveBlock(ctx context.Context, org vanphong.OrgID, req ReserveRequest, count int, stamp vanphong.Stamp) ([]Entry, error) {
	e, err := r.begin(ctx, org, "reserve", string(req.Series), stamp, EventReserved, req.ID)
	if err != nil {
		return nil, err
	}
	step, err := r.reserving(req, &e)
	if err != nil {
		return nil, err
	}
	// The event of the block itself is never written; its salt goes unused.
	return r.takeBlock(ctx, org, e, count, step)
}

// HoldBlock takes the next count numbers for the secret register, in one step, as
// [Registrar.Hold] takes one: a secret register that is kept on paper or on a network
// of its own cannot ask for each. What it did with them comes back by
// [Registrar.Reconcile]; see [Registrar.ReserveBlock] for the ids.
func (r *Registrar) HoldBlock(ctx context.Context, org vanphong.OrgID, req HoldRequest, count int, stamp vanphong.Stamp) ([]Entry, error) {
	e, err := r.begin(ctx, org, "hold", string(req.Series), stamp, EventHeld, req.ID)
	if err != nil {
		return nil, err
	}
	step, err := r.holding(req)
	if err != nil {
		return nil, err
	}
	return r.takeBlock(ctx, org, e, count, step)
}

// takeBlock runs a step for every number of a block in one transaction. The event
// names the block.
func (r *Registrar) takeBlock(ctx context.Context, org vanphong.OrgID, e Event, count int, do step) ([]Entry, error) {
	if count < 1 || count > MaxBlock {
		return nil, vanphong.NewInputError("count", strconv.Itoa(count), "1 to "+strconv.Itoa(MaxBlock)+" numbers", vanphong.ErrOutOfRange)
	}
	events, err := r.blockEvents(e, count)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, count)
	err = r.store.Update(ctx, org, func(tx Tx) error {
		// Looked up within, as a single entry is: two requests at once must not each take
		// half of the ids.
		stored, err := blockSize(tx, e.Entry)
		if err != nil {
			return err
		}
		if stored != 0 && stored != count {
			return vanphong.NewInputError("count", strconv.Itoa(count), strconv.Itoa(stored)+", as block "+strconv.Quote(string(e.Entry))+" has", vanphong.ErrConflict)
		}
		// Nobody else writes to the series while this runs, so the numbers follow each
		// other; the first refusal gives all of them back.
		for i, e := range events {
			if out[i], err = do(tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	return settled(out, err)
}

// blockEvents prepares an event for each number of a block, each with a salt of its
// own: one salt for all would let whoever learns it guess every content of the block.
func (r *Registrar) blockEvents(e Event, count int) ([]Event, error) {
	events := make([]Event, count)
	for i := range events {
		var err error
		if events[i], err = r.another(e, e.Kind, BlockEntry(e.Entry, i)); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// blockSize returns how many entries a block has, 0 if there is no such block. It is
// written in one step and never grows, so the first id that is missing ends it.
func blockSize(tx Reader, block EntryID) (int, error) {
	for i := range MaxBlock {
		if _, err := tx.Entry(BlockEntry(block, i)); errors.Is(err, vanphong.ErrNotFound) {
			return i, nil
		} else if err != nil {
			return 0, err
		}
	}
	return MaxBlock, nil
}

// ReleaseBlock gives back every number of a block that is still reserved (trả phần
// còn lại): only its holder can. Issued and void ones stay as they are. It returns
// all entries of the block; run again it changes nothing.
func (r *Registrar) ReleaseBlock(ctx context.Context, org vanphong.OrgID, req ReleaseRequest, stamp vanphong.Stamp) ([]Entry, error) {
	return r.endBlock(ctx, org, "release", VoidRequest(req), stamp, EventReleased, func(en Entry) (bool, error) {
		// One number in somebody else's hands stops all: half a block given back would have
		// to be explained.
		if en.State == StateReserved && !holds(en, stamp.By) {
			return false, notHolder(en, stamp.By)
		}
		return en.State == StateReserved, nil
	})
}

// VoidBlock makes every number of a block void, with a reason, that is still
// reserved, or held and not accounted for by the secret register. Issued ones stay: a
// document that is out is not made void in passing. It returns all entries of the
// block; run again it changes nothing. If nothing is left to make void and what is void
// has other reasons, it wraps vanphong.ErrConflict, as [Registrar.Void] does.
func (r *Registrar) VoidBlock(ctx context.Context, org vanphong.OrgID, req VoidRequest, stamp vanphong.Stamp) ([]Entry, error) {
	if req.Reason == "" {
		return nil, vanphong.NewInputError("reason", "", "why the numbers are void", nil)
	}
	return r.endBlock(ctx, org, "void", req, stamp, EventVoided, func(en Entry) (bool, error) {
		// What the secret register has used is out as surely as what was issued here.
		return en.State == StateReserved || en.State == StateHeld && en.Standing == StandingPlain, nil
	})
}

// endBlock ends those numbers of a block that open says are open.
func (r *Registrar) endBlock(ctx context.Context, org vanphong.OrgID, verb string, req VoidRequest, stamp vanphong.Stamp, kind EventKind, open func(Entry) (bool, error)) ([]Entry, error) {
	e, err := r.begin(ctx, org, verb, string(req.ID), stamp, kind, req.ID)
	if err != nil {
		return nil, err
	}
	if err := checkReason("reason", req.Reason); err != nil {
		return nil, err
	}
	e.Reason = vanphong.NFC(req.Reason)
	// How many salts are needed is read first: a block never grows.
	count, err := read(ctx, r, org, func(v Reader) (int, error) { return blockSize(v, req.ID) })
	if err != nil {
		return nil, err
	}
	if count == 0 {
		return nil, vanphong.NewInputError("id", string(req.ID), "a block of this organisation", vanphong.ErrNotFound)
	}
	events, err := r.blockEvents(e, count)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, count)
	err = r.store.Update(ctx, org, func(tx Tx) error {
		ended := 0
		for i, e := range events {
			en, err := tx.Entry(e.Entry)
			if err != nil {
				return err
			}
			// Those that are settled come back as they are: the caller sees the whole block.
			out[i] = en
			if ok, err := open(en); err != nil || !ok {
				if err != nil {
					return err
				}
				continue
			}
			s, err := findSeries(tx, en.Series, 0)
			if err != nil {
				return err
			}
			e.Serial = en.Serial
			if out[i], err = write(tx, s, e, en); err != nil {
				return err
			}
			ended++
		}
		// To give back what is left is right with nothing left, whatever the others are void
		// for. A reason why numbers are void that none of them has is a contradiction.
		if ended == 0 && kind == EventVoided {
			return sameBlockReason(out, e.Reason)
		}
		return nil
	})
	return settled(out, err)
}

// sameBlockReason returns an error if entries of a block are void and none for a
// reason.
func sameBlockReason(block []Entry, reason string) error {
	isVoid := func(en Entry) bool { return en.State == StateVoid }
	first := slices.IndexFunc(block, isVoid)
	if first < 0 || slices.ContainsFunc(block, func(en Entry) bool { return isVoid(en) && en.Reason == reason }) {
		return nil
	}
	return differs("reason", reason, block[first].Reason, block[first])
}
