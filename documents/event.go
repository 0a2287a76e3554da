package documents

import (
	"time"

	"github.com/vanphong-go/vanphong"
)

// Digest is a SHA-256 sum. Its text is 64 hexadecimal digits.
type Digest [32]byte

// Salt is 16 random bytes that keep a short content from being guessed from
// its digest. Its text is 32 hexadecimal digits.
type Salt [16]byte

// EventKind is what an event of a ledger says.
//
// New kinds are added at the end and never in between; the hash is over the code,
// not the number.
type EventKind uint8

// The events of a series.
const (
	EventUnknown  EventKind = iota
	EventOpened             // mở dãy số tại N
	EventReserved           // giữ chỗ
	EventIssued             // ban hành (a fresh number, or one reserved before)
	EventReleased           // người giữ chỗ trả lại: the number is void
	EventVoided             // hủy số
	EventHeld               // chuyển sổ mật giữ
	EventClosed             // khóa dãy số
	EventEnded              // ấn định ngày cuối: the days of an open-ended series get their end

	EventLate     // vào sổ muộn: a number from before the opening, registered afterwards
	EventInserted // số chèn (15a, 15bis): a number given once more, with a suffix

	EventReconciled // sổ mật báo về: a held number was used there
	EventRecalled   // thu hồi
	EventRepealed   // bãi bỏ
	EventSuperseded // thay thế
	EventAmended    // sửa đổi, bổ sung
	EventCorrected  // đính chính
)

// Event is one line of a series' ledger. Events are only ever added. Each
// holds the hash of the one before it and a salted digest of what it is
// about; the content can be erased and the chain still proves that nothing
// else was changed.
//
// An event is never corrected: a mistake is followed by another event that says so.
type Event struct {
	Cursor vanphong.Cursor `json:"cursor"` // given by the store, in commit order
	Org    vanphong.OrgID  `json:"org"`
	Series SeriesID        `json:"series"`
	Seq    int64           `json:"seq"` // 1, 2, 3 … within the series
	Kind   EventKind       `json:"kind"`
	Serial uint32          `json:"serial,omitzero"`
	Entry  EntryID         `json:"entry,omitzero"`
	By     vanphong.Actor  `json:"by"`
	At     time.Time       `json:"at"`
	Reason string          `json:"reason,omitzero"`
	Act    Act             `json:"act,omitzero"` // of a recall, repeal, replacement, amendment or correction
	Salt   Salt            `json:"salt"`
	Digest Digest          `json:"digest"` // of salt, actor, reason and what the event fixes: see [Seal]
	Prev   Digest          `json:"prev"`
	Hash   Digest          `json:"hash"` // of everything above but content, and of Prev
}
