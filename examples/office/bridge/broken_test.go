package bridge

import (
	"context"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// brokenStore is a store whose every write fails.
type brokenStore struct {
	documents.Store
	err error
}

func (s brokenStore) Update(context.Context, vanphong.OrgID, func(documents.Tx) error) error {
	return s.err
}
