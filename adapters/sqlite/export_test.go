package sqlite

import (
	"context"
	"fmt"
)

// LimitPages bounds the size of the file, before the first update. It must not
// be smaller than the file is.
func LimitPages(s *Store, pages int) error {
	_, err := s.writer.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}
