package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
)

// An @ in a password that is not written %40 makes a host of the rest of it: the
// rest must not come out in an error.
func TestDSNWithAnAtInThePassword(t *testing.T) {
	_, err := postgres.Open(context.Background(), "postgres://vanthu:bi@mat@127.0.0.1:1/vanphong", nil)
	var in *vanphong.InputError
	if !errors.As(err, &in) || in.Field != "dsn" || !strings.Contains(in.Want, "%40") || strings.Contains(err.Error(), "mat@") {
		t.Errorf("got %v", err)
	}
}
