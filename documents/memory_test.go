package documents_test

import (
	"testing"

	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/documentstest"
)

func TestMemorySitsTheExam(t *testing.T) {
	documentstest.Run(t, func(*testing.T) documents.Store { return documents.NewMemory() }, nil)
}
