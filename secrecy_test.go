package vanphong_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/vanphong-go/vanphong"
)

func TestSecretsDoNotLeaveByDefault(t *testing.T) {
	levels := []Secrecy{NotSecret, Confidential, Secret, TopSecret}
	policy := Redaction{"lan": Secret, "terminal": TopSecret}
	for _, c := range []struct {
		why  string
		door Redaction
		zone Zone
		most Secrecy
	}{
		{"no policy at all", nil, "lan", NotSecret},
		{"a zone without a policy", policy, "internet", NotSecret},
		{"up to the policy", policy, "lan", Secret},
		{"the highest policy", policy, "terminal", TopSecret},
	} {
		for _, s := range levels {
			want := s <= c.most
			assert.Equal(t, want, c.door.Allows(c.zone, s), "%s: %s", c.why, s.Name())
			text := c.door.Text(c.zone, s, "nội dung")
			err := c.door.Check(c.zone, s)
			if want {
				assert.Equal(t, "nội dung", text)
				assert.NoError(t, err)
				continue
			}
			assert.Equal(t, Placeholder, text)
			require.ErrorIs(t, err, ErrSecret)
			assert.NotContains(t, err.Error(), "nội dung")
		}
	}
	assert.False(t, Redaction{"x": 255}.Allows("x", 200), "a level that does not exist never leaves")
}

func TestMisreadSecrecyComesOutHighest(t *testing.T) {
	for _, in := range []string{"", "mật", "Secret", "none "} {
		s := NotSecret
		require.ErrorIs(t, s.UnmarshalText([]byte(in)), ErrInvalid)
		assert.Equal(t, TopSecret, s, in)
	}
}

func TestNamesOfMarks(t *testing.T) {
	assert.Equal(t, "Tối mật", Secret.Name())
	assert.Equal(t, "Hỏa tốc", Express.Name())
	assert.Equal(t, "?", Secrecy(9).Name(), "a value that does not exist is shown, not a panic")
	assert.True(t, NotUrgent < Urgent && Urgent < VeryUrgent && VeryUrgent < Express)
}
