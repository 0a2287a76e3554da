package sqlcore

// shelf is the part of a Work that belongs to the ports of whole records.
type shelf struct{}

func newShelf() shelf { return shelf{} }

func (l *shelf) flush(s *Session) error { return nil }
