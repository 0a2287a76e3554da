package calendartest_test

import (
	"testing"

	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/calendar/calendartest"
)

func TestMemorySitsTheExam(t *testing.T) {
	calendartest.Run(t, func(*testing.T) calendar.Store { return calendar.NewMemory() }, nil)
}
