package sqlite_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

var day = vanphong.MustDate("2026-03-05")
var at = time.Date(2026, 3, 5, 8, 0, 0, 0, vanphong.Hanoi)

func key(org vanphong.OrgID) documents.SeriesKey {
	return documents.SeriesKey{Organ: org, Scope: "2026", Name: "QĐ"}
}

func rawIssue(ctx context.Context, st documents.Store, org vanphong.OrgID, id documents.EntryID) (documents.Entry, error) {
	var out documents.Entry
	err := st.Update(ctx, org, func(tx documents.Tx) error {
		e, err := tx.Entry(id)
		if err == nil {
			out = e
			return nil
		}
		if !errors.Is(err, vanphong.ErrNotFound) {
			return err
		}
		k := key(org)
		s, err := tx.Series(k.ID())
		if errors.Is(err, vanphong.ErrNotFound) {
			s = documents.Series{ID: k.ID(), Key: k, System: documents.SystemParty, Issuer: "TU", First: 1, Next: 1}
		} else if err != nil {
			return err
		}
		s.Events++
		e = documents.Entry{ID: id, Org: org, Series: s.ID, Serial: s.Next, Number: documents.Number{System: documents.SystemParty, Serial: s.Next, Code: "QĐ", Issuer: "TU"},
			State: documents.StateIssued, Content: documents.Content{Kind: documents.KindDecision, Day: day, Abstract: "Về việc kiện toàn tổ công tác " + string(id)}, Last: vanphong.Stamp{By: vanphong.Actor{ID: "vt"}, At: at}}
		s.Next++
		ev := documents.Event{Org: org, Series: s.ID, Seq: s.Events, Kind: documents.EventIssued, Serial: e.Serial, Entry: id, By: vanphong.Actor{ID: "vt"}, At: at, Prev: s.Head}
		ev.Digest = sha256.Sum256([]byte(e.Abstract))
		ev.Hash = sha256.Sum256(append(ev.Prev[:], ev.Digest[:]...))
		s.Head = ev.Hash
		out = e
		return tx.Append(s, ev, e)
	})
	return out, err
}

func BenchmarkRawIssue(b *testing.B) {
	for _, batch := range []int{1, 256} {
		b.Run(fmt.Sprint(batch), func(b *testing.B) {
			st, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "x.db"), &sqlite.Options{MaxBatch: batch})
			if err != nil {
				b.Fatal(err)
			}
			defer st.Close()
			var n atomic.Int64
			b.SetParallelism(32)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := rawIssue(context.Background(), st.Documents(), "tu", documents.EntryID(vanphong.Derive("x", fmt.Sprint(n.Add(1))))); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}
